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
