// Quotients that are rounded, and what they leave.

/// How ``Tensor/div(_:roundingMode:)-(Tensor,_)`` rounds the quotient to an integer.
public enum RoundingMode: Sendable {
  /// Towards zero, as `/` of Swift's integers.
  case trunc
  /// Down, as `//` in Python.
  case floor
}

// MARK: - Rounded quotients

extension Tensor {
  /// The quotient, with broadcasting; rounded to an integer if a mode is given.
  ///
  /// Without rounding it is ``/(_:_:)-(Tensor,Tensor)``. A rounded quotient of integers is an
  /// integer, and the derivatives of a rounded quotient are 0.
  ///
  /// - Parameters:
  ///   - other: the divisor; without a 0 if it and this tensor are integers and the quotient is
  ///     rounded.
  ///   - roundingMode: where to round to. `.floor` is PyTorch's `floor_divide`.
  public func div(_ other: Tensor, roundingMode: RoundingMode? = nil) -> Tensor {
    guard let roundingMode else { return self / other }
    requireDivisor(other, op: #function)
    let y =
      switch roundingMode {
      case .trunc: elementwise(.divTrunc, self, other)
      case .floor: elementwise(.divFloor, self, other)
      }
    return y.wrt(self) { g in .zerosLike(g) }.wrt(other) { g in .zerosLike(g) }
  }

  /// The quotient by the number `other`; rounded to an integer if a mode is given.
  public func div(_ other: some TensorScalar, roundingMode: RoundingMode? = nil) -> Tensor {
    guard let roundingMode else { return self / other }
    return div(scalarTensor(other), roundingMode: roundingMode)
  }
}

// MARK: - Remainders

extension Tensor {
  /// What the quotient rounded towards zero leaves: a - b·trunc(a/b), with the sign of a, as `%` in
  /// Swift.
  ///
  /// - Parameter other: the divisor, with broadcasting; if it and this tensor are integers, without a 0.
  public func fmod(_ other: Tensor) -> Tensor {
    requireDivisor(other, op: #function)
    return elementwise(.fmod, self, other)
      .wrt(self) { g in g }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        -g * a.value.div(b.value, roundingMode: .trunc)
      }
  }

  /// What the quotient by the number `other`, rounded towards zero, leaves.
  public func fmod(_ other: some TensorScalar) -> Tensor { fmod(scalarTensor(other)) }

  /// What the quotient rounded down leaves: a - b·⌊a/b⌋, with the sign of b, as `%` in Python.
  ///
  /// - Parameter other: the divisor, with broadcasting; if it and this tensor are integers, without a 0.
  public func remainder(_ other: Tensor) -> Tensor {
    requireDivisor(other, op: #function)
    return elementwise(.remainder, self, other)
      .wrt(self) { g in g }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        -g * a.value.div(b.value, roundingMode: .floor)
      }
  }

  /// What the quotient by the number `other`, rounded down, leaves.
  public func remainder(_ other: some TensorScalar) -> Tensor { remainder(scalarTensor(other)) }

  /// What ``trunc()`` takes off: x - trunc(x), with the sign of x; its derivative is 1.
  public func frac() -> Tensor { noGrad { self - trunc() }.wrt(self) { g in g } }

  /// Stops where integers would be divided by 0.
  private func requireDivisor(_ other: Tensor, op: StaticString) {
    guard resultType(self, other).category == .integer else { return }
    require(
      (other .!= 0).isTrueThroughout,
      """
      \(opName(op)): integers cannot be divided by 0; cast one of the tensors with to(.float32), or \
      replace the zeros
      """)
  }
}
