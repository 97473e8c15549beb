import Autograd
import NN

extension Adapter {
  /// Activations as layers.
  static let activationModules: [String: Make] = [
    "CELU": { c, _ in CELU(alpha: try c[0, "alpha", or: 1]) },
    "ELU": { c, _ in ELU(alpha: try c[0, "alpha", or: 1]) },
    "GELU": { c, _ in GELU(approximate: try c[0, "approximate", or: .none]) },
    "GLU": { c, _ in GLU(dim: try c[0, "dim", or: -1]) },
    "Hardshrink": { c, _ in Hardshrink(lambd: try c[0, "lambd", or: 0.5]) },
    "Hardsigmoid": { _, _ in Hardsigmoid() },
    "Hardswish": { _, _ in Hardswish() },
    "Hardtanh": { c, _ in
      Hardtanh(minVal: try c[0, "min_val", or: -1], maxVal: try c[1, "max_val", or: 1])
    },
    "LeakyReLU": { c, _ in LeakyReLU(negativeSlope: try c[0, "negative_slope", or: 0.01]) },
    "LogSigmoid": { _, _ in LogSigmoid() },
    "LogSoftmax": { c, _ in LogSoftmax(dim: try c[0, "dim"]) },
    "Mish": { _, _ in Mish() },
    "PReLU": { c, dtype in
      PReLU(
        numParameters: try c[0, "num_parameters", or: 1], init: try c[1, "init", or: 0.25],
        dtype: dtype)
    },
    "RReLU": { c, _ in
      RReLU(lower: try c[0, "lower", or: 1 / 8], upper: try c[1, "upper", or: 1 / 3])
    },
    "ReLU": { _, _ in ReLU() },
    "ReLU6": { _, _ in ReLU6() },
    "SELU": { _, _ in SELU() },
    "SiLU": { _, _ in SiLU() },
    "Sigmoid": { _, _ in Sigmoid() },
    "Softmax": { c, _ in Softmax(dim: try c[0, "dim"]) },
    "Softmax2d": { _, _ in Softmax2d() },
    "Softmin": { c, _ in Softmin(dim: try c[0, "dim"]) },
    "Softplus": { c, _ in
      Softplus(beta: try c[0, "beta", or: 1], threshold: try c[1, "threshold", or: 20])
    },
    "Softshrink": { c, _ in Softshrink(lambd: try c[0, "lambd", or: 0.5]) },
    "Softsign": { _, _ in Softsign() },
    "Tanh": { _, _ in Tanh() },
    "Tanhshrink": { _, _ in Tanhshrink() },
    "Threshold": { c, _ in Threshold(try c[0, "threshold"], value: try c[1, "value"]) },
  ]
}
