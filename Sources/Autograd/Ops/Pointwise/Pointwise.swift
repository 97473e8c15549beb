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
    let y = Autograd.where(isnan(), nan, self)
    let z = Autograd.where(self .== Double.infinity, posinf ?? greatest, y)
    return Autograd.where(self .== -Double.infinity, neginf ?? -greatest, z)
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
    // 10³⁰⁹ is infinite in float64, so the loop can stop early.
    let scale = (0..<Swift.min(Int(decimals.magnitude), 400)).reduce(1.0) { scale, _ in scale * 10 }
    return noGrad {
      decimals > 0 ? (self * scale).rounded(.round) / scale : (self / scale).rounded(.round) * scale
    }.wrt(self) { g in .zerosLike(g) }
  }

  /// The rounded elements, off the tape; integers stay unchanged.
  private func rounded(_ kernel: ElementwiseKernel) -> Tensor {
    dtype.isFloatingPoint ? elementwise(kernel, self) : copied()
  }
}
