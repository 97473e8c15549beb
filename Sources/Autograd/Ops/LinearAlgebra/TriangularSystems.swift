// Systems of triangular equations.

extension Tensor {
  /// The solution X of A·X = B, or of X·A = B, for this triangular matrix A.
  ///
  /// Only the triangle that `upper` names is read. A zero on the diagonal gives infinities and NaN, as in
  /// PyTorch.
  ///
  /// - Parameters:
  ///   - b: B, [..., n, m], or [..., m, n] unless `left`; batch dimensions broadcast.
  ///   - upper: whether A is upper triangular, not lower.
  ///   - left: whether A stands on the left.
  ///   - unitriangular: whether the diagonal of A is taken to be ones, and not read.
  /// - Returns: X, of the shape of B.
  public func solveTriangular(
    _ b: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
  ) -> Tensor {
    requireSquare(op: #function)
    requireRightSide(b, left: left, op: #function)
    return detach().triangularSolution(
      b, upper: upper, left: left, unitriangular: unitriangular, op: #function
    )
    .wrt(b) { [a = Saved(self)] g in
      a.value.mT.solveTriangular(g, upper: !upper, left: left, unitriangular: unitriangular)
    }
    .wrt(self) { [a = Saved(self)] g, y in
      let gb = a.value.mT.solveTriangular(
        g, upper: !upper, left: left, unitriangular: unitriangular)
      let gradient = left ? -gb.matmul(y.mT) : -y.mT.matmul(gb)
      let skipped = unitriangular ? 1 : 0
      return upper ? gradient.triu(diagonal: skipped) : gradient.tril(diagonal: -skipped)
    }
  }
}
