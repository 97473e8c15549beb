import Autograd
import NN
import TestSupport

extension OpCase {
  static let convolutions: [OpCase] = [
    OpCase("convolved", "conv1d", [.real([2, 2, 5]), .real([3, 2, 2]), .real([3])]) {
      conv1d($0[0], $0[1], $0[2], stride: 2, padding: 1)
    },
    OpCase("convolved", "conv1d same", [.real([2, 5]), .real([2, 2, 2])]) {
      conv1d($0[0], $0[1], padding: .same, dilation: 3)
    },
    OpCase("convolved", "conv2d with groups", [.real([1, 2, 4, 3]), .real([2, 1, 2, 2])]) {
      conv2d($0[0], $0[1], padding: [0, 1], dilation: [2, 1], groups: 2)
    },
    OpCase("convolved", "conv2d of positions", [.real([2, 3, 2, 2]), .real([2, 3, 1, 1])]) {
      conv2d($0[0], $0[1])
    },
    OpCase("convolved", "conv3d", [.real([1, 2, 3, 2, 3]), .real([2, 2, 2, 1, 2]), .real([2])]) {
      conv3d($0[0], $0[1], $0[2], stride: [2, 1, 1], padding: [1, 0, 1])
    },
    OpCase("transposed", "convTranspose1d", [.real([2, 2, 4]), .real([2, 3, 3]), .real([3])]) {
      convTranspose1d($0[0], $0[1], $0[2], stride: 2, padding: 1, outputPadding: 1)
    },
    // Some outputs meet no element of the kernel.
    OpCase("transposed", "convTranspose1d, far apart", [.real([2, 3]), .real([2, 2, 2])]) {
      convTranspose1d($0[0], $0[1], stride: 3, dilation: 2)
    },
    OpCase("transposed", "convTranspose2d", [.real([1, 4, 2, 3]), .real([4, 1, 2, 2])]) {
      convTranspose2d($0[0], $0[1], padding: [0, 1], groups: 2, dilation: [1, 2])
    },
    OpCase("transposed", "convTranspose3d", [.real([1, 2, 2, 1, 2]), .real([2, 1, 2, 2, 1])]) {
      convTranspose3d($0[0], $0[1], stride: [1, 2, 2])
    },
    // The second derivative of this one is the third product.
    OpCase("correlated", "conv1d", [.real([1, 2, 5]), .real([2, 1, 3])]) {
      conv1d($0[0].square(), $0[1].exp(), stride: 2, padding: 1, dilation: 2, groups: 2)
    },
  ]
}
