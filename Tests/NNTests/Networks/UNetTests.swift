import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct UNetTests {
  @Test(arguments: [DType.float32, .float64]) func trainsLikePyTorch(_ dtype: DType) throws {
    try NetworkFixture("unet", dtype).check {
      UNet()
    } loss: {
      crossEntropy($0, $1)
    }
  }
}

private final class UNet: Module {
  let down = [doubleConvolution(2, 4), doubleConvolution(4, 6)]
  let bottom = doubleConvolution(6, 8)
  let up = [ConvTranspose2d(8, 6, 2, stride: 2), ConvTranspose2d(6, 4, 2, stride: 2)]
  let merge = [doubleConvolution(12, 6), doubleConvolution(8, 4)]
  let out = Conv2d(4, 3, 1)

  override func forward(_ x: Tensor) -> Tensor {
    var x = x
    var levels: [Tensor] = []
    for block in down {
      x = block(x)
      levels.append(x)
      x = maxPool2d(x, 2)
    }
    x = bottom(x)
    for (up, merge) in zip(up, merge) { x = merge(cat([levels.removeLast(), up(x)], dim: 1)) }
    return out(x)
  }
}

private func doubleConvolution(_ inputs: Int, _ outputs: Int) -> Sequential {
  Sequential(
    Conv2d(inputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(),
    Conv2d(outputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs), ReLU())
}
