import Autograd
import NN
import TestSupport

extension OpCase {
  static let losses: [OpCase] = [
    OpCase("crossEntropy", [.real([4, 5]), .indices([4], below: 5)]) { crossEntropy($0[0], $0[1]) },
    OpCase(
      "crossEntropy", "weighted, smoothed, a class ignored",
      [.real([2, 3, 4]), .indices([2, 4], below: 3), .constant([3], in: 0.5...2)]
    ) {
      crossEntropy(
        $0[0], $0[1], weight: $0[2], ignoreIndex: 1, labelSmoothing: 0.1, reduction: .none)
    },
    OpCase("crossEntropy", "probabilities", [.real([4, 5]), .real([4, 5], in: 0...1)]) {
      crossEntropy($0[0], $0[1], reduction: .sum)
    },
    OpCase(
      "binaryCrossEntropy",
      [.real([2, 3], in: 0.1...0.9), .real([2, 3], in: 0.1...0.9), .constant([3], in: 0.5...2)]
    ) {
      binaryCrossEntropy($0[0], $0[1], weight: $0[2])
    },
  ]
}
