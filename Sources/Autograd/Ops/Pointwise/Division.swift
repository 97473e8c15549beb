// Division that rounds to integers, and its remainders.

/// How ``Tensor/div(_:roundingMode:)-(Tensor,_)`` rounds the quotient to an integer.
public enum RoundingMode: Sendable {
  /// Towards zero, as Swift's `/` of integers.
  case trunc
  /// Down, as Python's `//`.
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
  ///   - other: the divisor; if the quotient is rounded and both tensors hold integers, it must not
  ///     contain 0.
  ///   - roundingMode: the direction of rounding. `.floor` is PyTorch's `floor_divide`.
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

  /// The quotient by the scalar `other`; rounded to an integer if a mode is given.
  public func div(_ other: some TensorScalar, roundingMode: RoundingMode? = nil) -> Tensor {
    guard let roundingMode else { return self / other }
    return div(scalarTensor(other), roundingMode: roundingMode)
  }
}

// MARK: - Remainders

extension Tensor {
  /// The remainder a − b·trunc(a/b), with the sign of a: Swift's `%`.
  ///
  /// - Parameter other: the divisor b; it broadcasts, and must not contain 0 if both tensors hold
  ///   integers.
  public func fmod(_ other: Tensor) -> Tensor {
    requireDivisor(other, op: #function)
    return elementwise(.fmod, self, other)
      .wrt(self) { g in g }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        -g * a.value.div(b.value, roundingMode: .trunc)
      }
  }

  /// The remainder a − b·trunc(a/b) for the scalar `other` as b.
  public func fmod(_ other: some TensorScalar) -> Tensor { fmod(scalarTensor(other)) }

  /// The remainder a − b·⌊a/b⌋, with the sign of b: Python's `%`.
  ///
  /// - Parameter other: the divisor b; it broadcasts, and must not contain 0 if both tensors hold
  ///   integers.
  public func remainder(_ other: Tensor) -> Tensor {
    requireDivisor(other, op: #function)
    return elementwise(.remainder, self, other)
      .wrt(self) { g in g }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        -g * a.value.div(b.value, roundingMode: .floor)
      }
  }

  /// The remainder a − b·⌊a/b⌋ for the scalar `other` as b.
  public func remainder(_ other: some TensorScalar) -> Tensor { remainder(scalarTensor(other)) }

  /// The fractional part x − trunc(x), with the sign of x; its derivative is 1.
  public func frac() -> Tensor { noGrad { self - trunc() }.wrt(self) { g in g } }

  /// Stops if integers would be divided by 0.
  private func requireDivisor(_ other: Tensor, op: StaticString) {
    guard resultType(self, other).category == .integer else { return }
    require(
      (other .!= 0).areAllTrue,
      """
      \(opName(op)): integer division by zero; cast one of the tensors with to(.float32), or \
      replace the zeros
      """)
  }
}
