// Vector norms over dimensions.

extension Tensor {
  /// The p-norm over the dimensions `dim`, or over all if none is named: (Σ |x|ᵖ)^(1/p).
  ///
  /// `p` may be any number: 0 counts the elements that are not zero, ∞ and −∞ give the largest and
  /// the smallest magnitude. The tensor must be floating-point.
  ///
  /// The derivative is 0 where the norm is 0, and split evenly over ties for p = ±∞. The norm of
  /// nothing is 0; for negative `p` and for ∞ it is an error.
  public func norm(_ p: Double = 2, dim: Int..., keepdim: Bool = false) -> Tensor {
    norm(p, dims: dim, keepdim: keepdim)
  }

  /// The p-norm over the dimensions `dims`, or over all if empty.
  public func norm(_ p: Double = 2, dims: [Int], keepdim: Bool = false) -> Tensor {
    requireFloating(op: #function)
    let over = reductionDims(dims, op: #function)
    require(
      count(over) > 0 || (p >= 0 && p < .infinity),
      """
      norm: the shape \(shape) has no elements over the dimensions \(over), and nothing has no \
      norm with p = \(p); name dimensions whose sizes are not 0
      """)
    return switch p {
    case 0: nonzeroCount(over, keepdim: keepdim)
    case 1: abs().sum(dims: over, keepdim: keepdim)
    case 2: euclideanNorm(over, keepdim: keepdim)
    case .infinity: abs().amax(dims: over, keepdim: keepdim)
    case -.infinity: abs().amin(dims: over, keepdim: keepdim)
    default: powerNorm(p, over, keepdim: keepdim)
    }
  }

  /// The number of elements that are not zero, as real numbers; its derivative is 0 everywhere.
  private func nonzeroCount(_ over: [Int], keepdim: Bool) -> Tensor {
    cast(to: .bool).cast(to: dtype).reduced(.sum, over, keepdim: keepdim, op: "norm")
  }

  /// √Σ x².
  private func euclideanNorm(_ over: [Int], keepdim: Bool) -> Tensor {
    let squares = elementwise(.square, self).reduced(.sum, over, keepdim: keepdim, op: "norm")
    return elementwise(.sqrt, squares)
      .wrt(self, op: "norm") { [x = Saved(self, op: "norm")] g, y in
        let x = x.value
        let (scale, length) = Tensor.masked(g, y)
        return (scale / length).spread(over, keepdim, to: x.shape) * x
      }
  }

  /// (Σ |x|ᵖ)^(1/p) for a finite p that is not 0.
  private func powerNorm(_ p: Double, _ over: [Int], keepdim: Bool) -> Tensor {
    let powers = elementwise(.pow, elementwise(.abs, self), .float(p))
    let sum = powers.reduced(.sum, over, keepdim: keepdim, op: "norm")
    return elementwise(.pow, sum, .float(1 / p))
      .wrt(self, op: "norm") { [x = Saved(self, op: "norm")] g, y in
        let x = x.value
        let (scale, length) = Tensor.masked(g, y)
        // sign(x)·(|x| / norm)ᵖ⁻¹. The sign of 0 makes the product 0; its power must only be
        // finite.
        let ratio = x.abs().maskedFill(x .== 0, 1) / length.spread(over, keepdim, to: x.shape)
        return scale.spread(over, keepdim, to: x.shape) * x.sign() * ratio.pow(p - 1)
      }
  }

  /// The gradient `g` and the norm `y` with 0 and 1 where the norm is 0: the quotient is 0 there,
  /// and so are all its derivatives.
  private static func masked(_ g: Tensor, _ y: Tensor) -> (g: Tensor, y: Tensor) {
    let isZero = y .== 0
    return (g.maskedFill(isZero, 0), y.maskedFill(isZero, 1))
  }
}
