import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct PerceptronTests {
  @Test(arguments: [DType.float32, .float64]) func trainsLikePyTorch(_ dtype: DType) throws {
    try NetworkFixture("mlp", dtype).check {
      Sequential(Linear(7, 16), Tanh(), Linear(16, 12), GELU(), Linear(12, 3))
    } loss: {
      crossEntropy($0, $1)
    }
  }
}
