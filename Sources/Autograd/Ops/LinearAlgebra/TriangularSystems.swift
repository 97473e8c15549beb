// Triangular linear systems.

extension Tensor {
  /// The solution X of A·X = B, where this tensor is the triangular matrix A.
  ///
  /// Only the triangle that `upper` names is read. A zero on the diagonal gives infinities and NaN,
  /// as in PyTorch.
  ///
  /// - Parameters:
  ///   - b: B, [..., n, m], or [..., m, n] if `left` is false; batch dimensions broadcast.
  ///   - upper: whether A is upper triangular; otherwise lower.
  ///   - left: whether to solve A·X = B; otherwise X·A = B.
  ///   - unitriangular: whether the diagonal of A is taken to be 1 and not read.
  /// - Returns: X, of the shape of B.
  public func solveTriangular(
    _ b: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
  ) -> Tensor {
    requireSquare(op: #function)
    requireRightHandSide(b, left: left, op: #function)
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
