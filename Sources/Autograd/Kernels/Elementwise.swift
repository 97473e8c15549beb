import CKernels

// The seam to the element-wise kernels: which kernel, over which loop nest, on how many threads.

/// Elements that one thread should have at least.
private let grain = 32_768

/// An array that a kernel reads or writes, and how it is walked along the loop nest.
struct Operand {
  let base: UnsafeMutableRawPointer
  let itemSize: Int
  /// Keeps the memory alive, should the tensor be a temporary.
  private let owner: Tensor?
  private let walk: Walk

  private enum Walk {
    /// By the layout of the owner, repeated where it broadcasts.
    case layout
    /// By strides along the shape of the nest.
    case strides([Int])
    /// One element, again and again.
    case value
  }

  /// `tensor`, repeated where it broadcasts to the shape of the nest.
  init(_ tensor: Tensor) {
    self.init(base: tensor.base, itemSize: tensor.dtype.itemSize, owner: tensor, walk: .layout)
  }

  /// `tensor`, walked with strides of its own.
  init(_ tensor: Tensor, strides: [Int]) {
    self.init(
      base: tensor.base, itemSize: tensor.dtype.itemSize, owner: tensor, walk: .strides(strides))
  }

  /// One value for every element.
  init(value: UnsafeMutableRawPointer) {
    self.init(base: value, itemSize: 0, owner: nil, walk: .value)
  }

  private init(base: UnsafeMutableRawPointer, itemSize: Int, owner: Tensor?, walk: Walk) {
    self.base = base
    self.itemSize = itemSize
    self.owner = owner
    self.walk = walk
  }

  /// The stride along dimension `d` of `shape`, the shape of the nest. To be asked for from the innermost
  /// dimension on; `reach`, 1 at first, then is what a contiguous layout has further in.
  @inline(__always)
  fileprivate func stride(_ d: Int, of shape: [Int], _ reach: inout Int) -> Int {
    switch walk {
    case .value: return 0
    case .strides(let strides): return strides[d]
    case .layout:
      let layout = owner!.layout
      let own = d - (shape.count - layout.rank)
      if own < 0 { return 0 }
      let size = layout.shape[own]
      let stride = layout.strides?[own] ?? reach
      reach *= size
      return size == 1 && shape[d] != 1 ? 0 : stride
    }
  }

  /// With the strides, which must be its own, in another order.
  func permuted(_ order: [Int]) -> Operand {
    Operand(
      base: base, itemSize: itemSize, owner: owner,
      walk: .strides(order.map { ownStrides[$0] }))
  }

  /// From element `start` of dimension `dim` on; the strides must be its own.
  func advanced(by start: Int, along dim: Int) -> Operand {
    Operand(
      base: base + start * ownStrides[dim] * itemSize, itemSize: itemSize, owner: owner, walk: walk)
  }

  private var ownStrides: [Int] {
    guard case .strides(let strides) = walk else { fail("an operand without strides of its own") }
    return strides
  }
}

/// Runs `kernel` over `shape`; the output comes first among the operands.
func run(
  _ kernel: ck_map_fn, over shape: [Int], count: Int, _ operands: [Operand],
  parameters: Parameters = Parameters()
) {
  guard count > 0 else { return }
  withNest(collapsing: shape, operands) { nest in
    nonisolated(unsafe) let nest = nest
    parallelFor(count / nest.rowLength, grain: max(1, grain / nest.rowLength)) { part in
      withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: operands.count) {
        bases in
        for k in 0..<operands.count { bases[k] = operands[k].base }
        ck_run(
          kernel, nest, Int64(part.lowerBound), Int64(part.upperBound), bases.baseAddress,
          parameters)
      }
    }
  }
}

/// The numbers that some kernels want besides their arrays; the body of a kernel says which.
typealias Parameters = ck_params

extension Parameters {
  init(_ p0: Double, _ p1: Double = 0) { self.init(p0: p0, p1: p1) }
}

/// Calls `body` with the loop nest over `shape`, with sizes of 1 left out and dimensions merged that all
/// operands walk as one.
func withNest<R>(
  collapsing shape: [Int], _ operands: [Operand], _ body: (UnsafeMutablePointer<ck_nest>) -> R
) -> R {
  // In place, and only what counts: a nest is made for every op that broadcasts, however small.
  withUnsafeTemporaryAllocation(of: ck_nest.self, capacity: 1) { memory in
    let nest = memory.baseAddress!
    let count = operands.count
    nest.pointee.operands = Int32(count)
    withUnsafeMutableBytes(of: &nest.pointee.item) { bytes in
      let sizes = bytes.bindMemory(to: Int32.self)
      for k in 0..<count { sizes[k] = Int32(operands[k].itemSize) }
    }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * count) { scratch in
      nest.collapse(
        shape, operands, here: scratch.baseAddress!, reach: scratch.baseAddress! + count)
    }
    return body(nest)
  }
}

