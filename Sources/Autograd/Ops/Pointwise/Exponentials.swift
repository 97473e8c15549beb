// Exponentials, logarithms and functions composed of them.

// MARK: - Exponentials

extension Tensor {
  /// eˣ, element-wise.
  public func exp() -> Tensor { elementwise(.exp, self).wrt(self) { g, y in g * y } }

  /// 2ˣ, element-wise.
  public func exp2() -> Tensor { elementwise(.exp2, self).wrt(self) { g, y in g * y * ln2 } }

  /// eˣ − 1, accurate for small x.
  public func expm1() -> Tensor {
    elementwise(.expm1, self).wrt(self) { [x = Saved(self)] g, y in
      // Near −1 the output has lost the digits of eˣ. Where it is not needed, eˣ may overflow.
      let exp = x.ifUnchanged?.clampMax(0).exp()
      return g * (exp.map { Autograd.where(y .< -0.984375, $0, y + 1) } ?? y + 1)
    }
  }

  /// The logistic function 1/(1 + e⁻ˣ).
  ///
  /// The derivative is y·(1 − y), and where y rounds to 1 it is computed from x. (PyTorch's is 0
  /// there.)
  public func sigmoid() -> Tensor {
    elementwise(.sigmoid, self)
      .wrt(
        self,
        fused: { g, y, x in
          x.map { elementwise(.sigmoidGrad, g, y, $0) } ?? g * (y * (1 - y))
        },
        meaning: { g, y, x in g * (x?.sigmoidSlope() ?? y * (1 - y)) })
  }

  /// The derivative of ``sigmoid()``, y·(1 − y) without its cancellation.
  func sigmoidSlope() -> Tensor { (self * 0.5).sechSquared() * 0.25 }

  /// The error function 2/√π · ∫₀ˣ e^(-t²) dt.
  public func erf() -> Tensor {
    elementwise(.erf, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value.bell() * twoOverRootPi)
    }
  }

  /// 1 − erf(x), accurate also where it is close to 0; see ``erf()``.
  public func erfc() -> Tensor {
    elementwise(.erfc, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value.bell() * -twoOverRootPi)
    }
  }

  /// e^(−x²), whose derivative −2x·e^(−x²) is 0 also where x² overflows.
  func bell() -> Tensor {
    noGrad { (-square()).exp() }.wrt(self) { [x = Saved(self)] g, y in g * (y * x.value * -2) }
  }
}

private let ln2 = 0.693_147_180_559_945_309_42
private let ln10 = 2.302_585_092_994_045_684_0
private let twoOverRootPi = 1.128_379_167_095_512_573_9

// MARK: - Logarithms

extension Tensor {
  /// The natural logarithm; −∞ at 0 and NaN below.
  public func log() -> Tensor {
    elementwise(.log, self).wrt(self) { [x = Saved(self)] g in g / x.value }
  }

  /// The logarithm to base 2; −∞ at 0 and NaN below.
  public func log2() -> Tensor {
    elementwise(.log2, self).wrt(self) { [x = Saved(self)] g in g / (x.value * ln2) }
  }

  /// The logarithm to base 10; −∞ at 0 and NaN below.
  public func log10() -> Tensor {
    elementwise(.log10, self).wrt(self) { [x = Saved(self)] g in g / (x.value * ln10) }
  }

  /// ln(1 + x), accurate for small x.
  public func log1p() -> Tensor {
    elementwise(.log1p, self).wrt(self) { [x = Saved(self)] g in g / (x.value + 1) }
  }

  /// x·ln(y), with broadcasting; 0 where x is 0, unless y is NaN.
  ///
  /// The derivative with respect to x is 0 where x is 0 and y ≤ 0.
  public func xlogy(_ y: Tensor) -> Tensor {
    let common = resultType(self, y)
    return named(#function) {
      let vanishes = (self .== 0).logicalAnd(y.isnan().logicalNot())
      return noGrad { self * Autograd.where(vanishes, 1, y.cast(to: common)).log() }
    }
    .wrt(self) { [x = Saved(self), y = Saved(y)] g in
      Autograd.where((x.value .== 0).logicalAnd(y.value .<= 0), 0, g.xlogy(y.value))
    }
    .wrt(y) { [x = Saved(self), y = Saved(y)] g in g * (x.value / y.value) }
  }

  /// x·ln(y) for the scalar `y`; 0 where x is 0, unless y is NaN.
  public func xlogy(_ y: some TensorScalar) -> Tensor { xlogy(floatingScalar(y)) }

