import Autograd
import TestSupport

extension OpCase {
  static let activations: [OpCase] = [
    OpCase("relu", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].relu() },
    OpCase("leakyRelu", [.values([4], [-1.5, -0.2, 0.3, 2])]) {
      $0[0].leakyRelu(negativeSlope: 0.1)
    },
    OpCase("prelu", [.values([4], [-1.5, -0.2, 0.3, 2]), .real([1])]) { $0[0].prelu($0[1]) },
    OpCase("prelu", "channels", [.values([2, 2], [-1.5, -0.2, 0.3, 2]), .real([2])]) {
      $0[0].prelu($0[1])
    },
    OpCase("hardtanh", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].hardtanh() },
    OpCase("kept", "relu6", [.values([4], [-1.5, 0.2, 5, 7])]) { $0[0].relu6() },
    OpCase("hardsigmoid", [.values([4], [-3.5, -0.2, 0.3, 4])]) { $0[0].hardsigmoid() },
    OpCase("threshold", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].threshold(0.1, value: 7) },
    OpCase("hardshrink", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].hardshrink() },
    OpCase("softshrink", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].softshrink(lambda: 0.25) },
    OpCase("hardswish", [.values([4], [-3.5, -0.2, 0.3, 4])]) { $0[0].hardswish() },
    OpCase("exponentialUnit", "elu", [.values([3], [-1.5, -0.2, 2])]) { $0[0].elu(alpha: 0.7) },
    OpCase("selu", [.values([3], [-1.5, -0.2, 2])]) { $0[0].selu() },
    OpCase("exponentialUnit", "celu", [.values([3], [-1.5, -0.2, 2])]) { $0[0].celu(alpha: 2) },
    OpCase("gelu", [.real([2, 3])]) { $0[0].gelu() },
    OpCase("gelu", "tanh", [.real([2, 3])]) { $0[0].gelu(approximate: .tanh) },
    OpCase("silu", [.real([2, 3])]) { $0[0].silu() },
    OpCase("softplus", [.real([2, 3])]) { $0[0].softplus() },
    OpCase("softplus", "past the threshold", [.real([4])]) {
      $0[0].softplus(beta: 2, threshold: 1)
    },
    OpCase("logSigmoid", [.real([2, 3])]) { $0[0].logSigmoid() },
    OpCase("softsign", [.values([3], [-1.5, -0.2, 2])]) { $0[0].softsign() },
    OpCase("mish", [.real([3])]) { $0[0].mish() },
    OpCase("glu", [.real([3, 4])]) { $0[0].glu() },
    OpCase("glu", "rows", [.real([4, 3])]) { $0[0].glu(dim: 0) },
    OpCase("tanhshrink", [.real([3])]) { $0[0].tanhshrink() },
    OpCase("softmin", [.real([2, 3])]) { $0[0].softmin(dim: 1) },
  ]
}
