// Functions of each element by itself. Those of integers and truth values are calculated in the
// default floating-point type, unless the result is again an integer.

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
    let greatest = dtype.greatestFiniteMagnitude
    let y = Autograd.where(isnan(), nan, self)
    let z = Autograd.where(self .== Double.infinity, posinf ?? greatest, y)
    return Autograd.where(self .== -Double.infinity, neginf ?? -greatest, z)
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
    // (A double ends at 1e308.)
    let scale = (0..<Swift.min(Int(decimals.magnitude), 400)).reduce(1.0) { scale, _ in scale * 10 }
    return noGrad {
      decimals > 0 ? (self * scale).rounded(.round) / scale : (self / scale).rounded(.round) * scale
    }.wrt(self) { g in .zerosLike(g) }
  }

  /// Off the tape; integers are round already.
  private func rounded(_ kernel: ElementwiseKernel) -> Tensor {
    dtype.isFloatingPoint ? elementwise(kernel, self) : copied()
  }
}
