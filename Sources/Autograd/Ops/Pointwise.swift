import CKernels

// Functions of each element by itself. Those of integers and truth values are calculated in the
// default floating-point type, unless the result is again an integer.

// MARK: - Exponentials and logarithms

extension Tensor {
  /// eˣ, element-wise.
  public func exp() -> Tensor { elementwise(.exp, self).wrt(self) { g, y in g * y } }

  /// eˣ - 1, exact also for small x.
  public func expm1() -> Tensor { elementwise(.expm1, self).wrt(self) { g, y in g * (y + 1) } }

  /// The natural logarithm: -inf at 0, NaN below.
  public func log() -> Tensor {
    elementwise(.log, self).wrt(self) { [x = Saved(self)] g in g / x.value }
  }

  /// ln(1 + x), exact also for small x.
  public func log1p() -> Tensor {
    elementwise(.log1p, self).wrt(self) { [x = Saved(self)] g in g / (x.value + 1) }
  }

  /// ln(eᵃ + eᵇ) without overflow.
  ///
  /// Where both are the same infinity the gradient is split evenly; in PyTorch it is NaN there.
  public func logaddexp(_ other: Tensor) -> Tensor {
    let y = noGrad {
      maximum(other) + (-Tensor.difference(self, other).abs()).exp().log1p()
    }
    return
      y.wrt(self) { [a = Saved(self), b = Saved(other)] g in
        g * Tensor.difference(a.value, b.value).sigmoid()
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        g * Tensor.difference(b.value, a.value).sigmoid()
      }
  }

  /// a - b, and 0 where both are the same infinity.
  private static func difference(_ a: Tensor, _ b: Tensor) -> Tensor {
    let isSameInfinity = (a .== b).logicalAnd(a.isinf())
    return `where`(isSameInfinity, 0, a) - `where`(isSameInfinity, 0, b)
  }

  /// x·ln(y), and 0 where x is 0 unless y is NaN.
  public func xlogy(_ y: Tensor) -> Tensor {
    let vanishes = (self .== 0).logicalAnd(y.isnan().logicalNot())
    return noGrad { self * `where`(vanishes, 1, y).log() }
      .wrt(self) { [x = Saved(self), y = Saved(y)] g in
        g * `where`((x.value .== 0).logicalAnd(y.value .<= 0), 1, y.value).log()
      }
      .wrt(y) { [x = Saved(self), y = Saved(y)] g in g * (x.value / y.value) }
  }
}

// MARK: - Trigonometry and its kin

extension Tensor {
  /// The sine of angles in radians.
  public func sin() -> Tensor {
    elementwise(.sin, self).wrt(self) { [x = Saved(self)] g in g * x.value.cos() }
  }

  /// The cosine of angles in radians.
  public func cos() -> Tensor {
    elementwise(.cos, self).wrt(self) { [x = Saved(self)] g in -g * x.value.sin() }
  }

  /// The hyperbolic tangent; dy/dx = 1 - y².
  public func tanh() -> Tensor {
    elementwise(.tanh, self).wrt(self) { g, y in
      GradMode.isEnabled ? g * (1 - y.square()) : elementwise(.tanh_grad, g, y)
    }
  }

  /// The logistic function 1/(1 + e⁻ˣ); dy/dx = y·(1 - y).
  public func sigmoid() -> Tensor {
    elementwise(.sigmoid, self).wrt(self) { g, y in
      GradMode.isEnabled ? g * (y * (1 - y)) : elementwise(.sigmoid_grad, g, y)
    }
  }

  /// The error function 2/√π · ∫₀ˣ e^(-t²) dt.
  public func erf() -> Tensor {
    elementwise(.erf, self).wrt(self) { [x = Saved(self)] g in
      g * ((-x.value.square()).exp() * 1.128_379_167_095_512_573_9)  // 2/√π
    }
  }
}

// MARK: - Magnitude and sign

extension Tensor {
  /// The magnitude; its derivative at 0 is 0.
  public func abs() -> Tensor {
    elementwise(.abs, self).wrt(self) { [x = Saved(self)] g in g * x.value.sign() }
  }

  /// -1, 0 or 1 as the element is negative, zero (or NaN) or positive; its derivative is 0.
  public func sign() -> Tensor {
    dtype == .bool ? copied() : elementwise(.sign, self).wrt(self) { g in .zerosLike(g) }
  }

  /// The elements with what is no number replaced; the gradient there is 0.
  ///
  /// - Parameters:
  ///   - nan: what replaces NaN.
  ///   - posinf: what replaces infinity; the largest finite value if nil.
  ///   - neginf: what replaces minus infinity; the lowest finite value if nil.
  public func nanToNum(nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
    guard dtype.isFloatingPoint else { return copied() }
    let greatest: Double =
      dtype == .float32 ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    let y = `where`(isnan(), nan, self)
    let z = `where`(self .== Double.infinity, posinf ?? greatest, y)
    return `where`(self .== -Double.infinity, neginf ?? -greatest, z)
  }
}

// MARK: - Rounding

extension Tensor {
  /// The greatest integer that is not above the element; its derivative is 0.
  public func floor() -> Tensor { rounded(.floor).wrt(self) { g in .zerosLike(g) } }

  /// The least integer that is not below the element; its derivative is 0.
  public func ceil() -> Tensor { rounded(.ceil).wrt(self) { g in .zerosLike(g) } }

  /// The integer part of the element; its derivative is 0.
  public func trunc() -> Tensor { rounded(.trunc).wrt(self) { g in .zerosLike(g) } }

  /// The nearest multiple of a power of ten, the even one of two; its derivative is 0.
  ///
  /// - Parameter decimals: how many digits after the point stay; if negative, how many before it
  ///   go.
  public func round(decimals: Int = 0) -> Tensor {
    if decimals == 0 { return rounded(.round).wrt(self) { g in .zerosLike(g) } }
    require(
      dtype.isFloatingPoint,
      "round: \(dtype) tensors have no decimals; cast with to(.float32), or leave decimals out")
    let scale = (0..<Swift.abs(decimals)).reduce(1.0) { scale, _ in scale * 10 }
    return noGrad {
      decimals > 0 ? (self * scale).rounded(.round) / scale : (self / scale).rounded(.round) * scale
    }.wrt(self) { g in .zerosLike(g) }
  }

  /// Off the tape; integers are round already.
  private func rounded(_ kernel: ck_map) -> Tensor {
    dtype.isFloatingPoint ? elementwise(kernel, self) : copied()
  }
}
