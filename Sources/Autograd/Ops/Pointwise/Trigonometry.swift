// Trigonometric and hyperbolic functions.

// MARK: - Trigonometric functions

extension Tensor {
  /// The sine; the elements are angles in radians.
  public func sin() -> Tensor {
    elementwise(.sin, self).wrt(self) { [x = Saved(self)] g in g * x.value.cos() }
  }

  /// The cosine; the elements are angles in radians.
  public func cos() -> Tensor {
    elementwise(.cos, self).wrt(self) { [x = Saved(self)] g in -g * x.value.sin() }
  }

  /// The tangent, with dy/dx = 1 + y²; the elements are angles in radians.
  public func tan() -> Tensor {
    elementwise(.tan, self).wrt(self) { g, y in g * (y.square() + 1) }
  }

  /// sin(πx)/(πx); 1 with derivative 0 at 0.
  public func sinc() -> Tensor {
    noGrad {
      let angle = self * Double.pi
      return Autograd.where(angle .== 0, 1, angle.sin() / angle)
    }.wrt(self) { [x = Saved(self)] g in
      let (angle, square) = (x.value * Double.pi, x.value.square() * Double.pi)
      // The sine comes first, so that the next derivative adds, and hence rounds, in PyTorch's
      // order.
      let sine = angle.sin()
      return Autograd.where(square .== 0, 0, g * ((angle * angle.cos() - sine) / square))
    }
  }

  /// Converts radians to degrees.
  public func rad2deg() -> Tensor { self * (180 / Double.pi) }

  /// Converts degrees to radians.
  public func deg2rad() -> Tensor { self * (Double.pi / 180) }
}

// MARK: - Inverse trigonometric functions

extension Tensor {
  /// The inverse cosine, from 0 to π; NaN outside −1…1.
  public func acos() -> Tensor {
    elementwise(.acos, self).wrt(self) { [x = Saved(self)] g in
      g * -(1 - x.value * x.value).rsqrt()
    }
  }

  /// The inverse sine, from −π/2 to π/2; NaN outside −1…1.
  public func asin() -> Tensor {
    elementwise(.asin, self).wrt(self) { [x = Saved(self)] g in
      g * (1 - x.value * x.value).rsqrt()
    }
  }

  /// The inverse tangent, from −π/2 to π/2.
  public func atan() -> Tensor {
    elementwise(.atan, self).wrt(self) { [x = Saved(self)] g in g / (x.value * x.value + 1) }
  }

  /// The angle of the point (x, y), from −π to π, with this tensor as y and with broadcasting.
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

  /// √(a² + b²) without overflow, with broadcasting; the derivatives are NaN where both are 0.
  public func hypot(_ other: Tensor) -> Tensor {
    elementwise(.hypot, self, other)
      .wrt(self) { [a = Saved(self)] g, y in g * a.value / y }
      .wrt(other) { [b = Saved(other)] g, y in g * b.value / y }
  }
}

/// 1/(x² + y²); 0 at the origin.
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

  /// The hyperbolic tangent, with dy/dx = 1 − y².
  public func tanh() -> Tensor {
    elementwise(.tanh, self)
      .wrt(
        self, fused: { g, y in elementwise(.tanhGrad, g, y) },
        meaning: { g, y in g * (1 - y.square()) })
  }

  /// The inverse hyperbolic sine.
  public func asinh() -> Tensor {
    elementwise(.asinh, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value.square() + 1).rsqrt()
    }
  }

  /// The inverse hyperbolic cosine, at least 0; NaN below 1.
  public func acosh() -> Tensor {
    elementwise(.acosh, self).wrt(self) { [x = Saved(self)] g in
      g * (x.value * x.value - 1).rsqrt()
    }
  }

  /// The inverse hyperbolic tangent; ±∞ at ±1 and NaN beyond.
  public func atanh() -> Tensor {
    elementwise(.atanh, self).wrt(self) { [x = Saved(self)] g in g / (1 - x.value.square()) }
  }
}
