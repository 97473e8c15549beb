import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct ResNetTests {
  @Test(arguments: [DType.float32, .float64]) func trainsLikePyTorch(_ dtype: DType) throws {
    try NetworkFixture("resnet", dtype).check {
      ResNet()
    } loss: {
      crossEntropy($0, $1)
    }
  }
}

private final class ResNet: Module {
  let conv1 = Conv2d(3, 6, 7, stride: 2, padding: 3, bias: false)
  let bn1 = BatchNorm2d(6)
  let layer1 = Sequential(ResidualBlock(6, 6))
  let layer2 = Sequential(ResidualBlock(6, 8, stride: 2))
  let fc = Linear(8, 4)

  override func forward(_ x: Tensor) -> Tensor {
    let x = maxPool2d(bn1(conv1(x)).relu(), 3, stride: 2, padding: 1)
    return fc(adaptiveAvgPool2d(layer2(layer1(x)), 1).flatten(1))
  }
}

/// The basic block.
private final class ResidualBlock: Module {
  let conv1: Conv2d
  let bn1: BatchNorm2d
  let conv2: Conv2d
  let bn2: BatchNorm2d
  let downsample: Sequential?

  init(_ inputs: Int, _ outputs: Int, stride: Int = 1) {
    conv1 = Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false)
    bn1 = BatchNorm2d(outputs)
    conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false)
    bn2 = BatchNorm2d(outputs)
    downsample =
      inputs == outputs && stride == 1
      ? nil
      : Sequential(
        Conv2d(inputs, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs))
  }

  override func forward(_ x: Tensor) -> Tensor {
    let y = bn2(conv2(bn1(conv1(x)).relu()))
    return (y + (downsample?(x) ?? x)).relu()
  }
}
