import Autograd
import NN
import TestSupport
import Testing

@Suite struct LayerTests {
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
  @Test func linearStartsWherePyTorchDoes() {
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
    expectMessage(result, "linear: an input of shape [2, 4]")
  }

  /// torch.manual_seed(0); torch.nn.functional.dropout(torch.ones(12), 0.25)
  @Test func dropoutDropsWhatPyTorchDrops() {
    manualSeed(0)
    let dropout = Dropout(0.25)
    let x = Tensor.ones([12], requiresGrad: true)
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

  // As text: a NaN does not find its way into the process of an exit test.
  @Test(arguments: ["-0.1", "1.1", "nan"])
  func probabilitiesOutOfRangeStop(p: String) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [p = p as String] in _ = Dropout(Double(p)!) }
    expectMessage(result, "Dropout: p must be a probability in [0, 1], but it is \(p)")
  }

  @Test func shapesChange() {
    let x = Tensor.zeros([2, 3, 4])
    #expect(Identity()(x) === x)
    #expect(Flatten()(x).shape == [2, 12])
    #expect(Flatten(startDim: 0, endDim: 1)(x).shape == [6, 4])
    #expect(Unflatten(dim: 1, sizes: [3, -1])(Tensor.zeros([2, 6])).shape == [2, 3, 2])
  }

  @Test func activationsAreTheirMethods() {
    let x = Tensor([[-2, -0.5, 0, 1.5]], dtype: .float64)
    let pairs: [(Module, Tensor)] = [
      (ReLU(), x.relu()), (LeakyReLU(negativeSlope: 0.2), x.leakyRelu(negativeSlope: 0.2)),
      (ELU(alpha: 2), x.elu(alpha: 2)), (GELU(), x.gelu()),
      (GELU(approximate: .tanh), x.gelu(approximate: .tanh)), (SiLU(), x.silu()),
      (Tanh(), x.tanh()), (Sigmoid(), x.sigmoid()), (Softplus(beta: 2), x.softplus(beta: 2)),
      (Softmax(dim: 1), x.softmax(dim: 1)), (LogSoftmax(dim: -1), x.logSoftmax(dim: -1)),
    ]
    for (module, expected) in pairs { #expect(module(x).values == expected.values) }
  }

  @Test func layersPrintTheirSettings() {
    let net = Sequential(
      Linear(2, 3), GELU(approximate: .tanh), Dropout(0.1), Linear(3, 1, bias: false), Flatten())
    #expect(
      net.description == """
        Sequential(
          (0): Linear(inFeatures: 2, outFeatures: 3, bias: true)
          (1): GELU(approximate: tanh)
          (2): Dropout(0.1)
          (3): Linear(inFeatures: 3, outFeatures: 1, bias: false)
          (4): Flatten(startDim: 1, endDim: -1)
        )
        """)
  }
}
