// Signs, the step function and neighbouring floating-point numbers.

extension Tensor {
  /// Returns the tensor unchanged, as Python's `+x`; not defined for bool tensors.
  public static prefix func + (x: Tensor) -> Tensor {
    require(
      x.dtype != .bool, "positive: not defined for bool tensors; cast with to(.float32)")
    return x
  }

  /// The absolute values of this tensor with the signs of `other`, with broadcasting.
  ///
  /// The derivative with respect to this tensor is the ratio of result to element, 1 or −1, and 0
  /// at 0; that with respect to `other` is 0.
  public func copysign(_ other: Tensor) -> Tensor {
    elementwise(.copysign, self, other)
      .wrt(self) { [x = Saved(self)] g, y in
        let x = x.value
        return g * noGrad { Autograd.where(x .== 0, 0, y / x) }.flat(in: x)
      }
      .wrt(other) { g in .zerosLike(g) }
  }

  /// The absolute values of this tensor with the sign of the scalar `other`.
  public func copysign(_ other: some TensorScalar) -> Tensor { copysign(floatingScalar(other)) }

  /// The Heaviside step function: 0 below 0, 1 above, and at 0 the element of `values`, which
  /// broadcasts.
  ///
  /// NaN gives 0. Nothing is recorded, because the step has no derivative. PyTorch requires one
  /// dtype; here the dtypes are promoted.
  ///
  /// - Parameter values: the values at 0.
  public func heaviside(_ values: Tensor) -> Tensor {
    named(#function) {
      noGrad { Autograd.where(self .== 0, values, (self .> 0).to(resultType(self, values))) }
    }
  }

  /// Whether the sign bit is set, as it is for −0.
  public func signbit() -> Tensor {
    dtype == .bool ? Tensor.zeros(shape, dtype: .bool) : elementwise(.signbit, self, to: .bool)
  }

  /// The next representable number from each element towards `other`, with broadcasting.
  ///
  /// Equal elements stay unchanged. The derivative with respect to this tensor is 1 where the
  /// elements differ and 0 where they are equal; that with respect to `other` is 0.
  public func nextafter(_ other: Tensor) -> Tensor {
    require(
      resultType(self, other).isFloatingPoint,
      """
      nextafter: expected a floating-point tensor, got \(dtype) and \(other.dtype); cast with \
      to(.float32)
      """)
    return elementwise(.nextafter, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where(a.value .!= b.value, g, 0)
      }
      .wrt(other) { g in .zerosLike(g) }
  }
}
