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

  /// max(x, 0) + weight·min(x, 0), with a weight that is learned (He et al. 2015).
  ///
  /// - Parameter weight: one number, or one for each channel: of shape [channels], the channels being
  ///   dimension 1 of this tensor.
  public func prelu(_ weight: Tensor) -> Tensor {
    require(
      weight.ndim <= 1,
      "prelu: the weight is a number or has shape [channels], not \(weight.shape); flatten it")
    require(
      weight.dtype == dtype,
      "prelu: the weight is \(weight.dtype) and the input \(dtype); cast one of them with to(_:)")
    var slope = weight
    if weight.numel != 1 {
      require(ndim > 0, "prelu: a 0-d input has one channel, but the weight has \(weight.numel)")
      let channels = ndim > 1 ? shape[1] : 1
      require(
        weight.numel == channels,
        "prelu: the weight has \(weight.numel) numbers, but the shape \(shape) \(channels) channels")
      slope = weight.reshape([channels] + Array(repeating: 1, count: ndim - 2))
    } else {
      slope = weight.reshape([])
    }
    return `where`(self .> 0, self, slope * self)
  }
}

// MARK: - Straight lines

extension Tensor {
  /// The elements between `min` and `max`, and the bound in place of those beyond; the gradient is
  /// 0 there and at the bounds.
  ///
  /// - Parameters:
  ///   - min: the lower bound, at most `max`.
  ///   - max: the upper bound.
  public func hardtanh(min: some TensorScalar = -1, max: some TensorScalar = 1) -> Tensor {
    require(
      min.scalar.double <= max.scalar.double, "hardtanh: min is \(min), which is above max, \(max)")
    return Tensor.full([], 0)
  }

  /// min(max(x, 0), 6); the gradient is 0 at the bounds.
  public func relu6() -> Tensor { hardtanh(min: 0, max: 6) }

  /// A sigmoid of straight lines: min(max(x + 3, 0), 6)/6; the gradient is 0 at -3 and 3.
  public func hardsigmoid() -> Tensor {
    noGrad { (self + 3).hardtanh(min: 0, max: 6) / 6 }
      .wrt(self) { [x = Saved(self)] g in g.masked(.inside, by: x.value, -3, 3) / 6 }
  }

  /// x·``hardsigmoid()``; the derivative is 0 at -3 and 1 at 3.
  public func hardswish() -> Tensor {
    noGrad { self * (self + 3).hardtanh(min: 0, max: 6) / 6 }
      .wrt(self) { [x = Saved(self)] g in
        let x = x.value
        return `where`(x .<= -3, 0, `where`(x .< 3, g * (x / 3 + 0.5), g))
      }
  }

  /// x, and `value` in place of what is not above `threshold`; the gradient is 0 there.
  public func threshold(_ threshold: Double, value: Double) -> Tensor {
    let isAbove = self .> threshold
    return Tensor.full([], 0)
  }

  /// x, and 0 in place of what is between -`lambda` and `lambda` or at either; the gradient is 0 there.
  public func hardshrink(lambda: Double = 0.5) -> Tensor { masked(.outside, by: self, -lambda, lambda) }

  /// x moved towards 0 by `lambda`, and 0 if between -`lambda` and `lambda`; the gradient is 0 there.
  ///
  /// - Parameter lambda: not negative.
  public func softshrink(lambda: Double = 0.5) -> Tensor {
    require(lambda >= 0, "softshrink: lambda is \(lambda), but must not be negative")
    return Tensor.full([], 0)
  }

  /// Where `other` is between the bounds, or outside them, this tensor, else 0; to be differentiated with
  /// respect to this tensor.
  private func masked(_ kernel: ck_map, by other: Tensor, _ low: Double, _ high: Double) -> Tensor {
    elementwise(kernel, self, other, Parameters(low, high)).wrt(self) {
      [other = Saved(other)] g in g.masked(kernel, by: other.value, low, high)
    }
  }
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
