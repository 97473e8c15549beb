import Autograd
import NN

private var x: Tensor { .ones(3, 4) }
private var signal: Tensor { .ones(1, 2, 5) }
private var image: Tensor { .ones(1, 2, 5, 5) }
private var volume: Tensor { .ones(1, 2, 3, 3, 3) }
private var kernel1: Tensor { .ones(2, 2, 3) }
private var kernel2: Tensor { .ones(2, 2, 3, 3) }
private var kernel3: Tensor { .ones(2, 2, 2, 2, 2) }

extension MisuseCase {
  static let layers = [
    MisuseCase("Softmax(dim)") { Softmax(dim: $0)(x) },
    MisuseCase("LogSoftmax(dim)") { LogSoftmax(dim: $0)(x) },
    MisuseCase("cosineSimilarity(dim)") { cosineSimilarity(x, x, dim: $0) },
    MisuseCase("normalize(dim)") { normalize(x, dim: $0) },
    MisuseCase("embedding(paddingIdx)") { embedding(Tensor([0]), x, paddingIdx: $0) },
    MisuseCase("embedding(input)") { embedding(Tensor([$0]), x) },
    MisuseCase("embedding(input)") { embedding(Tensor([$0]), x, maxNorm: 1) },
    MisuseCase("embedding(input)") { embedding(Tensor([$0]), x, scaleGradByFreq: true) },
    MisuseCase("Embedding(numEmbeddings)") { Embedding($0, 2) },
    MisuseCase("Embedding(embeddingDim)") { Embedding(2, $0) },
    MisuseCase("Embedding(paddingIdx)") { Embedding(3, 2, paddingIdx: $0) },
    MisuseCase("fromPretrained(paddingIdx)", op: "Embedding") {
      Embedding.fromPretrained(x, paddingIdx: $0)
    },
    MisuseCase("oneHot(numClasses)") { oneHot(Tensor([0, 1]), numClasses: $0) },
    MisuseCase("oneHot(x)") { oneHot(Tensor([$0, 1])) },
    MisuseCase("oneHot(x)") { oneHot(Tensor([$0, 1]), numClasses: 3) },
    MisuseCase("Linear(inFeatures)") { Linear($0, 2) },
    MisuseCase("Linear(outFeatures)") { Linear(2, $0) },
    MisuseCase("crossEntropy(ignoreIndex)") {
      crossEntropy(x, Tensor([0, 1, 2]), ignoreIndex: $0)
    },
    MisuseCase("crossEntropy(target)") { crossEntropy(x, Tensor([0, 1, $0])) },
    MisuseCase("CrossEntropyLoss(ignoreIndex)") {
      CrossEntropyLoss(ignoreIndex: $0)(x, Tensor([0, 1, 2]))
    },
    MisuseCase("nllLoss(ignoreIndex)") { nllLoss(x, Tensor([0, 1, 2]), ignoreIndex: $0) },
    MisuseCase("nllLoss(target)") { nllLoss(x, Tensor([0, 1, $0])) },
    MisuseCase("NLLLoss(ignoreIndex)") { NLLLoss(ignoreIndex: $0)(x, Tensor([0, 1, 2])) },
    MisuseCase("ModuleList(index)") { ModuleList([Linear(2, 2)])[$0] },
    MisuseCase("ModuleList(range)") { ModuleList([Linear(2, 2)])[0..<Swift.max($0, 0)] },
    MisuseCase("layerNorm(normalizedShape)") { layerNorm(x, $0) },
    MisuseCase("layerNorm(normalizedShape)") { layerNorm(x, [$0, 4]) },
    MisuseCase("LayerNorm(normalizedShape)") { LayerNorm($0) },
    MisuseCase("pad(padding)") { pad(x, [$0, 0]) },
    MisuseCase("pad(padding)") { pad(x, [$0, $0]) },
    MisuseCase("pad(padding)") { pad(x, [0, $0], mode: .reflect) },
    MisuseCase("pad(padding)") { pad(x, [$0, 0], mode: .replicate) },
    MisuseCase("pad(padding)") { pad(x, [0, $0], mode: .circular) },
    MisuseCase("pad(value)") { pad(Tensor([1], dtype: .uint8), [1, 1], value: $0) },
    MisuseCase("weightNorm(dim)") { weightNorm(Linear(2, 2), dim: $0).weight },
    MisuseCase("spectralNorm(dim)") { spectralNorm(Linear(2, 2), dim: $0).weight },
    MisuseCase("spectralNorm(nPowerIterations)") {
      spectralNorm(Linear(2, 2), nPowerIterations: Swift.min($0, 3))
    },
    MisuseCase("dirac_(groups)") { dirac_(Tensor.zeros([2, 2, 3]), groups: $0) },
    MisuseCase("Flatten(startDim)") { Flatten(startDim: $0)(x) },
    MisuseCase("Flatten(endDim)") { Flatten(startDim: 0, endDim: $0)(x) },
    MisuseCase("Unflatten(dim)") { Unflatten(dim: $0, sizes: [2, 2])(x) },
    MisuseCase("Unflatten(sizes)") { Unflatten(dim: 1, sizes: [$0, 2])(x) },
  ]

