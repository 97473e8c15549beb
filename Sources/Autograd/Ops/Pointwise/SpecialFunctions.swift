// Inverses and variants of the error function, Bessel functions and entropy. Integers and bools are
// converted to floating point. Unless they would lose digits, the derivatives follow PyTorch's
// formulas term by term, so that their values agree at infinity and outside the domain too.

// MARK: - The error function and the normal distribution

extension Tensor {
  /// The inverse of ``erf()``; ±∞ at ±1 and NaN beyond.
  public func erfinv() -> Tensor {
    elementwise(.erfinv, self).wrt(self) { g, y in
      g * (y.square().exp() * 0.886_226_925_452_758_013_65)  // √π/2
    }
  }

  /// The scaled complementary error function e^(x²)·(1 − erf x), which does not underflow.
  public func erfcx() -> Tensor {
    elementwise(.erfcx, self).wrt(self) { [x = Saved(self)] g in
      // 2xy − 2/√π, in float64 and only for moderate x: the terms cancel.
      let x = x.value.to(.float64), isFar = noGrad { x .> farFromZero }
      let near = Autograd.where(isFar, 0, x)
      let far = Autograd.where(isFar, x, farFromZero)
      let rest = far.erfcxFraction()
      let slope = Autograd.where(
        isFar, rest / (far + rest) * -twoOverRootPi, near * 2 * near.erfcx() - twoOverRootPi)
      return g * slope
    }
  }

  /// Φ(x), the cumulative distribution function of the standard normal distribution.
  public func ndtr() -> Tensor {
    elementwise(.ndtr, self).wrt(self) { [x = Saved(self)] g in
      g * ((x.value * 0.5.squareRoot()).bell() * 0.398_942_280_401_432_677_94)  // 1/√2π
    }
  }

  /// ln Φ(x) without underflow; see ``ndtr()``.
  ///
  /// The derivative φ(x)/Φ(x) is accurate also where both underflow, and ∞ at −∞. (PyTorch's loses
  /// its digits for x far below 0.)
  public func logNdtr() -> Tensor {
    elementwise(.logNdtr, self).wrt(self) { [x = Saved(self)] g in g * x.value.logNdtrSlope() }
  }

  /// The density of the standard normal distribution divided by ``ndtr()``. With z = −x/√2 it is
  /// √(2/π)/erfcx(z).
  private func logNdtrSlope() -> Tensor {
    let isNegative = noGrad { self .< 0 }
    let right = Autograd.where(isNegative, 0, self)
    let density = (right.square() * -0.5).exp() * 0.398_942_280_401_432_677_94  // 1/√2π
    let z = Autograd.where(isNegative, self, 0) * -0.5.squareRoot()
    let isFar = noGrad { z .> farFromZero }
    let near = Autograd.where(isFar, 0, z)
    let far = Autograd.where(isFar, z, farFromZero)
    let left = Autograd.where(
      isFar, (far + far.erfcxFraction()) * 2.0.squareRoot(),
      0.797_884_560_802_865_355_88 / near.erfcx())  // √(2/π)
    return Autograd.where(isNegative, left, density / right.ndtr())
  }

  /// The F in erfcx(x) = 1/(√π·(x + F)): the continued fraction ½/(x + 1/(x + 1½/(x + …))), to 14
  /// digits for x of at least `farFromZero`.
  private func erfcxFraction() -> Tensor {
    (1...10).reversed().reduce(Tensor.zerosLike(self)) { rest, k in Double(k) / 2 / (self + rest) }
  }

  /// The inverse of ``ndtr()``; ∓∞ at 0 and 1, and NaN outside.
  public func ndtri() -> Tensor {
    elementwise(.ndtri, self).wrt(self) { g, y in
      g * ((y.square() * 0.5).exp() * 2.506_628_274_631_000_502_4)  // √2π
    }
  }
}

private let twoOverRootPi = 1.128_379_167_095_512_573_9
/// From here on, `erfcxFraction` replaces formulas that cancel.
private let farFromZero = 8.0

// MARK: - Modified Bessel functions of the first kind

// dIₙ/dx = ½(Iₙ₋₁ + Iₙ₊₁), whose terms have one sign: it has all digits at any x, unlike I₀ − I₁/x.

extension Tensor {
  /// I₀(x), the modified Bessel function of the first kind of order 0.
  ///
  /// Infinite where e^|x| overflows, and NaN at ±∞, as in PyTorch.
  public func i0() -> Tensor { bessel(0, isScaled: false, op: #function) }

  /// e^(−|x|)·I₀(x); see ``i0()``.
  public func i0e() -> Tensor { bessel(0, isScaled: true, op: #function) }

  /// I₁(x), the modified Bessel function of the first kind of order 1.
  ///
  /// Infinite where e^|x| overflows, and NaN at ±∞, as in PyTorch.
  public func i1() -> Tensor { bessel(1, isScaled: false, op: #function) }

  /// e^(−|x|)·I₁(x); see ``i1()``.
  public func i1e() -> Tensor { bessel(1, isScaled: true, op: #function) }

  /// Iₙ(x), times e^(−|x|) if scaled.
  private func bessel(_ n: Int, isScaled: Bool, op: StaticString) -> Tensor {
    let kernel: ElementwiseKernel =
      switch n {
      case 0: isScaled ? .i0e : .i0
      case 1: isScaled ? .i1e : .i1
      default: isScaled ? .ine : .in
      }
    return elementwise(kernel, self, Parameters(Double(n)), op: op)
      .wrt(self, op: op) { [x = Saved(self, op: op)] g in
        g * x.value.besselSlope(n, isScaled: isScaled, op: op)
      }
  }

  /// The derivative of ``bessel(_:isScaled:op:)``. If scaled it is computed in float64: for large x
  /// its terms nearly cancel.
  private func besselSlope(_ n: Int, isScaled: Bool, op: StaticString) -> Tensor {
    let x = isScaled ? to(.float64) : self
    let above = x.bessel(n + 1, isScaled: isScaled, op: op)
    let mean = n == 0 ? above : (x.bessel(n - 1, isScaled: isScaled, op: op) + above) * 0.5
    if !isScaled { return mean }
    return (mean - x.sign() * x.bessel(n, isScaled: true, op: op)).to(dtype)
  }
}

// MARK: - Entropy and products with logarithms

extension Tensor {
  /// The entropy term −x·ln x; 0 at 0 and −∞ below.
  public func entr() -> Tensor {
    elementwise(.entr, self).wrt(self) { [x = Saved(self)] g in g * -(x.value.log() + 1) }
  }

  /// x·ln(1 + y), with broadcasting; 0 where x is 0, unless y is NaN.
  public func xlog1py(_ y: Tensor) -> Tensor {
    elementwise(.xlog1py, self, y)
      .wrt(self) { [x = Saved(self), y = Saved(y)] g in
        let vanishes = (x.value .== 0).logicalAnd(y.value .<= -1)
        return Autograd.where(vanishes, 0, g.xlog1py(y.value))
      }
      .wrt(y) { [x = Saved(self), y = Saved(y)] g in g * (x.value / (y.value + 1)) }
  }

  /// x·ln(1 + y) for the scalar `y`; 0 where x is 0, unless y is NaN.
  public func xlog1py(_ y: some TensorScalar) -> Tensor {
    xlog1py(floatingScalar(y))
  }
}

/// x·ln(1 + y) for the scalar `x`; 0 if x is 0, unless y is NaN.
public func xlog1py(_ x: some TensorScalar, _ y: Tensor) -> Tensor {
  y.floatingScalar(x).xlog1py(y)
}
