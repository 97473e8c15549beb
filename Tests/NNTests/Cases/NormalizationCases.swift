import Autograd
import NN
import TestSupport

extension OpCase {
  /// Normalisation, and dropout with fixed draws.
  static let normalizations: [OpCase] = [
    OpCase("groupNormalized", [.real([2, 4, 3]), .real([4]), .real([4])]) {
      groupNorm($0[0], 2, weight: $0[1], bias: $0[2])
    },
    OpCase("groupNormalized", "without parameters", [.real([2, 3, 2, 2])]) { groupNorm($0[0], 1) },
    OpCase("groupNormalized", "of channels without positions", [.real([3, 6]), .real([6])]) {
      groupNorm($0[0], 2, weight: $0[1])
    },
    OpCase("groupNormalized", "instanceNorm", [.real([2, 3, 4]), .real([3]), .real([3])]) {
      instanceNorm($0[0], weight: $0[1], bias: $0[2])
    },
    OpCase("recorded", "instanceNorm with running values", [.real([3, 2, 2]), .real([2])]) {
      instanceNorm(
        $0[0], runningMean: Tensor([0.5, -0.25], dtype: .float64).to($0[0].dtype),
        runningVar: Tensor([2, 0.5], dtype: .float64).to($0[0].dtype), weight: $0[1],
        useInputStats: false)
    },
    OpCase("rmsNorm", [.real([2, 3]), .real([3])]) { rmsNorm($0[0], 3, weight: $0[1]) },
    OpCase("rmsNorm", "without a weight", [.real([2, 2, 3])]) { rmsNorm($0[0], [2, 3], eps: 0.1) },
    OpCase("rmsNorm", "of long rows", [.real([2, 40]), .real([40])]) {
      rmsNorm($0[0], 40, weight: $0[1])
    },
    OpCase("means", "localResponseNorm", [.real([2, 4, 3])]) {
      localResponseNorm($0[0], 3, alpha: 0.5, beta: 0.75, k: 2)
    },
    OpCase("rrelu", "in training", [.real([2, 3])]) {
      rrelu($0[0], training: true, generator: Generator(seed: 1))
    },
    OpCase("alphaDropout", [.real([2, 3])]) {
      alphaDropout($0[0], p: 0.4, training: true, generator: Generator(seed: 1)).square()
    },
    OpCase("dropout2d", [.real([2, 3, 2])]) {
      dropout2d($0[0], p: 0.4, generator: Generator(seed: 1)).square()
    },
  ]
}
