import Autograd
import NN
import TestSupport

extension OpCase {
  /// Pooling.
  static let pooling: [OpCase] = maxPooling + means

  private static let maxPooling: [OpCase] = [
    OpCase("maxPool1d", [.real([2, 2, 7])]) { maxPool1d($0[0], 3, stride: 2, padding: 1) },
    OpCase("maxPool2d", [.real([1, 4, 5])]) { maxPool2d($0[0], 2, padding: 1, ceilMode: true) },
    OpCase("maxPool2d", "dilated", [.real([2, 2, 6, 5])]) {
      maxPool2d($0[0], [3, 2], stride: [1, 2], padding: 1, dilation: [2, 1])
    },
    OpCase("maxPool3d", [.real([1, 3, 4, 5])]) {
      maxPool3d($0[0], [2, 2, 3], stride: 1, padding: [1, 0, 1])
    },
    OpCase("adaptiveMaxPool1d", [.real([2, 5])]) { adaptiveMaxPool1d($0[0], 3) },
    OpCase("adaptiveMaxPool2d", [.real([2, 5, 4])]) { adaptiveMaxPool2d($0[0], [nil, 3]) },
    OpCase("adaptiveMaxPool3d", [.real([1, 3, 2, 4])]) { adaptiveMaxPool3d($0[0], [2, 3, 2]) },
    OpCase("fractionalMaxPool2d", [.real([2, 5, 6])]) {
      fractionalMaxPool2d(
        $0[0], 2, outputSize: [3, 4], randomSamples: .full([1, 2, 2], 0.3, dtype: $0[0].dtype))
    },
    OpCase("fractionalMaxPool3d", [.real([1, 4, 3, 5])]) {
      fractionalMaxPool3d(
        $0[0], [2, 1, 2], outputRatio: 0.7,
        randomSamples: .full([1, 1, 3], 0.6, dtype: $0[0].dtype))
    },
    OpCase("maxUnpool1d", [.real([2, 2])]) {
      maxUnpool1d($0[0], Tensor([[1, 3], [0, 2]]), 2)
    },
    OpCase("maxUnpool2d", [.real([1, 2, 2])]) {
      maxUnpool2d($0[0], Tensor([[[0, 3], [9, 10]]]), 2, outputSize: [4, 5]).square()
    },
    OpCase("maxUnpool3d", [.real([1, 1, 1, 2])]) {
      maxUnpool3d($0[0], Tensor([[[[0, 11]]]]), 2, stride: 2)
    },
  ]

  private static let means: [OpCase] = [
    OpCase("means", "avgPool1d", [.real([1, 2, 6])]) { avgPool1d($0[0], 3, stride: 2, padding: 1) },
    OpCase("shares", "avgPool2d", [.real([1, 4, 5])]) {
      avgPool2d($0[0], 3, stride: 2, padding: 1)
    },
    OpCase("means", "avgPool2d without padding", [.real([1, 4, 5])]) {
      avgPool2d($0[0], 2, stride: 1, padding: 1, ceilMode: true, countIncludePad: false)
    },
    OpCase("means", "avgPool3d with a divisor", [.real([1, 3, 3, 4])]) {
      avgPool3d($0[0], [2, 3, 2], stride: [1, 1, 2], divisorOverride: -3)
    },
    OpCase("means", "adaptiveAvgPool1d", [.real([2, 5])]) { adaptiveAvgPool1d($0[0], 3) },
    OpCase("means", "adaptiveAvgPool2d", [.real([2, 3, 5])]) {
      adaptiveAvgPool2d($0[0], [4, nil])
    },
    OpCase("means", "adaptiveAvgPool3d", [.real([1, 3, 2, 3])]) {
      adaptiveAvgPool3d($0[0], [2, 1, 2])
    },
    OpCase("means", "lpPool1d", [.real([1, 6], in: 0.2...1)]) { lpPool1d($0[0], 3, 2) },
    OpCase("means", "lpPool2d", [.real([1, 4, 5], in: 0.2...1)]) {
      lpPool2d($0[0], 1.5, 2, stride: 3, ceilMode: true)
    },
    OpCase("means", "lpPool3d", [.real([1, 2, 2, 3])]) { lpPool3d($0[0], .infinity, 2) },
  ]
}
