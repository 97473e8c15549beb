import Autograd
import NN

private var signal: Tensor { .ones(1, 2, 5) }
private var image: Tensor { .ones(1, 2, 5, 5) }
private var volume: Tensor { .ones(1, 2, 5, 5, 5) }
private func zeros(_ x: Tensor) -> Tensor { .zeros(x.shape, dtype: .int64) }

extension MisuseCase {
  static let pooling = [
    MisuseCase("maxPool1d(kernelSize)") { maxPool1d(signal, $0) },
    MisuseCase("maxPool1d(stride)") { maxPool1d(signal, 2, stride: $0, ceilMode: true) },
    MisuseCase("maxPool1d(padding)") { maxPool1d(signal, 2, padding: $0) },
    MisuseCase("maxPool1d(dilation)") { maxPool1d(signal, 2, padding: 1, dilation: $0) },
    MisuseCase("maxPool1dWithIndices(kernelSize)") { maxPool1dWithIndices(signal, $0) },
    MisuseCase("maxPool1dWithIndices(stride)") {
      maxPool1dWithIndices(signal, 2, stride: $0, ceilMode: true)
    },
    MisuseCase("maxPool1dWithIndices(padding)") { maxPool1dWithIndices(signal, 2, padding: $0) },
    MisuseCase("maxPool1dWithIndices(dilation)") {
      maxPool1dWithIndices(signal, 2, padding: 1, dilation: $0)
    },
    MisuseCase("avgPool1d(kernelSize)") { avgPool1d(signal, $0, padding: $0 / 2) },
    MisuseCase("avgPool1d(stride)") { avgPool1d(signal, 2, stride: $0, ceilMode: true) },
    MisuseCase("avgPool1d(padding)") { avgPool1d(signal, 2, padding: $0) },
    MisuseCase("lpPool1d(kernelSize)") { lpPool1d(signal, 2, $0) },
    MisuseCase("lpPool1d(stride)") { lpPool1d(signal, 2, 2, stride: $0, ceilMode: true) },
    MisuseCase("adaptiveAvgPool1d(outputSize)") { adaptiveAvgPool1d(signal, $0) },
    MisuseCase("adaptiveMaxPool1d(outputSize)") { adaptiveMaxPool1d(signal, $0) },
    MisuseCase("adaptiveMaxPool1dWithIndices(outputSize)") {
      adaptiveMaxPool1dWithIndices(signal, $0)
    },
    MisuseCase("maxUnpool1d(kernelSize)") { maxUnpool1d(signal, zeros(signal), $0) },
    MisuseCase("maxUnpool1d(stride)") { maxUnpool1d(signal, zeros(signal), 2, stride: $0) },
    MisuseCase("maxUnpool1d(padding)") { maxUnpool1d(signal, zeros(signal), 2, padding: $0) },
    MisuseCase("maxUnpool1d(outputSize)") { maxUnpool1d(signal, zeros(signal), 2, outputSize: $0) },
    MisuseCase("maxPool2d(kernelSize)") { maxPool2d(image, $0) },
    MisuseCase("maxPool2d(stride)") { maxPool2d(image, 2, stride: $0, ceilMode: true) },
    MisuseCase("maxPool2d(padding)") { maxPool2d(image, 2, padding: $0) },
    MisuseCase("maxPool2d(dilation)") { maxPool2d(image, 2, padding: 1, dilation: $0) },
    MisuseCase("maxPool2dWithIndices(kernelSize)") { maxPool2dWithIndices(image, $0) },
    MisuseCase("maxPool2dWithIndices(stride)") {
      maxPool2dWithIndices(image, 2, stride: $0, ceilMode: true)
    },
    MisuseCase("maxPool2dWithIndices(padding)") { maxPool2dWithIndices(image, 2, padding: $0) },
    MisuseCase("maxPool2dWithIndices(dilation)") {
      maxPool2dWithIndices(image, 2, padding: 1, dilation: $0)
    },
    MisuseCase("avgPool2d(kernelSize)") { avgPool2d(image, $0, padding: $0 / 2) },
    MisuseCase("avgPool2d(stride)") { avgPool2d(image, 2, stride: $0, ceilMode: true) },
    MisuseCase("avgPool2d(padding)") { avgPool2d(image, 2, padding: $0) },
    MisuseCase("avgPool2d(divisorOverride)") { avgPool2d(image, 2, divisorOverride: $0) },
    MisuseCase("lpPool2d(kernelSize)") { lpPool2d(image, 2, $0) },
    MisuseCase("lpPool2d(stride)") { lpPool2d(image, 2, 2, stride: $0, ceilMode: true) },
    MisuseCase("adaptiveAvgPool2d(outputSize)") { adaptiveAvgPool2d(image, $0) },
    MisuseCase("adaptiveMaxPool2d(outputSize)") { adaptiveMaxPool2d(image, $0) },
    MisuseCase("adaptiveMaxPool2dWithIndices(outputSize)") {
      adaptiveMaxPool2dWithIndices(image, $0)
    },
    MisuseCase("maxUnpool2d(kernelSize)") { maxUnpool2d(image, zeros(image), $0) },
    MisuseCase("maxUnpool2d(stride)") { maxUnpool2d(image, zeros(image), 2, stride: $0) },
    MisuseCase("maxUnpool2d(padding)") { maxUnpool2d(image, zeros(image), 2, padding: $0) },
    MisuseCase("maxUnpool2d(outputSize)") { maxUnpool2d(image, zeros(image), 2, outputSize: $0) },
    MisuseCase("maxPool3d(kernelSize)") { maxPool3d(volume, $0) },
    MisuseCase("maxPool3d(stride)") { maxPool3d(volume, 2, stride: $0, ceilMode: true) },
    MisuseCase("maxPool3d(padding)") { maxPool3d(volume, 2, padding: $0) },
    MisuseCase("maxPool3d(dilation)") { maxPool3d(volume, 2, padding: 1, dilation: $0) },
    MisuseCase("maxPool3dWithIndices(kernelSize)") { maxPool3dWithIndices(volume, $0) },
    MisuseCase("maxPool3dWithIndices(stride)") {
      maxPool3dWithIndices(volume, 2, stride: $0, ceilMode: true)
    },
    MisuseCase("maxPool3dWithIndices(padding)") { maxPool3dWithIndices(volume, 2, padding: $0) },
    MisuseCase("maxPool3dWithIndices(dilation)") {
      maxPool3dWithIndices(volume, 2, padding: 1, dilation: $0)
    },
    MisuseCase("avgPool3d(kernelSize)") { avgPool3d(volume, $0, padding: $0 / 2) },
    MisuseCase("avgPool3d(stride)") { avgPool3d(volume, 2, stride: $0, ceilMode: true) },
    MisuseCase("avgPool3d(padding)") { avgPool3d(volume, 2, padding: $0) },
    MisuseCase("avgPool3d(divisorOverride)") { avgPool3d(volume, 2, divisorOverride: $0) },
    MisuseCase("lpPool3d(kernelSize)") { lpPool3d(volume, 2, $0) },
    MisuseCase("lpPool3d(stride)") { lpPool3d(volume, 2, 2, stride: $0, ceilMode: true) },
    MisuseCase("adaptiveAvgPool3d(outputSize)") { adaptiveAvgPool3d(volume, $0) },
    MisuseCase("adaptiveMaxPool3d(outputSize)") { adaptiveMaxPool3d(volume, $0) },
    MisuseCase("adaptiveMaxPool3dWithIndices(outputSize)") {
      adaptiveMaxPool3dWithIndices(volume, $0)
    },
    MisuseCase("maxUnpool3d(kernelSize)") { maxUnpool3d(volume, zeros(volume), $0) },
    MisuseCase("maxUnpool3d(stride)") { maxUnpool3d(volume, zeros(volume), 2, stride: $0) },
    MisuseCase("maxUnpool3d(padding)") { maxUnpool3d(volume, zeros(volume), 2, padding: $0) },
    MisuseCase("maxUnpool3d(outputSize)") { maxUnpool3d(volume, zeros(volume), 2, outputSize: $0) },
    MisuseCase("fractionalMaxPool2d(kernelSize)") { fractionalMaxPool2d(image, $0, outputSize: 2) },
    MisuseCase("fractionalMaxPool2d(outputSize)") { fractionalMaxPool2d(image, 2, outputSize: $0) },
    MisuseCase("fractionalMaxPool2dWithIndices(kernelSize)") {
      fractionalMaxPool2dWithIndices(image, $0, outputSize: 2)
    },
    MisuseCase("fractionalMaxPool2dWithIndices(outputSize)") {
      fractionalMaxPool2dWithIndices(image, 2, outputSize: $0)
    },
    MisuseCase("fractionalMaxPool3d(kernelSize)") {
      fractionalMaxPool3d(volume, $0, outputSize: 2)
    },
    MisuseCase("fractionalMaxPool3d(outputSize)") {
      fractionalMaxPool3d(volume, 2, outputSize: $0)
    },
    MisuseCase("fractionalMaxPool3dWithIndices(kernelSize)") {
      fractionalMaxPool3dWithIndices(volume, $0, outputSize: 2)
    },
    MisuseCase("fractionalMaxPool3dWithIndices(outputSize)") {
      fractionalMaxPool3dWithIndices(volume, 2, outputSize: $0)
    },
  ]