extension UnsafeMutablePointer<ck_nest> {
  /// How many elements the unit has that the nest can be cut into: a single run is cut anywhere, a nest
  /// between rows.
  var rowLength: Int { pointee.rank == 1 ? 1 : Int(pointee.shape.0) }

  /// The size of each loop, innermost first.
  var sizes: UnsafeMutablePointer<Int64> {
    UnsafeMutableRawPointer(pointer(to: \.shape)!).assumingMemoryBound(to: Int64.self)
  }

  /// The strides of loop `d`, one for each operand.
  func strides(_ d: Int) -> UnsafeMutablePointer<Int64> {
    UnsafeMutableRawPointer(pointer(to: \.stride)!).assumingMemoryBound(to: Int64.self)
      + d * Int(CK_MAX_OPERANDS)
  }

  /// Writes the sizes and strides of the loops; `here` and `reach` have room for a number for each operand.
  fileprivate func collapse(
    _ shape: [Int], _ operands: [Operand], here: UnsafeMutablePointer<Int>,
    reach: UnsafeMutablePointer<Int>
  ) {
    let count = operands.count
    for k in 0..<count { reach[k] = 1 }
    var rank = 0
    for d in shape.indices.reversed() {
      var continues = rank > 0
      for k in 0..<count {
        here[k] = operands[k].stride(d, of: shape, &reach[k])
        continues = continues && here[k] == Int(strides(rank - 1)[k] * sizes[rank - 1])
      }
      if shape[d] == 1 { continue }
      if continues {
        sizes[rank - 1] *= Int64(shape[d])
        continue
      }
      require(
        rank < Int(CK_MAX_RANK),
        "the shape \(shape) needs more than \(CK_MAX_RANK) nested loops, as many as are supported")
      sizes[rank] = Int64(shape[d])
      for k in 0..<count { strides(rank)[k] = Int64(here[k]) }
      rank += 1
    }
    if rank == 0 {
      // A single element.
      rank = 1
      sizes[0] = 1
      for k in 0..<count { strides(0)[k] = 0 }
    }
    pointee.rank = Int32(rank)
  }
}

// MARK: - Ops

extension Tensor {
  /// Writes `kernel` of `a`, which broadcasts to this tensor's shape, over its elements.
  func fill(_ kernel: ck_map_fn, _ a: Tensor, parameters: Parameters = Parameters()) {
    if isShort(with: a) {
      ck_map1(kernel, Int64(numel), base, a.base, parameters)
    } else {
      run(
        kernel, over: shape, count: numel, [Operand(self), Operand(a)], parameters: parameters)
    }
  }

  /// Writes `kernel` of `a` and `b`, which broadcast to this tensor's shape, over its elements.
  func fill(_ kernel: ck_map_fn, _ a: Tensor, _ b: Tensor, parameters: Parameters = Parameters()) {
    if isShort(with: a), isShort(with: b) {
      ck_map2(kernel, Int64(numel), base, a.base, 1, b.base, 1, parameters)
    } else {
      run(
        kernel, over: shape, count: numel, [Operand(self), Operand(a), Operand(b)],
        parameters: parameters)
    }
  }

  /// Whether both tensors are one run of the same shape, too short to be worth a loop nest or threads.
  fileprivate func isShort(with other: Tensor) -> Bool {
    numel <= grain && isContiguous && other.isContiguous && shape == other.shape
  }

  /// Calls `body` with the address of `scalar` as an element of `dtype`.
  static func withElement<R>(
    _ scalar: Scalar, _ dtype: DType, _ body: (UnsafeMutableRawPointer) -> R
  ) -> R {
    var bits: UInt64 = 0
    return withUnsafeMutableBytes(of: &bits) { bytes in
      let p = bytes.baseAddress!
      switch dtype {
      case .float32: p.storeBytes(of: Float(scalar), as: Float.self)
      case .float64: p.storeBytes(of: scalar.double, as: Double.self)
      case .int64: p.storeBytes(of: scalar.int64, as: Int64.self)
      case .int32: p.storeBytes(of: Int32(scalar), as: Int32.self)
      case .uint8: p.storeBytes(of: UInt8(scalar), as: UInt8.self)
      case .bool: p.storeBytes(of: scalar.isTrue, as: Bool.self)
      }
      return body(p)
    }
  }
}

/// The type in which `a op b` is calculated; a tensor with dimensions outweighs a 0-d one of its kind.
func resultType(_ a: Tensor, _ b: Tensor) -> DType {
  if a.dtype == b.dtype { return a.dtype }
  if (a.ndim == 0) == (b.ndim == 0) { return .promote(a.dtype, b.dtype) }
  let (full, point) = a.ndim == 0 ? (b.dtype, a.dtype) : (a.dtype, b.dtype)
  return point.category > full.category ? .promote(full, point) : full
}

