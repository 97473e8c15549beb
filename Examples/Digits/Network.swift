import Autograd
import NN
import Optim

/// 64 pixels in, a score for each of the ten digits out.
final class DigitNet: Module {
  let layers = Sequential(
    Linear(64, 128), ReLU(), Dropout(0.3),
    Linear(128, 128), ReLU(), Dropout(0.3),
    Linear(128, 10))

  override func forward(_ x: Tensor) -> Tensor { layers(x) }
}

extension Options {
  /// The chosen optimizer over `parameters`.
  func makeOptimizer(_ parameters: [Tensor]) -> any AnyOptimizer {
    switch optimizer {
    case .sgd: SGD(parameters, lr: learningRate ?? 0.1, momentum: 0.9)
    case .adam: Adam(parameters, lr: learningRate ?? 2e-3)
    case .adamw: AdamW(parameters, lr: learningRate ?? 2e-3)
    case .rmsprop: RMSprop(parameters, lr: learningRate ?? 1e-3)
    case .adagrad: Adagrad(parameters, lr: learningRate ?? 2e-2)
    }
  }
}