  static let poolingLayers = [
    MisuseCase("MaxPool1d(kernelSize)") { MaxPool1d($0)(signal) },
    MisuseCase("MaxPool1d(stride)") { MaxPool1d(2, stride: $0)(signal) },
    MisuseCase("MaxPool1d(padding)") { MaxPool1d(2, padding: $0)(signal) },
    MisuseCase("MaxPool1d(dilation)") { MaxPool1d(2, dilation: $0)(signal) },
    MisuseCase("AvgPool1d(kernelSize)") { AvgPool1d($0)(signal) },
    MisuseCase("AvgPool1d(stride)") { AvgPool1d(2, stride: $0)(signal) },
    MisuseCase("AvgPool1d(padding)") { AvgPool1d(2, padding: $0)(signal) },
    MisuseCase("LPPool1d(kernelSize)") { LPPool1d(2, $0)(signal) },
    MisuseCase("LPPool1d(stride)") { LPPool1d(2, 2, stride: $0)(signal) },
    MisuseCase("AdaptiveAvgPool1d(outputSize)") { AdaptiveAvgPool1d($0)(signal) },
    MisuseCase("AdaptiveMaxPool1d(outputSize)") { AdaptiveMaxPool1d($0)(signal) },
    MisuseCase("MaxUnpool1d(kernelSize)") { MaxUnpool1d($0)(signal, zeros(signal)) },
    MisuseCase("MaxUnpool1d(stride)") { MaxUnpool1d(2, stride: $0)(signal, zeros(signal)) },
    MisuseCase("MaxUnpool1d(padding)") { MaxUnpool1d(2, padding: $0)(signal, zeros(signal)) },
    MisuseCase("MaxPool2d(kernelSize)") { MaxPool2d($0)(image) },
    MisuseCase("MaxPool2d(stride)") { MaxPool2d(2, stride: $0)(image) },
    MisuseCase("MaxPool2d(padding)") { MaxPool2d(2, padding: $0)(image) },
    MisuseCase("MaxPool2d(dilation)") { MaxPool2d(2, dilation: $0)(image) },
    MisuseCase("AvgPool2d(kernelSize)") { AvgPool2d($0)(image) },
    MisuseCase("AvgPool2d(stride)") { AvgPool2d(2, stride: $0)(image) },
    MisuseCase("AvgPool2d(padding)") { AvgPool2d(2, padding: $0)(image) },
    MisuseCase("AvgPool2d(divisorOverride)") { AvgPool2d(2, divisorOverride: $0)(image) },
    MisuseCase("LPPool2d(kernelSize)") { LPPool2d(2, $0)(image) },
    MisuseCase("LPPool2d(stride)") { LPPool2d(2, 2, stride: $0)(image) },
    MisuseCase("AdaptiveAvgPool2d(outputSize)") { AdaptiveAvgPool2d($0)(image) },
    MisuseCase("AdaptiveMaxPool2d(outputSize)") { AdaptiveMaxPool2d($0)(image) },
    MisuseCase("MaxUnpool2d(kernelSize)") { MaxUnpool2d($0)(image, zeros(image)) },
    MisuseCase("MaxUnpool2d(stride)") { MaxUnpool2d(2, stride: $0)(image, zeros(image)) },
    MisuseCase("MaxUnpool2d(padding)") { MaxUnpool2d(2, padding: $0)(image, zeros(image)) },
    MisuseCase("MaxPool3d(kernelSize)") { MaxPool3d($0)(volume) },
    MisuseCase("MaxPool3d(stride)") { MaxPool3d(2, stride: $0)(volume) },
    MisuseCase("MaxPool3d(padding)") { MaxPool3d(2, padding: $0)(volume) },
    MisuseCase("MaxPool3d(dilation)") { MaxPool3d(2, dilation: $0)(volume) },
    MisuseCase("AvgPool3d(kernelSize)") { AvgPool3d($0)(volume) },
    MisuseCase("AvgPool3d(stride)") { AvgPool3d(2, stride: $0)(volume) },
    MisuseCase("AvgPool3d(padding)") { AvgPool3d(2, padding: $0)(volume) },
    MisuseCase("AvgPool3d(divisorOverride)") { AvgPool3d(2, divisorOverride: $0)(volume) },
    MisuseCase("LPPool3d(kernelSize)") { LPPool3d(2, $0)(volume) },
    MisuseCase("LPPool3d(stride)") { LPPool3d(2, 2, stride: $0)(volume) },
    MisuseCase("AdaptiveAvgPool3d(outputSize)") { AdaptiveAvgPool3d($0)(volume) },
    MisuseCase("AdaptiveMaxPool3d(outputSize)") { AdaptiveMaxPool3d($0)(volume) },
    MisuseCase("MaxUnpool3d(kernelSize)") { MaxUnpool3d($0)(volume, zeros(volume)) },
    MisuseCase("MaxUnpool3d(stride)") { MaxUnpool3d(2, stride: $0)(volume, zeros(volume)) },
    MisuseCase("MaxUnpool3d(padding)") { MaxUnpool3d(2, padding: $0)(volume, zeros(volume)) },
    MisuseCase("callAsFunction(outputSize)", op: "MaxUnpool2d") {
      MaxUnpool2d(2)(image, zeros(image), outputSize: $0)
    },
    MisuseCase("FractionalMaxPool2d(kernelSize)") { FractionalMaxPool2d($0, outputSize: 2)(image) },
    MisuseCase("FractionalMaxPool2d(outputSize)") { FractionalMaxPool2d(2, outputSize: $0)(image) },
    MisuseCase("FractionalMaxPool3d(kernelSize)") {
      FractionalMaxPool3d($0, outputSize: 2)(volume)
    },
    MisuseCase("FractionalMaxPool3d(outputSize)") {
      FractionalMaxPool3d(2, outputSize: $0)(volume)
    },
  ]
}
