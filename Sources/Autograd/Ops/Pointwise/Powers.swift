// Powers and roots.

extension Tensor {
  /// x².
  public func square() -> Tensor {
    elementwise(.square, dtype == .bool ? cast(to: .int64) : self).withRuleOfSquare(self)
  }

  /// The square root; NaN below 0. Its derivative at 0 is infinite.
  public func sqrt() -> Tensor { elementwise(.sqrt, self).wrt(self) { g, y in g / (y * 2) } }

  /// 1/√x.
  public func rsqrt() -> Tensor {
    elementwise(.rsqrt, self).wrt(self) { g, y in g * (y * -0.5 * (y * y)) }
  }

  /// 1/x.
  public func reciprocal() -> Tensor {
    elementwise(.reciprocal, self).wrt(self) { g, y in -g * (y * y) }
  }
}

// MARK: - pow

extension Tensor {
  /// Each element to the power `exponent`; x⁰ is 1 with derivative 0 for every x.
  ///
  /// - Parameter exponent: at least 0 if it and the tensor are integers. Integers to a
  ///   floating-point power give floating-point numbers.
  public func pow(_ exponent: some TensorScalar) -> Tensor {
    let y = raised(to: exponent.scalar, op: #function)
    let p = exponent.scalar.double
    return switch p {
    case 0: y.wrt(self) { g in .zerosLike(g) }
    case 1:
      y.wrt(self, saving: self, fused: { g, _ in g }, meaning: { g, x in g * x.pow(0) })
    case 2: y.withRuleOfSquare(self)
    default: y.wrt(self) { [x = Saved(self)] g in g * (x.value.pow(p - 1) * p) }
    }
  }

  /// Records that this tensor is the square of `x`. In the meaning, as in PyTorch, the powers go on
  /// to x⁰, whose derivative is 0 and not absent.
  fileprivate func withRuleOfSquare(_ x: Tensor, op: StaticString = #function) -> Tensor {
    wrt(
      x, saving: x, op: op, fused: { g, x in g * (x * 2) }, meaning: { g, x in g * (x.pow(1) * 2) })
  }

  /// Each element to the power of the element of `exponent`, with broadcasting.
  ///
  /// The derivative with respect to the exponent is 0 where the base is 0 and the exponent at least
  /// 0. An integer to a negative integer power gives the result truncated to an integer.
  public func pow(_ exponent: Tensor) -> Tensor {
    elementwise(.pow, self, exponent)
      .wrt(self) { [a = Saved(self), b = Saved(exponent)] g, y in
        g * slopeOfPower(a.value, b.value, y)
      }
      .wrt(exponent) { [a = Saved(self), b = Saved(exponent)] g, y in
        let vanishes = (a.value .== 0).logicalAnd(b.value .>= 0)
        return g * (y * Autograd.where(vanishes, 1, a.value).log())
      }
  }

  /// ``pow(_:)-(Tensor)`` in float64.
  public func floatPower(_ exponent: Tensor) -> Tensor { to(.float64).pow(exponent.to(.float64)) }

  /// ``pow(_:)-(TensorScalar)`` in float64.
  public func floatPower(_ exponent: some TensorScalar) -> Tensor {
    to(.float64).pow(exponent.scalar.double)
  }

  /// The power, off the tape; common exponents use cheaper kernels.
  private func raised(to exponent: Scalar, op: StaticString) -> Tensor {
    let x = cast(to: exponent.promoted(with: dtype))
    let p = exponent.double
    require(
      p >= 0 || x.dtype.isFloatingPoint,
      """
      \(opName(op)): expected an exponent of at least 0 for \(dtype) elements, got \
      \(exponent.int64); cast the tensor with to(.float32), or use a floating-point exponent
      """)
    if !x.dtype.isFloatingPoint { requireFit(exponent, in: x.dtype, "exponent", op: op) }
    return switch p {
    case _ where x.dtype == .bool: elementwise(.pow, x, exponent, op: op)
    case 0: Tensor.ones(shape, dtype: x.dtype)
    case 1: x.copied()
    case 2: elementwise(.square, x)
    case 3: elementwise(.mul, elementwise(.square, x), x)
    case 0.5: elementwise(.sqrt, x)
    case -0.5: elementwise(.rsqrt, x)
    case -1: elementwise(.reciprocal, x)
    case -2: elementwise(.reciprocal, elementwise(.square, x))
    default: elementwise(.pow, x, exponent, op: op)
    }
  }
}

/// The derivative of y = aᵇ with respect to a, b·aᵇ⁻¹.
private func slopeOfPower(_ a: Tensor, _ b: Tensor, _ y: Tensor) -> Tensor {
  let slope = { (a: Tensor) in b * a.pow(b - 1) }
  let least = y.dtype.extreme.least
  let smallest = a.reduced(
    .min, of: .abs, Array(a.shape.indices), keepdim: false, op: "pow")
  if smallest.item() >= least { return slope(a) }
  // It is 0 for b = 0, but the formula gives NaN where 1/a is infinite or NaN.
  let reciprocal = noGrad { a.reciprocal() }
  let vanishes = (b .== 0).logicalAnd(reciprocal.isfinite().logicalNot())
  let isTiny = noGrad { a.abs() .< least }
  if !noGrad({ isTiny.any().item(as: Bool.self) }) { return slope(Autograd.where(vanishes, 1, a)) }
  // The powers of a tiny base overflow where their product with a tiny exponent does not.
  let isQuotient = noGrad {
    isTiny.logicalAnd(b.abs() .< 1).logicalAnd((b * reciprocal).isfinite())
  }
  let quotient = Autograd.where(isQuotient, b, 0) / Autograd.where(isQuotient, a, 1)
  let power = slope(Autograd.where(isQuotient.logicalOr(vanishes), 1, a))
  return Autograd.where(isQuotient, quotient * Autograd.where(isQuotient, y, 0), power)
}

/// The scalar `base` to the power of each element of `exponent`: `pow(2, x)`.
///
/// The derivative is 0 where the base is 0 and the exponent at least 0.
public func pow(_ base: some TensorScalar, _ exponent: Tensor) -> Tensor {
  elementwise(.pow, exponent, base.scalar, isReversed: true)
    .wrt(exponent) { [b = Saved(exponent)] g, y in
      let log = Tensor(base.scalar.double, dtype: .float64).log().item()
      return base.scalar.isTrue ? g * (y * log) : g * (y * `where`(b.value .>= 0, 0, log))
    }
}
