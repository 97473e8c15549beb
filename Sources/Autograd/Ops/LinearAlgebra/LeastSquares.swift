// Solutions of least squares.

/// How ``Tensor/lstsq(_:rcond:driver:)`` finds a solution; the names are LAPACK's.
public enum LeastSquaresDriver: Sendable {
  /// By QR decomposition; the matrices must have full rank.
  case gels
  /// By QR decomposition where that is certain to do, else by singular values, which are not given.
  case gelsy
  /// By singular value decomposition, which is the most robust.
  case gelsd, gelss
}

extension Tensor {
  /// The X that minimises ‖A·X − B‖ for this matrix A, [..., m, n]; of several, the smallest.
  ///
  /// The derivative is that at constant rank. Batch dimensions broadcast.
  ///
  /// - Parameters:
  ///   - b: B, [..., m, k], or vectors of the shape of A without its last dimension.
  ///   - rcond: singular values up to this fraction of the largest count as 0; max(m, n) times the distance
  ///     from 1 to the next number of the dtype unless given. `gels` has no use for it.
  ///   - driver: how.
  /// - Returns: X [..., n, k]; the sums of squares ‖A·X − B‖² for each column [..., k], if m > n, all
  ///   ranks are n and the driver is not `gelsy`; the ranks, int64 [...], unless the driver is `gels`; and the
  ///   singular values [..., min(m, n)] for `gelsd` and `gelss`. What is not given is empty.
  public func lstsq(_ b: Tensor, rcond: Double? = nil, driver: LeastSquaresDriver = .gelsy)
    -> (solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor)
  {
    requireMatrix(op: #function)
    let isVector = takesAsVectors(b)
    let right = isVector ? b.unsqueeze(-1) : b
    requireSameType(right, "the right side", op: #function)
    require(
      right.ndim >= 2 && right.size(-2) == size(-2),
      """
      lstsq: a right side of shape \(b.shape) does not fit matrices of shape \(shape): it needs \
      \(size(-2)) rows
      """)
    let (m, n) = (size(-2), size(-1))
    let (value, rank, singularValues) = noGrad {
      let (a, b) = (detach().to(.float64), right.detach().to(.float64))
      return driver == .gels
        ? (a.solutionOfFullRank(b), nil, nil)
        : a.solutionBySingularValues(b, of: self, rcond, driver)
    }
    let x = value.to(dtype).wrt(right) { [a = Saved(self)] g in
      a.value.pinv(rtol: rcond).mT.matmul(g)
    }
    .wrt(self) { [a = Saved(self), b = Saved(right)] g in
      a.value.pinvGradient(a.value.pinv(rtol: rcond), g.matmul(b.value.mT))
    }
    let isFull = rank.map { $0.eq(n).equal(Tensor.ones($0.shape, dtype: .bool)) } ?? true
    let residuals =
      m > n && isFull && driver != .gelsy
      ? (matmul(x) - right).square().sum(dim: -2) : Tensor.empty([0], dtype: dtype)
    return (
      isVector ? x.squeeze(-1) : x, residuals, rank ?? Tensor.empty([0], dtype: .int64),
      singularValues?.to(dtype) ?? Tensor.empty([0], dtype: dtype)
    )
  }

  /// The solution for matrices of full rank, by QR decomposition.
  private func solutionOfFullRank(_ b: Tensor) -> Tensor {
    let isTall = size(-2) >= size(-1)
    let (q, r) = (isTall ? self : mT).qr()
    let isSingular = r.diagonal(dim1: -2, dim2: -1).eq(0).any(dim: -1).array(of: Bool.self)
    if let index = isSingular.firstIndex(of: true) {
      fail(
        """
        lstsq: \(batch(op: "lstsq").name(index)) has not full rank; choose another driver than gels
        """)
    }
    return isTall
      ? r.solveTriangular(q.mT.matmul(b), upper: true)
      : q.matmul(r.mT.solveTriangular(b, upper: false))
  }

  /// The solution, the ranks, and the singular values unless the driver is `gelsy`. The tolerance is for the
  /// dtype of `original`.
  private func solutionBySingularValues(
    _ b: Tensor, of original: Tensor, _ rcond: Double?, _ driver: LeastSquaresDriver
  ) -> (Tensor, Tensor?, Tensor?) {
    let rtol = rcond.map { Tensor($0, dtype: .float64) }
    if driver == .gelsy, let inverse = inverseOfFullRank(of: original, nil, rtol) {
      let rank = Tensor.full(Array(shape.dropLast(2)), Swift.min(size(-2), size(-1)))
      return (inverse.matmul(b), rank, nil)
    }
    let (u, s, vh) = svd(fullMatrices: false)
    let isZero = original.areNegligible(s, nil, rtol)
    let reciprocals = s.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0)
    let x = vh.mT.matmul(reciprocals.unsqueeze(-1) * u.mT.matmul(b))
    return (x, isZero.logicalNot().to(.int64).sum(dim: -1), driver == .gelsy ? nil : s)
  }
}
