import CKernels
import Synchronization

// The seam to the kernels that read and write at places along a dimension.

/// Elements that one thread should have at least.
private let grain = 32_768

/// A walk over the elements of a list, each of which meets an element of a whole: the one at the same
/// place, but for dimension `axis`, where an index says which.
struct IndexedWalk {
  /// The sizes of the walk, which are those of the list.
  let shape: [Int]
  let axis: Int
  /// In elements along the walk; those of the whole are 0 in `axis`, where `step` counts.
  let list: Operand, index: Operand, whole: Operand
  let step: Int

  /// Calls `kernel` for all elements.
  ///
  /// Elements of the whole are met several times only along `axis`. A kernel that writes to the whole
  /// is therefore cut into threads along another dimension, and each element has its visitors in
  /// order: the same bits, whatever the number of threads.
  func run(_ kernel: ck_map_fn, writesToWhole: Bool) {
    let count = shape.reduce(1, *)
    if count == 0 { return }
    let order = loopOrder
    let sizes = order.map { shape[$0] }
    let operands = [list, index, whole].map { $0.permuted(order) }
    let parameters = Parameters(Double(step))
    if !writesToWhole {
      withNest(collapsing: sizes, operands) { nest in
        nonisolated(unsafe) let nest = nest
        parallelFor(count / nest.rowLength, grain: Swift.max(1, grain / nest.rowLength)) { part in
          nest.run(kernel, part, operands, parameters, by: ck_run)
        }
      }
      return
    }
    let cut = sizes.indices.filter { order[$0] != axis }.max { sizes[$0] < sizes[$1] }
    guard let cut, sizes[cut] > 1, count >= 2 * grain, Threads.count > 1 else {
      runInOrder(kernel, sizes, operands, parameters)
      return
    }
    parallelFor(sizes[cut], grain: Swift.max(1, grain / (count / sizes[cut]))) { part in
      var sizes = sizes
      sizes[cut] = part.count
      let parts = operands.map { $0.advanced(by: part.lowerBound, along: cut) }
      runInOrder(kernel, sizes, parts, parameters)
    }
  }

  private func runInOrder(
    _ kernel: ck_map_fn, _ sizes: [Int], _ operands: [Operand], _ parameters: Parameters
  ) {
    withNest(collapsing: sizes, operands) { nest in
      let rows = sizes.reduce(1, *) / nest.rowLength
      nest.run(kernel, 0..<rows, operands, parameters, by: ck_run)
    }
  }

  /// The dimensions, innermost last: the longest is moved there if the last is too short to be worth
  /// an inner loop.
  private var loopOrder: [Int] {
    let last = shape.last ?? 1
    guard last < 16, let longest = shape.indices.max(by: { shape[$0] < shape[$1] }),
      shape[longest] > last
    else { return Array(shape.indices) }
    return shape.indices.filter { $0 != longest } + [longest]
  }
}

// MARK: - Checking indices

/// The places in 0 ..< `size` that `index` (int64, contiguous) names, where negative ones count from the
/// end if `wraps`; nil if one is out of range.
func places(of index: Tensor, size: Int, wraps: Bool) -> Tensor? {
  nonisolated(unsafe) let from = index.elements(as: Int64.self)
  let found = Atomic<Int32>(0)
  parallelFor(from.count, grain: grain) { part in
    let flags = Kernels.checkIndices(
      Int64(part.count), from.baseAddress! + part.lowerBound, Int64(size))
    found.bitwiseOr(flags, ordering: .relaxed)
  }
  let flags = found.load(ordering: .relaxed)
  if flags & CK_OUTSIDE != 0 { return nil }
  if flags & CK_NEGATIVE == 0 { return index }
  if !wraps { return nil }
  let y = Tensor(uninitialized: index.shape, .int64)
  ck_wrap_indices(
    Int64(index.numel), from.baseAddress, Int64(size), y.base.assumingMemoryBound(to: Int64.self))
  return y
}

// MARK: - Truth values

extension Tensor {
  /// Where the elements that are not zero stand in row-major order: int64, 1-d.
  func positionsOfTrue() -> Tensor {
    let truth = cast(to: .bool).compacted()
    nonisolated(unsafe) let flags = UnsafePointer(truth.elements(as: UInt8.self).baseAddress!)
    return withExtendedLifetime(truth) {
      // Counted first, block by block, so that each block knows where its places go.
      let block = grain
      let blocks = (numel + block - 1) / block
      func size(_ b: Int) -> Int64 { Int64(Swift.min(block, numel - b * block)) }
      nonisolated(unsafe) let starts = UnsafeMutablePointer<Int>.allocate(capacity: blocks + 1)
      defer { starts.deallocate() }
      starts[0] = 0
      parallelFor(blocks, grain: 1) { part in
        for b in part { starts[b + 1] = Int(Kernels.countTrue(size(b), flags + b * block)) }
      }
      for b in 0..<blocks { starts[b + 1] += starts[b] }
      let y = Tensor(uninitialized: [starts[blocks]], .int64)
      nonisolated(unsafe) let places = y.elements(as: Int64.self).baseAddress!
      parallelFor(blocks, grain: 1) { part in
        for b in part {
          Kernels.placesOfTrue(size(b), flags + b * block, Int64(b * block), places + starts[b])
        }
      }
      return y
    }
  }
}
