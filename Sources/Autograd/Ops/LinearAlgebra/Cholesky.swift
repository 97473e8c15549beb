// Cholesky decomposition of symmetric positive definite matrices.

extension Tensor {
  /// The Cholesky factor of symmetric positive definite matrices [..., n, n]: the lower triangular
  /// L with A = L·Lᵀ, or the upper triangular U with A = Uᵀ·U.
  ///
  /// Only the lower triangle of A is read, or the upper one if `upper`. The derivative is that of a
  /// symmetric matrix, as in PyTorch. A matrix that is not positive definite stops the program;
  /// ``choleskyEx(upper:)`` reports it instead.
  ///
  /// - Parameter upper: whether to return U instead of L.
  /// - Returns: the factors, [..., n, n].
  public func cholesky(upper: Bool = false) -> Tensor {
    let (factor, info) = choleskyFactors(upper: upper, op: #function)
    if let index = info.firstIndex(where: { $0 > 0 }) {
      fail(
        """
        cholesky: \(batch(op: #function).name(index)) is not positive definite: pivot \
        \(info[index]) is not positive; add a multiple of the identity, or call choleskyEx
        """)
    }
    return factor
  }

  /// The Cholesky factors as in ``cholesky(upper:)``, with a status for each matrix instead of an
  /// error.
  ///
  /// - Parameter upper: whether to return U instead of L.
  /// - Returns: the factors, and int32 `info` [...]: 0, or the 1-based index of the first pivot
  ///   that is not positive. The factor of such a matrix is meaningless.
  public func choleskyEx(upper: Bool = false) -> (factor: Tensor, info: Tensor) {
    let (factor, info) = choleskyFactors(upper: upper, op: #function)
    return (factor, batch(op: #function).tensor(info))
  }

  private func choleskyFactors(upper: Bool, op: StaticString) -> (Tensor, [Int64]) {
    requireSquare(op: op)
    let (lower, info) = (upper ? detach().mT : detach()).choleskyFactor(op: op)
    let factor = (upper ? lower.mT : lower).wrt(self, op: op) { g, y in
      // L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, symmetrized, where Φ takes the lower triangle with half the diagonal (I.
      // Murray, "Differentiation of the Cholesky decomposition", 2016).
      let (l, g) = upper ? (y.mT, g.mT) : (y, g)
      let p = l.mT.matmul(g).tril()
      let both = (p + p.tril(diagonal: -1).mT) / 2
      return l.mT.solveTriangular(
        l.solveTriangular(both, upper: false, left: false), upper: true)
    }
    return (factor, info)
  }

  /// The inverse of A = L·Lᵀ, or of A = Uᵀ·U, where this tensor is the factor L or U.
  ///
  /// The derivative treats the factor as a full matrix, as in PyTorch.
  ///
  /// - Parameter upper: whether this tensor is U.
  public func choleskyInverse(upper: Bool = false) -> Tensor {
    requireSquare(op: #function)
    let eye = Tensor.eye(size(-1), dtype: dtype)
    return choleskySolution(eye, upper: upper, op: #function)
  }

  /// The solution X of A·X = B, where A = L·Lᵀ or A = Uᵀ·U is given by its factor; this tensor is
  /// B.
  ///
  /// The derivative treats the factor as a full matrix, as in PyTorch.
  ///
  /// - Parameters:
  ///   - factor: L or U, [..., n, n]; its batch dimensions broadcast with those of B.
  ///   - upper: whether `factor` is U.
  /// - Returns: X, of the shape of B, [..., n, m].
  public func choleskySolve(_ factor: Tensor, upper: Bool = false) -> Tensor {
    factor.requireSquare(op: #function)
    factor.requireRightHandSide(self, op: #function)
    return factor.choleskySolution(self, upper: upper, op: #function)
  }

  private func choleskySolution(_ b: Tensor, upper: Bool, op: StaticString) -> Tensor {
    let l = upper ? detach().mT : detach()
    let half = l.triangularSolution(b, upper: false, left: true, unitriangular: false, op: op)
    return l.mT.triangularSolution(half, upper: true, left: true, unitriangular: false, op: op)
      .wrt(b, op: op) { [l = Saved(self, op: op)] g in
        l.value.choleskySolution(g, upper: upper, op: op)
      }
      .wrt(self, op: op) { [l = Saved(self, op: op)] g, y in
        let gradient = l.value.choleskySolution(g, upper: upper, op: op).matmul(y.mT)
        let both = -(gradient + gradient.mT)
        return upper ? l.value.matmul(both) : both.matmul(l.value)
      }
  }
}