  static let convolutions = [
    MisuseCase("conv1d(stride)") { conv1d(signal, kernel1, stride: $0) },
    MisuseCase("conv1d(padding)") { conv1d(signal, kernel1, padding: $0) },
    MisuseCase("conv1d(dilation)") { conv1d(signal, kernel1, dilation: $0) },
    MisuseCase("conv1d(dilation)") { conv1d(signal, kernel1, padding: .same, dilation: $0) },
    MisuseCase("conv1d(dilation)") { conv1d(signal, kernel1, padding: $0, dilation: $0) },
    MisuseCase("conv1d(groups)") { conv1d(signal, kernel1, groups: $0) },
    MisuseCase("conv2d(stride)") { conv2d(image, kernel2, stride: $0) },
    MisuseCase("conv2d(padding)") { conv2d(image, kernel2, padding: [$0, 0]) },
    MisuseCase("conv2d(padding)") { conv2d(image, kernel2, stride: $0, padding: [0, $0]) },
    MisuseCase("conv2d(dilation)") { conv2d(image, kernel2, dilation: [1, $0]) },
    MisuseCase("conv2d(dilation)") { conv2d(image, kernel2, padding: .same, dilation: $0) },
    MisuseCase("conv2d(groups)") { conv2d(image, kernel2, groups: $0) },
    MisuseCase("conv3d(stride)") { conv3d(volume, kernel3, stride: $0) },
    MisuseCase("conv3d(padding)") { conv3d(volume, kernel3, padding: [$0, 0, 0]) },
    MisuseCase("conv3d(dilation)") { conv3d(volume, kernel3, dilation: [1, 1, $0]) },
    MisuseCase("conv3d(groups)") { conv3d(volume, kernel3, groups: $0) },
    MisuseCase("convTranspose1d(stride)") { convTranspose1d(signal, kernel1, stride: $0) },
    MisuseCase("convTranspose1d(padding)") { convTranspose1d(signal, kernel1, padding: $0) },
    MisuseCase("convTranspose1d(outputPadding)") {
      convTranspose1d(signal, kernel1, stride: 3, outputPadding: $0)
    },
    MisuseCase("convTranspose1d(groups)") { convTranspose1d(signal, kernel1, groups: $0) },
    MisuseCase("convTranspose1d(dilation)") { convTranspose1d(signal, kernel1, dilation: $0) },
    MisuseCase("convTranspose2d(stride)") { convTranspose2d(image, kernel2, stride: [1, $0]) },
    MisuseCase("convTranspose2d(padding)") { convTranspose2d(image, kernel2, padding: [$0, 0]) },
    MisuseCase("convTranspose2d(outputPadding)") {
      convTranspose2d(image, kernel2, outputPadding: [0, $0])
    },
    MisuseCase("convTranspose2d(groups)") { convTranspose2d(image, kernel2, groups: $0) },
    MisuseCase("convTranspose2d(dilation)") { convTranspose2d(image, kernel2, dilation: $0) },
    MisuseCase("convTranspose3d(stride)") { convTranspose3d(volume, kernel3, stride: $0) },
    MisuseCase("convTranspose3d(padding)") { convTranspose3d(volume, kernel3, padding: $0) },
    MisuseCase("convTranspose3d(outputPadding)") {
      convTranspose3d(volume, kernel3, outputPadding: $0)
    },
    MisuseCase("convTranspose3d(groups)") { convTranspose3d(volume, kernel3, groups: $0) },
    MisuseCase("convTranspose3d(dilation)") { convTranspose3d(volume, kernel3, dilation: $0) },
    MisuseCase("ConvTranspose2d(outputSize)") {
      ConvTranspose2d(2, 2, 3, stride: 2)(image, outputSize: $0)
    },
    MisuseCase("Conv1d(inChannels)") { Conv1d($0, 2, 3) },
    MisuseCase("Conv1d(outChannels)") { Conv1d(2, $0, 3) },
    MisuseCase("Conv1d(kernelSize)") { Conv1d(2, 2, $0) },
    MisuseCase("Conv1d(stride)") { Conv1d(2, 2, 3, stride: $0)(signal) },
    MisuseCase("Conv1d(padding)") { Conv1d(2, 2, 3, padding: $0)(signal) },
    MisuseCase("Conv1d(padding)") { Conv1d(2, 2, 3, padding: $0, paddingMode: .reflect)(signal) },
    MisuseCase("Conv1d(padding)") {
      Conv1d(2, 2, 3, padding: $0, paddingMode: .replicate)(signal)
    },
    MisuseCase("Conv1d(dilation)") { Conv1d(2, 2, 3, padding: .same, dilation: $0)(signal) },
    MisuseCase("Conv1d(groups)") { Conv1d(2, 2, 3, groups: $0) },
    MisuseCase("Conv2d(inChannels)") { Conv2d($0, 2, 3) },
    MisuseCase("Conv2d(outChannels)") { Conv2d(2, $0, 3) },
    MisuseCase("Conv2d(kernelSize)") { Conv2d(2, 2, [3, $0]) },
    MisuseCase("Conv2d(stride)") { Conv2d(2, 2, 3, stride: $0)(image) },
    MisuseCase("Conv2d(padding)") { Conv2d(2, 2, 3, padding: $0)(image) },
    MisuseCase("Conv2d(dilation)") { Conv2d(2, 2, 3, dilation: $0)(image) },
    MisuseCase("Conv2d(groups)") { Conv2d(2, 2, 3, groups: $0) },
    MisuseCase("Conv3d(inChannels)") { Conv3d($0, 2, 3) },
    MisuseCase("Conv3d(outChannels)") { Conv3d(2, $0, 3) },
    MisuseCase("Conv3d(kernelSize)") { Conv3d(2, 2, [2, 2, $0]) },
    MisuseCase("Conv3d(stride)") { Conv3d(2, 2, 2, stride: $0)(volume) },
    MisuseCase("Conv3d(padding)") { Conv3d(2, 2, 2, padding: $0)(volume) },
    MisuseCase("Conv3d(dilation)") { Conv3d(2, 2, 2, dilation: $0)(volume) },
    MisuseCase("Conv3d(groups)") { Conv3d(2, 2, 2, groups: $0) },
    MisuseCase("ConvTranspose1d(inChannels)") { ConvTranspose1d($0, 2, 2) },
    MisuseCase("ConvTranspose1d(outChannels)") { ConvTranspose1d(2, $0, 2) },
    MisuseCase("ConvTranspose1d(kernelSize)") { ConvTranspose1d(2, 2, $0) },
    MisuseCase("ConvTranspose1d(stride)") { ConvTranspose1d(2, 2, 2, stride: $0)(signal) },
    MisuseCase("ConvTranspose1d(padding)") { ConvTranspose1d(2, 2, 2, padding: $0)(signal) },
    MisuseCase("ConvTranspose1d(outputPadding)") {
      ConvTranspose1d(2, 2, 2, stride: 3, outputPadding: $0)(signal)
    },
    MisuseCase("ConvTranspose1d(groups)") { ConvTranspose1d(2, 2, 2, groups: $0) },
    MisuseCase("ConvTranspose1d(dilation)") { ConvTranspose1d(2, 2, 2, dilation: $0)(signal) },
    MisuseCase("ConvTranspose2d(inChannels)") { ConvTranspose2d($0, 2, 2) },
    MisuseCase("ConvTranspose2d(outChannels)") { ConvTranspose2d(2, $0, 2) },
    MisuseCase("ConvTranspose2d(kernelSize)") { ConvTranspose2d(2, 2, $0) },
    MisuseCase("ConvTranspose2d(stride)") { ConvTranspose2d(2, 2, 2, stride: $0)(image) },
    MisuseCase("ConvTranspose2d(padding)") { ConvTranspose2d(2, 2, 2, padding: $0)(image) },
    MisuseCase("ConvTranspose2d(outputPadding)") {
      ConvTranspose2d(2, 2, 2, stride: 3, outputPadding: $0)(image)
    },
    MisuseCase("ConvTranspose2d(groups)") { ConvTranspose2d(2, 2, 2, groups: $0) },
    MisuseCase("ConvTranspose2d(dilation)") { ConvTranspose2d(2, 2, 2, dilation: $0)(image) },
    MisuseCase("ConvTranspose3d(inChannels)") { ConvTranspose3d($0, 2, 2) },
    MisuseCase("ConvTranspose3d(outChannels)") { ConvTranspose3d(2, $0, 2) },
    MisuseCase("ConvTranspose3d(kernelSize)") { ConvTranspose3d(2, 2, $0) },
    MisuseCase("ConvTranspose3d(stride)") { ConvTranspose3d(2, 2, 2, stride: $0)(volume) },
    MisuseCase("ConvTranspose3d(padding)") { ConvTranspose3d(2, 2, 2, padding: $0)(volume) },
    MisuseCase("ConvTranspose3d(outputPadding)") {
      ConvTranspose3d(2, 2, 2, stride: 3, outputPadding: $0)(volume)
    },
    MisuseCase("ConvTranspose3d(groups)") { ConvTranspose3d(2, 2, 2, groups: $0) },
    MisuseCase("ConvTranspose3d(dilation)") { ConvTranspose3d(2, 2, 2, dilation: $0)(volume) },
  ]
}
