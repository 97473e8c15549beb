// Activation functions.

// MARK: - Rectifiers

extension Tensor {
  /// max(x, 0); its derivative at 0 is 0.
  public func relu() -> Tensor {
    elementwise(.relu, self).wrt(self) { g, y in
      GradMode.isEnabled ? `where`(y .<= 0, 0, g) : elementwise(.relu_grad, g, y)
    }
  }

  /// x where it is positive, else `negativeSlope`·x.
  public func leakyRelu(negativeSlope: Double = 0.01) -> Tensor {
    elementwise(.leaky_relu, self, Parameters(negativeSlope)).wrt(self) { [x = Saved(self)] g in
      `where`(x.value .> 0, g, g * negativeSlope)
    }
  }

  /// The elements between `min` and `max`, and the bound in place of those beyond; the gradient is
  /// 0 there and at the bounds.
  public func hardtanh(min: Double = -1, max: Double = 1) -> Tensor { clamp(min: min, max: max) }

  /// min(max(x, 0), 6); the gradient is 0 at the bounds.
  public func relu6() -> Tensor { clamp(min: 0, max: 6) }

  /// A sigmoid of straight lines: min(max(x + 3, 0), 6)/6.
  public func hardsigmoid() -> Tensor { (self + 3).relu6() / 6 }

  /// x·``hardsigmoid()``.
  public func hardswish() -> Tensor { self * hardsigmoid() }
}

// MARK: - Exponential units

extension Tensor {
  /// x where it is positive, else `alpha`·(eˣ - 1).
  public func elu(alpha: Double = 1) -> Tensor { exponentialUnit(alpha) }

  /// ``elu(alpha:)``, scaled so that activations keep mean 0 and variance 1 (Klambauer et al.
  /// 2017).
  public func selu() -> Tensor {
    exponentialUnit(1.673_263_242_354_377_284_8, scale: 1.050_700_987_355_480_493_4)
  }

  /// x where it is positive, else `alpha`·(e^(x/alpha) - 1): the slope at 0 is 1 for every `alpha`.
  public func celu(alpha: Double = 1) -> Tensor {
    require(alpha != 0, "celu: alpha is 0, but x is divided by it; give another value")
    return exponentialUnit(alpha, rate: 1 / alpha)
  }

  /// scale·x where x is positive, else scale·alpha·(e^(rate·x) - 1).
  private func exponentialUnit(
    _ alpha: Double, scale: Double = 1, rate: Double = 1, op: StaticString = #function
  ) -> Tensor {
    noGrad { `where`(self .<= 0, (self * rate).expm1() * (alpha * scale), self * scale) }
      .wrt(self, op: op) { [x = Saved(self, op: op)] g in
        let isCurved = x.value .<= 0
        // The exponential is kept from overflowing where it is not used.
        let curve = (`where`(isCurved, x.value, 0) * rate).exp() * (alpha * rate)
        return g * `where`(isCurved, curve, 1) * scale
      }
  }
}

// MARK: - Smooth ones

/// How ``Tensor/gelu(approximate:)`` calculates the normal distribution function.
public enum GeluApproximation: Sendable {
  /// By the error function.
  case none
  /// By tanh(√(2/π)·(x + 0.044715·x³)), as in BERT and GPT-2.
  case tanh
}

extension Tensor {
  /// x·Φ(x), Φ being the normal distribution function (Hendrycks and Gimpel 2016).
  public func gelu(approximate: GeluApproximation = .none) -> Tensor {
    switch approximate {
    case .none:
      elementwise(.gelu, self).wrt(
        self, fused: { [x = Saved(self)] g in elementwise(.gelu_grad, g, x.value) },
        meaning: { x in x * 0.5 * ((x * 0.5.squareRoot()).erf() + 1) })
    case .tanh:
      elementwise(.gelu_tanh, self).wrt(
        self, fused: { [x = Saved(self)] g in elementwise(.gelu_tanh_grad, g, x.value) },
        meaning: { x in
          let inner = (x + x * x * x * 0.044715) * (2 / Double.pi).squareRoot()
          return x * 0.5 * (inner.tanh() + 1)
        })
    }
  }

  /// x·σ(x): also called swish.
  public func silu() -> Tensor {
    elementwise(.silu, self).wrt(
      self, fused: { [x = Saved(self)] g in elementwise(.silu_grad, g, x.value) },
      meaning: { x in x * x.sigmoid() })
  }

  /// ln(1 + e^(beta·x))/beta, a smooth ``relu()``; x itself where beta·x is above `threshold`.
  public func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    elementwise(.softplus, self, Parameters(beta, threshold)).wrt(self) { [x = Saved(self)] g in
      let scaled = x.value * beta
      return g * `where`(scaled .> threshold, 1, scaled.sigmoid())
    }
  }

  /// ln(σ(x)), without overflow.
  public func logSigmoid() -> Tensor {
    elementwise(.logsigmoid, self).wrt(self) { [x = Saved(self)] g in g * (-x.value).sigmoid() }
  }

  /// x/(1 + |x|).
  public func softsign() -> Tensor { self / (abs() + 1) }

  /// x·tanh(ln(1 + eˣ)) (Misra 2019).
  public func mish() -> Tensor { self * softplus().tanh() }
}
