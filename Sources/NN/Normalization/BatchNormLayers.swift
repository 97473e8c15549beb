import Autograd

/// What the layers of batch normalisation share.
public class BatchNormLayer: ChannelNormLayer {
  /// The output for `x`, which has one of the numbers of dimensions `dims`.
  func normalized(_ x: Tensor, dims: [Int]) -> Tensor {
    check(x, dims: dims, channels: 1)
    var momentum = self.momentum ?? 0
    if isTraining, let numBatchesTracked {
      noGrad { _ = numBatchesTracked.add_(1) }
      if self.momentum == nil { momentum = 1 / numBatchesTracked.item() }
    }
    return batchNorm(
      x, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias,
      training: isTraining || runningMean == nil, momentum: momentum, eps: eps)
  }
}

/// Normalises each channel of signals, [batch, channels, length] or [batch, channels], over the batch:
/// ``batchNorm(_:runningMean:runningVar:weight:bias:training:momentum:eps:)`` with running statistics.
///
/// ```swift
/// let norm = BatchNorm1d(64)
/// ```
///
/// In training mode the statistics are those of the batch, and the running ones are updated;
/// otherwise the running ones are used, if the layer has them.
public final class BatchNorm1d: BatchNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of a batch in the running statistics; nil is the mean of all batches.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "BatchNorm1d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, dims: [2, 3]) }
}

/// Normalises each channel of images, [batch, channels, height, width], over the batch:
/// ``batchNorm(_:runningMean:runningVar:weight:bias:training:momentum:eps:)`` with running statistics.
///
/// ```swift
/// let norm = BatchNorm2d(64)
/// ```
///
/// In training mode the statistics are those of the batch, and the running ones are updated;
/// otherwise the running ones are used, if the layer has them.
public final class BatchNorm2d: BatchNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of a batch in the running statistics; nil is the mean of all batches.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "BatchNorm2d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, dims: [4]) }
}

/// Normalises each channel of volumes, [batch, channels, depth, height, width], over the batch:
/// ``batchNorm(_:runningMean:runningVar:weight:bias:training:momentum:eps:)`` with running statistics.
///
/// ```swift
/// let norm = BatchNorm3d(64)
/// ```
///
/// In training mode the statistics are those of the batch, and the running ones are updated;
/// otherwise the running ones are used, if the layer has them.
public final class BatchNorm3d: BatchNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of a batch in the running statistics; nil is the mean of all batches.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "BatchNorm3d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, dims: [5]) }
}
