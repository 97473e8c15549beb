import TestSupport
import Testing

@testable import Autograd

/// Variances, standard deviations and norms, also at points where they are not smooth. The numbers
/// are PyTorch's.
@Suite struct MomentTests {
  private func gradient(_ values: [Double], _ f: (Tensor) -> Tensor) -> [Double] {
    let x = Tensor(values, dtype: .float64, requiresGrad: true)
    return grad(of: f(x).sum(), wrt: x).values
  }

  /// Whether the numbers agree to 1e-12, a few thousand roundings of float64.
  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-12 }
  }

  // MARK: - Variance

  @Test func variances() {
    let x = Tensor([[1.0, 2], [4, 8]], dtype: .float64)
    #expect(x.var(dim: 0).values == [4.5, 18])
    #expect(x.var(dim: 0, correction: 0).values == [2.25, 9])
    #expect(x.var(dim: [0, 1], keepdim: true).shape == [1, 1])
    #expect(agree([Tensor([1.0, 2, 4], dtype: .float64).std().item()], [1.5275252316519465]))
    let (deviation, mean) = x.stdMean(dim: 1, correction: 0)
    #expect(deviation.values == [0.5, 2] && mean.values == [1.5, 6])
  }

  @Test func derivatives() {
    #expect(gradient([1, 2, 4, 8]) { $0.reshape([2, 2]).var(dim: 0) } == [-3, -6, 3, 6])
    #expect(
      agree(
        gradient([1, 2, 4]) { $0.std() },
        [-0.43643578047198484, -0.10910894511799625, 0.5455447255899809]))
  }

  @Test func tooFewElements() {
    #expect(Tensor.ones([1]).var().item().isNaN)
    #expect(Tensor.zeros([0]).var().item().isNaN)
    #expect(Tensor.ones([2]).var(correction: 3).item().isNaN)
    #expect(Tensor([1.0, 2]).var(correction: 3).item() == .infinity)
    #expect(Tensor.zeros([2, 0]).var(dim: 1).values.allSatisfy { $0.isNaN })
    #expect(gradient([2]) { $0.var() }[0].isNaN && gradient([2]) { $0.std() }[0].isNaN)
  }

  /// Without degrees of freedom derivatives are infinite like the values; over all elements without
  /// a sign.
  @Test(arguments: [3, 5]) func moreCorrectionThanElements(_ correction: Double) {
    let inf = Double.infinity
    #expect(gradient([1, 2, 4]) { $0.var(correction: correction) } == [inf, inf, inf])
    #expect(gradient([1, 2, 4]) { $0.var(dim: 0, correction: correction) } == [-inf, -inf, inf])
    #expect(
      gradient([1, 2, 4]) { $0.varMean(dim: 0, correction: correction).var } == [-inf, -inf, inf])
    #expect(gradient([1, 2, 3]) { $0.var(correction: correction) }[1].isNaN)
    let undefined: [(Tensor) -> Tensor] = [
      { $0.std(correction: correction) }, { $0.std(dim: 0, correction: correction) },
      { $0.stdMean(dim: 0, correction: correction).std },
      { $0.reshape([1, 3]).cov(correction: Int(correction)) },
    ]
    for f in undefined {
      #expect(f(Tensor([1.0, 2, 4])).item() == inf)
      #expect(gradient([1, 2, 4], f).allSatisfy { $0.isNaN })
      #expect(gradient([2, 2, 2], f).allSatisfy { $0.isNaN })
    }
  }

  /// The factor that is infinite comes after the sum over the elements, as in PyTorch.
  @Test func secondDerivativesWithoutFreedom() {
    let x = Tensor([1.0, 4], dtype: .float64, requiresGrad: true)
    let g = Tensor(1.0, dtype: .float64)
    g.requiresGrad = true
    let y = x.var(dim: 0, correction: 2)
    let slope = grad(of: [y], wrt: [x], gradients: [g], createGraph: true)
    let v = Tensor([1.0, 3], dtype: .float64)
    #expect(grad(of: [slope[0]!], wrt: [g], gradients: [v])[0]!.item() == .infinity)
  }

  /// The mean of 0.1, 0.1 and 0.1 is not 0.1 in floating point, but the variance is 0.
  @Test func theVarianceOfEqualNumbersIsZero() {
    #expect(Tensor([0.1, 0.1, 0.1]).var().item() == 0)
    #expect(gradient([0.1, 0.1, 0.1]) { $0.std() } == [0, 0, 0])
    let x = Tensor([2.0, 2], dtype: .float64, requiresGrad: true)
    let g = grad(of: x.std(), wrt: x, createGraph: true)
    #expect(grad(of: g.sum(), wrt: x).values == [0, 0])
  }

  /// These numbers are exact in float32, with a spacing of 0.0625: the variance of their last
  /// digits is kept.
  @Test func smallVariationsOfLargeNumbers() {
    let x = Tensor([1e6, 1e6 + 0.25, 1e6 + 0.5] as [Float])
    #expect(x.var().item() == 0.0625)
  }

  // MARK: - Norms

  @Test func normsAndTheirDerivatives() {
    let x = Tensor([3.0, -4, 0], dtype: .float64)
    let expected: [(p: Double, norm: Double, slope: [Double])] = [
      (0.5, 13.928203230275509, [2.154700538379252, -1.8660254037844386, 0]),
      (1, 7, [1, -1, 0]),
      (1.5, 5.584250376480029, [0.7329564758289748, -0.8463452372482761, 0]),
      (2, 5, [0.6, -0.8, 0]),
      (3, 4.497941445275415, [0.4448513517305356, -0.7908468475209521, 0]),
      (.infinity, 4, [0, -1, 0]),
      (-.infinity, 0, [0, 0, 0]),
      (-1, 0, [0, 0, 0]),
    ]
    for (p, norm, slope) in expected {
      #expect(agree([x.norm(p).item()], [norm]), "p = \(p)")
      #expect(agree(gradient([3, -4, 0]) { $0.norm(p) }, slope), "p = \(p)")
      #expect(gradient([0, 0]) { $0.norm(p) } == [0, 0], "p = \(p) at 0")
    }
    #expect(x.norm(0).item() == 2 && x.norm(0).dtype == .float64)
    #expect(x.reshape([3, 1]).norm(dim: 1).values == [3, 4, 0])
  }

  /// As in PyTorch. The first derivative at zero is a subgradient, so there is no second one.
  @Test func theSecondDerivativeOfANormOfZeroIsNaN() {
    let x = Tensor([0.0, 0], dtype: .float64, requiresGrad: true)
    for p in [2, 3, 1.5, 0.5] {
      let g = grad(of: x.norm(p), wrt: x, createGraph: true)
      #expect(g.values == [0, 0], "p = \(p)")
      #expect(grad(of: g.sum(), wrt: x).values.allSatisfy { $0.isNaN }, "p = \(p)")
    }
  }

  @Test func tiesShareTheGradientOfTheLargestMagnitude() {
    #expect(gradient([3, -3]) { $0.norm(.infinity) } == [0.5, -0.5])
    #expect(gradient([3, -3]) { $0.norm(-.infinity) } == [0.5, -0.5])
  }

  @Test func normsOfEmptyTensors() async {
    let nothing = Tensor.zeros([0])
    for p in [0, 0.5, 1, 2, 3] { #expect(nothing.norm(p).item() == 0) }
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([0]).norm(.infinity) }
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([0]).norm(-1) }
    expectMessage(result, "norm: the shape [0] has no elements over the dimensions [0]")
  }
}
