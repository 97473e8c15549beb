// Activations of straight lines: bounds, thresholds, shrinking. At their corners the derivatives are
// PyTorch's, which keeps to the smaller one nearly everywhere.

// MARK: - Bounds

extension Tensor {
  /// The elements between `min` and `max`, and the bound in place of those beyond; the gradient is
  /// 0 there and at the bounds.
  ///
  /// NaN stays NaN, and lets the gradient pass. For integers the bounds are truncated to integers.
  /// - Parameters:
  ///   - min: the lower bound, at most `max`.
  ///   - max: the upper bound.
  public func hardtanh(min: Double = -1, max: Double = 1) -> Tensor {
    require(!(min > max), "hardtanh: the lower bound \(min) is above the upper one, \(max)")
    return bounded(min, max)
      .wrt(self) { [x = Saved(self)] g in g.masked(.inside, by: x.value, min, max) }
  }

  /// min(max(x, 0), 6); the gradient is 0 at the bounds.
  public func relu6() -> Tensor { hardtanh(min: 0, max: 6) }

  /// A sigmoid of straight lines, min(max(x + 3, 0), 6)/6; the gradient is 0 at -3 and 3.
  public func hardsigmoid() -> Tensor {
    noGrad { (self + 3).bounded(0, 6) / 6 }
      .wrt(self) { [x = Saved(self)] g in
        Autograd.where((x.value .> -3).logicalAnd(x.value .< 3), g / 6, 0)
      }
  }

  /// x·``hardsigmoid()``; the derivative is 0 at -3, and 1 at 3.
  public func hardswish() -> Tensor {
    noGrad { self * (self + 3).bounded(0, 6) / 6 }
      .wrt(self) { [x = Saved(self)] g in
        let x = x.value
        return g * Autograd.where(x .<= -3, 0, Autograd.where(x .>= 3, 1, x / 3 + 0.5))
      }
  }

  /// Off the tape; as ``clamp(min:max:)``, but in the tensor's own type.
  private func bounded(_ min: Double, _ max: Double) -> Tensor {
    noGrad {
      dtype.isFloatingPoint
        ? clamp(min: min, max: max)
        : clamp(min: Scalar.float(min).int64, max: Scalar.float(max).int64)
    }
  }
}

// MARK: - Thresholds

extension Tensor {
  /// x, and `value` in place of what is not above `threshold`; the gradient is 0 there.
  ///
  /// For integers both numbers are truncated to integers.
  public func threshold(_ threshold: Double, value: Double) -> Tensor {
    let isBelow =
      dtype.isFloatingPoint
      ? le(threshold) : le(Int(truncatingIfNeeded: Scalar.float(threshold).int64))
    return noGrad { maskedFill(isBelow, value) }
      .wrt(self) { g in Autograd.where(isBelow, 0, g) }
  }

  /// x, and 0 in place of what is between -`lambda` and `lambda` or at either; the gradient is 0 there.
  public func hardshrink(lambda: Double = 0.5) -> Tensor {
    let isSmall = noGrad { ge(-lambda).logicalAnd(le(lambda)) }
    return noGrad { Autograd.where(isSmall, 0, self) }
      .wrt(self) { [x = Saved(self)] g in g.masked(.outside, by: x.value, -lambda, lambda) }
  }

  /// x moved towards 0 by `lambda`, and 0 if it is nearer; the gradient is 0 there.
  ///
  /// - Parameter lambda: not negative.
  public func softshrink(lambda: Double = 0.5) -> Tensor {
    require(
      lambda >= 0 && lambda <= Double.greatestFiniteMagnitude,
      "softshrink: lambda is \(lambda), but must be finite and not negative")
    return noGrad { self - clamp(min: -lambda, max: lambda) }
      .wrt(self) { [x = Saved(self)] g in g.masked(.outside, by: x.value, -lambda, lambda) }
  }

  /// x − tanh(x).
  public func tanhshrink() -> Tensor { self - tanh() }
}

extension Tensor {
  /// This tensor where `other` is inside, or outside, `low` and `high`, and 0 elsewhere; to be
  /// differentiated with respect to this tensor.
  private func masked(_ kernel: ElementwiseKernel, by other: Tensor, _ low: Double, _ high: Double) -> Tensor {
    elementwise(kernel, self, other, Parameters(low, high))
      .wrt(self) { [other = Saved(other)] g in g.masked(kernel, by: other.value, low, high) }
  }
}
