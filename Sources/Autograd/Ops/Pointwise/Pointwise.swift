// Absolute value, sign and rounding.

// MARK: - Magnitude and sign

extension Tensor {
  /// The absolute value; its derivative at 0 is 0.
  public func abs() -> Tensor {
    elementwise(.abs, self).wrt(self) { [x = Saved(self)] g in g * x.value.sign() }
  }

  /// The sign: −1, 0 or 1, and 0 for NaN; its derivative is 0.
  public func sign() -> Tensor {
    dtype == .bool ? copied() : elementwise(.sign, self).wrt(self) { g in .zerosLike(g) }
  }

  /// Replaces NaN and infinities by finite numbers; the gradient of replaced elements is 0.
  ///
  /// - Parameters:
  ///   - nan: the value for NaN.
  ///   - posinf: the value for +∞; by default the largest finite value of the dtype.
  ///   - neginf: the value for −∞; by default the lowest finite value of the dtype.
  public func nanToNum(nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
    guard dtype.isFloatingPoint else { return copied() }
    let greatest = dtype.greatestFiniteMagnitude
    func number(_ value: Double) -> Tensor { Tensor(.float(value), as: dtype) }
    let y = Autograd.where(isnan(), number(nan), self)
    let z = Autograd.where(self .== Double.infinity, number(posinf ?? greatest), y)
    return Autograd.where(self .== -Double.infinity, number(neginf ?? -greatest), z)
  }
}

// MARK: - Rounding

extension Tensor {
  /// Rounds down to an integer; the derivative is 0.
  public func floor() -> Tensor { rounded(.floor).wrt(self) { g in .zerosLike(g) } }

  /// Rounds up to an integer; the derivative is 0.
  public func ceil() -> Tensor { rounded(.ceil).wrt(self) { g in .zerosLike(g) } }

  /// Rounds towards 0 to an integer; the derivative is 0.
  public func trunc() -> Tensor { rounded(.trunc).wrt(self) { g in .zerosLike(g) } }

  /// Rounds to the nearest multiple of 10⁻ᵈ for d = `decimals`, ties to even; the derivative is 0.
  ///
  /// - Parameter decimals: the number of digits kept after the decimal point; if negative, that
  ///   many digits before it become 0.
  public func round(decimals: Int = 0) -> Tensor {
    if decimals == 0 { return rounded(.round).wrt(self) { g in .zerosLike(g) } }
    require(
      dtype.isFloatingPoint,
      """
      round: expected a floating-point tensor for decimals \(decimals), got \(dtype); cast with \
      to(.float32), or omit decimals
      """)
    return noGrad { roundedToPowerOfTen(decimals) }.wrt(self) { g in .zerosLike(g) }
  }

  /// The nearest multiples of 10⁻ᵈ for d = `decimals`, off the tape.
  private func roundedToPowerOfTen(_ decimals: Int) -> Tensor {
    // Numbers beyond the range of every type are all alike.
    let digits = Int(Swift.min(decimals.magnitude, 1000))
    // Two factors: for small numbers and many decimals 10ᵈ may not be representable.
    let largest = dtype.greatestDecimalExponent
    let first = powerOfTen(Swift.min(digits, largest))
    let second = powerOfTen(Swift.min(digits - Swift.min(digits, largest), largest))
    if decimals > 0 {
      let scaled = self * first * second
      // From 1/ε on, numbers are integers: this one has no more decimals than that.
      return Autograd.where(
        scaled.abs() .< 1 / dtype.epsilon, scaled.rounded(.round) / second / first, self)
    }
    // Where 10⁻ᵈ is not representable, every finite number is less than half of it.
    if digits > largest { return Autograd.where(isfinite(), self * 0, self) }
    return (self / first).rounded(.round) * first
  }

  /// The rounded elements, off the tape; integers stay unchanged.
  private func rounded(_ kernel: ElementwiseKernel) -> Tensor {
    dtype.isFloatingPoint ? elementwise(kernel, self) : copied()
  }
}

/// 10ⁿ.
private func powerOfTen(_ n: Int) -> Double { (0..<n).reduce(1) { power, _ in power * 10 } }
