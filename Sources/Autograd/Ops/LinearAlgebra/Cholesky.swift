// Cholesky factors of positive definite matrices.

extension Tensor {
  /// The Cholesky factor of symmetric positive definite matrices: the lower triangular L with A = L·Lᵀ, or
  /// the upper triangular U with A = Uᵀ·U.
  ///
  /// Only the triangle of that side is read, and the derivative is that of a symmetric matrix, as in
  /// PyTorch. A matrix that is not positive definite is an error; ``choleskyEx(upper:)`` tells instead.
  ///
  /// - Parameter upper: whether to give U.
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

  /// The Cholesky factor as by ``cholesky(upper:)``, and where there is none.
  ///
  /// - Parameter upper: whether to give U.
  /// - Returns: the factors, and for each matrix, int32, 0, or the number of the first pivot, from 1, that is
  ///   not positive. Such a matrix has no meaningful factor.
  public func choleskyEx(upper: Bool = false) -> (factor: Tensor, info: Tensor) {
    let (factor, info) = choleskyFactors(upper: upper, op: #function)
    return (factor, batch(op: #function).tensor(info))
  }

  private func choleskyFactors(upper: Bool, op: StaticString) -> (Tensor, [Int64]) {
    requireSquare(op: op)
    let (lower, info) = (upper ? detach().mT : detach()).choleskyFactor(op: op)
    let factor = (upper ? lower.mT : lower).wrt(self, op: op) { g, y in
      // I. Murray, "Differentiation of the Cholesky decomposition", 2016: L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹, symmetrised,
      // where Φ is the lower triangle with half the diagonal.
      let (l, g) = upper ? (y.mT, g.mT) : (y, g)
      let p = l.mT.matmul(g).tril()
      let both = (p + p.tril(diagonal: -1).mT) / 2
      return l.mT.solveTriangular(
        l.solveTriangular(both, upper: false, left: false), upper: true)
    }
    return (factor, info)
  }

  /// The inverse of A = L·Lᵀ, or of A = Uᵀ·U, for this factor L or U.
  ///
  /// The derivative is that of a full matrix in the place of the factor, as in PyTorch.
  ///
  /// - Parameter upper: whether this is U.
  public func choleskyInverse(upper: Bool = false) -> Tensor {
    requireSquare(op: #function)
    let eye = Tensor.eye(size(-1), dtype: dtype)
    return choleskySolution(eye, upper: upper, op: #function)
  }

  /// The solution X of A·X = B for A = L·Lᵀ, or A = Uᵀ·U, whose factor `factor` is; this tensor is B.
  ///
  /// The derivative is that of a full matrix in the place of the factor, as in PyTorch.
  ///
  /// - Parameters:
  ///   - factor: L or U, [..., n, n]; its batch dimensions broadcast with those of B.
  ///   - upper: whether it is U.
  /// - Returns: X, of the shape of B [..., n, m].
  public func choleskySolve(_ factor: Tensor, upper: Bool = false) -> Tensor {
    factor.requireSquare(op: #function)
    factor.requireRightSide(self, op: #function)
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
