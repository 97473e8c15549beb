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
    }.wrt(self) { [x = Saved(self)] g in g * ((x.value * Double.pi).slopeOfSinc() * Double.pi) }
  }

  /// The derivative of sin(w)/w, (w·cos w − sin w)/w², for this tensor as w.
  private func slopeOfSinc() -> Tensor {
    // Near 0 the terms cancel; there it is the series Σ (−1)ᵏ·2k/(2k + 1)!·w²ᵏ⁻¹ over k ≥ 1.
    let isSmall = noGrad { abs() .< 1 }
    let near = Autograd.where(isSmall, self, 0), far = Autograd.where(isSmall, 1, self)
    let square = near.square()
    var (series, factorial) = (Tensor.zerosLike(square), 1.0)
    let terms = (1...9).map { k in
      factorial *= Double(2 * k * (2 * k + 1))
      return (k % 2 == 0 ? 2 : -2) * Double(k) / factorial
    }
    for term in terms.reversed() { series = series * square + term }
    return Autograd.where(isSmall, near * series, (far * far.cos() - far.sin()) / far.square())
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
      g * -x.value.oneMinusSquare().rsqrt()
    }
  }

  /// The inverse sine, from −π/2 to π/2; NaN outside −1…1.
  public func asin() -> Tensor {
    elementwise(.asin, self).wrt(self) { [x = Saved(self)] g in
      g * x.value.oneMinusSquare().rsqrt()
    }
  }

  /// The inverse tangent, from −π/2 to π/2.
  public func atan() -> Tensor {
    elementwise(.atan, self).wrt(self) { [x = Saved(self)] g in g * x.value.atanSlope() }
  }

  /// The derivative of ``atan()``, 1/(1 + x²).
  private func atanSlope() -> Tensor {
    noGrad { 1 / (self * self + 1) }.wrt(self) { [x = Saved(self)] g, y in
      // Not in terms of (1 + x²)², which overflows early.
      g * ((x.value * y) * (y * -2))
    }
  }

  /// 1 − x² as (1 − x)·(1 + x), which keeps its digits near ±1, with the derivative −2x, which
  /// keeps them near 0.
  fileprivate func oneMinusSquare() -> Tensor {
    noGrad { (1 - self) * (1 + self) }.wrt(self) { [x = Saved(self)] g in g * (x.value * -2) }
  }

  /// The angle of the point (x, y), from −π to π, with this tensor as y and with broadcasting.
  ///
  /// The derivatives at the origin are 0.
  public func atan2(_ x: Tensor) -> Tensor {
    elementwise(.atan2, self, x)
      .wrt(self) { [y = Saved(self), x = Saved(x)] g in
        g * overSquaredDistance(x.value.to(g.dtype), y.value.to(g.dtype))
      }
      .wrt(x) { [y = Saved(self), x = Saved(x)] g in
        -g * overSquaredDistance(y.value.to(g.dtype), x.value.to(g.dtype))
      }
  }

  /// √(a² + b²) without overflow, with broadcasting; the derivatives are NaN where both are 0.
  public func hypot(_ other: Tensor) -> Tensor {
    elementwise(.hypot, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in g * cosine(a.value, b.value) }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in g * cosine(b.value, a.value) }
  }
}

/// c = a/√(a² + b²). With s = b/√(a² + b²), its derivatives are s·s/r and −c·s/r.
private func cosine(_ a: Tensor, _ b: Tensor) -> Tensor {
  noGrad { a / a.hypot(b) }
    .wrt(a) { [a = Saved(a), b = Saved(b)] g in
      g * (cosine(b.value, a.value) * sineOverDistance(a.value, b.value))
    }
    .wrt(b) { [a = Saved(a), b = Saved(b)] g, c in -g * (c * sineOverDistance(a.value, b.value)) }
}

/// s/r; 0 where r is infinite.
private func sineOverDistance(_ a: Tensor, _ b: Tensor) -> Tensor {
  let r = a.hypot(b)
  return `where`(r .== Double.infinity, 0, cosine(b, a) / r)
}

/// u = a/(a² + b²) without overflow or underflow of the squares; 0 at the origin. With
/// v = b/(a² + b²), its derivatives are v² − u² and −2uv.
private func overSquaredDistance(_ a: Tensor, _ b: Tensor) -> Tensor {
  noGrad {
    let larger = a.abs().maximum(b.abs()), isOrigin = larger .== 0
    let scale = `where`(isOrigin.logicalOr(larger.isinf()), 1, larger)
    let (x, y) = (a / scale, b / scale)
    return `where`(isOrigin, 0, x / (x * x + y * y) / scale)
  }
  .wrt(a) { [a = Saved(a), b = Saved(b)] g in
    let (u, v) = (overSquaredDistance(a.value, b.value), overSquaredDistance(b.value, a.value))
    return g * ((v - u) * (v + u))
  }
  .wrt(b) { [a = Saved(a), b = Saved(b)] g, u in
    g * (u * (overSquaredDistance(b.value, a.value) * -2))
  }
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

  /// The hyperbolic tangent.
  ///
  /// The derivative is 1 − y², and where y rounds to ±1 it is computed from x. (PyTorch's is 0
  /// there.)
  public func tanh() -> Tensor {
    elementwise(.tanh, self)
      .wrt(
        self,
        fused: { g, y, x in
          x.map { elementwise(.tanhGrad, g, y, $0) } ?? g * (1 - y.square())
        },
        meaning: { g, y, x in g * (x?.sechSquared() ?? 1 - y.square()) })
  }

  /// 1/cosh² x, the derivative of ``tanh()``: 1 − y² without its cancellation.
  func sechSquared() -> Tensor {
    noGrad { (self * 2).sigmoid() * (self * -2).sigmoid() * 4 }
      .wrt(self) { [x = Saved(self)] g, y in g * (y * (x.value.tanh() * -2)) }
  }

  /// The inverse hyperbolic sine.
  public func asinh() -> Tensor {
    elementwise(.asinh, self).wrt(self) { [x = Saved(self)] g in
      g * x.value.hypot(Tensor.ones([], dtype: x.value.dtype)).reciprocal()
    }
  }

  /// The inverse hyperbolic cosine, at least 0; NaN below 1.
  public func acosh() -> Tensor {
    elementwise(.acosh, self).wrt(self) { [x = Saved(self)] g in
      // Below −1, where acosh is NaN, as PyTorch's 1/√(x² − 1).
      let size = x.value.abs()
      return g * ((size - 1).rsqrt() * (size + 1).rsqrt())
    }
  }

  /// The inverse hyperbolic tangent; ±∞ at ±1 and NaN beyond.
  public func atanh() -> Tensor {
    elementwise(.atanh, self).wrt(self) { [x = Saved(self)] g in g / x.value.oneMinusSquare() }
  }
}
