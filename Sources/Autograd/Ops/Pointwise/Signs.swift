// Signs and neighbours of numbers.

extension Tensor {
  /// The tensor itself: what Python's `+x` gives.
  public static prefix func + (x: Tensor) -> Tensor {
    require(
      x.dtype != .bool, "positive: not defined for bool tensors; cast with to(.float32)")
    return x
  }

  /// The magnitudes of these elements with the signs of those of `other`, with broadcasting.
  ///
  /// The derivative is the sign that this gave the element, 0 at 0, and 0 by `other`.
  public func copysign(_ other: Tensor) -> Tensor {
    elementwise(.copysign, self, other)
      .wrt(self) { [x = Saved(self)] g, y in g * Autograd.where(x.value .== 0, 0, y / x.value) }
      .wrt(other) { g in .zerosLike(g) }
  }

  /// The magnitudes of the elements with the sign of the number `other`.
  public func copysign(_ other: some TensorScalar) -> Tensor { copysign(scalarTensor(other)) }

  /// Heaviside's step: 0 below 0, 1 above it, the element of `values`, which broadcasts, at 0.
  ///
  /// NaN gives 0. Nothing is recorded: the step has no derivative. PyTorch wants one dtype, here the usual
  /// promotion takes place.
  ///
  /// - Parameter values: the values at 0.
  public func heaviside(_ values: Tensor) -> Tensor {
    noGrad { Autograd.where(self .== 0, values, (self .> 0).to(resultType(self, values))) }
  }

  /// Whether the sign is minus, as that of -0 is.
  public func signbit() -> Tensor {
    dtype == .bool ? Tensor.zeros(shape, dtype: .bool) : elementwise(.signbit, self, to: .bool)
  }

  /// The next representable number towards `other`, with broadcasting; the elements themselves where they
  /// are equal.
  ///
  /// The derivative is 1 where there is a next number, else 0, and 0 by `other`.
  public func nextafter(_ other: Tensor) -> Tensor {
    require(
      resultType(self, other).isFloatingPoint,
      """
      nextafter: \(dtype) and \(other.dtype) tensors have no neighbouring real numbers; cast with \
      to(.float32)
      """)
    return elementwise(.nextafter, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where(a.value .!= b.value, g, 0)
      }
      .wrt(other) { g in .zerosLike(g) }
  }
}
