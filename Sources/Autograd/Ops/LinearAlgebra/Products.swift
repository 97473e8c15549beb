// Products of vectors and matrices with a given number of dimensions, and tensor products.

// MARK: - Matrix products

extension Tensor {
  /// The product of two matrices, [m, k] · [k, n] → [m, n].
  public func mm(_ b: Tensor) -> Tensor {
    requireDimensions(2, b, 2, op: #function)
    return product(b, op: #function)
  }

  /// The products of two batches of matrices, pair by pair: [b, m, k] · [b, k, n] → [b, m, n].
  public func bmm(_ b: Tensor) -> Tensor {
    requireDimensions(3, b, 3, op: #function)
    require(
      shape[0] == b.shape[0],
      """
      bmm: expected as many matrices in both batches, got shapes \(shape) and \(b.shape); use \
      matmul, which broadcasts
      """)
    return product(b, op: #function)
  }

  /// The product of a matrix and a vector, [m, k] · [k] → [m].
  public func mv(_ b: Tensor) -> Tensor {
    requireDimensions(2, b, 1, op: #function)
    return product(b, op: #function)
  }

  /// Stops unless this tensor has `rank` and `b` has `other` dimensions.
  func requireDimensions(_ rank: Int, _ b: Tensor, _ other: Int, op: StaticString) {
    require(
      ndim == rank && b.ndim == other,
      """
      \(opName(op)): expected tensors of \(rank) and \(other) dimensions, got shapes \(shape) and \
      \(b.shape); use matmul, which accepts any
      """)
  }
}

// MARK: - Products of vectors

extension Tensor {
  /// The inner product of two vectors of equal length, [k] · [k] → []: PyTorch's `dot` and `vdot`.
  public func dot(_ b: Tensor) -> Tensor {
    requireDimensions(1, b, 1, op: #function)
    requireSameNumericType(b, op: #function)
    return dotted(b, op: #function)
  }

  /// The inner products of vectors along dimension `dim`; the other dimensions broadcast.
  ///
  /// Both tensors are floating-point, of one dtype.
  /// - Parameters:
  ///   - b: the other vectors.
  ///   - dim: the dimension of the broadcast shape, counted from the end if negative.
  public func vecdot(_ b: Tensor, dim: Int = -1) -> Tensor {
    requireFloating(op: #function)
    requireSameNumericType(b, op: #function)
    let target = broadcastShape(shape, b.shape, op: #function)
    let d = target.dimension(dim, op: #function)
    return (self * b).sum(dim: target.isEmpty ? [] : [d])
  }

  /// The outer product of two vectors, [m], [n] → [m, n].
  public func outer(_ b: Tensor) -> Tensor {
    requireDimensions(1, b, 1, op: #function)
    return reshape([numel, 1]) * b
  }

  /// The inner products of vectors along the last dimensions: [..., k], [***, k] → [..., ***].
  ///
  /// A 0-d tensor multiplies each element of the other.
  public func inner(_ b: Tensor) -> Tensor {
    if ndim == 0 || b.ndim == 0 { return self * b }
    require(
      size(-1) == b.size(-1),
      """
      inner: expected last dimensions of equal size, got shapes \(shape) and \(b.shape)
      """)
    return tensordot(b, dims: [-1], [-1])
  }

  /// The cross product of vectors along dimension `dim`, of size 3; the other dimensions broadcast.
  ///
  /// PyTorch's `linalg.cross`. `torch.cross` without `dim` uses the first dimension of size 3.
  /// - Parameters:
  ///   - b: a tensor of as many dimensions and the same dtype.
  ///   - dim: the dimension, counted from the end if negative.
  public func cross(_ b: Tensor, dim: Int = -1) -> Tensor {
    require(
      ndim == b.ndim,
      """
      cross: expected tensors of as many dimensions, got shapes \(shape) and \(b.shape); unsqueeze \
      one of them
      """)
    requireSameNumericType(b, op: #function)
    let d = shape.dimension(dim, op: #function)
    require(
      ndim > 0 && shape[d] == 3 && b.shape[d] == 3,
      """
      cross: expected size 3 in dimension \(d), got shapes \(shape) and \(b.shape); use another dim
      """)
    let (next, last) = (Tensor([1, 2, 0]), Tensor([2, 0, 1]))
    return indexSelect(dim: d, index: next) * b.indexSelect(dim: d, index: last)
      - indexSelect(dim: d, index: last) * b.indexSelect(dim: d, index: next)
  }
}

// MARK: - Tensor products

extension Tensor {
  /// The contraction of the last `dims` dimensions of this tensor with the first `dims` of `b`:
  /// [..., k…], [k…, ***] → [..., ***].
  public func tensordot(_ b: Tensor, dims: Int = 2) -> Tensor {
    require(
      dims >= 0 && dims <= ndim && dims <= b.ndim,
      """
      tensordot: expected dims in 0 … \(Swift.min(ndim, b.ndim)) for the shapes \(shape) and \
      \(b.shape), got \(dims)
      """)
    return tensordot(b, dims: Array(ndim - dims..<ndim), Array(0..<dims))
  }

  /// The contraction of pairs of dimensions: the sum of products over them.
  ///
  /// The result has the remaining dimensions of this tensor, then those of `b`.
  ///
  /// - Parameters:
  ///   - b: a tensor of the same dtype.
  ///   - dims: dimensions of this tensor, counted from the end if negative.
  ///   - others: for each of them the dimension of `b`, of the same size; either may have size 1.
  public func tensordot(_ b: Tensor, dims: [Int], _ others: [Int]) -> Tensor {
    requireSameNumericType(b, op: #function)
    require(
      dims.count == others.count,
      "tensordot: expected as many dimensions of both tensors, got \(dims) and \(others)")
    let over = dims.isEmpty ? [] : shape.dimensions(dims, op: #function)
    let partners = others.isEmpty ? [] : b.shape.dimensions(others, op: #function)
    var (x, y) = (self, b)
    for (i, j) in zip(over, partners) where shape[i] != b.shape[j] {
      require(
        shape[i] == 1 || b.shape[j] == 1,
        """
        tensordot: expected equal sizes, or size 1, in dimension \(i) of the shape \(shape) and \
        \(j) of \(b.shape)
        """)
      // A dimension that is paired with size 1 is summed before the product.
      if shape[i] == 1 {
        y = y.sum(dim: [j], keepdim: true).to(b.dtype)
      } else {
        x = x.sum(dim: [i], keepdim: true).to(dtype)
      }
    }
    let rows = shape.indices.filter { !over.contains($0) }
    let columns = b.shape.indices.filter { !partners.contains($0) }
    let inner = over.reduce(1) { $0 * x.shape[$1] }
    let count = { (sizes: [Int]) in sizes.reduce(1, *) }
    let (height, width) = (rows.map { shape[$0] }, columns.map { b.shape[$0] })
    return x.permute(rows + over).reshape([count(height), inner])
      .product(y.permute(partners + columns).reshape([inner, count(width)]), op: #function)
      .reshape(height + width)
  }

  /// The Kronecker product: each element of this tensor is replaced by its product with `b`.
  ///
  /// The sizes are the products of the sizes; the tensor of fewer dimensions gets leading
  /// dimensions of size 1.
  public func kron(_ b: Tensor) -> Tensor {
    let rank = Swift.max(ndim, b.ndim)
    let own = [Int](repeating: 1, count: rank - ndim) + shape
    let others = [Int](repeating: 1, count: rank - b.ndim) + b.shape
    let product = reshape(own.flatMap { [$0, 1] }) * b.reshape(others.flatMap { [1, $0] })
    return product.reshape(zip(own, others).map { $0 * $1 })
  }
}
