import CKernels

/// Bags of rows of a table, for `embeddingBag`: sums and means by one kernel that reads each row
/// where it lies.
package final class BagsOfRows {
  private let index: Saved
  private let factor: Saved?
  private let starts: Tensor
  private let count: Int
  private let skipped: Int
  private let isMean: Bool

  /// Bag b has the indices starts[b] ..< starts[b + 1]. Nil if one is not a row of the table.
  ///
  /// - Parameters:
  ///   - index: 1-d, of any integer type.
  ///   - starts: ascending from 0 to the number of indices.
  ///   - rows: the number of rows of the table.
  ///   - factor: a number for each index, of the type of the table; 1 if nil.
  ///   - skipped: a row that does not count.
  ///   - isMean: whether sums are divided by the number of indices of the bag that count.
  package init?(
    _ index: Tensor, starts: [Int], rows: Int, factor: Tensor?, skipped: Int?, isMean: Bool
  ) {
    let flat = index.cast(to: .int64).compacted()
    guard checkedIndices(flat, size: rows, wraps: false) != nil else { return nil }
    self.index = Saved(flat, op: "embeddingBag")
    self.factor = factor.map { Saved($0.compacted(), op: "embeddingBag") }
    self.starts = Tensor(starts)
    count = starts.count - 1
    self.skipped = skipped ?? -1
    self.isMean = isMean
  }

  /// The sum or mean of the rows of each bag, [bags, width]; off the tape.
  package func sums(of table: Tensor) -> Tensor {
    let width = table.shape[1]
    let y = Tensor(uninitialized: [count, width], table.dtype, op: "embeddingBag")
    let function = Kernels.table(table.dtype).pointee.bag_sums!
    let table = table.compacted()
    let (index, factor) = (index.value, factor?.value)
    let cost = (index.numel / max(1, count) + 1) * max(1, width)
    launch((table, index, factor, starts, y), units: count, cost: cost) { part in
      var call = bags(index, factor, table, part)
      (call.last, call.y) = (Int64(table.shape[0]), y.address(part.lowerBound * width))
      function(&call)
    }
    return y
  }

  /// The gradient of a table of `rows` rows for the gradient `g` of ``sums(of:)``; off the tape.
  package func gradient(_ g: Tensor, rows: Int) -> Tensor {
    let width = g.shape[1]
    let y = Tensor(uninitialized: [rows, width], g.dtype, op: "embeddingBag")
    let function = Kernels.table(g.dtype).pointee.add_bags!
    let g = g.compacted()
    let (index, factor) = (index.value, factor?.value)
    // Each thread has rows of its own, so that a row gets its sum in order.
    let cost = (index.numel / max(1, rows) + 1) * max(1, width)
    launch((g, index, factor, starts, y), units: rows, cost: cost) { part in
      y.address(part.lowerBound * width).initializeMemory(
        as: UInt8.self, repeating: 0, count: part.count * width * y.dtype.itemSize)
      var call = bags(index, factor, y, 0..<count)
      (call.first, call.last) = (Int64(part.lowerBound), Int64(part.upperBound))
      call.y = g.base
      function(&call)
    }
    return y
  }

  private func bags(
    _ index: Tensor, _ factor: Tensor?, _ table: Tensor, _ part: Range<Int>
  ) -> ck_bags {
    var call = ck_bags()
    call.bags = Int64(part.count)
    call.width = Int64(table.shape[1])
    call.start = UnsafePointer(starts.pointer(part.lowerBound))
    call.index = UnsafePointer(index.pointer())
    call.factor = factor.map { UnsafeRawPointer($0.base) }
    call.skipped = Int64(skipped)
    call.is_mean = isMean ? 1 : 0
    call.table = table.base
    return call
  }
}
