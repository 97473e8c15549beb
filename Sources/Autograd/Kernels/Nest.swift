import CKernels

// Loop nests: how an op walks arrays of any strides.

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

  /// The stride along dimension `d` of `shape`, the shape of the nest. To be asked for from the
  /// innermost dimension on; `reach`, 1 at first, then is what a contiguous layout has further in.
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

/// Calls `body` with the loop nest over `shape`, with sizes of 1 left out and dimensions merged
/// that all operands walk as one.
func withNest<R>(
  collapsing shape: [Int], _ operands: [Operand], _ body: (UnsafeMutablePointer<ck_nest>) -> R
) -> R {
  // In place, only what counts, and without arrays: a nest is made for every op that broadcasts,
  // and a small one is over in a fraction of a microsecond.
  withUnsafeTemporaryAllocation(of: ck_nest.self, capacity: 1) { memory in
    let nest = memory.baseAddress!
    let count = operands.count
    nest.pointee.rank = 0
    nest.pointee.operands = Int32(count)
    withUnsafeMutableBytes(of: &nest.pointee.item) { bytes in
      let sizes = bytes.bindMemory(to: Int32.self)
      for k in 0..<count { sizes[k] = Int32(operands[k].itemSize) }
    }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * count) { scratch in
      let strides = scratch.baseAddress!
      let reach = strides + count
      strides.update(repeating: 0, count: count)
      reach.update(repeating: 1, count: count)
      for d in shape.indices.reversed() {
        for k in 0..<count { strides[k] = operands[k].stride(d, of: shape, &reach[k]) }
        if shape[d] == 1 { continue }
        require(
          ck_add_loop(nest, shape[d], strides) != 0,
          "the shape \(shape) needs more than the \(CK_MAX_RANK) nested loops that are supported")
      }
      if nest.pointee.rank == 0 { _ = ck_add_loop(nest, 1, strides) }
    }
    return body(nest)
  }
}

extension UnsafeMutablePointer<ck_nest> {
  /// How many elements the unit has that the nest can be cut into: a single run is cut anywhere, a
  /// nest between rows.
  var rowLength: Int { pointee.rank == 1 ? 1 : Int(pointee.shape.0) }

  /// How many rows one thread should have at least, if `elements` are worth starting it: whole
  /// tiles of them where an input is transposed on the way. (Of a single run, how many elements.)
  func fewestRows(elements: Int) -> Int {
    if pointee.rank == 1 { return elements }
    let rows = Swift.max(1, elements / rowLength)
    let isTiled = (1..<pointee.operands).contains { ck_lies_across(self, $0) != 0 }
    return isTiled ? (rows + 63) / 64 * 64 : rows
  }

  /// Runs `kernel` over a part of the nest, driven by `ck_run` (in order) or `ck_run_map` (in any).
  func run(
    _ kernel: ck_map_fn, _ part: Range<Int>, _ operands: [Operand], _ parameters: Parameters,
    by drive: (
      ck_map_fn, UnsafePointer<ck_nest>, Int64, Int64, UnsafePointer<UnsafeMutableRawPointer?>,
      Parameters
    ) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: operands.count) {
      bases in
      for k in 0..<operands.count { bases[k] = operands[k].base }
      drive(
        kernel, self, Int64(part.lowerBound), Int64(part.upperBound), bases.baseAddress!,
        parameters)
    }
  }
}
