// Activation functions.

// MARK: - Rectifiers

extension Tensor {
  /// max(x, 0); its derivative at 0 is 0.
  public func relu() -> Tensor {
    elementwise(.relu, self)
      .wrt(
        self, fused: { g, y in elementwise(.reluGrad, g, y) },
        meaning: { g, y in Autograd.where(y .<= 0, 0, g) })
  }

  /// x where it is positive, else `negativeSlope`·x.
  public func leakyRelu(negativeSlope: Double = 0.01) -> Tensor {
    elementwise(.leakyRelu, self, Parameters(negativeSlope)).wrt(self) { [x = Saved(self)] g in
      Autograd.where(x.value .> 0, g, g * negativeSlope)
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
        "prelu: the weight has \(weight.numel) numbers, but the shape \(shape) \(channels) channels"
      )
      slope = weight.reshape([channels] + Array(repeating: 1, count: ndim - 2))
    } else {
      slope = weight.reshape([])
    }
    return noGrad { Autograd.where(self .> 0, self, slope * self) }
      .wrt(self) { [x = Saved(self), slope = Saved(slope)] g in
        g * Autograd.where(x.value .> 0, 1, slope.value)
      }
      .wrt(slope) { [x = Saved(self)] g in g * Autograd.where(x.value .>= 0, 0, x.value) }
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
    noGrad { Autograd.where(self .<= 0, (self * rate).expm1() * (alpha * scale), self * scale) }
      .wrt(self, op: op) { [x = Saved(self, op: op)] g in
        // The exponential is kept from overflowing where it is not used. At 0 the slope is the
        // curve's, but the second derivative the line's.
        let curve = (Autograd.where(x.value .< 0, x.value, 0) * rate).exp() * (alpha * rate)
        return g * Autograd.where(x.value .<= 0, curve, 1) * scale
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
        self, fused: { [x = Saved(self)] g in elementwise(.geluGrad, g, x.value) },
        meaning: { x in x * 0.5 * ((x * 0.5.squareRoot()).erf() + 1) })
    case .tanh:
      elementwise(.geluTanh, self).wrt(
        self, fused: { [x = Saved(self)] g in elementwise(.geluTanhGrad, g, x.value) },
        meaning: { x in
          let inner = (x + x * x * x * 0.044715) * (2 / Double.pi).squareRoot()
          return x * 0.5 * (inner.tanh() + 1)
        })
    }
  }

  /// x·σ(x): also called swish.
  public func silu() -> Tensor {
    elementwise(.silu, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.siluGrad, g, x) },
        meaning: { g, x in
          let s = x.sigmoid()
          return g * (s * (1 + x * (1 - s)))
        })
  }

  /// ln(1 + e^(beta·x))/beta, a smooth ``relu()``; x itself where beta·x is above `threshold`.
  public func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    elementwise(.softplus, self, Parameters(beta, threshold)).wrt(self) { [x = Saved(self)] g in
      // At the threshold itself the slope is the curve's, but the second derivative the line's.
      let scaled = x.value * beta
      let curve = Autograd.where(scaled .>= threshold, scaled.detach(), scaled).sigmoid()
      return g * Autograd.where(scaled .> threshold, 1, curve)
    }
  }

  /// ln(σ(x)), without overflow.
  public func logSigmoid() -> Tensor {
    elementwise(.logSigmoid, self).wrt(self) { [x = Saved(self)] g in g * (-x.value).sigmoid() }
  }

  /// The first half of the elements along dimension `dim`, times the sigmoid of the second half: a gated
  /// linear unit (Dauphin et al. 2017).
  ///
  /// - Parameter dim: the dimension, whose size is even.
  public func glu(dim: Int = -1) -> Tensor {
    require(ndim > 0, "glu: a 0-d tensor has no halves; give it a dimension of even size")
    let d = shape.dimension(dim, op: #function)
    require(
      shape[d] % 2 == 0,
      "glu: dimension \(d) of the shape \(shape) is to be halved, but its size \(shape[d]) is odd")
    let half = shape[d] / 2
    return narrow(dim: d, start: 0, length: half)
      * narrow(dim: d, start: half, length: half).sigmoid()
  }

  /// x/(1 + |x|).
  public func softsign() -> Tensor { self / (abs() + 1) }

  /// x·tanh(ln(1 + eˣ)) (Misra 2019).
  ///
  /// The second derivative is NaN where eˣ overflows, as in PyTorch.
  public func mish() -> Tensor {
    func rule(_ g: Tensor, _ x: Tensor, _ softplus: Tensor) -> Tensor {
      let t = softplus.tanh()
      return g * (t + x * x.sigmoid() * (1 - t.square()))
    }
    return noGrad { self * softplus().tanh() }
      .wrt(
        self, saving: self, fused: { g, x in rule(g, x, x.softplus()) },
        meaning: { g, x in rule(g, x, x.exp().log1p()) })
  }
}
