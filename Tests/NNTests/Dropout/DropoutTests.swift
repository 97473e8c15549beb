import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct DropoutTests {
  /// torch.manual_seed(0); torch.nn.functional.dropout(torch.ones(12), 0.25)
  @Test func dropoutDropsWhatPyTorchDrops() {
    let dropout = Dropout(0.25)
    let x = Tensor.ones([12], requiresGrad: true)
    manualSeed(0)
    let y = dropout(x)
    expectClose(
      y, [0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map { $0 * 4 / 3 }, tolerance: 1e-7)
    y.sum().backward()
    #expect(x.grad!.values == y.values)
    dropout.eval()
    #expect(dropout(x) === x)
    #expect(Dropout(1)(x).values.allSatisfy { $0 == 0 })
    #expect(Dropout(0)(x) === x)
  }

  // As text, since NaN cannot be passed to the process of an exit test.
  @Test(arguments: ["-0.1", "1.1", "nan"])
  func probabilitiesOutOfRangeStop(p: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [p = p as String] in _ = Dropout(Double(p)!) }
    expectMessage(result, "Dropout: p must be a probability in [0, 1], but it is \(p)")
  }
}
