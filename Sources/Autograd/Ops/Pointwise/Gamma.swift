// The gamma function and related functions. Integers and bools are converted to floating point.

// MARK: - ln Γ and its derivatives

extension Tensor {
  /// ln |Γ(x)|; +∞ at 0 and at the negative integers.
  public func lgamma() -> Tensor {
    elementwise(.lgamma, self).wrt(self) { [x = Saved(self)] g in g * x.value.digamma() }
  }

  /// The digamma function ψ(x), the derivative of ln Γ(x); ∓∞ at ±0 and NaN at the negative
  /// integers.
  public func digamma() -> Tensor {
    elementwise(.digamma, self).wrt(self) { [x = Saved(self)] g in g * x.value.polygamma(1) }
  }

  /// The polygamma function ψ⁽ⁿ⁾(x), the derivative of order `n` of ``digamma()``.
  ///
  /// At 0 and the negative integers the result is ±∞ for n ≥ 2. For n = 1 it is a large finite
  /// number, because π is rounded; for n = 0 it is that of ``digamma()``. PyTorch gives the same.
  /// - Parameter n: the order, at least 0.
  public func polygamma(_ n: Int) -> Tensor {
    require(n >= 0, "polygamma: expected an order n of at least 0, got \(n)")
    return derivativeOfDigamma(n).wrt(self) { [x = Saved(self)] g in
      g * x.value.polygamma(n < .max ? n + 1 : n)
    }
  }

  /// The value, off the tape; for n ≥ 2 it is (−1)ⁿ⁺¹·n!·ζ(n + 1, x).
  private func derivativeOfDigamma(_ n: Int) -> Tensor {
    switch n {
    case 0: return elementwise(.digamma, self)
    case 1: return elementwise(.trigamma, self)
    default:
      // 171! and above are infinite in float64.
      let factorial = (1...Swift.min(n, 171)).reduce(1.0) { $0 * Double($1) }
      // In float64, whose range holds more of the two factors.
      let x = cast(to: .float64), sign = n % 2 == 0 ? -1.0 : 1
      let zeta = elementwise(.zeta, x, .float(Double(n) + 1), isReversed: true)
      return elementwise(.mul, zeta, .float(sign * factorial)).cast(to: dtype.computeType)
    }
  }

  /// The logarithm of the multivariate gamma function of dimension `p`.
  ///
  /// ¼·p·(p − 1)·ln π + Σ ln |Γ(x − j/2)| over j from 0 to p − 1.
  ///
  /// - Parameter p: the dimension, at least 1.
  public func mvlgamma(_ p: Int) -> Tensor {
    require(p >= 1, "mvlgamma: expected p of at least 1, got \(p)")
    let real = dtype.computeType
    requireMemory(for: shape + [p], real, op: #function)
    let offsets = Tensor.arange(0, p, dtype: real) * -0.5
    let sum = (unsqueeze(-1) + offsets).lgamma().sum(dim: -1)
    return sum + Double(p) * Double(p - 1) / 4 * 1.144_729_885_849_400_174_1  // ln π
  }
}

// MARK: - Incomplete gamma functions

extension Tensor {
  /// The regularized lower incomplete gamma function P(a, x), with this tensor as a.
  ///
  /// P(a, x) = 1/Γ(a) · ∫₀ˣ tᵃ⁻¹·e⁻ᵗ dt, with broadcasting. NaN where a or x is negative, where
  /// both are 0 and where both are infinite. As in PyTorch, there is no derivative with respect to
  /// a: a backward pass that needs it stops.
  public func igamma(_ x: Tensor) -> Tensor {
    elementwise(.igamma, self, x)
      .wrt(self) { _ in withoutDerivative("igamma", of: "a") }
      .wrt(x) { [a = Saved(self), x = Saved(x)] g in g * gammaDensity(a.value, x.value) }
  }

  /// The regularized upper incomplete gamma function Q(a, x) = 1 − P(a, x), with this tensor as a
  /// and with broadcasting; see ``igamma(_:)``.
  public func igammac(_ x: Tensor) -> Tensor {
    elementwise(.igammac, self, x)
      .wrt(self) { _ in withoutDerivative("igammac", of: "a") }
      .wrt(x) { [a = Saved(self), x = Saved(x)] g in -g * gammaDensity(a.value, x.value) }
  }
}

/// xᵃ⁻¹·e⁻ˣ/Γ(a), in float64: the terms of the exponent are large, and nearly cancel.
private func gammaDensity(_ a: Tensor, _ x: Tensor) -> Tensor {
  let (a, x) = (a.to(.float64), x.to(.float64))
  // 0⁰ is 1.
  let base = Autograd.where((a .== 1).logicalAnd(x .== 0), 1, x)
  return ((a - 1) * base.log() - x - a.lgamma()).exp()
}

private func withoutDerivative(_ op: String, of argument: String) -> Never {
  fail(
    """
    \(op): the derivative with respect to \(argument) is not implemented; use detach() on that \
    input
    """)
}

// MARK: - The zeta function

extension Tensor {
  /// The Hurwitz zeta function ζ(x, q) = Σ 1/(q + k)ˣ over k ≥ 0, with this tensor as x.
  ///
  /// The shapes broadcast. +∞ where x is 1 or q is an integer ≤ 0; NaN where x < 1, and where q < 0
  /// and x is not an integer. As in PyTorch, there is no derivative with respect to x: a backward
  /// pass that needs it stops.
  public func zeta(_ q: Tensor) -> Tensor {
    elementwise(.zeta, self, q)
      .wrt(self) { _ in withoutDerivative("zeta", of: "x") }
      .wrt(q) { [x = Saved(self), q = Saved(q)] g in
        g * -x.value * (x.value + 1).zeta(q.value)
      }
  }

  /// The Hurwitz zeta function ζ(x, q) for the scalar `q`.
  public func zeta(_ q: some TensorScalar) -> Tensor {
    zeta(floatingScalar(q))
  }
}

/// The Hurwitz zeta function ζ(x, q) for the scalar `x`; see ``Tensor/zeta(_:)-(Tensor)``.
public func zeta(_ x: some TensorScalar, _ q: Tensor) -> Tensor {
  q.floatingScalar(x).zeta(q)
}
