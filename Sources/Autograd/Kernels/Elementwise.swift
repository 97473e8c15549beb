import CKernels

// The seam to the element-wise kernels: which kernel, over which loop nest, on how many threads.

/// Elements that one thread should have at least.
private let grain = 32_768

/// Runs `kernel` over `shape`, in any order; the output comes first among the operands.
func run(
  _ kernel: ck_map_fn, over shape: [Int], count: Int, _ operands: [Operand],
  parameters: Parameters = Parameters()
) {
  guard count > 0 else { return }
  withNest(collapsing: shape, operands) { nest in
    ck_put_neighbours_first(nest)
    nonisolated(unsafe) let nest = nest
    parallelFor(count / nest.rowLength, grain: nest.fewestRows(elements: grain)) { part in
      nest.run(kernel, part, operands, parameters, by: ck_run_map)
    }
  }
}

/// The numbers that some kernels want besides their arrays; the body of a kernel says which.
typealias Parameters = ck_params

extension Parameters {
  init(_ p0: Double, _ p1: Double = 0) { self.init(p0: p0, p1: p1) }
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
  guard a.dtype == b.dtype, let function = Kernels.map(kernel, a.dtype) else {
    let dtype = Kernels.domain(kernel, resultType(a, b))
    // Stops where the kernel has no meaning for the type.
    _ = Kernels.map(kernel, dtype, op: op)
    return elementwise(
      kernel, a.cast(to: dtype), b.cast(to: dtype), parameters, to: result, op: op)
  }
  // The common case in full: counting references takes most of the time of a small op.
  if a.isShort(with: b) {
    let y = Tensor(uninitialized: a.layout.compact, result ?? a.dtype)
    ck_map2(function, Int64(y.numel), y.base, a.base, 1, b.base, 1, parameters)
    return y
  }
  let layout =
    a.shape == b.shape ? a.layout.compact : Layout(broadcastShape(a.shape, b.shape, op: op))
  let y = Tensor(uninitialized: layout, result ?? a.dtype)
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
    [y, a.cast(to: dtype), b.cast(to: dtype), c.cast(to: dtype)].map(Operand.init),
    parameters: parameters)
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
