// Eigenvalues and eigenvectors of symmetric matrices.

extension Tensor {
  /// Eigenvalues and eigenvectors of symmetric matrices: A = V·diag(λ)·Vᵀ.
  ///
  /// One triangle is read; the derivative is that of a symmetric matrix, as in PyTorch. Eigenvectors are
  /// unique up to their signs, where eigenvalues are distinct; elsewhere they have no derivative, and theirs
  /// comes out infinite or NaN.
  ///
  /// ```swift
  /// let (values, vectors) = covariance.eigh()
  /// ```
  ///
  /// - Parameter upper: whether the upper triangle is read, not the lower: PyTorch's `UPLO`.
  /// - Returns: λ [..., n], ascending, and V [..., n, n], an eigenvector in each column.
  public func eigh(upper: Bool = false) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
    requireSquare(op: #function)
    let pairs = eigenpairs(upper: upper, vectors: true, op: #function)
    return (eigenvalues(pairs, op: #function), pairs.eigenvectors)
  }

  /// The eigenvalues of symmetric matrices, ascending; their derivative exists also where some are equal.
  ///
  /// - Parameter upper: whether the upper triangle is read, not the lower: PyTorch's `UPLO`.
  public func eigvalsh(upper: Bool = false) -> Tensor {
    requireSquare(op: #function)
    return eigenvalues(
      eigenpairs(upper: upper, vectors: isRecording, op: #function), op: #function)
  }

  /// The eigenvalues as a tensor of their own: their derivative V·diag(g)·Vᵀ wants no distinct ones.
  private func eigenvalues(_ pairs: Tensor, op: StaticString) -> Tensor {
    pairs.alias(pairs.layout.selected(pairs.ndim - 2, 0)).copied()
      .wrt(self, op: op) { [pairs = Saved(pairs, op: op)] g in
        let v = pairs.value.eigenvectors
        return (v * g.unsqueeze(-2)).matmul(v.mT)
      }
  }

  /// The eigenvalues, and below them, in rows, the eigenvectors if `vectors`.
  private func eigenpairs(upper: Bool, vectors: Bool, op: StaticString) -> Tensor {
    let triangle = upper ? detach().mT.tril() : detach().tril()
    let pairs = (triangle + triangle.tril(diagonal: -1).mT).eigenpairs(vectors: vectors, op: op)
    return pairs.wrt(self, op: op) { g, y in
      let (values, v) = (y.select(dim: -2, index: 0), y.eigenvectors)
      let (gValues, gv) = (g.select(dim: -2, index: 0), g.eigenvectors)
      // V·(diag(gλ) + K / (λⱼ − λᵢ))·Vᵀ, K the antisymmetric part of Vᵀ·gV (M. Giles, 2008).
      let product = v.mT.matmul(gv)
      let eye = Tensor.eye(values.size(-1), dtype: values.dtype)
      let distances = values.unsqueeze(-2) - values.unsqueeze(-1) + eye
      let inner = (product - product.mT) / 2 / distances + eye * gValues.unsqueeze(-1)
      return v.matmul(inner).matmul(v.mT)
    }
  }

  /// The columns of eigenvectors in what ``eigenpairs(vectors:op:)`` gives.
  private var eigenvectors: Tensor { narrow(dim: -2, start: 1, length: size(-1)).mT }
}
