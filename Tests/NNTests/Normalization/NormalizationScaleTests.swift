import Autograd
import TestSupport
import Testing

@testable import NN

/// Normalisation does not depend on the scale of its input, nor on a number added to it.
@Suite struct NormalizationScaleTests {
  private static let numbers: [Double] = [1, 2, 4, 8, 3, -5]
  private static let factors: [(DType, Double)] = [
    (.float32, 1e20), (.float32, 1e-30), (.float32, 3e37), (.float32, 1e-15), (.float64, 1e200),
    (.float64, 1e-200),
  ]

  /// The two normalisations of one row, or of one channel.
  private static let normalizations: [String: @Sendable (Tensor, Double) -> Tensor] = [
    "layerNorm": { layerNorm($0, [6], weight: Tensor.arange(1, 7, dtype: $0.dtype), eps: $1) },
    "batchNorm": { batchNorm($0.reshape([6, 1]), training: true, eps: $1).reshape([6]) },
  ]

  /// The value, and the first and second derivatives along a direction.
  private func results(_ name: String, _ numbers: [Double], _ dtype: DType, eps: Double)
    -> [Tensor]
  {
    let x = Tensor(numbers, dtype: dtype, requiresGrad: true)
    let y = Self.normalizations[name]!(x, eps)
    let direction = Tensor([1, -1, 2, 0.5, 3, 1], dtype: dtype)
    let fused = grad(of: y, wrt: x, gradient: direction, retainGraph: true)
    let g = grad(of: y, wrt: x, gradient: direction, createGraph: true)
    return [y, fused, g, grad(of: (g * direction).sum(), wrt: x)].map { $0.detach() }
  }

  @Test(arguments: normalizations.keys.sorted()) func theScaleCancelsOut(_ name: String) {
    let expected = results(name, Self.numbers, .float64, eps: 0)
    for (dtype, factor) in Self.factors {
      let found = results(name, Self.numbers.map { $0 * factor }, dtype, eps: 0)
      for (i, order) in [0, 1, 1, 2].enumerated() {
        var right = expected[i]
        for _ in 0..<order { right = right / factor }
        right = right.to(dtype)
        let size = right.abs().amax().item()
        if !size.isFinite || size < (dtype == .float32 ? 1e-36 : 1e-300) { continue }
        #expect(
          found[i].allclose(right, rtol: 0, atol: size * 64 * dtype.epsilon),
          "factor \(factor), order \(order): \(found[i]), expected \(right)")
      }
    }
  }

  /// eps decides where the variance is much smaller.
  @Test(arguments: normalizations.keys.sorted()) func smallNumbersBesideEps(_ name: String) {
    let small = results(name, Self.numbers.map { $0 * 1e-30 }, .float32, eps: 1e-5)
    let large = results(name, Self.numbers.map { $0 * 1e-30 }, .float64, eps: 1e-5)
    for i in 0..<3 { expectClose(small[i] / 1e-20, (large[i] / 1e-20).values, tolerance: 1e-5) }
  }

  /// These numbers are exact in float32.
  @Test(arguments: normalizations.keys.sorted()) func smallDeviations(_ name: String) {
    let spread = Self.numbers.map { $0 / 1024 }
    let expected = results(name, spread, .float64, eps: 0)
    let found = results(name, spread.map { $0 + 10000 }, .float32, eps: 0)
    for i in 0..<4 {
      let size = expected[i].abs().amax().item()
      expectClose(found[i] / size, (expected[i] / size).values, tolerance: 1e-5)
    }
  }

  /// As in PyTorch: 0 / 0.
  @Test(arguments: normalizations.keys.sorted()) func equalNumbersWithoutEps(_ name: String) {
    for factor in [0, 0.1, 1e20, 1e-30] {
      let x = Tensor(Array(repeating: factor, count: 6))
      #expect(Self.normalizations[name]!(x, 0).values.allSatisfy { $0.isNaN })
      #expect(Self.normalizations[name]!(x, 1e-5).values == [0, 0, 0, 0, 0, 0])
    }
  }

  @Test func theRunningVarianceOfLargeNumbers() {
    let mean = Tensor.zeros([1]), variance = Tensor.ones([1])
    let x = Tensor([1e15, 3e15]).reshape([2, 1])
    let y = batchNorm(x, runningMean: mean, runningVar: variance, training: true, momentum: 1)
    expectClose(y, [-1, 1], tolerance: 1e-6)
    expectClose(variance / 1e30, [2], tolerance: 1e-6)
    expectClose(mean / 1e15, [2], tolerance: 1e-6)
  }
}
