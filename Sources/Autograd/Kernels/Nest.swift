import CKernels

// Loop nests over arrays of any strides.

/// An array that a kernel reads or writes, with its strides along the loop nest.
struct Operand {
  let base: UnsafeMutableRawPointer
  let itemSize: Int
  /// Keeps the memory alive if the tensor is a temporary.
  private let owner: Tensor?
  private let strides: Strides

  private enum Strides {
    /// Those of the owner's layout, 0 where it broadcasts.
    case layout
    /// The given strides, along the shape of the nest.
    case given([Int])
    /// 0 everywhere: a single element.
    case zero
  }

  /// `tensor`, broadcast to the shape of the nest.
  init(_ tensor: Tensor) {
    self.init(base: tensor.base, itemSize: tensor.dtype.itemSize, owner: tensor, strides: .layout)
  }

  /// `tensor` with the given strides.
  init(_ tensor: Tensor, strides: [Int]) {
    self.init(
      base: tensor.base, itemSize: tensor.dtype.itemSize, owner: tensor, strides: .given(strides))
  }

  /// A single value for every element.
  init(value: UnsafeMutableRawPointer) {
    self.init(base: value, itemSize: 0, owner: nil, strides: .zero)
  }

  private init(base: UnsafeMutableRawPointer, itemSize: Int, owner: Tensor?, strides: Strides) {
    self.base = base
    self.itemSize = itemSize
    self.owner = owner
    self.strides = strides
  }

  /// The stride along dimension `d` of the nest's `shape`. Call this from the innermost dimension
  /// outwards; `contiguous`, initially 1, accumulates the stride of a contiguous layout.
  @inline(__always)
  fileprivate func stride(_ d: Int, of shape: [Int], _ contiguous: inout Int) -> Int {
    switch strides {
    case .zero: return 0
    case .given(let strides): return strides[d]
    case .layout:
      let layout = owner!.layout
      let own = d - (shape.count - layout.rank)
      if own < 0 { return 0 }
      let size = layout.shape[own]
      let stride = layout.strides?[own] ?? contiguous
      contiguous *= size
      return size == 1 && shape[d] != 1 ? 0 : stride
    }
  }

  /// This operand, with its given strides in another order.
  func permuted(_ order: [Int]) -> Operand {
    Operand(
      base: base, itemSize: itemSize, owner: owner,
      strides: .given(order.map { givenStrides[$0] }))
  }

  /// This operand, with its given strides, from element `start` of dimension `dim` on.
  func advanced(by start: Int, along dim: Int) -> Operand {
    Operand(
      base: base + start * givenStrides[dim] * itemSize, itemSize: itemSize, owner: owner,
      strides: strides)
  }

  /// Its strides along the shape of the nest.
  var givenStrides: [Int] {
    guard case .given(let given) = strides else { fail("this operand has no given strides") }
    return given
  }
}

/// Calls `body` with the loop nest over `shape`, without dimensions of size 1; dimensions that are
/// contiguous in all operands are merged.
func withNest<R>(
  collapsing shape: [Int], _ operands: [Operand], _ body: (UnsafeMutablePointer<ck_nest>) -> R
) -> R {
  // Initialized in place and without arrays: every broadcasting op makes a nest, and a small one
  // takes a fraction of a microsecond.
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
      let contiguous = strides + count
      strides.update(repeating: 0, count: count)
      contiguous.update(repeating: 1, count: count)
      for d in shape.indices.reversed() {
        for k in 0..<count { strides[k] = operands[k].stride(d, of: shape, &contiguous[k]) }
        if shape[d] == 1 { continue }
        require(
          ck_add_loop(nest, shape[d], strides) != 0,
          "the shape \(shape) needs more than \(CK_MAX_RANK) nested loops; use fewer dimensions")
      }
      if nest.pointee.rank == 0 { _ = ck_add_loop(nest, 1, strides) }
    }
    return body(nest)
  }
}

extension UnsafeMutablePointer<ck_nest> {
  /// The number of elements in a unit of work: 1 if the nest is a single loop, which can be split
  /// anywhere, else a row.
  var rowLength: Int { pointee.rank == 1 ? 1 : Int(pointee.shape.0) }

  /// The least number of units per thread, given the least number of elements: whole tiles of rows
  /// if an input is transposed.
  func fewestRows(elements: Int) -> Int {
    if pointee.rank == 1 { return elements }
    let rows = Swift.max(1, elements / rowLength)
    let isTiled = (1..<pointee.operands).contains { ck_lies_across(self, $0) != 0 }
    return isTiled ? (rows + 63) / 64 * 64 : rows
  }

  /// Runs `kernel` over a part of the nest, by `ck_run` (in order) or `ck_run_map` (in any order).
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
