import CKernels

// Sorting, selection by rank and search along one dimension of any layout.

extension Tensor {
  /// The first `k` elements along dimension `d` in ascending or descending order, and their
  /// indices; off the tape.
  func sorted(
    _ d: Int, first k: Int, descending: Bool, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.table(dtype).pointee.sort!
    let x = movedToLast(d)
    let target = x.shape.dropLast() + (ndim == 0 ? [] : [k])
    let (values, indices) = x.orderedRows(Array(target), k, op: op) {
      function($0, $1, Int64(k), descending ? 1 : 0, $2, $3, $4, $5)
    }
    return (values.movedBack(to: d), indices.movedBack(to: d))
  }

  /// The element of `rank` along dimension `d`, which is not of size 0, and its index; off the
  /// tape.
  func ranked(
    _ rank: Rank, _ d: Int, keepdim: Bool, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.table(dtype).pointee.kth!
    let k =
      switch rank {
      case .index(let k): Int64(k)
      case .median: Int64(CK_MEDIAN)
      case .nanmedian: Int64(CK_NANMEDIAN)
      }
    let target = reducedShape(ndim == 0 ? [] : [d], keepdim: keepdim)
    return movedToLast(d).orderedRows(target, 1, op: op) { function($0, $1, k, $2, $3, $4, $5) }
  }

  /// A position in ascending order.
  enum Rank {
    case index(Int)
    case median, nanmedian
  }

  /// The most frequent element along dimension `d`, which is not of size 0, and its last index; off
  /// the tape.
  func mostFrequent(
    _ d: Int, keepdim: Bool, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.table(dtype).pointee.mode!
    let target = reducedShape(ndim == 0 ? [] : [d], keepdim: keepdim)
    return movedToLast(d).orderedRows(target, 1, op: op) { function($0, $1, $2, $3, $4, $5) }
  }

  /// The running extremes along dimension `d`, and their indices; off the tape.
  func runningExtremes(_ kernel: ExtremeKernel, _ d: Int) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.runningExtreme(kernel, dtype)
    let values = Tensor(uninitialized: shape, dtype)
    let indices = Tensor(uninitialized: shape, .int64)
    guard numel > 0 else { return (values, indices) }
    let (x, outer, n, inner) = grouped(over: ndim == 0 ? [] : [d])
    let cost = Cost.exponential * n * inner
    launch((x, values, indices), units: outer, cost: cost) { part in
      let first = part.lowerBound * n * inner
      function(
        Int64(part.count), Int64(n), Int64(inner), x.address(first), values.address(first),
        indices.pointer(first))
    }
    return (values, indices)
  }

  /// The indices, int64, that sort the rows of this matrix lexicographically.
  func orderOfRows(op: StaticString) -> Tensor {
    let x = compacted()
    let n = shape[0]
    requireSortable(n, op: op)
    let order = Tensor(uninitialized: [n], .int64)
    let scratch = Tensor(uninitialized: [2 * Int(CK_PAIR_BYTES) * n], .uint8)
    let groups = Tensor(uninitialized: [Int(CK_GROUP_BYTES) * (n / 2 + 1)], .uint8)
    launch((x, order, scratch, groups), units: 1) { _ in
      Kernels.table(dtype).pointee.sort_rows(
        Int64(n), Int64(shape[1]), x.base, order.pointer(), scratch.base, groups.base)
    }
    return order
  }

  /// The positions at which the elements of `values` [rows, m] can be inserted in this tensor
  /// [rows, n], sorted through `sorter` of the same shape if given; all are contiguous, the first
  /// two of one dtype.
  func insertionPoints(of values: Tensor, sorter: Tensor?, right: Bool) -> Tensor {
    let function = Kernels.table(dtype).pointee.search!
    let y = Tensor(uninitialized: values.shape, .int64)
    let (n, m) = (shape[1], values.shape[1])
    launch((self, values, sorter, y), units: y.numel, cost: Cost.exponential) { part in
      // A part may start and end within a row.
      var i = part.lowerBound
      while i < part.upperBound {
        let row = i / m
        let count = Swift.min(part.upperBound, (row + 1) * m) - i
        function(
          Int64(n), address(row * n), sorter?.pointer(row * n), right ? 1 : 0, Int64(count),
          values.address(i), y.pointer(i))
        i += count
      }
    }
    return y
  }

  /// Values and indices of shape `target`, `width` for each row of this contiguous tensor, computed
  /// by `body(rows, n, x, values, indices, scratch)`.
  private func orderedRows(
    _ target: [Int], _ width: Int, op: StaticString,
    _ body: (
      Int64, Int64, UnsafeRawPointer, UnsafeMutableRawPointer, UnsafeMutablePointer<Int64>,
      UnsafeMutableRawPointer
    ) -> Void
  ) -> (values: Tensor, indices: Tensor) {
    let values = Tensor(uninitialized: target, dtype)
    let indices = Tensor(uninitialized: target, .int64)
    guard values.numel > 0 else { return (values, indices) }
    let n = shape.last ?? 1
    requireSortable(n, op: op)
    launch((self, values, indices), units: numel / n, cost: Cost.exponential * n) { rows in
      let first = rows.lowerBound
      let scratch = Tensor(uninitialized: [2 * Int(CK_PAIR_BYTES) * n], .uint8)
      withExtendedLifetime(scratch) {
        body(
          Int64(rows.count), Int64(n), address(first * n), values.address(first * width),
          indices.pointer(first * width), scratch.base)
      }
    }
    return (values, indices)
  }

  /// The kernels index the elements of a row with 32 bits.
  private func requireSortable(_ n: Int, op: StaticString) {
    require(
      n <= Int(UInt32.max),
      "\(opName(op)): expected at most \(UInt32.max) elements to sort, got \(n); sort parts")
  }
}
