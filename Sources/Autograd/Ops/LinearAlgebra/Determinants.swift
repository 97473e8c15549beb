// Determinants by LU decomposition.

extension Tensor {
  /// The determinants of square matrices [..., n, n]; 1 for n = 0.
  ///
  /// Derivatives of every order also exist for singular matrices, whatever their rank.
  public func det() -> Tensor {
    requireSquare(op: #function)
    let factors = detach().luFactors(op: #function)
    return (factors.diagonal.prod(dim: -1) * factors.parity)
      .wrt(self) { [a = Saved(self)] g, y in
        a.value.cofactors(factors, y.detach()).scaled(by: g)
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
