// Activation functions.

// The second derivative of a piecewise linear function is 0. As in PyTorch, it is not absent: the
// rules record that they depend on x.

// MARK: - ReLU and variants

extension Tensor {
  /// max(x, 0); its derivative at 0 is 0.
  public func relu() -> Tensor {
    elementwise(.relu, self)
      .wrt(
        self, fused: { g, y in elementwise(.reluGrad, g, y) },
        meaning: { g, y in Autograd.where(y .<= 0, 0, g).flat(in: y) })
  }

  /// x where x > 0, otherwise `negativeSlope`·x.
  public func leakyRelu(negativeSlope: Double = 0.01) -> Tensor {
    elementwise(.leakyRelu, self, Parameters(negativeSlope))
      .wrt(
        self, saving: self,
        fused: { g, x in elementwise(.leakyReluGrad, g, x, Parameters(negativeSlope)) },
        meaning: { g, x in Autograd.where(x .> 0, g, g * negativeSlope).flat(in: x) })
  }

  /// max(x, 0) + weight·min(x, 0), with a learned weight (He et al. 2015).
  ///
  /// - Parameter weight: a single element, or one for each channel, of shape [channels]; the
  ///   channels are dimension 1 of this tensor.
  public func prelu(_ weight: Tensor) -> Tensor {
    require(
      weight.ndim <= 1,
      """
      prelu: expected a weight of one element or of shape [channels], got shape \(weight.shape); \
      flatten it
      """)
    require(
      weight.dtype == dtype,
      """
      prelu: expected weight and input of one dtype, got \(weight.dtype) and \(dtype); cast one of \
      them with to(_:)
      """)
    var slope = weight
    if weight.numel != 1 {
      require(
        ndim > 0, "prelu: expected a weight of one element for a 0-d input, got \(weight.numel)")
      let channels = ndim > 1 ? shape[1] : 1
      require(
        weight.numel == channels,
        """
        prelu: expected a weight of \(channels) elements for an input of shape \(shape), got \
        \(weight.numel); give one for each channel, or a single one
        """
      )
      slope = weight.reshape([channels] + Array(repeating: 1, count: ndim - 2))
    } else {
      slope = weight.reshape([])
    }
    let savedSlope = Saved(slope)
    let y =
      dtype.isFloatingPoint
      ? elementwise(.prelu, self, slope)
      : noGrad { Autograd.where(self .> 0, self, slope * self) }
    return y.wrt(
      self, saving: self,
      fused: { g, x in elementwise(.preluGrad, g, x, savedSlope.value) },
      meaning: { g, x in g * Autograd.where(x .> 0, 1, savedSlope.value).flat(in: x) }
    )
    .wrt(
      slope, saving: self, fused: { g, x in elementwise(.preluWeightGrad, g, x) },
      meaning: { g, x in g * Autograd.where(x .>= 0, 0, x) })
  }
}

extension Tensor {
  /// This tensor, a new result, recorded as a function of `x` too, with a derivative of 0.
  func flat(in x: Tensor) -> Tensor {
    wrt(x, op: node?.op ?? #function) { g in .zerosLike(g) }
  }
}

// MARK: - ELU and variants

extension Tensor {
  /// x where x > 0, otherwise `alpha`·(eˣ − 1).
  public func elu(alpha: Double = 1) -> Tensor { exponentialUnit(alpha) }

  /// ``elu(alpha:)``, scaled so that activations keep mean 0 and variance 1 (Klambauer et al.
  /// 2017).
  public func selu() -> Tensor {
    let (alpha, scale) = (1.673_263_242_354_377_284_8, 1.050_700_987_355_480_493_4)
    return elementwise(.selu, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.seluGrad, g, x) },
        meaning: { g, x in exponentialSlope(g, x, alpha, rate: 1) * scale })
  }

  /// x where x > 0, otherwise `alpha`·(e^(x/alpha) − 1); the slope at 0 is 1 for every `alpha`.
  public func celu(alpha: Double = 1) -> Tensor {
    require(alpha != 0, "celu: expected alpha other than 0, got 0; x is divided by alpha")
    return exponentialUnit(alpha, rate: 1 / alpha)
  }

  /// x where x > 0, otherwise alpha·(e^(rate·x) − 1).
  private func exponentialUnit(
    _ alpha: Double, rate: Double = 1, op: StaticString = #function
  ) -> Tensor {
    let parameters = Parameters(alpha, rate)
    return elementwise(.elu, self, parameters, op: op)
      .wrt(
        self, saving: self, op: op, fused: { g, x in elementwise(.eluGrad, g, x, parameters) },
        meaning: { g, x in exponentialSlope(g, x, alpha, rate: rate) })
  }
}

