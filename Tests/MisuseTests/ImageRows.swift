import Autograd
import NN

private var signal: Tensor { .ones(1, 2, 5) }
private var image: Tensor { .ones(1, 2, 5, 5) }
private var volume: Tensor { .ones(1, 2, 5, 5, 5) }
private var columns: Tensor { .ones(1, 8, 16) }

extension MisuseCase {
  static let normalizations = [
    MisuseCase("groupNorm(numGroups)") { groupNorm(image, $0) },
    MisuseCase("rmsNorm(normalizedShape)") { rmsNorm(image, $0) },
    MisuseCase("RMSNorm(normalizedShape)") { RMSNorm($0) },
    MisuseCase("localResponseNorm(size)") { localResponseNorm(image, $0) },
    MisuseCase("LocalResponseNorm(size)") { LocalResponseNorm($0)(image) },
    MisuseCase("GroupNorm(numGroups)") { GroupNorm($0, 4) },
    MisuseCase("GroupNorm(numChannels)") { GroupNorm(1, $0) },
    MisuseCase("BatchNorm1d(numFeatures)") { BatchNorm1d($0) },
    MisuseCase("BatchNorm2d(numFeatures)") { BatchNorm2d($0) },
    MisuseCase("BatchNorm3d(numFeatures)") { BatchNorm3d($0) },
    MisuseCase("InstanceNorm1d(numFeatures)") { InstanceNorm1d($0, affine: true) },
    MisuseCase("InstanceNorm2d(numFeatures)") { InstanceNorm2d($0, affine: true) },
    MisuseCase("InstanceNorm3d(numFeatures)") { InstanceNorm3d($0, affine: true) },
    MisuseCase("GLU(dim)", op: "glu") { GLU(dim: $0)(image) },
    MisuseCase("Softmin(dim)") { Softmin(dim: $0)(image) },
    MisuseCase("PReLU(numParameters)") { PReLU(numParameters: $0) },
  ]

