// (h), continued: networks of images.

import Autograd
import NN
import Optim

extension Training {
  static func imageNetworks() -> [Training] {
    [
      Training(classifier: "lenet-b64", net: lenet, input: [64, 1, 28, 28]),
      Training(classifier: "cnn-batchnorm-b64", net: cnn, input: [64, 1, 28, 28]),
      Training(
        classifier: "resnet-blocks-b16",
        net: {
          Sequential(
            ResidualBlock(64, 64), ResidualBlock(64, 128, stride: 2), AdaptiveAvgPool2d(1),
            Flatten(), Linear(128, 10))
        },
        input: [16, 64, 28, 28], optimizer: { SGD($0, lr: 1e-2, momentum: 0.9) }),
      Training(
        "vae-784-400-20-b64", net: { VariationalAutoencoder() },
        batch: {
          let x = Tensor.rand([64, 784])
          return { net in net.loss(x) }
        }, optimizer: { Adam($0, lr: 1e-3) }),
    ]
  }
}

private func lenet() -> Module {
  Sequential(
    Conv2d(1, 6, 5, padding: 2), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(), MaxPool2d(2),
    Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10))
}

private func cnn() -> Module {
  Sequential(
    Conv2d(1, 32, 3, padding: 1, bias: false), BatchNorm2d(32), ReLU(), MaxPool2d(2),
    Conv2d(32, 64, 3, padding: 1, bias: false), BatchNorm2d(64), ReLU(), MaxPool2d(2), Flatten(),
    Linear(3136, 10))
}

/// The basic block of ResNet.
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

private final class VariationalAutoencoder: Module {
  let encoder = Linear(784, 400)
  let mean = Linear(400, 20)
  let logVariance = Linear(400, 20)
  let decoder = Sequential(Linear(20, 400), ReLU(), Linear(400, 784))

  /// The negative evidence lower bound, summed over the batch.
  func loss(_ x: Tensor) -> Tensor {
    let hidden = encoder(x).relu()
    let (mean, logVariance) = (mean(hidden), logVariance(hidden))
    let z = mean + .randnLike(mean) * (0.5 * logVariance).exp()
    let error = binaryCrossEntropyWithLogits(decoder(z), x, reduction: .sum)
    return error - 0.5 * (1 + logVariance - mean.square() - logVariance.exp()).sum()
  }
}
