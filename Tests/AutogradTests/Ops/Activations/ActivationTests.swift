import Autograd
import TestSupport
import Testing

/// Activations at points where they are not smooth, and their errors.
@Suite struct ActivationTests {
  /// The first and second derivative at each point.
  private func derivatives(
    _ points: [Double], _ call: (Tensor) -> Tensor
  ) -> (first: [Double], second: [Double]) {
    let x = Tensor(points, dtype: .float64, requiresGrad: true)
    let first = grad(of: call(x).sum(), wrt: x, createGraph: true)
    guard first.requiresGrad else { return (first.values, points.map { _ in 0 }) }
    let second = grad(of: [first.sum()], wrt: [x], allowUnused: true)[0]
    return (first.values, second?.values ?? points.map { _ in 0 })
  }

  @Test func derivativesWhereNotSmooth() {
    #expect(derivatives([-1, 0, 1]) { $0.hardtanh() }.first == [0, 1, 0])
    #expect(derivatives([0, 3, 6]) { $0.relu6() }.first == [0, 1, 0])
    #expect(derivatives([-3, 3]) { $0.hardsigmoid() }.first == [0, 0])
    #expect(derivatives([-3, 3]) { $0.hardswish() } == ([0, 1], [0, 0]))
    #expect(derivatives([-0.5, 0.5, 1]) { $0.hardshrink() }.first == [0, 0, 1])
    #expect(derivatives([-0.5, 0.5, 1]) { $0.softshrink() }.first == [0, 0, 1])
    #expect(derivatives([1, 1.5]) { $0.threshold(1, value: 9) }.first == [0, 1])
    #expect(derivatives([0]) { $0.leakyRelu(negativeSlope: 0.25) }.first == [0.25])
    #expect(derivatives([0]) { $0.prelu(Tensor([0.25], dtype: .float64)) }.first == [0.25])
    #expect(derivatives([0]) { $0.elu(alpha: 0.5) } == ([0.5], [0]))
    // Where beta·x equals the threshold: the slope of the curve, the curvature of the line.
    let soft = derivatives([0.5]) { $0.softplus(beta: 2, threshold: 1) }
    #expect(abs(soft.first[0] - 0.7310585786300049) < 1e-15 && soft.second == [0])
  }

  @Test func infinitiesDoNotAffectOtherElements() {
    let weight = Tensor([Double.infinity], dtype: .float64, requiresGrad: true)
    let x = Tensor([Double.infinity, 2], dtype: .float64, requiresGrad: true)
    let gradients = grad(of: [x.prelu(weight).sum()], wrt: [x, weight])
    #expect(gradients[0]!.values == [1, 1] && gradients[1]!.values == [0])
    #expect(derivatives([.greatestFiniteMagnitude]) { $0.silu() } == ([1], [0]))
  }

  @Test func integers() {
    #expect(Tensor([-3, 0, 9]).hardtanh(min: -2.5, max: 2.5).equal(Tensor([-2, 0, 2])))
    #expect(Tensor([-3, 1, 9]).threshold(1.5, value: 7.7).equal(Tensor([7, 7, 9])))
    #expect(Tensor([-3, 0, 9]).relu6().equal(Tensor([0, 0, 6])))
  }

  @Test func softminIsSoftmaxOfTheNegated() {
    let x = Tensor([[1.0, 2, 4]], dtype: .float64)
    #expect(x.softmin(dim: 1).equal((-x).softmax(dim: 1)))
    #expect(Tensor([1, 2]).softmin(dim: 0, dtype: .float32).dtype == .float32)
  }

  // MARK: - Errors

  @Test func invalidArgumentsStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).hardtanh(min: 1, max: -1)
      }, "hardtanh: expected min of at most max, got min 1.0 and max -1.0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).softshrink(lambda: -0.5)
      }, "softshrink: expected a finite lambda of at least 0, got -0.5")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 3]).glu()
      }, "glu: expected an even size in dimension 1, got shape [2, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 3]).prelu(Tensor.zeros([2]))
      }, "prelu: expected a weight of 3 elements for an input of shape [2, 3], got 2")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 3]).prelu(Tensor.zeros([1, 3]))
      }, "prelu: expected a weight of one element or of shape [channels], got shape [1, 3]")
  }
}
