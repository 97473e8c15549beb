import Autograd

/// The allowed difference of a result: |got − want| ≤ atol + rtol·|want|.
struct Tolerance {
  let rtol: Double
  let atol: Double
  /// The case allows this part of the largest number of a tensor too: sums that cancel have no better
  /// bound.
  var ofLargest = 0.0

  init(rtol: Double, atol: Double) {
    self.rtol = rtol
    self.atol = atol
  }

  /// The tolerance of the case.
  init(_ one: Value) {
    self.init(rtol: one["rtol"]?.double ?? 0, atol: one["atol"]?.double ?? 0)
    ofLargest = one["of_largest"]?.double ?? 0
  }

  /// How `got` differs from `want`; nil if it does not. NaN equals NaN, and infinities of the same
  /// sign are equal.
  func difference(_ got: Tensor, _ want: Tensor) -> String? {
    guard got.shape == want.shape else { return "shape \(got.shape), want \(want.shape)" }
    guard got.dtype == want.dtype else { return "dtype \(got.dtype), want \(want.dtype)" }
    if !got.dtype.isFloatingPoint {
      let (g, w) = (got.array(of: Int.self), want.array(of: Int.self))
      guard let i = g.indices.first(where: { g[$0] != w[$0] }) else { return nil }
      return "element \(i) is \(g[i]), want \(w[i])"
    }
    // The gradient of a float32 tensor in a case in float64, such as a weight, has the accuracy of
    // float32, and cannot satisfy the tolerance of the others.
    let (g, w) = (got.array(of: Double.self), want.array(of: Double.self))
    let tolerance =
      want.dtype == .float32 && rtol < 1e-6
      ? Tolerance(rtol: 2e-4, atol: max(atol, 2e-5))
      : Tolerance(
        rtol: rtol, atol: atol + ofLargest * (w.filter(\.isFinite).map(abs).max() ?? 0))
    guard let i = g.indices.first(where: { !tolerance.accepts(g[$0], w[$0]) }) else { return nil }
    return "element \(i) is \(g[i]), want \(w[i])"
  }

  /// As `difference`, but a missing gradient equals zeros.
  func difference(gradient got: Tensor?, _ want: Tensor?) -> String? {
    switch (got, want) {
    case (nil, nil): return nil
    case (let got?, let want?): return difference(got, want)
    case (let got?, nil):
      return difference(got, Tensor.zerosLike(got)).map { "\($0) (expected no gradient)" }
    case (nil, let want?):
      return difference(Tensor.zerosLike(want), want).map { "\($0) (there is no gradient)" }
    }
  }

  func accepts(_ got: Double, _ want: Double) -> Bool {
    if got == want || got.isNaN && want.isNaN { return true }
    return got.isFinite && want.isFinite && abs(got - want) <= atol + rtol * abs(want)
  }
}
