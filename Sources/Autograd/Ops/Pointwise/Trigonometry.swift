// Angles, and the hyperbolic functions.

// MARK: - Of angles in radians

extension Tensor {
  /// The sine of angles in radians.
  public func sin() -> Tensor {
    elementwise(.sin, self).wrt(self) { [x = Saved(self)] g in g * x.value.cos() }
  }

  /// The cosine of angles in radians.
  public func cos() -> Tensor {
    elementwise(.cos, self).wrt(self) { [x = Saved(self)] g in -g * x.value.sin() }
  }

  /// The tangent of angles in radians; dy/dx = 1 + y².
  public func tan() -> Tensor {
    elementwise(.tan, self).wrt(self) { g, y in g * (y.square() + 1) }
  }

  /// sin(πx)/(πx), and 1 with derivative 0 at 0.
  public func sinc() -> Tensor {
    noGrad {
      let angle = self * Double.pi
      return Autograd.where(angle .== 0, 1, angle.sin() / angle)
    }.wrt(self) { [x = Saved(self)] g in
      let (angle, square) = (x.value * Double.pi, x.value.square() * Double.pi)
      // (The sine first: the order in which the next derivative adds up, and so rounds, as PyTorch does.)
      let sine = angle.sin()
      return Autograd.where(square .== 0, 0, g * ((angle * angle.cos() - sine) / square))
    }
  }

  /// Degrees from radians.
  public func rad2deg() -> Tensor { self * (180 / Double.pi) }

  /// Radians from degrees.
  public func deg2rad() -> Tensor { self * (Double.pi / 180) }
}

// MARK: - Angles in radians

extension Tensor {
  /// The angle from 0 to π whose cosine the element is; NaN outside of -1...1.
  public func acos() -> Tensor {
    elementwise(.acos, self).wrt(self) { [x = Saved(self)] g in
      g * -(1 - x.value * x.value).rsqrt()
    }
  }

  /// The angle from -π/2 to π/2 whose sine the element is; NaN outside of -1...1.
  public func asin() -> Tensor {
    elementwise(.asin, self).wrt(self) { [x = Saved(self)] g in
      g * (1 - x.value * x.value).rsqrt()
    }
  }

  /// The angle from -π/2 to π/2 whose tangent the element is.
  public func atan() -> Tensor {
    elementwise(.atan, self).wrt(self) { [x = Saved(self)] g in g / (x.value * x.value + 1) }
  }

  /// The angle from -π to π of the points with these ordinates and the abscissas `x`, with broadcasting.
  ///
  /// The derivatives at the origin are 0.
  public func atan2(_ x: Tensor) -> Tensor {
    elementwise(.atan2, self, x)
      .wrt(self) { [y = Saved(self), x = Saved(x)] g in
        g * x.value * inverseSquareDistance(x.value, y.value)
      }
      .wrt(x) { [y = Saved(self), x = Saved(x)] g in
        g * -y.value * inverseSquareDistance(x.value, y.value)
      }
  }

  /// √(self² + other²), with broadcasting, without overflow; its derivatives at 0 are NaN.
  public func hypot(_ other: Tensor) -> Tensor {
    elementwise(.hypot, self, other)
      .wrt(self) { [a = Saved(self)] g, y in g * a.value / y }
      .wrt(other) { [b = Saved(other)] g, y in g * b.value / y }
  }
}

/// 1/(x² + y²), and 0 at the origin.
private func inverseSquareDistance(_ x: Tensor, _ y: Tensor) -> Tensor {
  let square = y * y + x * x
  return `where`(square .== 0, 0, square.reciprocal())
}

// MARK: - Hyperbolic functions

extension Tensor {
  /// The hyperbolic sine.
  public func sinh() -> Tensor {
    elementwise(.sinh, self).wrt(self) { [x = Saved(self)] g in g * x.value.cosh() }
  }

  /// The hyperbolic cosine.
  public func cosh() -> Tensor {
    elementwise(.cosh, self).wrt(self) { [x = Saved(self)] g in g * x.value.sinh() }
  }

  /// The hyperbolic tangent; dy/dx = 1 - y².
  public func tanh() -> Tensor {
    elementwise(.tanh, self)
      .wrt(
        self, fused: { g, y in elementwise(.tanhGrad, g, y) },
        meaning: { g, y in g * (1 - y.square()) })
  }

  /// The inverse of ``sinh()``.
  public func asinh() -> Tensor {
    elementwise(.asinh, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value.square() + 1).rsqrt()
    }
  }

  /// The inverse of ``cosh()`` that is not negative; NaN below 1.
  public func acosh() -> Tensor {
    elementwise(.acosh, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value * x.value - 1).rsqrt()
    }
  }

  /// The inverse of ``tanh()``: infinite at -1 and 1, NaN beyond.
  public func atanh() -> Tensor {
    elementwise(.atanh, self).wrt(self) { [x = Saved(self)] g in g / (1 - x.value.square()) }
  }
}
