import Autograd
import NN
import TestSupport

extension OpCase {
  /// The losses of module NN.
  static let losses: [OpCase] = regressionLosses + binaryLosses + classLosses

  private static let regressionLosses: [OpCase] = [
    OpCase("mseLoss", [.real([2, 3]), .real([2, 3])]) { mseLoss($0[0], $0[1]) },
    OpCase("mseLoss", "weight", [.real([4]), .real([4]), .real([4], in: 0.5...2)]) {
      mseLoss($0[0], $0[1], weight: $0[2])
    },
    OpCase("pairLoss", "of each pair", [.real([2, 3]), .real([2, 3])]) {
      mseLoss($0[0], $0[1], reduction: .none)
    },
    OpCase("l1Loss", [.real([2, 3]), .constant([2, 3], in: 2...3)]) {
      l1Loss($0[0], $0[1], reduction: .none)
    },
    OpCase("huberLoss", [.real([6], in: -2...2), .constant([6], in: 0...0.1)]) {
      huberLoss($0[0], $0[1], delta: 0.7, reduction: .sum)
    },
    OpCase("smoothL1Loss", [.real([6], in: -2...2), .constant([6], in: 0...0.1)]) {
      smoothL1Loss($0[0], $0[1], beta: 0.7)
    },
  ]

  private static let binaryLosses: [OpCase] = [
    OpCase("binaryCrossEntropy", [.real([2, 3], in: 0.2...0.8), .real([2, 3], in: 0...1)]) {
      binaryCrossEntropy($0[0], $0[1], reduction: .none)
    },
    OpCase(
      "binaryCrossEntropy", "weight",
      [.real([2, 3], in: 0.2...0.8), .real([2, 3], in: 0...1), .constant([3], in: 0.5...2)]
    ) { binaryCrossEntropy($0[0], $0[1], weight: $0[2]) },
    OpCase("flooredLogit", "of a target", [.constant([3], in: 0.2...0.8), .real([3], in: 0...1)]) {
      binaryCrossEntropy($0[0], $0[1].square())
    },
    OpCase(
      "weightedLogisticErrors", "of binaryCrossEntropyWithLogits",
      [.real([2, 3]), .real([2, 3], in: 0...1), .real([3], in: 0.5...2)]
    ) { binaryCrossEntropyWithLogits($0[0], $0[1], posWeight: $0[2], reduction: .none) },
    OpCase("binaryCrossEntropyWithLogits", [.real([2, 3]), .real([2, 3], in: 0...1)]) {
      binaryCrossEntropyWithLogits($0[0], $0[1])
    },
    OpCase(
      "binaryCrossEntropyWithLogits", "weights",
      [
        .real([2, 3]), .real([2, 3], in: 0...1), .constant([2, 1], in: 0.5...2),
        .constant([3], in: 0.5...2),
      ]
    ) {
      binaryCrossEntropyWithLogits(
        $0[0], $0[1], weight: $0[2], posWeight: $0[3], reduction: .none)
    },
    OpCase(
      "weighted", "differentiable factors",
      [.real([2, 3]), .real([2, 3], in: 0...1), .real([3], in: 0.5...2)]
    ) { binaryCrossEntropyWithLogits($0[0], $0[1], weight: $0[2], posWeight: $0[2]) },
  ]

  private static let classLosses: [OpCase] = [
    OpCase("crossEntropy", [.real([4, 3]), .indices([4], below: 3)]) { crossEntropy($0[0], $0[1]) },
    OpCase("crossEntropy", "one sample", [.real([3]), .indices([], below: 3)]) {
      crossEntropy($0[0], $0[1], reduction: .none)
    },
    OpCase("crossEntropy", "ignored rows", [.real([6, 3]), .indices([6], below: 3)]) {
      crossEntropy($0[0], $0[1], ignoreIndex: 1)
    },
    OpCase(
      "crossEntropy", "every option",
      [.real([2, 3, 2, 2]), .indices([2, 2, 2], below: 3), .constant([3], in: 0.5...2)]
    ) {
      crossEntropy(
        $0[0], $0[1], weight: $0[2], ignoreIndex: 2, labelSmoothing: 0.2, reduction: .none)
    },
    OpCase(
      "crossEntropy", "probabilities",
      [.real([2, 3, 2]), .real([2, 3, 2], in: 0...1), .constant([3], in: 0.5...2)]
    ) { crossEntropy($0[0], $0[1], weight: $0[2], labelSmoothing: 0.1) },
    OpCase(
      "crossEntropy", "given probabilities of columns",
      [.real([2, 3, 9]), .constant([2, 3, 9], in: 0...1)]
    ) { crossEntropy($0[0], $0[1], labelSmoothing: 0.1) },
    OpCase("negatedPicks", "of nllLoss", [.real([2, 3, 2]), .indices([2, 2], below: 3)]) {
      nllLoss($0[0], $0[1]).square()
    },
    OpCase(
      "nllLoss",
      [.real([4, 3], in: -2 ... -1), .indices([4], below: 3), .constant([3], in: 0.5...2)]
    ) { nllLoss($0[0], $0[1], weight: $0[2], ignoreIndex: 0) },
  ]
}
