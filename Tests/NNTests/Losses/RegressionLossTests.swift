import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, to 15 digits.

@Suite struct RegressionLossTests {
  private let weight = Tensor([1, 0.5, 2, 4], dtype: .float64)

  private func check(
    _ loss: (Tensor, Tensor, Reduction) -> Tensor, none: [Double], mean: Double,
    gradient: [Double], at location: SourceLocation = #_sourceLocation
  ) {
    let (x, y) = (leaf([0.5, -1, 2, 0]), leaf([0, 1, 2, -0.25]))
    expectClose(loss(x, y, .none), none, at: location)
    expectClose(loss(x, y, .sum), [none.reduce(0, +)], at: location)
    let total = loss(x, y, .mean)
    expectClose(total, [mean], at: location)
    total.backward()
    expectClose(x.grad, gradient, "gradient of the input", at: location)
    expectClose(y.grad, gradient.map { -$0 }, "gradient of the target", at: location)
  }

  @Test func squaredError() {
    check(
      { mseLoss($0, $1, reduction: $2) }, none: [0.25, 4, 0, 0.0625], mean: 1.078125,
      gradient: [0.25, -1, 0, 0.125])
    check(
      { mseLoss($0, $1, weight: weight, reduction: $2) }, none: [0.25, 2, 0, 0.25], mean: 1 / 3,
      gradient: [2 / 15, -4 / 15, 0, 4 / 15])
    check(
      { MSELoss(reduction: $2)($0, $1) }, none: [0.25, 4, 0, 0.0625], mean: 1.078125,
      gradient: [0.25, -1, 0, 0.125])
  }

  @Test func absoluteError() {
    check(
      { l1Loss($0, $1, reduction: $2) }, none: [0.5, 2, 0, 0.25], mean: 0.6875,
      gradient: [0.25, -0.25, 0, 0.25])
    check(
      { l1Loss($0, $1, weight: weight, reduction: $2) }, none: [0.5, 1, 0, 1], mean: 1 / 3,
      gradient: [2 / 15, -1 / 15, 0, 8 / 15])
    check(
      { L1Loss(reduction: $2)($0, $1) }, none: [0.5, 2, 0, 0.25], mean: 0.6875,
      gradient: [0.25, -0.25, 0, 0.25])
  }

  /// The weighted mean divides by the number of elements, as only this loss of PyTorch does.
  @Test func huberError() {
    check(
      { huberLoss($0, $1, delta: 0.5, reduction: $2) }, none: [0.125, 0.875, 0, 0.03125],
      mean: 0.2578125, gradient: [0.125, -0.125, 0, 0.0625])
    check(
      { huberLoss($0, $1, delta: 0.5, weight: weight, reduction: $2) },
      none: [0.125, 0.4375, 0, 0.125], mean: 0.171875, gradient: [0.125, -0.0625, 0, 0.25])
    check(
      { HuberLoss(delta: 0.5, reduction: $2)($0, $1) }, none: [0.125, 0.875, 0, 0.03125],
      mean: 0.2578125, gradient: [0.125, -0.125, 0, 0.0625])
  }

  @Test func smoothedAbsoluteError() {
    check(
      { smoothL1Loss($0, $1, beta: 0.5, reduction: $2) }, none: [0.25, 1.75, 0, 0.0625],
      mean: 0.515625, gradient: [0.25, -0.25, 0, 0.125])
    check(
      { SmoothL1Loss(beta: 0, reduction: $2)($0, $1) }, none: [0.5, 2, 0, 0.25], mean: 0.6875,
      gradient: [0.25, -0.25, 0, 0.25])
  }

  @Test func infiniteErrorsHaveFiniteSlopes() {
    let x = leaf([Double.infinity, -.infinity])
    huberLoss(x, Tensor.zeros([2], dtype: .float64), delta: 2, reduction: .sum).backward()
    expectClose(x.grad, [2, -2])
  }

  @Test func theMeanOfAnEmptyTensorIsNaN() {
    let nothing = Tensor.zeros([0])
    for loss in [mseLoss(nothing, nothing), l1Loss(nothing, nothing), huberLoss(nothing, nothing)] {
      #expect(loss.item().isNaN)
    }
    #expect(mseLoss(nothing, nothing, reduction: .sum).item() == 0)
  }

  @Test func shapesThatDifferStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = mseLoss(Tensor.zeros([3, 1]), Tensor.zeros([3])) }
    expectMessage(
      result,
      """
      mseLoss: the input has shape [3, 1], but the target [3]; a loss does not broadcast; squeeze \
      the input's last dimension, squeeze(-1), or unsqueeze the target's, unsqueeze(-1)
      """)
    let other = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = binaryCrossEntropyWithLogits(Tensor.zeros([3]), Tensor.zeros([1])) }
    expectMessage(
      other, "binaryCrossEntropyWithLogits: the input has shape [3], but the target [1]")
    let weight = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = l1Loss(Tensor.zeros([3]), Tensor.zeros([3]), weight: Tensor.ones([1])) }
    expectMessage(weight, "l1Loss: the weight has shape [1], but the input [3]")
  }

  @Test func settingsOutOfRangeStop() async {
    let delta = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = huberLoss(Tensor.zeros([3]), Tensor.zeros([3]), delta: 0) }
    expectMessage(delta, "huberLoss: delta must be positive, but it is 0.0")
    let beta = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = smoothL1Loss(Tensor.zeros([3]), Tensor.zeros([3]), beta: .nan) }
    expectMessage(beta, "smoothL1Loss: beta must not be negative, but it is nan")
  }
}