  static let imageLayers = [
    MisuseCase("ConstantPad1d(padding)", op: "pad") { ConstantPad1d($0, 1)(signal) },
    MisuseCase("ConstantPad2d(padding)", op: "pad") { ConstantPad2d($0, 1)(image) },
    MisuseCase("ConstantPad3d(padding)", op: "pad") { ConstantPad3d($0, 1)(volume) },
    MisuseCase("ZeroPad1d(padding)", op: "pad") { ZeroPad1d($0)(signal) },
    MisuseCase("ZeroPad2d(padding)", op: "pad") { ZeroPad2d($0)(image) },
    MisuseCase("ZeroPad3d(padding)", op: "pad") { ZeroPad3d($0)(volume) },
    MisuseCase("ReflectionPad1d(padding)", op: "pad") { ReflectionPad1d($0)(signal) },
    MisuseCase("ReflectionPad2d(padding)", op: "pad") { ReflectionPad2d($0)(image) },
    MisuseCase("ReflectionPad3d(padding)", op: "pad") { ReflectionPad3d($0)(volume) },
    MisuseCase("ReplicationPad1d(padding)", op: "pad") { ReplicationPad1d($0)(signal) },
    MisuseCase("ReplicationPad2d(padding)", op: "pad") { ReplicationPad2d($0)(image) },
    MisuseCase("ReplicationPad3d(padding)", op: "pad") { ReplicationPad3d($0)(volume) },
    MisuseCase("CircularPad1d(padding)", op: "pad") { CircularPad1d($0)(signal) },
    MisuseCase("CircularPad2d(padding)", op: "pad") { CircularPad2d($0)(image) },
    MisuseCase("CircularPad3d(padding)", op: "pad") { CircularPad3d($0)(volume) },
    MisuseCase("pixelShuffle(upscaleFactor)") { pixelShuffle(image, $0) },
    MisuseCase("pixelUnshuffle(downscaleFactor)") { pixelUnshuffle(image, $0) },
    MisuseCase("PixelShuffle(upscaleFactor)") { PixelShuffle($0)(image) },
    MisuseCase("PixelUnshuffle(downscaleFactor)") { PixelUnshuffle($0)(image) },
    MisuseCase("channelShuffle(groups)") { channelShuffle(image, $0) },
    MisuseCase("ChannelShuffle(groups)") { ChannelShuffle($0)(image) },
    MisuseCase("unfold(kernelSize)") { unfold(image, $0) },
    MisuseCase("Unfold(kernelSize)") { Unfold($0)(image) },
    MisuseCase("fold(kernelSize)") { fold(columns, 5, $0) },
    MisuseCase("Fold(kernelSize)") { Fold(5, $0)(columns) },
    MisuseCase("unfold(dilation)") { unfold(image, 2, dilation: $0) },
    MisuseCase("Unfold(dilation)") { Unfold(2, dilation: $0)(image) },
    MisuseCase("fold(dilation)") { fold(columns, 5, 2, dilation: $0) },
    MisuseCase("Fold(dilation)") { Fold(5, 2, dilation: $0)(columns) },
    MisuseCase("unfold(padding)") { unfold(image, 2, padding: $0) },
    MisuseCase("Unfold(padding)") { Unfold(2, padding: $0)(image) },
    MisuseCase("fold(padding)") { fold(columns, 5, 2, padding: $0) },
    MisuseCase("Fold(padding)") { Fold(5, 2, padding: $0)(columns) },
    MisuseCase("unfold(stride)") { unfold(image, 2, stride: $0) },
    MisuseCase("Unfold(stride)") { Unfold(2, stride: $0)(image) },
    MisuseCase("fold(stride)") { fold(columns, 5, 2, stride: $0) },
    MisuseCase("Fold(stride)") { Fold(5, 2, stride: $0)(columns) },
    MisuseCase("fold(outputSize)") { fold(columns, $0, 2) },
    MisuseCase("Fold(outputSize)") { Fold($0, 2)(columns) },
    MisuseCase("interpolate(size)") { interpolate(image, size: $0) },
    MisuseCase("interpolate(size)") { interpolate(image, size: [$0, 2], mode: .bicubic) },
    MisuseCase("interpolate(size)") { interpolate(image, size: $0, mode: .area) },
    MisuseCase("Upsample(size)") { Upsample(size: $0)(image) },
    MisuseCase("UpsamplingNearest2d(size)") { UpsamplingNearest2d(size: $0)(image) },
    MisuseCase("UpsamplingBilinear2d(size)") { UpsamplingBilinear2d(size: $0)(image) },
    MisuseCase("affineGrid(size)") { affineGrid(.ones(1, 2, 3), [1, 1, $0, 2]) },
    MisuseCase("embeddingBag(paddingIdx)") {
      embeddingBag(Tensor([[0]]), .ones(3, 2), paddingIdx: $0)
    },
    MisuseCase("EmbeddingBag(numEmbeddings)") { EmbeddingBag($0, 2) },
    MisuseCase("EmbeddingBag(embeddingDim)") { EmbeddingBag(2, $0) },
    MisuseCase("EmbeddingBag(paddingIdx)") { EmbeddingBag(3, 2, paddingIdx: $0) },
    MisuseCase("fromPretrained(paddingIdx)", op: "EmbeddingBag") {
      EmbeddingBag.fromPretrained(.ones(3, 2), paddingIdx: $0)
    },
    MisuseCase("Bilinear(in1Features)") { Bilinear($0, 2, 2) },
    MisuseCase("Bilinear(in2Features)") { Bilinear(2, $0, 2) },
    MisuseCase("Bilinear(outFeatures)") { Bilinear(2, 2, $0) },
    MisuseCase("CosineSimilarity(dim)") { CosineSimilarity(dim: $0)(image, image) },
    MisuseCase("ParameterList(index)") { ParameterList([.ones(2)])[$0] },
  ]
}
