// Determinants, by LU decomposition.

extension Tensor {
  /// The determinants of square matrices [..., n, n]; 1 for n = 0.
  ///
  /// The derivative exists for singular matrices, too.
  public func det() -> Tensor {
    requireSquare(op: #function)
    let factors = detach().luFactors(op: #function)
    return (factors.diagonal.prod(dim: -1) * factors.parity)
      .wrt(self) { [a = Saved(self)] g, y in
        // g · det · A⁻ᵀ, the cofactors.
        if factors.info.contains(where: { $0 > 0 }) {
          return a.value.cofactors().scaled(by: g)
        }
        let diagonal = Tensor.eye(a.value.size(-1), dtype: g.dtype).scaled(by: g * y)
        return a.value.solution(factors, diagonal, transposed: true, op: "det")
      }
  }

  /// Sign and logarithm of the magnitude of the determinants of square matrices: det = sign · exp(logabsdet).
  ///
  /// A singular matrix has sign 0 and logabsdet −∞, whose derivative is not finite. The sign has no
  /// derivative.
  public func slogdet() -> (sign: Tensor, logabsdet: Tensor) {
    requireSquare(op: #function)
    let (sign, logarithm, _) = signedLogarithm(op: #function)
    return (sign, logarithm)
  }

  /// The logarithms of the determinants of square matrices: −∞ where one is 0, NaN where it is negative,
  /// with derivative 0 there.
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

  /// Each matrix times a number.
  private func scaled(by factors: Tensor) -> Tensor { self * factors.unsqueeze(-1).unsqueeze(-1) }

  /// The cofactors by singular values, which need no inverse: ±U·diag(Πⱼ≠ᵢ sⱼ)·Vᵀ, the sign that of
  /// det(U)·det(V).
  private func cofactors() -> Tensor {
    let n = size(-1)
    let (u, s, vh) = svd()
    let sign = noGrad { u.detach().det().sign() * vh.detach().det().sign() }
    let isOwn = Tensor.eye(n, dtype: .bool)
    let others = s.unsqueeze(-2).expand(s.shape + [n]).maskedFill(isOwn, 1).prod(dim: -1)
    return (u * others.unsqueeze(-2)).matmul(vh).scaled(by: sign)
  }
}

extension LUFactors {
  /// The diagonal of U.
  fileprivate var diagonal: Tensor { lu.diagonal(dim1: -2, dim2: -1) }

  /// For each matrix −1 to the number of exchanges.
  fileprivate var parity: Tensor {
    let n = pivots.size(-1)
    let inPlace = Tensor.arange(1, n + 1, dtype: .int32)
    let exchanges = pivots.ne(inPlace).to(.int64).sum(dim: -1)
    let odd = exchanges - (exchanges.to(.float64) / 2).floor().to(.int64) * 2
    return (odd * -2 + 1).to(lu.dtype)
  }
}