  /// The inverse of ``sigmoid()``, ln(x/(1 − x)); NaN outside 0…1.
  ///
  /// - Parameter eps: if given, x is first clamped to the range from `eps` to 1 − `eps`; the
  ///   gradient is 0 outside that range.
  public func logit(eps: Double? = nil) -> Tensor {
    let (low, high) = eps.map { ($0, 1 - $0) } ?? (0, 1)
    return noGrad {
      var x = cast(to: dtype.computeType)
      if eps != nil { x = Autograd.where(x .< low, low, Autograd.where(x .> high, high, x)) }
      // Near ½ the quotient has lost the digits of its distance from 1.
      let rest = 1 - x, distance = x * 2 - 1
      return Autograd.where(
        distance.abs() .< 0.5, (distance / rest).log1p(), (x / rest).log())
    }.wrt(self) { [x = Saved(self)] g in
      let x = x.value
      let isInside = (x .>= low).logicalAnd(x .<= high)
      return Autograd.where(isInside, g / x.timesComplement(), eps == nil ? Double.nan : 0)
    }
  }

  /// x·(1 − x), with its derivative as one term: as two, it can be ∞ − ∞.
  private func timesComplement() -> Tensor {
    noGrad { self * (1 - self) }.wrt(self) { [x = Saved(self)] g in g * (1 - x.value * 2) }
  }
}

// MARK: - Powers of two

extension Tensor {
  /// self·2ᵉ for the exponents e, with broadcasting.
  ///
  /// Right also where 2ᵉ alone overflows or is 0. PyTorch computes 2ᵉ first, for integers e in
  /// float32.
  ///
  /// - Parameter exponent: e, integers or floating-point numbers.
  public func ldexp(_ exponent: Tensor) -> Tensor {
    let type = resultType(self, exponent).computeType
    return noGrad { cast(to: type).scaledByPowersOfTwo(exponent.cast(to: type)) }
      .wrt(self) { [e = Saved(exponent)] g in g.ldexp(e.value) }
      .wrt(exponent) { g, y in g * y * ln2 }
  }

  /// self·2ᵉ by up to three factors, since 2ᵉ may not be representable; off the tape.
  private func scaledByPowersOfTwo(_ e: Tensor) -> Tensor {
    // The exponents of all finite numbers, and those of 2ᵉ, differ by less than 3·step.
    let step = Double(dtype.exponents.count / 3 + 1)
    let normal = Double(dtype.exponents.upperBound - 1)
    // An infinite e stays, so that 0·2^∞ is NaN.
    let e = Autograd.where(e.isinf(), e, e.clamp(min: -3 * step, max: 3 * step))
    // One factor where it is representable: a product that is subnormal is rounded once only.
    let isOneFactor = (e.abs() .<= normal).logicalOr(e.isinf())
    let third = Autograd.where(isOneFactor, 0, (e / 3).trunc())
    let factor = third.exp2()
    return self * factor * factor * (e - third * 2).exp2()
  }
}

// MARK: - Log-sum-exp of two tensors

extension Tensor {
  /// ln(eᵃ + eᵇ) without overflow, with broadcasting.
  public func logaddexp(_ other: Tensor) -> Tensor {
    let (a, b) = floatingPointPair(other)
    return named(#function) { noGrad { a.maximumPlus(b) { (-$0).exp().log1p() } } }
      .wrt(self) { [a = Saved(a), b = Saved(b)] g in g * (a.value - b.value).sigmoid() }
      .wrt(other) { [a = Saved(a), b = Saved(b)] g in g * (b.value - a.value).sigmoid() }
  }

  /// log₂(2ᵃ + 2ᵇ) without overflow, with broadcasting.
  public func logaddexp2(_ other: Tensor) -> Tensor {
    let (a, b) = floatingPointPair(other)
    return named(#function) { noGrad { a.maximumPlus(b) { (-$0).exp2().log1p() * (1 / ln2) } } }
      .wrt(self) { [a = Saved(a), b = Saved(b)] g in g * ((a.value - b.value) * ln2).sigmoid() }
      .wrt(other) { [a = Saved(a), b = Saved(b)] g in g * ((b.value - a.value) * ln2).sigmoid() }
  }

  /// This tensor and `other`; the one that holds integers converted to floating point.
  private func floatingPointPair(_ other: Tensor) -> (Tensor, Tensor) {
    let common = resultType(self, other)
    let computeType = common.computeType
    func cast(_ x: Tensor) -> Tensor { x.dtype.isFloatingPoint ? x : x.cast(to: computeType) }
    return (cast(self), cast(other))
  }

  /// max(a, b) + excess(|a − b|); where both are the same infinity, that infinity.
  private func maximumPlus(_ other: Tensor, _ excess: (Tensor) -> Tensor) -> Tensor {
    let maximum = maximum(other)
    let isSameInfinity = (self .== other).logicalAnd(isinf())
    return Autograd.where(isSameInfinity, maximum, maximum + excess((self - other).abs()))
  }
}
