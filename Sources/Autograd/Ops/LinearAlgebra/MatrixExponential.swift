// The matrix exponential.

extension Tensor {
  /// The exponential of square matrices, Σ Aᵏ / k!.
  ///
  /// Scaling and squaring (C. Moler and C. Van Loan, 2003): A is halved until the Taylor polynomial
  /// of degree 16 is accurate to the last digit, and the result is squared as often. As each
  /// squaring loses accuracy, float32 is computed in float64.
  public func matrixExp() -> Tensor {
    requireSquare(op: #function)
    let n = size(-1)
    return noGrad { detach().to(.float64).exponentials.to(dtype) }.wrt(self) {
      [a = Saved(self)] g in
      // exp([[Aᵀ, g], [0, Aᵀ]]) = [[exp(A)ᵀ, gradient], [0, exp(A)ᵀ]] (R. Mathias, 1996).
      let at = a.value.mT
      let block = Autograd.cat(
        [Autograd.cat([at, g], dim: -1), Autograd.cat([Tensor.zerosLike(at), at], dim: -1)], dim: -2
      )
      return block.matrixExp().narrow(dim: -2, start: 0, length: n)
        .narrow(dim: -1, start: n, length: n)
    }
  }

  /// The exponentials of float64 matrices, off the tape.
  private var exponentials: Tensor {
    if numel == 0 { return clone() }
    // The remainder for norms up to 0.75, 0.75¹⁷ / 17!, is below 2⁻⁵⁴.
    let norms = abs().sum(dim: -1).amax(dim: -1, keepdim: true).unsqueeze(-1)
    let sizes = norms.array(of: Double.self)
    let halvings = sizes.map { $0 > 0.75 && $0.isFinite ? $0.exponent + 2 : 0 }
    let factors = halvings.map { Double(sign: .plus, exponent: Int(-$0), significand: 1) }
    let a = self * Tensor(factors, shape: norms.shape, dtype: .float64)
    var y = a.taylorExponential
    for round in 0..<Int(halvings.max() ?? 0) {
      let isDone = Tensor(halvings.map { Int($0) <= round }, shape: norms.shape)
      y = Autograd.where(isDone, y, y.matmul(y))
    }
    return y
  }

  /// The Taylor polynomial of degree 16, from the powers up to 4 (M. Paterson and L. Stockmeyer,
  /// 1973).
  private var taylorExponential: Tensor {
    let eye = Tensor.eye(size(-1), dtype: dtype)
    let square = matmul(self)
    let powers = [eye, self, square, square.matmul(self)]
    let fourth = square.matmul(square)
    // 1 / k!
    let coefficients = (1...16).reduce(into: [1.0]) { $0.append($0[$1 - 1] / Double($1)) }
    var y = fourth * coefficients[16]
    for block in (0..<4).reversed() {
      for (k, power) in powers.enumerated() { y = y + power * coefficients[4 * block + k] }
      if block > 0 { y = y.matmul(fourth) }
    }
    return y
  }
}
