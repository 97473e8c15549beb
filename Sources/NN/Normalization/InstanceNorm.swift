import Autograd

/// What the layers of instance normalisation share.
public class InstanceNormLayer: ChannelNormLayer {
  /// The output for `x`, of `rank` dimensions, or one less without the batch.
  func normalized(_ x: Tensor, rank: Int) -> Tensor {
    check(x, dims: [rank - 1, rank], channels: x.ndim - rank + 1)
    let batch = x.ndim == rank ? x : x.unsqueeze(0)
    let y = instanceNorm(
      batch, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias,
      useInputStats: isTraining || runningMean == nil, momentum: momentum ?? 0, eps: eps)
    return x.ndim == rank ? y : y.squeeze(0)
  }
}

/// Normalises each channel of each sample of signals, [batch, channels, length],
/// or without the batch:
/// ``instanceNorm(_:runningMean:runningVar:weight:bias:useInputStats:momentum:eps:)``.
///
/// ```swift
/// let norm = InstanceNorm1d(64, affine: true)
/// ```
public final class InstanceNorm1d: InstanceNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of an input in the running statistics; nil counts as 0, as in PyTorch.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics, which it uses outside training.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "InstanceNorm1d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, rank: 3) }
}

/// Normalises each channel of each sample of images, [batch, channels, height, width],
/// or without the batch:
/// ``instanceNorm(_:runningMean:runningVar:weight:bias:useInputStats:momentum:eps:)``.
///
/// ```swift
/// let norm = InstanceNorm2d(64, affine: true)
/// ```
public final class InstanceNorm2d: InstanceNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of an input in the running statistics; nil counts as 0, as in PyTorch.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics, which it uses outside training.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "InstanceNorm2d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, rank: 4) }
}

/// Normalises each channel of each sample of volumes, [batch, channels, depth, height, width],
/// or without the batch:
/// ``instanceNorm(_:runningMean:runningVar:weight:bias:useInputStats:momentum:eps:)``.
///
/// ```swift
/// let norm = InstanceNorm3d(64, affine: true)
/// ```
public final class InstanceNorm3d: InstanceNormLayer {
  /// A layer for inputs of `numFeatures` channels.
  ///
  /// - Parameters:
  ///   - numFeatures: the number of channels.
  ///   - eps: is added to the variance.
  ///   - momentum: the weight of an input in the running statistics; nil counts as 0, as in PyTorch.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - trackRunningStats: whether the layer has running statistics, which it uses outside training.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(
      numFeatures, eps: eps, momentum: momentum, affine: affine,
      trackRunningStats: trackRunningStats, bias: bias, dtype: dtype, op: "InstanceNorm3d")
  }

  public override func forward(_ x: Tensor) -> Tensor { normalized(x, rank: 5) }
}
