import Autograd
import NN
import TestSupport

extension OpCase {
  /// Calls of modules in which derivatives go through hooks or parametrisations.
  static let modules: [OpCase] = [
    OpCase("passed", "backward hooks", [.real([2, 3]), .real([3])]) { Hooked()($0[0], $0[1]) },
    OpCase("weightNorm", [.real([3, 2]), .real([2, 1]), .real([2, 2])]) {
      call(
        weightNorm(linear($0[0].dtype)), $0[0],
        ["original0": $0[1], "original1": $0[2]])
    },
    OpCase("spectralNorm", [.real([3, 2]), .real([2, 2])]) {
      let dtype = $0[0].dtype
      return call(
        Generator.withDefault(Generator(seed: 0)) { spectralNorm(linear(dtype)) }.eval(), $0[0],
        [
          "original": $0[1], "0._u": Tensor([0.6, 0.8], dtype: dtype),
          "0._v": Tensor([0.8, -0.6], dtype: dtype),
        ])
    },
    OpCase("orthogonal", "Cayley", [.real([3, 2]), .real([2, 2])]) {
      call(
        orthogonal(linear($0[0].dtype), orthogonalMap: .cayley, useTrivialization: false),
        $0[0], ["original": $0[1]])
    },
    OpCase("orthogonal", "exponential", [.real([3, 2]), .real([2, 2])]) {
      call(
        orthogonal(linear($0[0].dtype), orthogonalMap: .matrixExp, useTrivialization: false),
        $0[0], ["original": $0[1]])
    },
  ]

  private static func linear(_ dtype: DType) -> Linear {
    Generator.withDefault(Generator(seed: 0)) { Linear(2, 2, bias: false, dtype: dtype) }
  }

  private static func call(_ layer: Linear, _ x: Tensor, _ tensors: [String: Tensor]) -> Tensor {
    let named = tensors.map { ("parametrizations.weight." + $0.key, $0.value) }
    return functionalCall(layer, Dictionary(uniqueKeysWithValues: named), x)
  }
}

/// A module with backward hooks that change nothing.
private final class Hooked: Module {
  override init() {
    super.init()
    registerFullBackwardPreHook { _, _ in }
    registerFullBackwardHook { _, _, _ in }
  }

  func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    call(x, y) { x, y in (x * y).tanh() * x }
  }
}
