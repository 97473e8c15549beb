// Products of vectors and matrices of given dimensions.

// MARK: - Matrix products

extension Tensor {
  /// The product of two matrices, [m, k] · [k, n] → [m, n].
  public func mm(_ b: Tensor) -> Tensor {
    requireDimensions(2, b, 2, op: #function)
    return product(b, op: #function)
  }

  /// The products of two batches of as many matrices, [b, m, k] · [b, k, n] → [b, m, n].
  public func bmm(_ b: Tensor) -> Tensor {
    requireDimensions(3, b, 3, op: #function)
    require(
      shape[0] == b.shape[0],
      """
      bmm: shapes \(shape) and \(b.shape) do not fit: \(shape[0]) matrices against \(b.shape[0]); \
      matmul broadcasts
      """)
    return product(b, op: #function)
  }

  /// The product of a matrix and a vector, [m, k] · [k] → [m].
  public func mv(_ b: Tensor) -> Tensor {
    requireDimensions(2, b, 1, op: #function)
    return product(b, op: #function)
  }

  /// Stops unless the tensors have so many dimensions.
  func requireDimensions(_ rank: Int, _ b: Tensor, _ other: Int, op: StaticString) {
    require(
      ndim == rank && b.ndim == other,
      """
      \(opName(op)): takes tensors of \(rank) and \(other) dimensions, but the shapes are \(shape) \
      and \(b.shape); matmul takes any
      """)
  }
}

// MARK: - Products of vectors

extension Tensor {
  /// The inner product of two vectors of one length, [k] · [k] → []: PyTorch's `dot` and `vdot`.
  public func dot(_ b: Tensor) -> Tensor {
    requireDimensions(1, b, 1, op: #function)
    requireSameNumbers(b, op: #function)
    return dotted(b, op: #function)
  }

  /// The inner products of the vectors along dimension `dim`; the other dimensions broadcast.
  ///
  /// Both tensors are floating-point, of one dtype.
  /// - Parameters:
  ///   - b: the other vectors.
  ///   - dim: the dimension of both, broadcast together; counted from the end if negative.
  public func vecdot(_ b: Tensor, dim: Int = -1) -> Tensor {
    requireFloating(op: #function)
    requireSameNumbers(b, op: #function)
    let target = broadcastShape(shape, b.shape, op: #function)
    let d = target.dimension(dim, op: #function)
    return (self * b).sum(dim: target.isEmpty ? [] : [d])
  }

  /// The product of each element of a vector with each of another, [m], [n] → [m, n].
  public func outer(_ b: Tensor) -> Tensor {
    requireDimensions(1, b, 1, op: #function)
    return reshape([numel, 1]) * b
  }

  /// The inner products of the vectors along the last dimensions of both tensors:
  /// [..., k], [***, k] → [..., ***]. A 0-d tensor multiplies each element of the other.
  public func inner(_ b: Tensor) -> Tensor {
    if ndim == 0 || b.ndim == 0 { return self * b }
    require(
      size(-1) == b.size(-1),
      """
      inner: the last dimensions of the shapes \(shape) and \(b.shape) differ; they must be equal
      """)
    return tensordot(b, dims: [-1], [-1])
  }

  /// The vector product along dimension `dim`, of size 3; the other dimensions broadcast.
  ///
  /// PyTorch's `linalg.cross`. Its `torch.cross` without a `dim` takes the first dimension of size 3.
  /// - Parameters:
  ///   - b: of as many dimensions, and of the same dtype.
  ///   - dim: the dimension, counted from the end if negative.
  public func cross(_ b: Tensor, dim: Int = -1) -> Tensor {
    require(
      ndim == b.ndim,
      """
      cross: the shapes \(shape) and \(b.shape) have not as many dimensions; unsqueeze one of them
      """)
    requireSameNumbers(b, op: #function)
    let d = shape.dimension(dim, op: #function)
    require(
      ndim > 0 && shape[d] == 3 && b.shape[d] == 3,
      """
      cross: vectors of 3 elements are multiplied, but dimension \(d) of the shapes \(shape) and \
      \(b.shape) is not of size 3; name another one
      """)
    let (next, last) = (Tensor([1, 2, 0]), Tensor([2, 0, 1]))
    return indexSelect(dim: d, index: next) * b.indexSelect(dim: d, index: last)
      - indexSelect(dim: d, index: last) * b.indexSelect(dim: d, index: next)
  }
}

// MARK: - Products of any dimensions

extension Tensor {
  /// The sum over the last `dims` dimensions of this tensor and the first `dims` of `b`:
  /// [..., k…], [k…, ***] → [..., ***].
  public func tensordot(_ b: Tensor, dims: Int = 2) -> Tensor {
    require(
      dims >= 0 && dims <= ndim && dims <= b.ndim,
      """
      tensordot: \(dims) dimensions cannot be summed over in shapes \(shape) and \(b.shape); give \
      0 … \(Swift.min(ndim, b.ndim))
      """)
    return tensordot(b, dims: Array(ndim - dims..<ndim), Array(0..<dims))
  }

  /// The sum over dimensions of both tensors in pairs; the result has the other dimensions of this
  /// tensor, then those of `b`.
  ///
  /// - Parameters:
  ///   - b: of the same dtype.
  ///   - dims: dimensions of this tensor, counted from the end if negative.
  ///   - others: their partners in `b`, of the same sizes, or of size 1 on either side.
  public func tensordot(_ b: Tensor, dims: [Int], _ others: [Int]) -> Tensor {
    requireSameNumbers(b, op: #function)
    require(
      dims.count == others.count,
      "tensordot: the dimensions \(dims) and \(others) make no pairs; give as many of both")
    let over = dims.isEmpty ? [] : shape.dimensions(dims, op: #function)
    let partners = others.isEmpty ? [] : b.shape.dimensions(others, op: #function)
    var (x, y) = (self, b)
    for (i, j) in zip(over, partners) where shape[i] != b.shape[j] {
      require(
        shape[i] == 1 || b.shape[j] == 1,
        """
        tensordot: dimension \(i) of the shape \(shape) and \(j) of \(b.shape) have different sizes; \
        they must be equal, or one of them 1
        """)
      // What one element multiplies is summed up before.
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

  /// The Kronecker product: this tensor with each element replaced by its product with all of `b`.
  ///
  /// Sizes multiply; the tensor of fewer dimensions is seen with dimensions of size 1 in front.
  public func kron(_ b: Tensor) -> Tensor {
    let rank = Swift.max(ndim, b.ndim)
    let own = [Int](repeating: 1, count: rank - ndim) + shape
    let others = [Int](repeating: 1, count: rank - b.ndim) + b.shape
    let product = reshape(own.flatMap { [$0, 1] }) * b.reshape(others.flatMap { [1, $0] })
    return product.reshape(zip(own, others).map { $0 * $1 })
  }
}
