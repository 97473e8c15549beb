import Autograd
import TestSupport
import Testing

/// Values and derivatives where a careless formula cancels, or overflows on the way.
@Suite struct ExtremeTests {
  @Test(arguments: Extreme.tails + Extreme.magnitudes, [DType.float32, .float64])
  func matchesExactValue(_ row: Extreme, _ dtype: DType) {
    let x = Tensor(row.points, dtype: dtype, requiresGrad: true)
    var y = row.call(x)
    let first = grad(of: row.call(x).sum(), wrt: x)
    for (order, exact) in row.derivatives.enumerated() {
      expectNear(y, exact, "\(row.points), derivative \(order)")
      if order == 1 { expectNear(first, exact, "\(row.points), derivative 1, fused") }
      if order + 1 < row.derivatives.count { y = grad(of: y.sum(), wrt: x, createGraph: true) }
    }
  }

  /// Expects 4 digits of float32 and 9 of float64; where the dtype has no normal number of that
  /// size, infinity or next to nothing.
  private func expectNear(_ y: Tensor, _ exact: [Double], _ note: Comment) {
    let isSingle = y.dtype == .float32
    let (least, greatest) =
      isSingle
      ? (Double(Float.leastNormalMagnitude), Double(Float.greatestFiniteMagnitude))
      : (Double.leastNormalMagnitude, Double.greatestFiniteMagnitude)
    for (y, exact) in zip(y.values, exact) {
      let isNear =
        if exact.magnitude > greatest {
          y == (exact > 0 ? .infinity : -.infinity)
        } else if exact.magnitude < least {
          y.magnitude <= least
        } else {
          abs(y - exact) <= (isSingle ? 1e-4 : 1e-9) * exact.magnitude
        }
      #expect(isNear, "\(note): \(y), exact \(exact)")
    }
  }

  /// The slopes of sigmoid and tanh are then computed from the output alone.
  @Test func inputMayChangeAfterwards() {
    let leaf = Tensor([0.5, 2], dtype: .float64, requiresGrad: true)
    for call: (Tensor) -> Tensor in [{ $0.sigmoid() }, { $0.tanh() }, { $0.expm1() }] {
      let x = leaf * 1
      let y = call(x)
      let expected = grad(of: y.sum(), wrt: x, retainGraph: true)
      noGrad { x.zero_() }
      expectClose(grad(of: y.sum(), wrt: x, retainGraph: true), expected.values)
      expectClose(grad(of: y.sum(), wrt: x, createGraph: true), expected.values)
    }
  }

  @Test func gradientsFromASumAndOfManyElements() {
    // The gradient of a sum is one element that is expanded; the kernels have a loop for it.
    let x = Tensor.linspace(-30, 30, 4001, dtype: .float64)
    for call: (Tensor) -> Tensor in [{ $0.sigmoid() }, { $0.tanh() }] {
      let leaf = x.detach()
      leaf.requiresGrad = true
      let ofSum = grad(of: call(leaf).sum(), wrt: leaf)
      let dense = grad(of: call(leaf), wrt: leaf, gradient: .onesLike(x))
      #expect(ofSum.equal(dense))
    }
  }
}
