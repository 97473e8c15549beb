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
    if inner > 1, inner < fewestColumns {
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
    let kept = shape.indices.filter { !dims.contains($0) }
    let x = alias(layout.permuted(kept + dims)).compacted()
    let n = count(dims)
    launch((x, y), units: y.numel, cost: Cost.exponential * n) { rows in
      let first = rows.lowerBound
      function(Int64(rows.count), Int64(n), x.address(first * n), y.address(first))
    }
    return y
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
