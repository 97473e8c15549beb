// Piecewise linear activations: bounds, thresholds and shrinkage. At the kinks the derivatives are
// those of PyTorch, nearly always the smaller one-sided derivative.

// MARK: - Bounds

extension Tensor {
  /// Limits each element to the range from `min` to `max`; the gradient is 0 at the bounds and
  /// beyond.
  ///
  /// NaN stays NaN, and the gradient passes through it. For integer tensors the bounds are
  /// truncated to integers.
  /// - Parameters:
  ///   - min: the lower bound, at most `max`.
  ///   - max: the upper bound.
  public func hardtanh(min: Double = -1, max: Double = 1) -> Tensor {
    require(!(min > max), "hardtanh: expected min of at most max, got min \(min) and max \(max)")
    return clampedInOwnType(min, max)
      .wrt(self) { [x = Saved(self)] g in g.kept(.inside, of: x.value, min, max) }
  }

  /// min(max(x, 0), 6); the gradient is 0 at the bounds.
  public func relu6() -> Tensor { hardtanh(min: 0, max: 6) }

  /// A piecewise linear sigmoid, min(max(x + 3, 0), 6)/6; the gradient is 0 at −3 and 3.
  public func hardsigmoid() -> Tensor {
    elementwise(.hardsigmoid, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.hardsigmoidGrad, g, x) },
        meaning: { g, x in Autograd.where((x .> -3).logicalAnd(x .< 3), g / 6, 0) })
  }

  /// x·``hardsigmoid()``; the derivative is 0 at −3 and 1 at 3.
  public func hardswish() -> Tensor {
    elementwise(.hardswish, self)
      .wrt(
        self, saving: self, fused: { g, x in elementwise(.hardswishGrad, g, x) },
        meaning: { g, x in
          g * Autograd.where(x .<= -3, 0, Autograd.where(x .>= 3, 1, x / 3 + 0.5))
        })
  }

  /// ``clamp(min:max:)`` in the tensor's own dtype, off the tape.
  private func clampedInOwnType(_ min: Double, _ max: Double) -> Tensor {
    noGrad {
      dtype.isFloatingPoint
        ? clamp(min: min, max: max)
        : clamp(min: Scalar.float(min).int64, max: Scalar.float(max).int64)
    }
  }
}

// MARK: - Thresholds

extension Tensor {
  /// `value` where x ≤ `threshold`, otherwise x; the gradient is 0 where x is replaced.
  ///
  /// For integer tensors both numbers are truncated to integers.
  public func threshold(_ threshold: Double, value: Double) -> Tensor {
    guard dtype.isFloatingPoint else {
      return maskedFill(le(Int(truncatingIfNeeded: Scalar.float(threshold).int64)), value)
    }
    return elementwise(.threshold, self, Parameters(threshold, value))
      .wrt(self) { [x = Saved(self)] g in g.kept(.inside, of: x.value, threshold, .nan) }
  }

  /// 0 where |x| ≤ `lambda`, otherwise x; the gradient is 0 where x is replaced.
  public func hardshrink(lambda: Double = 0.5) -> Tensor {
    guard dtype.isFloatingPoint else {
      return Autograd.where(ge(-lambda).logicalAnd(le(lambda)), 0, self)
    }
    return elementwise(.hardshrink, self, Parameters(lambda))
      .wrt(self) { [x = Saved(self)] g in g.kept(.outside, of: x.value, -lambda, lambda) }
  }

  /// x moved towards 0 by `lambda`, and 0 where |x| ≤ `lambda`; the gradient there is 0.
  ///
  /// - Parameter lambda: finite and at least 0.
  public func softshrink(lambda: Double = 0.5) -> Tensor {
    require(
      lambda >= 0 && lambda <= Double.greatestFiniteMagnitude,
      "softshrink: expected a finite lambda of at least 0, got \(lambda)")
    return elementwise(.softshrink, self, Parameters(lambda))
      .wrt(self) { [x = Saved(self)] g in g.kept(.outside, of: x.value, -lambda, lambda) }
  }

  /// x − tanh(x), accurate for small x.
  public func tanhshrink() -> Tensor {
    elementwise(.tanhshrink, self).wrt(self) { [x = Saved(self)] g in
      g * x.value.tanh().square()
    }
  }
}

extension Tensor {
  /// This tensor where `other` is inside (or outside) the range from `low` to `high`, otherwise 0;
  /// the derivative with respect to `other` is 0. A bound of NaN is none.
  private func kept(
    _ kernel: ElementwiseKernel, of other: Tensor, _ low: Double, _ high: Double
  ) -> Tensor {
    elementwise(kernel, self, other, Parameters(low, high))
      .wrt(self) { [other = Saved(other)] g in g.kept(kernel, of: other.value, low, high) }
      .flat(in: other)
  }
}
