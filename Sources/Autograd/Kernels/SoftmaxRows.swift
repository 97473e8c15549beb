import CKernels

// Softmax and log-sum-exp along one dimension of a contiguous [outer, n, inner].

/// The least inner size for which columns are computed side by side: below it most lanes of a
/// vector register are unused, and a copy with the dimension at the end is faster.
private let fewestColumns = 8

extension Tensor {
  /// `kernel` along dimension `d`, applied to this tensor, and the gradient `g` of the same shape
  /// if given; off the tape.
  func along(_ d: Int, _ kernel: SoftmaxKernel, _ g: Tensor? = nil) -> Tensor {
    let inner = shape.dropFirst(d + 1).reduce(1, *)
    if inner > 1, isFasterMovedToLast(d) {
      return movedToLast(d).along(ndim - 1, kernel, g?.movedToLast(d)).movedBack(to: d)
    }
    let function = Kernels.softmax(kernel, dtype)
    let y = Tensor(uninitialized: shape, dtype)
    let (x, g) = (compacted(), (g ?? self).compacted())
    let n = ndim == 0 ? 1 : shape[d]
    let outer = shape.prefix(d).reduce(1, *)
    launchColumns((x, g, y), outer, n, inner, cost: Cost.exponential) { blocks, width, first in
      function(
        blocks, Int64(n), Int64(inner), width, x.address(first), g.address(first),
        y.address(first))
    }
    return y
  }

  /// ln Σ exp over the dimensions `dims` (sorted, unique); off the tape.
  func logSumExpOfRows(_ dims: [Int], keepdim: Bool) -> Tensor {
    let function = Kernels.table(dtype).pointee.logsumexp!
    let y = Tensor(uninitialized: reducedShape(dims, keepdim: keepdim), dtype)
    var (x, outer, n, inner) = (self, 1, count(dims), 1)
    if let first = dims.first, let last = dims.last, last - first == dims.count - 1, isContiguous {
      outer = shape[..<first].reduce(1, *)
      inner = shape[(last + 1)...].reduce(1, *)
    }
    if n == 0 || !isContiguous || inner < fewestColumns {
      let kept = shape.indices.filter { !dims.contains($0) }
      x = alias(layout.permuted(kept + dims)).compacted()
      (outer, inner) = (y.numel, 1)
    }
    if n == 0 {
      launch((x, y), units: outer) { rows in
        function(Int64(rows.count), 0, 1, 1, x.base, y.address(rows.lowerBound))
      }
      return y
    }
    launchColumns((x, y), outer, n, inner, cost: Cost.exponential) { blocks, width, first in
      function(
        blocks, Int64(n), Int64(inner), width, x.address(first),
        y.address(first < inner ? first : first / n))
    }
    return y
  }

  /// Whether the softmax along dimension `dim` is faster with it at the end: if it lies there in
  /// memory, or there are too few columns behind it.
  func isFasterMovedToLast(_ dim: Int) -> Bool {
    let inner = shape.dropFirst(dim + 1).reduce(1, *)
    if inner < fewestColumns { return true }
    if isContiguous { return false }
    return alias(layout.permuted(shape.indices.filter { $0 != dim } + [dim])).isContiguous
  }
}

// MARK: - Moving a dimension

extension Tensor {
  /// A contiguous tensor with dimension `dim` moved to the end.
  func movedToLast(_ dim: Int) -> Tensor {
    if dim >= ndim - 1 { return compacted() }
    return alias(layout.permuted(shape.indices.filter { $0 != dim } + [dim])).compacted()
  }

  /// A view with the last dimension moved to `dim`: undoes ``movedToLast(_:)``.
  func movedBack(to dim: Int) -> Tensor {
    if dim >= ndim - 1 { return self }
    var order = Array(shape.indices.dropLast())
    order.insert(ndim - 1, at: dim)
    return alias(layout.permuted(order))
  }
}
