import Autograd
import NN
import TestSupport

extension OpCase {
  /// Normalisation, padding, distances: compositions, checked as a whole.
  static let neural: [OpCase] = [
    OpCase("layerNorm", [.real([2, 3]), .real([3]), .real([3])]) {
      layerNorm($0[0], [3], weight: $0[1], bias: $0[2])
    },
    OpCase("batchNorm", [.real([3, 2, 2]), .real([2]), .real([2])]) {
      batchNorm($0[0], weight: $0[1], bias: $0[2], training: true)
    },
    OpCase("recorded", "batchNorm of rows", [.real([5, 3]), .real([3]), .real([3])]) {
      batchNorm($0[0], weight: $0[1], bias: $0[2], training: true)
    },
    OpCase("recorded", "batchNorm with running values", [.real([3, 2, 2]), .real([2])]) {
      batchNorm(
        $0[0], runningMean: Tensor([0.5, -0.25], dtype: .float64).to($0[0].dtype),
        runningVar: Tensor([2, 0.5], dtype: .float64).to($0[0].dtype), weight: $0[1])
    },
    OpCase("layerNorm", "of long rows", [.real([2, 40]), .real([40])]) {
      layerNorm($0[0], [40], weight: $0[1])
    },
    OpCase("embedding", [.indices([2, 2], below: 3), .real([3, 2])]) { embedding($0[0], $0[1]) },
    OpCase("pad", [.real([2, 3])]) { pad($0[0], [1, 2, 1, 0], value: 2).square() },
    OpCase("pad", "removing", [.real([2, 3])]) { pad($0[0], [-1, 2]).square() },
    OpCase("pad", "reflect", [.real([3, 4])]) {
      pad($0[0], [2, 1, 0, 2], mode: .reflect).square()
    },
    OpCase("pad", "replicate", [.real([3, 4])]) {
      pad($0[0], [2, -1, 0, 5], mode: .replicate).square()
    },
    OpCase("pad", "circular", [.real([3, 4])]) {
      pad($0[0], [-1, 3, 1, 0], mode: .circular).square()
    },
    OpCase("clampedNorm", "of cosineSimilarity", [.real([2, 3], in: 0.5...2), .real([1, 3])]) {
      cosineSimilarity($0[0], $0[1])
    },
    OpCase("normalize", [.real([2, 3], in: 0.5...2)]) { normalize($0[0], p: 3) },
    OpCase("pairwiseDistance", [.real([2, 3]), .real([3], in: 2...3)]) {
      pairwiseDistance($0[0], $0[1], p: 3)
    },
  ]
}
