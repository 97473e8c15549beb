import Autograd
import NN
import TestSupport

extension OpCase {
  /// Convolution, pooling, normalisation: compositions, checked as wholes.
  static let neural: [OpCase] = [
    OpCase("conv1d", [.real([2, 2, 5]), .real([3, 2, 2]), .real([3])]) {
      conv1d($0[0], $0[1], $0[2], stride: 2, padding: 1)
    },
    OpCase("conv2d", "groups", [.real([1, 2, 4, 3]), .real([2, 1, 2, 2])]) {
      conv2d($0[0], $0[1], padding: [0, 1], dilation: [2, 1], groups: 2)
    },
    OpCase("maxPool2d", [.real([1, 4, 5])]) { maxPool2d($0[0], 2, padding: 1, ceilMode: true) },
    OpCase("avgPool2d", [.real([1, 4, 5])]) { avgPool2d($0[0], 3, stride: 2, padding: 1) },
    OpCase("layerNorm", [.real([2, 3]), .real([3]), .real([3])]) {
      layerNorm($0[0], [3], weight: $0[1], bias: $0[2])
    },
    OpCase("batchNorm", [.real([3, 2, 2]), .real([2]), .real([2])]) {
      batchNorm($0[0], weight: $0[1], bias: $0[2], training: true)
    },
    OpCase("embedding", [.indices([2, 2], below: 3), .real([3, 2])]) { embedding($0[0], $0[1]) },
  ]
}
