import Autograd
import NN
import TestSupport

extension OpCase {
  /// Blocks and shuffles of images, resampling, bags and forms of two inputs.
  static let images: [OpCase] = blocks + resampling + bags

  private static let blocks: [OpCase] = [
    OpCase("columns", "unfold", [.real([1, 2, 4, 3])]) {
      unfold($0[0], 2, dilation: [2, 1], padding: 1, stride: 2)
    },
    OpCase("images", "fold", [.real([1, 4, 6])]) { fold($0[0], [3, 4], 2) },
    OpCase("images", "fold with padding", [.real([8, 4])]) {
      fold($0[0], [3, 4], 2, dilation: [1, 2], padding: [0, 1], stride: [1, 2]).square()
    },
    OpCase("pixelShuffle", [.real([1, 4, 2, 1])]) { pixelShuffle($0[0], 2).square() },
    OpCase("pixelUnshuffle", [.real([1, 2, 4])]) { pixelUnshuffle($0[0], 2).square() },
    OpCase("channelShuffle", [.real([1, 4, 2])]) { channelShuffle($0[0], 2).square() },
  ]

  private static let resampling: [OpCase] = [
    OpCase("resampled", "nearest", [.real([1, 2, 3])]) {
      interpolate($0[0], scaleFactor: 1.7).square()
    },
    OpCase("resampled", "nearestExact", [.real([1, 1, 5, 3])]) {
      interpolate($0[0], size: [3, 4], mode: .nearestExact).square()
    },
    OpCase("resampled", "linear", [.real([1, 2, 4])]) {
      interpolate($0[0], size: 7, mode: .linear, alignCorners: true).square()
    },
    OpCase("resampled", "bilinear", [.real([1, 1, 5, 3])]) {
      interpolate($0[0], size: [3, 4], mode: .bilinear).square()
    },
    OpCase("resampled", "bilinear with antialias", [.real([1, 1, 7, 5])]) {
      interpolate($0[0], size: [3, 2], mode: .bilinear, antialias: true).square()
    },
    OpCase("resampled", "bicubic", [.real([1, 1, 4, 3])]) {
      interpolate($0[0], scaleFactor: 1.6, mode: .bicubic, recomputeScaleFactor: true).square()
    },
    OpCase("resampled", "bicubic with antialias", [.real([1, 1, 7, 5])]) {
      interpolate($0[0], size: [3, 2], mode: .bicubic, antialias: true).square()
    },
    OpCase("resampled", "lanczos", [.real([1, 1, 7, 5])]) {
      interpolate($0[0], size: [3, 2], mode: .lanczos, antialias: true).square()
    },
    OpCase("resampled", "trilinear", [.real([1, 1, 2, 3, 2])]) {
      interpolate($0[0], size: [3, 2, 3], mode: .trilinear).square()
    },
    OpCase("means", "area", [.real([1, 1, 4, 3])]) {
      interpolate($0[0], size: [2, 2], mode: .area).square()
    },
    OpCase("gridSample", [.real([1, 2, 3, 4]), .real([1, 2, 3, 2], in: -1.3...1.3)]) {
      gridSample($0[0], $0[1])
    },
    OpCase("gridSample", "border", [.real([1, 2, 3, 4]), .real([1, 2, 3, 2], in: -0.8...0.8)]) {
      gridSample($0[0], $0[1], paddingMode: .border, alignCorners: true)
    },
    OpCase(
      "gridSample", "reflection", [.real([1, 1, 3, 4]), .real([1, 2, 3, 2], in: -2.2...2.2)]
    ) {
      gridSample($0[0], $0[1], paddingMode: .reflection)
    },
    OpCase("gridSample", "nearest", [.real([1, 1, 3, 4]), .constant([1, 2, 3, 2])]) {
      gridSample($0[0], $0[1], mode: .nearest).square()
    },
    OpCase("gridSample", "bicubic", [.real([1, 1, 3, 4]), .real([1, 2, 2, 2], in: -0.9...0.9)]) {
      gridSample($0[0], $0[1], mode: .bicubic)
    },
    OpCase(
      "gridSample", "volumes", [.real([1, 1, 2, 3, 2]), .real([1, 1, 2, 2, 3], in: -0.9...0.9)]
    ) { gridSample($0[0], $0[1]) },
    OpCase("affineGrid", [.real([1, 2, 3])]) { affineGrid($0[0], [1, 1, 2, 3]).square() },
    OpCase("affineGrid", "volumes", [.real([1, 3, 4])]) {
      affineGrid($0[0], [1, 1, 2, 1, 3], alignCorners: true).square()
    },
  ]

  private static let bags: [OpCase] = [
    OpCase("embeddingBag", "sum", [.real([4, 2]), .real([5])]) {
      embeddingBag(
        Tensor([0, 2, 2, 3, 1]), $0[0], offsets: Tensor([0, 2, 2]), mode: .sum,
        perSampleWeights: $0[1])
    },
    OpCase("embeddingBag", "given weights", [.real([4, 2]), .constant([5], in: 0.5...2)]) {
      embeddingBag(
        Tensor([0, 2, 2, 3, 1]), $0[0], offsets: Tensor([0, 2, 2]), mode: .sum,
        perSampleWeights: $0[1], paddingIdx: 3
      ).square()
    },
    OpCase("embeddingBag", "mean", [.indices([3, 2], below: 4), .real([4, 2])]) {
      embeddingBag($0[0], $0[1], paddingIdx: 1).square()
    },
    OpCase("embeddingBag", "max", [.real([4, 2])]) {
      embeddingBag(
        Tensor([0, 2, 3, 3, 1]), $0[0], offsets: Tensor([0, 2, 2, 5]), mode: .max,
        includeLastOffset: true
      ).square()
    },
    OpCase("bilinear", [.real([2, 3]), .real([2, 2]), .real([2, 3, 2]), .real([2])]) {
      bilinear($0[0], $0[1], $0[2], $0[3])
    },
    OpCase("pdist", [.real([3, 2])], limits: .distinctRows) { pdist($0[0], p: 3) },
  ]
}
