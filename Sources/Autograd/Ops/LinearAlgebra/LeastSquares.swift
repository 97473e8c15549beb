// Least-squares solutions.

/// The algorithm of ``Tensor/lstsq(_:rcond:driver:)``; the names are LAPACK's.
public enum LeastSquaresDriver: Sendable {
  /// QR decomposition; the matrices must have full rank.
  case gels
  /// QR decomposition where full rank is certain, otherwise singular values, which are not
  /// returned.
  case gelsy
  /// Singular value decomposition, the most robust.
  case gelsd, gelss
}

extension Tensor {
  /// The X that minimizes ‖A·X − B‖, where this tensor is A, [..., m, n]; if there are several, the
  /// one of least norm.
  ///
  /// The derivative assumes constant rank. Batch dimensions broadcast.
  ///
  /// - Parameters:
  ///   - b: B, [..., m, k], or vectors, of the shape of A without its last dimension.
  ///   - rcond: singular values up to this fraction of the largest are treated as 0; by default
  ///     max(m, n) times the machine epsilon of the dtype. `gels` ignores it.
  ///   - driver: the algorithm.
  /// - Returns: the solution X [..., n, k]; the residuals ‖A·X − B‖² of each column [..., k], if m
  ///   > n, all ranks are n and the driver is not `gelsy`; the ranks, int64 [...], unless the
  ///   driver is `gels`; and the singular values [..., min(m, n)] for `gelsd` and `gelss`. Results
  ///   that are not available are empty.
  public func lstsq(_ b: Tensor, rcond: Double? = nil, driver: LeastSquaresDriver = .gelsy)
    -> (solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor)
  {
    requireMatrix(op: #function)
    let isVector = hasVectors(in: b)
    let right = isVector ? b.unsqueeze(-1) : b
    requireSameType(right, "the right-hand side", op: #function)
    require(
      right.ndim >= 2 && right.size(-2) == size(-2),
      """
      lstsq: expected a right-hand side with \(size(-2)) rows for matrices of shape \(shape), got \
      shape \(b.shape)
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
    let (q, r) = (isTall ? self : mT).qrDecomposition(op: "lstsq")
    let isSingular = r.diagonal(dim1: -2, dim2: -1).eq(0).any(dim: -1).array(of: Bool.self)
    if let index = isSingular.firstIndex(of: true) {
      fail(
        """
        lstsq: \(batch(op: "lstsq").name(index)) does not have full rank; use another driver than \
        gels
        """)
    }
    return isTall
      ? r.solveTriangular(q.mT.matmul(b), upper: true)
      : q.matmul(r.mT.solveTriangular(b, upper: false))
  }

  /// The solution, the ranks and, unless the driver is `gelsy`, the singular values. The tolerance
  /// is that for the dtype of `original`.
  private func solutionBySingularValues(
    _ b: Tensor, of original: Tensor, _ rcond: Double?, _ driver: LeastSquaresDriver
  ) -> (Tensor, Tensor?, Tensor?) {
    let rtol = rcond.map { Tensor($0, dtype: .float64) }
    if driver == .gelsy, let inverse = inverseOfFullRank(of: original, nil, rtol, op: "lstsq") {
      let rank = Tensor.full(Array(shape.dropLast(2)), Swift.min(size(-2), size(-1)))
      return (inverse.matmul(b), rank, nil)
    }
    let (u, s, vh) = singularValueDecomposition(op: "lstsq")
    let isZero = original.areNegligible(s, nil, rtol)
    let reciprocals = s.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0)
    let x = vh.mT.matmul(reciprocals.unsqueeze(-1) * u.mT.matmul(b))
    return (x, isZero.logicalNot().to(.int64).sum(dim: -1), driver == .gelsy ? nil : s)
  }
}
