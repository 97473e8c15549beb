import CKernels
import Synchronization

// Reads and writes at indices along a dimension.

/// A loop over the elements of `list`, each paired with an element of `whole`: the one at the same
/// coordinates, except in dimension `axis`, where `index` gives the coordinate.
struct IndexedLoop {
  /// The sizes of the loop, those of `list`.
  let shape: [Int]
  let axis: Int
  /// Strides are along the loop. That of `whole` is 0 in `axis`, where the position is index ·
  /// `step`.
  let list: Operand, index: Operand, whole: Operand
  let step: Int
  /// The size of the indexed dimension of `whole`.
  let size: Int

  /// Runs `kernel` over all elements, of type `dtype`.
  ///
  /// Several elements of `list` can be paired with one element of `whole` only along `axis`.
  /// Threads that write to `whole` therefore split the loop along another dimension, and each
  /// element is updated in order: the bits are the same for any number of threads.
  func run(_ kernel: IndexedKernel, _ dtype: DType) {
    let count = shape.reduce(1, *)
    if count == 0 { return }
    if let rows = IndexedRows(self, kernel) {
      rows.run(kernel, dtype)
      return
    }
    let function = Kernels.indexed(kernel, dtype)
    let order = loopOrder
    let sizes = order.map { shape[$0] }
    let operands = [list, index, whole].map { $0.permuted(order) }
    let parameters = Parameters(Double(step))
    if kernel == .take {
      withNest(collapsing: sizes, operands) { nest in
        launch(operands, units: count / nest.rowLength, cost: nest.rowLength) { part in
          nest.run(function, part, operands, parameters, by: ck_run)
        }
      }
      return
    }
    // Threads that write to one cache line slow each other down.
    let strides = operands[2].givenStrides
    func isWide(_ d: Int) -> Bool {
      sizes[d] / Threads.count * abs(strides[d]) * whole.itemSize >= 256
    }
    let cut = sizes.indices.filter { order[$0] != axis && isWide($0) }
      .max { sizes[$0] < sizes[$1] }
    guard let cut, sizes[cut] > 1, count >= 2 * Cost.ofThread, Threads.count > 1 else {
      runInOrder(function, sizes, operands, parameters)
      return
    }
    launch(operands, units: sizes[cut], cost: count / sizes[cut]) { part in
      var sizes = sizes
      sizes[cut] = part.count
      let parts = operands.map { $0.advanced(by: part.lowerBound, along: cut) }
      runInOrder(function, sizes, parts, parameters)
    }
  }

  private func runInOrder(
    _ function: ck_map_fn, _ sizes: [Int], _ operands: [Operand], _ parameters: Parameters
  ) {
    withNest(collapsing: sizes, operands) { nest in
      let rows = sizes.reduce(1, *) / nest.rowLength
      withExtendedLifetime(operands) {
        nest.run(function, 0..<rows, operands, parameters, by: ck_run)
      }
    }
  }

  /// The dimensions, innermost last. If the last is too short for an inner loop, the longest takes
  /// its place.
  private var loopOrder: [Int] {
    let last = shape.last ?? 1
    guard last < 16, let longest = shape.indices.max(by: { shape[$0] < shape[$1] }),
      shape[longest] > last
    else { return Array(shape.indices) }
    return shape.indices.filter { $0 != longest } + [longest]
  }
}

// MARK: - Checking indices

/// `index` (int64, contiguous), with negative indices counted from the end if `wraps`; nil if one
/// is out of range.
func checkedIndices(_ index: Tensor, size: Int, wraps: Bool) -> Tensor? {
  let found = Atomic<Int32>(0)
  launch(index, units: index.numel) { part in
    let flags = Kernels.checkIndices(
      Int64(part.count), index.pointer(part.lowerBound), Int64(size))
    found.bitwiseOr(flags, ordering: .relaxed)
  }
  let flags = found.load(ordering: .relaxed)
  if flags & CK_OUTSIDE != 0 { return nil }
  if flags & CK_NEGATIVE == 0 { return index }
  if !wraps { return nil }
  let y = Tensor(uninitialized: index.shape, .int64)
  withExtendedLifetime((index, y)) {
    ck_wrap_indices(Int64(index.numel), index.pointer(), Int64(size), y.pointer())
  }
  return y
}

extension Tensor {
  /// Whether all these indices (int64) are in 0 ..< size.
  package func isInRange(of size: Int) -> Bool {
    checkedIndices(compacted(), size: size, wraps: false) != nil
  }
}

// MARK: - Nonzero elements

extension Tensor {
  /// The positions, in row-major order, of the elements that are not zero: int64, 1-d.
  func positionsOfTrue() -> Tensor {
    let truth = cast(to: .bool).compacted()
    // Counting the nonzero elements of each block first gives the offset of its positions.
    let block = Cost.ofThread
    let blocks = (numel + block - 1) / block
    func size(_ b: Int) -> Int64 { Int64(Swift.min(block, numel - b * block)) }
    let starts = UnsafeMutablePointer<Int>.allocate(capacity: blocks + 1)
    defer { starts.deallocate() }
    starts[0] = 0
    launch(truth, units: blocks, atLeast: 1) { part in
      for b in part { starts[b + 1] = Int(Kernels.countTrue(size(b), truth.pointer(b * block))) }
    }
    for b in 0..<blocks { starts[b + 1] += starts[b] }
    let y = Tensor(uninitialized: [starts[blocks]], .int64)
    launch((truth, y), units: blocks, atLeast: 1) { part in
      for b in part {
        Kernels.positionsOfTrue(
          size(b), truth.pointer(b * block), Int64(b * block), y.pointer(starts[b]))
      }
    }
    return y
  }
}
