import TestSupport
import Testing

@testable import Autograd

/// Covariance, correlation and renormalisation of slices. The numbers are PyTorch's.
@Suite struct CovarianceTests {
  private let x = Tensor([[1, 2, 3], [3, 5, 1]])

  @Test func covariances() {
    #expect(x.cov().values == [1, -1, -1, 4] && x.cov().dtype == .float32)
    #expect(x[0].cov().shape == [] && x[0].cov().item() == 1)
    #expect(x.corrcoef().values == [1, -0.5, -0.5, 1])
    let weights = Tensor([0.5, 1, 0.5], dtype: .float64)
    let y = x.to(.float64).cov(correction: 0, fweights: Tensor([1, 2, 1]), aweights: weights)
    let expected: [Double] = [1, -1, -1, 7].map { $0 / 3 }
    #expect(zip(y.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// Too few observations: a division by 0.
  @Test func tooFewObservations() {
    #expect(Tensor(3.0).cov().item().isNaN && Tensor.zeros([0]).cov().item().isNaN)
    #expect(Tensor([1.0, 2, 3]).cov(correction: 5).item() == .infinity)
    #expect(Tensor.zeros([0, 3]).cov().shape == [0, 0])
    #expect(Tensor.zeros([3, 0]).cov().values.allSatisfy { $0.isNaN })
  }

  @Test func weightsAreChecked() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).cov(aweights: Tensor([1.0, 2])) }
    expectMessage(result, "cov: aweights has 2 elements, but there are 3 observations")
    let negative = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 2]).cov(fweights: Tensor([1, -1])) }
    expectMessage(negative, "cov: fweights must not be negative, but one weight is -1")
  }

  @Test(arguments: [Double.infinity, 1e300]) func renormalisingToAnyNorm(_ maxnorm: Double) {
    let x = Tensor([[3.0, 4], [0, 1e-300]], dtype: .float64, requiresGrad: true)
    let y = x.renorm(p: 2, dim: 0, maxnorm: maxnorm)
    #expect(y.values == x.values)
    #expect(grad(of: y.sum(), wrt: x).values == [1, 1, 1, 1])
  }

  @Test func renormalisedSlices() {
    let y = Tensor([[3.0, 4], [0.3, 0.4], [0, 0]], dtype: .float64).renorm(p: 2, dim: 0, maxnorm: 1)
    #expect(y[1].values == [0.3, 0.4] && y[2].values == [0, 0])
    #expect(abs(y[0].norm().item() - 1) < 1e-7)
  }

  @Test func distances() {
    let a = Tensor([1.0, 2]), b = Tensor([[1.0, 5], [5, 2]])
    #expect(a.dist(b, p: 1).item() == 7 && a.dist(b).item() == 5)
    #expect(a.dist(a.to(.float64)).dtype == .float64)
  }
}
