// The gamma function and its kin. Integers and truth values are taken as real numbers.

// MARK: - ln Γ and its derivatives

extension Tensor {
  /// ln |Γ(x)|: infinite at 0 and at the negative integers.
  public func lgamma() -> Tensor {
    elementwise(.lgamma, self).wrt(self) { [x = Saved(self)] g in g * x.value.digamma() }
  }

  /// ψ(x), the derivative of ln Γ(x): ∓∞ at ±0, and NaN at the negative integers.
  public func digamma() -> Tensor {
    elementwise(.digamma, self).wrt(self) { [x = Saved(self)] g in g * x.value.polygamma(1) }
  }

  /// ψ⁽ⁿ⁾(x), the derivative of order `n` of ``digamma()``.
  ///
  /// At 0 and the negative integers it is ±∞, but of order 1 a large number, as π there is not
  /// exact, and of order 0 what ``digamma()`` says; all as in PyTorch.
  /// - Parameter n: the order, 0 or more.
  public func polygamma(_ n: Int) -> Tensor {
    require(n >= 0, "polygamma: the order is \(n), but a derivative has order 0 or more")
    return derivativeOfDigamma(n).wrt(self) { [x = Saved(self)] g in g * x.value.polygamma(n + 1) }
  }

  /// Off the tape; from order 2 on, (-1)ⁿ⁺¹·n!·ζ(n + 1, x).
  private func derivativeOfDigamma(_ n: Int) -> Tensor {
    switch n {
    case 0: return elementwise(.digamma, self)
    case 1: return elementwise(.trigamma, self)
    default:
      // Infinite from 171 on.
      let factorial = (1...Swift.min(n, 171)).reduce(1.0) { $0 * Double($1) }
      let zeta = elementwise(.zeta, self, .float(Double(n) + 1), isReversed: true)
      return elementwise(.mul, zeta, .float(n % 2 == 0 ? -factorial : factorial))
    }
  }

  /// The logarithm of the multivariate gamma function,
  /// ¼·p·(p − 1)·ln π + Σ ln |Γ(x − j/2)| over j from 0 to p − 1.
  ///
  /// - Parameter p: how many variables, 1 or more.
  public func mvlgamma(_ p: Int) -> Tensor {
    require(p >= 1, "mvlgamma: p is \(p), but there is at least 1 variable")
    let real = dtype.computeType
    let offsets = Tensor((0..<p).map { 0 - Double($0) / 2 }, dtype: real)
    let sum = (unsqueeze(-1) + offsets).lgamma().sum(dim: -1)
    return sum + Double(p * (p - 1)) / 4 * 1.144_729_885_849_400_174_1  // ln π
  }
}

// MARK: - Incomplete gamma functions

extension Tensor {
  /// The regularized lower incomplete gamma function P(a, x) = 1/Γ(a) · ∫₀ˣ tᵃ⁻¹·e⁻ᵗ dt, with this
  /// tensor as a, and with broadcasting.
  ///
  /// NaN where a or x is negative, or both are 0 or both infinite. There is no derivative with
  /// respect to a, nor has PyTorch one: a backward pass that comes by it stops.
  public func igamma(_ x: Tensor) -> Tensor {
    elementwise(.igamma, self, x)
      .wrt(self) { _ in withoutDerivative("igamma", of: "a") }
      .wrt(x) { [a = Saved(self), x = Saved(x)] g in g * gammaDensity(a.value, x.value) }
  }

  /// The regularized upper incomplete gamma function Q(a, x) = 1 − P(a, x), with this tensor as a, and
  /// with broadcasting; see ``igamma(_:)``.
  public func igammac(_ x: Tensor) -> Tensor {
    elementwise(.igammac, self, x)
      .wrt(self) { _ in withoutDerivative("igammac", of: "a") }
      .wrt(x) { [a = Saved(self), x = Saved(x)] g in -g * gammaDensity(a.value, x.value) }
  }
}

/// xᵃ⁻¹·e⁻ˣ/Γ(a).
private func gammaDensity(_ a: Tensor, _ x: Tensor) -> Tensor {
  ((a - 1) * x.log() - x - a.lgamma()).exp()
}

private func withoutDerivative(_ op: String, of argument: String) -> Never {
  fail(
    """
    \(op): the derivative with respect to \(argument) is not implemented; detach() what goes in \
    there
    """)
}

// MARK: - The zeta function

extension Tensor {
  /// The zeta function of Hurwitz, ζ(x, q) = Σ 1/(q + k)ˣ over k from 0 on, with this tensor as x, and
  /// with broadcasting.
  ///
  /// Infinite where x is 1 or q is an integer that is not positive; NaN where x is less than 1, or q
  /// is negative and x no integer. There is no derivative with respect to x, nor has PyTorch one: a
  /// backward pass that comes by it stops.
  public func zeta(_ q: Tensor) -> Tensor {
    elementwise(.zeta, self, q)
      .wrt(self) { _ in withoutDerivative("zeta", of: "x") }
      .wrt(q) { [x = Saved(self), q = Saved(q)] g in
        g * -x.value * (x.value + 1).zeta(q.value)
      }
  }

  /// The zeta function of Hurwitz, ζ(x, q), for the number `q`.
  public func zeta(_ q: some TensorScalar) -> Tensor {
    zeta(Tensor.full([], q, dtype: q.scalar.promoted(with: dtype)))
  }
}

/// ζ(x, q) for the number `x`: Σ 1/(q + k)ˣ over k from 0 on.
public func zeta(_ x: some TensorScalar, _ q: Tensor) -> Tensor {
  Tensor.full([], x, dtype: x.scalar.promoted(with: q.dtype)).zeta(q)
}
