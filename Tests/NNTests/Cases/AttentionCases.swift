import Autograd
import NN
import TestSupport

extension OpCase {
  /// Attention with each option.
  static let attention: [OpCase] = [
    OpCase("fusedAttention", [.real([2, 3]), .real([3, 3]), .real([3, 2])]) {
      scaledDotProductAttention($0[0], $0[1], $0[2])
    },
    OpCase("fusedAttention", "causal", [.real([2, 3, 2]), .real([2, 3, 2]), .real([2, 3, 1])]) {
      scaledDotProductAttention($0[0], $0[1], $0[2], isCausal: true, scale: 1.5)
    },
    OpCase(
      "fusedAttention", "bool mask",
      [.real([3, 2]), .real([2, 3, 2]), .real([3, 2]), .mask([2, 3, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "fusedAttention", "float mask",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .constant([1, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "fusedAttention", "groups of heads",
      [.real([4, 2, 2]), .real([2, 3, 2]), .real([2, 3, 1])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], enableGQA: true) },
    OpCase("fusedAttention", "of long sequences", [.real([70, 3]), .real([210, 3])]) {
      scaledDotProductAttention($0[0], $0[1], $0[1], isCausal: true)
    },
    OpCase(
      "composedAttention", "mask with a gradient",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .real([2, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "composedAttention", "query without a key",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .real([2, 3])]
    ) {
      let mask = $0[3].maskedFill(Tensor([[true], [false]]), -Double.infinity)
      return scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: mask)
    },
    OpCase("composedAttention", "dropout", [.real([2, 2]), .real([3, 2]), .real([3, 2])]) {
      scaledDotProductAttention(
        $0[0], $0[1], $0[2], dropoutP: 0.4, generator: Generator(seed: 1))
    },
  ]
}
