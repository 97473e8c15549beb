import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct ConvolutionNetworkTests {
  @Test(arguments: [DType.float32, .float64]) func trainsLikePyTorch(_ dtype: DType) throws {
    try NetworkFixture("cnn", dtype).check {
      Sequential(
        Conv2d(1, 6, 3, padding: 1, bias: false), BatchNorm2d(6), ReLU(), MaxPool2d(2),
        Conv2d(6, 8, 5, padding: 1, bias: false), BatchNorm2d(8), ReLU(), AdaptiveAvgPool2d(2),
        Dropout(0), Flatten(), Linear(32, 5), LogSoftmax(dim: 1))
    } loss: {
      nllLoss($0, $1)
    }
  }
}
