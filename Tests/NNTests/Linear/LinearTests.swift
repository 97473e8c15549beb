import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct LinearTests {
  @Test func linearComputesXWT() {
    let layer = Linear(3, 2, dtype: .float64)
    layer.weight = Tensor([[1, 2, 3], [4, 5, 6]], dtype: .float64)
    layer.bias = Tensor([0.5, -0.5], dtype: .float64)
    let x = leaf([[1, 0, -1], [2, 2, 2]])
    let y = layer(x)
    expectClose(y, [-1.5, -2.5, 12.5, 29.5])
    y.sum().backward()
    expectClose(x.grad, [5, 7, 9, 5, 7, 9])
    expectClose(layer.weight.grad, [3, 2, 1, 3, 2, 1])
    expectClose(layer.bias!.grad, [2, 2])
    #expect(Linear(3, 2, bias: false).namedParameters.map(\.name) == ["weight"])
    #expect(Linear(0, 2).weight.shape == [2, 0])
  }

  /// torch.manual_seed(0); torch.nn.Linear(3, 2)
  @Test func linearIsInitializedAsInPyTorch() {
    manualSeed(0)
    let layer = Linear(3, 2)
    expectClose(
      layer.weight.detach(),
      [
        -0.00432251766324043, 0.309715837240219, -0.475185334682465, -0.424894601106644,
        -0.222368970513344, 0.15482072532177,
      ], tolerance: 1e-6)
    expectClose(
      layer.bias!.detach(), [-0.0114391446113586, 0.457774937152863], tolerance: 1e-6)
  }

  @Test func linearOfTheWrongWidthStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Linear(3, 2)(Tensor.zeros([2, 4])) }
    expectMessage(result, "linear: expected an input of shape [..., in]")
  }
}