/// The type in which an op of three is calculated, by the same rule.
func resultType(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> DType {
  let tensors = [a, b, c]
  let full = tensors.filter { $0.ndim > 0 }.map(\.dtype)
  let points = tensors.filter { $0.ndim == 0 }.map(\.dtype)
  guard let first = full.first else { return points[1...].reduce(points[0], DType.promote) }
  let result = full.reduce(first, DType.promote)
  return points.reduce(result) { $1.category > $0.category ? $1 : $0 }
}

/// `kernel` of each element of `a`; off the tape.
func elementwise(
  _ kernel: ck_map, _ a: Tensor, _ parameters: Parameters = Parameters(), to result: DType? = nil,
  op: StaticString = #function
) -> Tensor {
  if let function = Kernels.map(kernel, a.dtype), a.isShort(with: a) {
    let y = Tensor(uninitialized: a.layout.compact, result ?? a.dtype)
    ck_map1(function, Int64(y.numel), y.base, a.base, parameters)
    return y
  }
  let dtype = Kernels.domain(kernel, a.dtype)
  let function = Kernels.map(kernel, dtype, op: op)
  let a = a.cast(to: dtype)
  let y = Tensor(uninitialized: a.layout.compact, result ?? dtype)
  y.fill(function, a, parameters: parameters)
  return y
}

/// `kernel` of each pair of elements of `a` and `b`, with broadcasting and promotion; off the tape.
func elementwise(
  _ kernel: ck_map, _ a: Tensor, _ b: Tensor, _ parameters: Parameters = Parameters(),
  to result: DType? = nil,
  op: StaticString = #function
) -> Tensor {
  // The common case first, in full: counting references takes most of the time of a small op.
  if a.dtype == b.dtype, let function = Kernels.map(kernel, a.dtype), a.isShort(with: b) {
    let y = Tensor(uninitialized: a.layout.compact, result ?? a.dtype)
    ck_map2(function, Int64(y.numel), y.base, a.base, 1, b.base, 1, parameters)
    return y
  }
  let dtype = Kernels.domain(kernel, resultType(a, b))
  let function = Kernels.map(kernel, dtype, op: op)
  let a = a.cast(to: dtype)
  let b = b.cast(to: dtype)
  let layout =
    a.shape == b.shape ? a.layout.compact : Layout(broadcastShape(a.shape, b.shape, op: op))
  let y = Tensor(uninitialized: layout, result ?? dtype)
  y.fill(function, a, b, parameters: parameters)
  return y
}

/// `kernel` of each three elements of `a`, `b` and `c`, with broadcasting and promotion; off the tape.
func elementwise(
  _ kernel: ck_map, _ a: Tensor, _ b: Tensor, _ c: Tensor, _ parameters: Parameters = Parameters(),
  op: StaticString = #function
) -> Tensor {
  let dtype = Kernels.domain(kernel, resultType(a, b, c))
  let shape = broadcastShape(broadcastShape(a.shape, b.shape, op: op), c.shape, op: op)
  let y = Tensor(uninitialized: shape, dtype)
  run(
    Kernels.map(kernel, dtype, op: op), over: shape, count: y.numel,
    [y, a.cast(to: dtype), b.cast(to: dtype), c.cast(to: dtype)].map(Operand.init), parameters: parameters)
  return y
}

/// `kernel` of each element of `a` and the number `b`, or of `b` and each element if `isReversed`; off
/// the tape.
func elementwise(
  _ kernel: ck_map, _ a: Tensor, _ b: Scalar, isReversed: Bool = false, to result: DType? = nil,
  op: StaticString = #function
) -> Tensor {
  let dtype = Kernels.domain(kernel, b.promoted(with: a.dtype))
  let function = Kernels.map(kernel, dtype, op: op)
  let a = a.cast(to: dtype)
  let y = Tensor(uninitialized: a.layout.compact, result ?? dtype)
  Tensor.withElement(b, dtype) { value in
    if a.isContiguous, a.numel <= grain {
      let (n, x) = (Int64(a.numel), UnsafeRawPointer(a.base))
      if isReversed {
        ck_map2(function, n, y.base, value, 0, x, 1, Parameters())
      } else {
        ck_map2(function, n, y.base, x, 1, value, 0, Parameters())
      }
      return
    }
    let tensor = Operand(a)
    let number = Operand(value: value)
    run(
      function, over: a.shape, count: a.numel,
      [Operand(y)] + (isReversed ? [number, tensor] : [tensor, number]))
  }
  return y
}

// MARK: - Copies, off the tape

extension Tensor {
  /// The elements as `dtype`; this very tensor if they are that already.
  func cast(to dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.fill(Kernels.cast(self.dtype, dtype), self)
    return y
  }

  /// The elements in row-major order; this very tensor if they are that already.
  func compacted() -> Tensor { isContiguous ? self : copied() }

  /// A contiguous copy.
  func copied() -> Tensor {
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.assign(self)
    return y
  }

  /// Adds `other`, of the same shape, in place; does not touch the version.
  func accumulate(_ other: Tensor) {
    let other = other.cast(to: dtype)
    fill(Kernels.map(.add, dtype, op: #function), self, other)
  }
}
