import CKernels

// Reductions: the tensor is made contiguous as [outer, n, inner], with the reduced dimensions in
// the middle.

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

  /// The shape after a reduction over `dims`: without them, or with size 1 there if `keepdim`.
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
  func reduced(
    _ kernel: ReductionKernel, _ dims: [Int], keepdim: Bool, op: StaticString
  ) -> Tensor {
    let function = Kernels.reduction(kernel, dtype, op: op)
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    let (x, outer, n, inner) = grouped(over: dims)
    if outer == 1 {
      reduceInBlocks(function, x, n, inner, into: y) { rows, result in
        function(
          1, Int64(rows.count), Int64(inner), x.address(rows.lowerBound * inner), result)
      }
    } else {
      launch((x, y), units: outer, cost: n * inner) { part in
        function(
          Int64(part.count), Int64(n), Int64(inner), x.address(part.lowerBound * n * inner),
          y.address(part.lowerBound * inner))
      }
    }
    return y
  }

  /// The sum of `kernel` applied to this tensor and `other`, which has the same shape; 0-d.
  /// Intermediate results stay in cache; the bits are the same as if they were stored. Off the
  /// tape.
  func sum(of kernel: ElementwiseKernel, with other: Tensor, _ parameters: Parameters) -> Tensor {
    guard dtype == other.dtype, isContiguous, other.isContiguous else {
      return elementwise(kernel, self, other, parameters)
        .reduced(.sum, Array(shape.indices), keepdim: false, op: #function)
    }
    let map = Kernels.elementwise(kernel, dtype, op: #function)
    let sum = Kernels.reduction(.sum, dtype, op: #function)
    let y = Tensor(uninitialized: [], dtype)
    reduceInBlocks(sum, (self, other), numel, 1, into: y) { part, result in
      let (count, first) = (Int64(part.count), part.lowerBound)
      let mapped = Tensor(uninitialized: [part.count], dtype)
      withExtendedLifetime(mapped) {
        ck_map2(map, count, mapped.base, address(first), 1, other.address(first), 1, parameters)
        sum(1, count, 1, mapped.base, result)
      }
    }
    return y
  }

  /// The identity element of `kernel` in this tensor's dtype, 0-d: the reduction of no elements.
  func identity(of kernel: ReductionKernel, op: StaticString) -> Tensor {
    Tensor(uninitialized: [0], dtype).reduced(kernel, [0], keepdim: false, op: op)
  }

  /// The extremes along the dimensions `dims` (sorted, adjacent, none of size 0), and their indices
  /// in row-major order over them; off the tape.
  func extremes(
    _ kernel: ExtremeKernel, _ dims: [Int], keepdim: Bool
  ) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.extreme(kernel, dtype)
    let target = reducedShape(dims, keepdim: keepdim)
    let values = Tensor(uninitialized: target, dtype)
    let indices = Tensor(uninitialized: target, .int64)
    let (x, outer, n, inner) = grouped(over: dims)
    launch((x, values, indices), units: outer, cost: n * inner) { part in
      let first = part.lowerBound * inner
      function(
        Int64(part.count), Int64(n), Int64(inner), x.address(first * n), values.address(first),
        indices.pointer(first))
    }
    return (values, indices)
  }
}

/// Reduces `n` rows of `inner` elements to the one row of `y`: `block` reduces blocks of rows,
/// `function` their results. The blocks, and so the bits, do not depend on the number of threads.
private func reduceInBlocks<Operands>(
  _ function: ck_reduce_fn, _ operands: Operands, _ n: Int, _ inner: Int, into y: Tensor,
  _ block: (Range<Int>, UnsafeMutableRawPointer) -> Void
) {
  let rows = max(1, Cost.ofThread / max(1, inner))
  let blocks = n / rows + 1
  guard blocks > 4 else { return withExtendedLifetime((operands, y)) { block(0..<n, y.base) } }
  let partial = Tensor(uninitialized: [blocks, inner], y.dtype)
  launch((operands, partial), units: blocks, atLeast: 1) { part in
    for i in part { block(i * rows..<min(n, (i + 1) * rows), partial.address(i * inner)) }
  }
  withExtendedLifetime((partial, y)) {
    function(1, Int64(blocks), Int64(inner), partial.base, y.base)
  }
}
