import CKernels

/// An indexed loop in which an index stands for a row, as in `indexSelect`: the dimensions after
/// the indexed one lie in memory as one, and so do those before it.
struct IndexedRows {
  private let list: Operand, index: Operand, whole: Operand
  private let rows: Int, indexStep: Int, size: Int
  private let listRow: Int, wholeRow: Int
  private let blocks: Line, columns: Line

  /// Dimensions of both operands that are stepped through as one.
  private struct Line {
    var count = 1
    var list = 1, whole = 1

    /// Nil if one step does not do for all.
    init?(_ dims: Range<Int>, _ shape: [Int], list: [Int], whole: [Int]) {
      for d in dims.reversed() where shape[d] != 1 {
        if count == 1 {
          (self.list, self.whole) = (list[d], whole[d])
        } else if list[d] != count * self.list || whole[d] != count * self.whole {
          return nil
        }
        count *= shape[d]
      }
    }
  }

  /// Nil if `loop`, for `kernel`, is not of this kind, or if its rows are so short or so few that a
  /// loop along the index is faster.
  init?(_ loop: IndexedLoop, _ kernel: IndexedKernel) {
    let (shape, axis) = (loop.shape, loop.axis)
    let (list, whole) = (loop.list.givenStrides, loop.whole.givenStrides)
    let index = loop.index.givenStrides
    guard
      shape.indices.allSatisfy({ $0 == axis || shape[$0] == 1 || index[$0] == 0 }),
      let columns = Line(axis + 1..<shape.count, shape, list: list, whole: whole),
      let blocks = Line(0..<axis, shape, list: list, whole: whole),
      columns.count >= (kernel == .take || kernel == .put ? 3 : 8),
      blocks.count == 1 || shape[axis] * columns.count >= 32
    else { return nil }
    (self.list, self.index, self.whole) = (loop.list, loop.index, loop.whole)
    (rows, indexStep, size) = (shape[axis], index[axis], loop.size)
    (listRow, wholeRow) = (list[axis], loop.step)
    (self.blocks, self.columns) = (blocks, columns)
  }

  func run(_ kernel: IndexedKernel, _ dtype: DType) {
    let function = Kernels.indexedRows(kernel, dtype)
    let operands = (list, index, whole)
    if kernel == .take {
      launch(operands, units: blocks.count * rows, cost: columns.count) { part in
        var first = part.lowerBound
        while first < part.upperBound {
          let (block, row) = first.quotientAndRemainder(dividingBy: rows)
          let count = min(rows - row, part.upperBound - first)
          run(function, block, row..<row + count, 0..<size)
          first += count
        }
      }
    } else if blocks.count >= Threads.count {
      launch(operands, units: blocks.count, cost: rows * columns.count) { part in
        for block in part { run(function, block, 0..<rows, 0..<size) }
      }
    } else {
      // Each thread updates its own rows of the whole, so that an element is updated in order and
      // no two threads write to one cache line.
      for block in 0..<blocks.count {
        launch(operands, units: size, cost: max(1, rows * columns.count / size)) { part in
          run(function, block, 0..<rows, part)
        }
      }
    }
  }

  /// Runs `function` for the rows `part` of a block of the list that are paired with the rows
  /// `range` of the whole.
  private func run(
    _ function: ck_at_rows_fn, _ block: Int, _ part: Range<Int>, _ range: Range<Int>
  ) {
    let start = (block * blocks.list + part.lowerBound * listRow) * list.itemSize
    var loop = ck_rows(
      rows: Int64(part.count), width: Int64(columns.count), first: Int64(range.lowerBound),
      last: Int64(range.upperBound), index: nil, index_step: Int64(indexStep),
      list: list.base + start, whole: whole.base + block * blocks.whole * whole.itemSize,
      list_row: Int64(listRow), list_column: Int64(columns.list), whole_row: Int64(wholeRow),
      whole_column: Int64(columns.whole))
    loop.index =
      UnsafePointer(index.base.assumingMemoryBound(to: Int64.self))
      + part.lowerBound * indexStep
    function(&loop)
  }
}
