import Autograd
import NN
import TestSupport
import Testing

/// Layers that have no folder of their own.
@Suite(.ownGenerator) struct LayerTests {
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
      (ReLU6(), x.relu6()), (Hardtanh(minVal: -1, maxVal: 0.5), x.hardtanh(min: -1, max: 0.5)),
      (Hardsigmoid(), x.hardsigmoid()), (Hardswish(), x.hardswish()),
      (Hardshrink(lambd: 1), x.hardshrink(lambda: 1)),
      (Softshrink(lambd: 1), x.softshrink(lambda: 1)),
      (Threshold(0.1, value: 20), x.threshold(0.1, value: 20)), (SELU(), x.selu()),
      (CELU(alpha: 2), x.celu(alpha: 2)), (Mish(), x.mish()), (GLU(), x.glu()),
      (LogSigmoid(), x.logSigmoid()), (Softsign(), x.softsign()), (Tanhshrink(), x.tanhshrink()),
      (Softmin(dim: 1), x.softmin(dim: 1)),
      (PReLU(init: 0.1, dtype: .float64), x.leakyRelu(negativeSlope: 0.1)),
    ]
    for (module, expected) in pairs { #expect(module(x).values == expected.values) }
  }

  @Test func layersOfTwoInputsAreTheirFunctions() {
    let (x, y) = (seq([3, 4]), seq([3, 4], k: 3))
    #expect(CosineSimilarity()(x, y).equal(cosineSimilarity(x, y)))
    #expect(PairwiseDistance(p: 1, keepdim: true)(x, y).shape == [3, 1])
    #expect(pdist(x).shape == [3] && pdist(x)[1].allclose((x[0] - x[2]).norm()))
    #expect(Softmax2d()(seq([3, 2, 2])).equal(seq([3, 2, 2]).softmax(dim: 0)))
  }

  /// torch.manual_seed(0); nn.Bilinear(2, 3, 2)
  @Test func bilinearStartsWherePyTorchDoes() {
    manualSeed(0)
    let layer = Bilinear(2, 3, 2)
    expectClose(
      layer.weight.detach()[0],
      [
        -0.00529398117214, 0.379322886467, -0.581980764866, -0.520387470722, -0.272345244884,
        0.189615890384,
      ], tolerance: 1e-6)
    expectClose(layer.bias!.detach(), [-0.675533413887, -0.468304157257], tolerance: 1e-6)
    #expect(layer(.ones(4, 2), .ones(4, 3)).shape == [4, 2])
    #expect(PReLU(numParameters: 2).weight.values == [0.25, 0.25])
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
