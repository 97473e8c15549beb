// A tensor plus a product: β·self + α·product. With β = 0 the tensor is ignored, including its
// NaNs.

extension Tensor {
  /// β·self + α·(a · b) for matrices a and b; self broadcasts to the shape of the product.
  ///
  /// With β = 0 this tensor is ignored, including its NaNs. All tensors have one dtype; for
  /// integers β and α must be integers. The same holds for ``addmv(_:_:beta:alpha:)``,
  /// ``addbmm(_:_:beta:alpha:)`` and ``baddbmm(_:_:beta:alpha:)``.
  public func addmm(
    _ a: Tensor, _ b: Tensor, beta: some TensorScalar = 1, alpha: some TensorScalar = 1
  ) -> Tensor {
    requireSameType(a, "the first factor", op: #function)
    a.requireDimensions(2, b, 2, op: #function)
    return scaledSum(a.product(b, op: #function), beta, alpha, op: #function)
  }

  /// β·self + α·(a · b) for a matrix a and a vector b; self broadcasts to the shape of the product.
  public func addmv(
    _ a: Tensor, _ b: Tensor, beta: some TensorScalar = 1, alpha: some TensorScalar = 1
  ) -> Tensor {
    requireSameType(a, "the first factor", op: #function)
    a.requireDimensions(2, b, 1, op: #function)
    return scaledSum(a.product(b, op: #function), beta, alpha, op: #function)
  }

  /// β·self + α·(a ⊗ b), the outer product of vectors a and b; self broadcasts to its shape.
  ///
  /// With β = 0 this tensor is ignored, including its NaNs. The dtypes are promoted.
  public func addr(
    _ a: Tensor, _ b: Tensor, beta: some TensorScalar = 1, alpha: some TensorScalar = 1
  ) -> Tensor {
    a.requireDimensions(1, b, 1, op: #function)
    return scaledSum(a.reshape([a.numel, 1]) * b, beta, alpha, op: #function)
  }

  /// β·self + α·Σ aᵢ·bᵢ over two batches of matrices, [b, m, k] and [b, k, n]; self broadcasts to
  /// [m, n].
  public func addbmm(
    _ a: Tensor, _ b: Tensor, beta: some TensorScalar = 1, alpha: some TensorScalar = 1
  ) -> Tensor {
    requireSameType(a, "the first factor", op: #function)
    a.requireBatches(b, op: #function)
    // The sum of products is one product of the matrices placed side by side.
    let (count, m, k, n) = (a.shape[0], a.shape[1], a.shape[2], b.shape[2])
    let product = a.permute([1, 0, 2]).reshape([m, count * k])
      .product(b.reshape([count * k, n]), op: #function)
    return scaledSum(product, beta, alpha, op: #function)
  }

  /// β·self + α·aᵢ·bᵢ for each pair of matrices of two batches, [b, m, k] and [b, k, n]; self
  /// broadcasts to [b, m, n].
  public func baddbmm(
    _ a: Tensor, _ b: Tensor, beta: some TensorScalar = 1, alpha: some TensorScalar = 1
  ) -> Tensor {
    requireSameType(a, "the first factor", op: #function)
    a.requireBatches(b, op: #function)
    return scaledSum(a.product(b, op: #function), beta, alpha, op: #function)
  }

  private func scaledSum(
    _ product: Tensor, _ beta: some TensorScalar, _ alpha: some TensorScalar, op: StaticString
  ) -> Tensor {
    let dtype = resultType(self, product)
    requireFactor(beta.scalar, "beta", for: dtype, op: op)
    requireFactor(alpha.scalar, "alpha", for: dtype, op: op)
    require(
      broadcastShape(shape, product.shape, op: op) == product.shape,
      """
      \(opName(op)): expected a tensor that broadcasts to the product's shape \(product.shape), \
      got shape \(shape)
      """
    )
    func times(_ factor: some TensorScalar, _ x: Tensor) -> Tensor {
      if factor.scalar.isOne { return x }
      return dtype.isFloatingPoint ? x * factor : x.multiple(factor.scalar, dtype)
    }
    let scaled = times(alpha, product)
    return beta.scalar.isTrue ? times(beta, self) + scaled : scaled.to(dtype)
  }

  private func requireBatches(_ b: Tensor, op: StaticString) {
    requireDimensions(3, b, 3, op: op)
    require(
      shape[0] == b.shape[0] && shape[2] == b.shape[1],
      """
      \(opName(op)): expected batches of shapes [b, m, k] and [b, k, n], got \(shape) and \
      \(b.shape)
      """)
  }
}
