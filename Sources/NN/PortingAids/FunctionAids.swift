// Porting aids: functions of images, normalisation and pooling. See Modules.swift.

import Autograd

@available(*, unavailable, message: "use maxPool1d(_:_:stride:padding:)")
public func max_pool1d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use avgPool1d(_:_:stride:padding:)")
public func avg_pool1d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use maxPool3d(_:_:stride:padding:)")
public func max_pool3d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use avgPool3d(_:_:stride:padding:)")
public func avg_pool3d(
  _ x: Tensor, _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveAvgPool1d(_:_:)")
public func adaptive_avg_pool1d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveMaxPool1d(_:_:)")
public func adaptive_max_pool1d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveAvgPool2d(_:_:)")
public func adaptive_avg_pool2d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveMaxPool2d(_:_:)")
public func adaptive_max_pool2d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveAvgPool3d(_:_:)")
public func adaptive_avg_pool3d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use adaptiveMaxPool3d(_:_:)")
public func adaptive_max_pool3d(
  _ x: Tensor, _ outputSize: some AdaptiveSize
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use groupNorm(_:_:weight:bias:eps:)")
public func group_norm(
  _ x: Tensor, _ numGroups: Int, weight: Tensor? = nil, bias: Tensor? = nil
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use instanceNorm(_:weight:bias:eps:)")
public func instance_norm(
  _ x: Tensor, weight: Tensor? = nil, bias: Tensor? = nil
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use rmsNorm(_:_:weight:eps:)")
public func rms_norm(
  _ x: Tensor, _ normalizedShape: some IntList, weight: Tensor? = nil
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use localResponseNorm(_:_:alpha:beta:k:)")
public func local_response_norm(
  _ x: Tensor, _ size: Int
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use pixelShuffle(_:_:)")
public func pixel_shuffle(
  _ x: Tensor, _ upscaleFactor: Int
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use pixelUnshuffle(_:_:)")
public func pixel_unshuffle(
  _ x: Tensor, _ downscaleFactor: Int
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use gridSample(_:_:mode:paddingMode:alignCorners:)")
public func grid_sample(
  _ x: Tensor, _ grid: Tensor
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use affineGrid(_:_:alignCorners:)")
public func affine_grid(
  _ theta: Tensor, _ size: [Int]
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use embeddingBag(_:_:offsets:mode:)")
public func embedding_bag(
  _ x: Tensor, _ weight: Tensor, _ offsets: Tensor? = nil
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use interpolate(_:size:scaleFactor:mode:)")
public func upsample(_ x: Tensor, scaleFactor: Double) -> Tensor { fatalError() }
