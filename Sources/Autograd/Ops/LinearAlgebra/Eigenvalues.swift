// Eigendecomposition of symmetric matrices.

extension Tensor {
  /// The eigenvalues and eigenvectors of symmetric matrices [..., n, n]: A = V·diag(λ)·Vᵀ.
  ///
  /// Only one triangle of A is read. The derivative is that of a symmetric matrix, as in PyTorch.
  /// Eigenvectors are unique up to their signs only where the eigenvalues are distinct; where some
  /// are equal, the gradient of eigenvectors is infinite or NaN.
  ///
  /// ```swift
  /// let (values, vectors) = covariance.eigh()
  /// ```
  ///
  /// - Parameter upper: whether to read the upper triangle instead of the lower one: PyTorch's
  ///   `UPLO`.
  /// - Returns: λ [..., n] in ascending order, and V [..., n, n] with the eigenvectors as columns.
  public func eigh(upper: Bool = false) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
    eigendecomposition(upper: upper, op: #function)
  }

  /// ``eigh(upper:)`` on behalf of `op`, which messages name.
  func eigendecomposition(
    upper: Bool = false, op: StaticString
  ) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
    requireSquare(op: op)
    let pairs = eigenpairs(upper: upper, vectors: true, op: op)
    return (eigenvalues(pairs, op: op), pairs.eigenvectors)
  }

  /// The eigenvalues of symmetric matrices [..., n, n], in ascending order.
  ///
  /// The derivative also exists where eigenvalues are equal.
  ///
  /// - Parameter upper: whether to read the upper triangle instead of the lower one: PyTorch's
  ///   `UPLO`.
  public func eigvalsh(upper: Bool = false) -> Tensor { eigenvalues(upper: upper, op: #function) }

  /// ``eigvalsh(upper:)`` on behalf of `op`, which messages name.
  func eigenvalues(upper: Bool = false, op: StaticString) -> Tensor {
    requireSquare(op: op)
    return eigenvalues(eigenpairs(upper: upper, vectors: isRecording, op: op), op: op)
  }

  /// The eigenvalues as a separate tensor, because their derivative V·diag(g)·Vᵀ is finite even
  /// where some are equal.
  private func eigenvalues(_ pairs: Tensor, op: StaticString) -> Tensor {
    pairs.alias(pairs.layout.selected(pairs.ndim - 2, 0)).copied()
      .wrt(self, op: op) { [pairs = Saved(pairs, op: op)] g in
        let v = pairs.value.eigenvectors
        return (v * g.unsqueeze(-2)).matmul(v.mT)
      }
  }

  /// The eigenvalues as the first row and, if `vectors`, the eigenvectors as the rows below.
  private func eigenpairs(upper: Bool, vectors: Bool, op: StaticString) -> Tensor {
    let triangle = upper ? detach().mT.tril() : detach().tril()
    let pairs = (triangle + triangle.tril(diagonal: -1).mT).eigenpairs(vectors: vectors, op: op)
    return pairs.wrt(self, op: op) { g, y in
      let (values, v) = (y.select(dim: -2, index: 0), y.eigenvectors)
      let (gValues, gv) = (g.select(dim: -2, index: 0), g.eigenvectors)
      // V·(diag(gλ) + K / (λⱼ − λᵢ))·Vᵀ, where K is the antisymmetric part of Vᵀ·gV (M. Giles,
      // 2008).
      let product = v.mT.matmul(gv)
      let eye = Tensor.eye(values.size(-1), dtype: values.dtype)
      let distances = values.unsqueeze(-2) - values.unsqueeze(-1) + eye
      let inner = (product - product.mT) / 2 / distances + eye * gValues.unsqueeze(-1)
      return v.matmul(inner).matmul(v.mT)
    }
  }

  /// The eigenvectors, as columns, of the result of ``eigenpairs(vectors:op:)``.
  private var eigenvectors: Tensor { narrow(dim: -2, start: 1, length: size(-1)).mT }
}