/// The gradient `g` times the slope of the function that is alpha·(e^(rate·x) − 1) up to 0, and x
/// above.
private func exponentialSlope(_ g: Tensor, _ x: Tensor, _ alpha: Double, rate: Double) -> Tensor {
  // The argument is masked so that the unused exponential cannot overflow. At 0 the first
  // derivative is that of the exponential, the second that of the linear part.
  let curve = (Autograd.where(x .< 0, x, 0) * rate).exp() * (alpha * rate)
  return g * Autograd.where(x .<= 0, curve, 1)
}

// MARK: - Smooth activations

/// How ``Tensor/gelu(approximate:)`` computes the normal cumulative distribution function.
public enum GeluApproximation: Sendable {
  /// With the error function.
  case none
  /// With tanh(√(2/π)·(x + 0.044715·x³)), as in BERT and GPT-2.
  case tanh
}

extension Tensor {
  /// x·Φ(x), where Φ is the normal cumulative distribution function (Hendrycks and Gimpel 2016).
  public func gelu(approximate: GeluApproximation = .none) -> Tensor {
    switch approximate {
    case .none:
      elementwise(.gelu, self).wrt(
        self, fused: { [x = Saved(self)] g in elementwise(.geluGrad, g, x.value) },
        meaning: { x in x * x.ndtr() })
    case .tanh:
      elementwise(.geluTanh, self).wrt(
        self, fused: { [x = Saved(self)] g in elementwise(.geluTanhGrad, g, x.value) },
        meaning: { x in
          // ½(1 + tanh u) is the sigmoid of 2u, which does not cancel; beyond the bounds it is
          // constant.
          let bounded = x.clamp(min: -30, max: 30)
          let u = (bounded.pow(3) * 0.044715 + bounded) * (2 / Double.pi).squareRoot()
          return x * (u * 2).sigmoid()
        })
    }
  }

  /// x·σ(x), also called swish.
  public func silu() -> Tensor {
    elementwise(.silu, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.siluGrad, g, x) },
        meaning: { g, x in g * (x.sigmoid() + x * x.sigmoidSlope()) })
  }

  /// ln(1 + e^(beta·x))/beta, a smooth ``relu()``; x itself where beta·x > `threshold`.
  public func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    let parameters = Parameters(beta, threshold)
    return elementwise(.softplus, self, parameters)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.softplusGrad, g, x, parameters) },
        meaning: { g, x in
          // At the threshold the first derivative is the sigmoid, the second that of the linear
          // part.
          let scaled = x * beta
          let curve = Autograd.where(scaled .>= threshold, scaled.detach(), scaled).sigmoid()
          return g * Autograd.where(scaled .> threshold, 1, curve)
        })
  }

  /// ln σ(x) without overflow.
  public func logSigmoid() -> Tensor {
    elementwise(.logSigmoid, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.logSigmoidGrad, g, x) },
        meaning: { g, x in g * (-x).sigmoid() })
  }

  /// Gated linear unit: the first half along dimension `dim` times the sigmoid of the second half
  /// (Dauphin et al. 2017).
  ///
  /// - Parameter dim: the dimension to split, of even size.
  public func glu(dim: Int = -1) -> Tensor {
    require(ndim > 0, "glu: expected a dimension of even size, got a 0-d tensor; use reshape(_:)")
    let d = shape.dimension(dim, op: #function)
    require(
      shape[d] % 2 == 0,
      "glu: expected an even size in dimension \(d), got shape \(shape); use another dim")
    let half = shape[d] / 2
    return narrow(dim: d, start: 0, length: half)
      * narrow(dim: d, start: half, length: half).sigmoid()
  }

  /// x/(1 + |x|).
  public func softsign() -> Tensor {
    noGrad { self / (abs() + 1) }.wrt(self) { [x = Saved(self)] g in
      let scale = x.value.abs() + 1
      return g / scale / scale
    }
  }

  /// x·tanh(ln(1 + eˣ)) (Misra 2019).
  public func mish() -> Tensor {
    elementwise(.mish, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.mishGrad, g, x) },
        meaning: { g, x in
          let softplus = -(-x).logSigmoid()
          return g * (softplus.tanh() + x * x.sigmoid() * softplus.sechSquared())
        })
  }
}
