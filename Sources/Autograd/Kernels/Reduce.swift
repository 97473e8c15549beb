import CKernels

// The seam to the reductions: any dimensions of any layout become [outer, n, inner], contiguous.

/// Elements that one thread should have at least.
private let grain = 32_768

/// Runs of `length` elements that one thread should have at least.
private func runs(of length: Int) -> Int { max(1, grain / max(1, length)) }

extension Tensor {
  /// This tensor as [outer, n, inner], contiguous, with the dimensions `dims` (sorted, unique) in
  /// the middle.
  func grouped(over dims: [Int]) -> (tensor: Tensor, outer: Int, n: Int, inner: Int) {
    let n = dims.reduce(1) { $0 * shape[$1] }
    if let first = dims.first, let last = dims.last, last - first == dims.count - 1 {
      var (outer, inner) = (1, 1)
      for size in shape[..<first] { outer *= size }
      for size in shape[(last + 1)...] { inner *= size }
      return (compacted(), outer, n, inner)
    }
    let kept = shape.indices.filter { !dims.contains($0) }
    let order = alias(layout.permuted(kept + dims)).compacted()
    return (order, kept.reduce(1) { $0 * shape[$1] }, n, 1)
  }

  /// The shape after reducing `dims`: dropped, or kept with size 1.
  func reducedShape(_ dims: [Int], keepdim: Bool) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(keepdim ? ndim : ndim - dims.count)
    for d in shape.indices {
      if !dims.contains(d) {
        result.append(shape[d])
      } else if keepdim {
        result.append(1)
      }
    }
    return result
  }

  /// `kernel` over the dimensions `dims` (sorted, unique); off the tape.
  func reduced(_ kernel: ck_reduction, _ dims: [Int], keepdim: Bool, op: StaticString) -> Tensor {
    let function = Kernels.reduction(kernel, dtype, op: op)
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    let (x, outer, n, inner) = grouped(over: dims)
    Tensor.reduce(function, x.base, outer, n, inner, into: y.base, dtype)
    return y
  }

  /// The sum of what `kernel` makes of this tensor and `other`, which has the same shape, 0-d: the same
  /// bits as if that had been stored, but it goes through a buffer that stays in a cache. Off the tape.
  func sum(of kernel: ck_map, with other: Tensor, _ parameters: Parameters) -> Tensor {
    guard dtype == other.dtype, isContiguous, other.isContiguous else {
      return elementwise(kernel, self, other, parameters)
        .reduced(.sum, Array(shape.indices), keepdim: false, op: #function)
    }
    let map = Kernels.map(kernel, dtype, op: #function)
    let sum = Kernels.reduction(.sum, dtype, op: #function)
    let y = Tensor(uninitialized: [], dtype)
    let item = dtype.itemSize
    nonisolated(unsafe) let (a, b) = (base, other.base)
    Tensor.reduceInBlocks(sum, numel, 1, into: y.base, dtype) { part, result in
      let (count, first) = (Int64(part.count), part.lowerBound * item)
      let mapped = Tensor(uninitialized: [part.count], dtype)
      ck_map2(map, count, mapped.base, a + first, 1, b + first, 1, parameters)
      sum(1, count, 1, mapped.base, result)
    }
    return y
  }

  /// What `kernel` makes of no elements of this tensor's dtype, 0-d: it changes no reduction.
  func ofNothing(_ kernel: ck_reduction, op: StaticString) -> Tensor {
    Tensor(uninitialized: [0], dtype).reduced(kernel, [0], keepdim: false, op: op)
  }

  /// The extremes along the dimensions `dims` (sorted, adjacent, none of size 0), and their indices
  /// in row-major order over them; off the tape.
  func extremes(
    _ kernel: ck_extreme_fn, _ dims: [Int], keepdim: Bool
  ) -> (values: Tensor, indices: Tensor) {
    let target = reducedShape(dims, keepdim: keepdim)
    let values = Tensor(uninitialized: target, dtype)
    let indices = Tensor(uninitialized: target, .int64)
    let (tensor, outer, n, inner) = grouped(over: dims)
    let item = dtype.itemSize
    nonisolated(unsafe) let x = tensor.base
    nonisolated(unsafe) let (value, index) = (values.base, indices.elements(as: Int64.self))
    parallelFor(outer, grain: runs(of: n * inner)) { part in
      let first = part.lowerBound * inner
      kernel(
        Int64(part.count), Int64(n), Int64(inner), x + first * n * item, value + first * item,
        index.baseAddress! + first)
    }
    return (values, indices)
  }

  private static func reduce(
    _ function: ck_reduce_fn, _ x: UnsafeMutableRawPointer, _ outer: Int, _ n: Int, _ inner: Int,
    into y: UnsafeMutableRawPointer, _ dtype: DType
  ) {
    let item = dtype.itemSize
    nonisolated(unsafe) let (x, y) = (x, y)
    if outer == 1 {
      reduceInBlocks(function, n, inner, into: y, dtype) { rows, result in
        function(1, Int64(rows.count), Int64(inner), x + rows.lowerBound * inner * item, result)
      }
    } else {
      parallelFor(outer, grain: runs(of: n * inner)) { part in
        function(
          Int64(part.count), Int64(n), Int64(inner), x + part.lowerBound * n * inner * item,
          y + part.lowerBound * inner * item)
      }
    }
  }

  /// Reduces `n` rows of `inner` elements to one: blocks of rows by `block`, what comes of those by
  /// `function`. The blocks are the same for any number of threads, so the bits are.
  private static func reduceInBlocks(
    _ function: ck_reduce_fn, _ n: Int, _ inner: Int, into y: UnsafeMutableRawPointer,
    _ dtype: DType,
    _ block: (Range<Int>, UnsafeMutableRawPointer) -> Void
  ) {
    let rows = runs(of: inner)
    let whole = n / rows
    guard whole >= 4 else { return block(0..<n, y) }
    let partial = Tensor(uninitialized: [whole + 1, inner], dtype)
    nonisolated(unsafe) let parts = partial.base
    parallelFor(whole + 1, grain: 1) { range in
      for i in range {
        block(
          i * rows..<Swift.min(n, (i + 1) * rows), parts + i * inner * dtype.itemSize)
      }
    }
    function(1, Int64(whole + 1), Int64(inner), parts, y)
  }
}
