// Determinants by LU decomposition.

extension Tensor {
  /// The determinants of square matrices [..., n, n]; 1 for n = 0.
  ///
  /// The derivative also exists for singular matrices.
  public func det() -> Tensor {
    requireSquare(op: #function)
    let factors = detach().luFactors(op: #function)
    return (factors.diagonal.prod(dim: -1) * factors.parity)
      .wrt(self) { [a = Saved(self)] g, y in
        // g · det(A) · A⁻ᵀ; for singular matrices g times the cofactors.
        if factors.info.contains(where: { $0 > 0 }) {
          return a.value.cofactors().scaled(by: g)
        }
        let diagonal = Tensor.eye(a.value.size(-1), dtype: g.dtype).scaled(by: g * y)
        return a.value.solution(factors, diagonal, transposed: true, op: "det")
      }
  }

  /// The sign and the logarithm of the absolute value of determinants: det = sign · exp(logabsdet).
  ///
  /// A singular matrix has sign 0 and logabsdet −∞, with an infinite or NaN derivative. The sign
  /// has no derivative.
  public func slogdet() -> (sign: Tensor, logabsdet: Tensor) {
    requireSquare(op: #function)
    let (sign, logarithm, _) = signedLogarithm(op: #function)
    return (sign, logarithm)
  }

  /// The logarithm of the determinants of square matrices.
  ///
  /// −∞ where the determinant is 0; NaN, with derivative 0, where it is negative.
  public func logdet() -> Tensor {
    requireSquare(op: #function)
    let (sign, logarithm, _) = signedLogarithm(op: #function)
    return Autograd.where(sign .< 0, Double.nan, logarithm)
  }

  private func signedLogarithm(op: StaticString) -> (Tensor, Tensor, LUFactors) {
    let factors = detach().luFactors(op: op)
    let diagonal = factors.diagonal
    let sign = diagonal.sign().prod(dim: -1) * factors.parity
    let logarithm = diagonal.abs().log().sum(dim: -1)
      .wrt(self, op: op) { [a = Saved(self, op: op)] g in
        let diagonal = Tensor.eye(a.value.size(-1), dtype: g.dtype).scaled(by: g)
        return a.value.solution(factors, diagonal, transposed: true, op: op)
      }
    return (sign, logarithm, factors)
  }

  /// Each matrix multiplied by one factor.
  private func scaled(by factors: Tensor) -> Tensor { self * factors.unsqueeze(-1).unsqueeze(-1) }

  /// The cofactors from the singular value decomposition, without an inverse: ±U·diag(Πⱼ≠ᵢ sⱼ)·Vᵀ
  /// with the sign of det(U)·det(V).
  private func cofactors() -> Tensor {
    let n = size(-1)
    let (u, s, vh) = svd()
    let sign = noGrad { u.detach().det().sign() * vh.detach().det().sign() }
    let isDiagonal = Tensor.eye(n, dtype: .bool)
    let others = s.unsqueeze(-2).expand(s.shape + [n]).maskedFill(isDiagonal, 1).prod(dim: -1)
    return (u * others.unsqueeze(-2)).matmul(vh).scaled(by: sign)
  }
}

extension LUFactors {
  /// The diagonal of U.
  fileprivate var diagonal: Tensor { lu.diagonal(dim1: -2, dim2: -1) }

  /// The determinant of P: −1 to the power of the number of row exchanges.
  fileprivate var parity: Tensor {
    let n = pivots.size(-1)
    let unexchanged = Tensor.arange(1, n + 1, dtype: .int32)
    let exchanges = pivots.ne(unexchanged).to(.int64).sum(dim: -1)
    let odd = exchanges - (exchanges.to(.float64) / 2).floor().to(.int64) * 2
    return (odd * -2 + 1).to(lu.dtype)
  }
}
