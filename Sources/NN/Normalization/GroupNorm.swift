import Autograd

// MARK: - The functions

/// Each sample, normalised over groups of neighbouring channels: PyTorch's `group_norm` (Wu and He
/// 2018).
///
/// y = (x − mean) / √(variance + eps) · weight + bias, with the mean and the biased variance of the
/// group.
///
/// - Parameters:
///   - input: x, [batch, channels, …].
///   - numGroups: the number of groups, which divides the number of channels.
///   - weight: [channels]; 1 if nil.
///   - bias: [channels]; 0 if nil.
///   - eps: is added to the variance, so that the quotient stays finite.
public func groupNorm(
  _ input: Tensor, _ numGroups: Int, weight: Tensor? = nil, bias: Tensor? = nil,
  eps: Double = 1e-5
) -> Tensor {
  require(
    input.ndim >= 2, "groupNorm: expected [batch, channels, …], got the shape \(input.shape)")
  let channels = input.shape[1]
  require(
    channels > 0 && numGroups > 0 && channels % numGroups == 0,
    """
    groupNorm: the \(channels) channels of the shape \(input.shape) cannot be divided into \
    \(numGroups) groups of one size; give another numGroups
    """)
  require(
    input.shape.dropFirst(2).allSatisfy { $0 > 0 },
    "groupNorm: only the batch may be empty, but the shape is \(input.shape)")
  requireChannelParameters([weight, bias], channels, op: #function)
  return groupNormalized(input, numGroups, weight, bias, eps, op: #function).y
}

/// Each channel of each sample, normalised: PyTorch's `instance_norm` (Ulyanov et al. 2016).
///
/// y = (x − mean) / √(variance + eps) · weight + bias. With the statistics of the input, the running
/// values become (1 − momentum) · running + momentum · the mean over the batch of what was found, in
/// place and with the unbiased variance.
///
/// - Parameters:
///   - input: x, [batch, channels, …], with more than one element per channel if `useInputStats`.
///   - runningMean: [channels].
///   - runningVar: [channels].
///   - weight: [channels]; 1 if nil.
///   - bias: [channels]; 0 if nil.
///   - useInputStats: whether the mean and the variance are those of the input, and not the running
///     values.
///   - momentum: the weight of the input in the new running values.
///   - eps: is added to the variance, so that the quotient stays finite.
public func instanceNorm(
  _ input: Tensor, runningMean: Tensor? = nil, runningVar: Tensor? = nil, weight: Tensor? = nil,
  bias: Tensor? = nil, useInputStats: Bool = true, momentum: Double = 0.1, eps: Double = 1e-5
) -> Tensor {
  require(
    input.ndim >= 2, "instanceNorm: expected [batch, channels, …], got the shape \(input.shape)")
  let channels = input.shape[1]
  requireChannelParameters([runningMean, runningVar, weight, bias], channels, op: #function)
  guard useInputStats else {
    require(
      runningMean != nil && runningVar != nil,
      "instanceNorm: without useInputStats, runningMean and runningVar are needed")
    return batchNorm(
      input, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias, eps: eps)
  }
  let count = input.shape.dropFirst(2).reduce(1, *)
  require(
    count != 1,
    """
    instanceNorm: the statistics of the input need more than one element per channel, but the shape \
    is \(input.shape)
    """)
  let (y, mean, variance) = groupNormalized(input, channels, weight, bias, eps, op: #function)
  guard let mean, let variance else { return y }
  noGrad {
    let unbiased = variance * (Double(count) / Double(count - 1))
    for (running, now) in [(runningMean, mean), (runningVar, unbiased)] {
      guard let running else { continue }
      running.copy_(running * (1 - momentum) + now.mean(dim: 0) * momentum)
    }
  }
  return y
}

/// Stops unless the parameters of a normalisation have one element for each channel.
func requireChannelParameters(_ parameters: [Tensor?], _ channels: Int, op: StaticString) {
  for parameter in parameters.compactMap({ $0 }) {
    require(
      parameter.shape == [channels],
      """
      \(opName(op)): a parameter has shape \(parameter.shape), but there are \(channels) channels
      """)
  }
}

// MARK: - By kernels

/// The result, and the mean and the biased variance of each group, [batch, groups]; these are nil
/// for an input without elements.
private func groupNormalized(
  _ x: Tensor, _ groups: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double, op: StaticString
) -> (y: Tensor, mean: Tensor?, variance: Tensor?) {
  if x.numel == 0 { return (x.clone().scaled(weight, bias), nil, nil) }
  let parameters = [weight, bias].compactMap { $0 }
  guard x.dtype.isFloatingPoint, parameters.allSatisfy({ $0.dtype == x.dtype }) else {
    return composedGroupNorm(x, groups, weight, bias, eps)
  }
  let found = GroupNormStatistics(of: x, groups: groups, eps: eps)
  guard found.isInRange(eps: eps) else { return composedGroupNorm(x, groups, weight, bias, eps) }
  let y = found.normalized(x, weight: weight, bias: bias)
  let (savedX, w) = (Saved(x, op: op), weight.map { Saved($0, op: op) })
  let b = bias.map { Saved($0, op: op) }
  y.wrt(
    x, op: op, fused: { g in found.gradient(g, of: savedX.value, weight: w?.value) },
    meaning: { composedGroupNorm($0, groups, w?.value, b?.value, eps).y })
  if let weight {
    y.wrt(
      weight, op: op, fused: { g in found.weightGradient(g, of: savedX.value) },
      meaning: { composedGroupNorm(savedX.value, groups, $0, b?.value, eps).y })
  }
  if let bias {
    y.wrt(
      bias, op: op, fused: { g in found.biasGradient(g, of: savedX.value) },
      meaning: { composedGroupNorm(savedX.value, groups, w?.value, $0, eps).y })
  }
  return (y, found.mean, found.variance)
}

/// The same in ordinary ops.
private func composedGroupNorm(
  _ x: Tensor, _ groups: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) -> (y: Tensor, mean: Tensor?, variance: Tensor?) {
  let batch = x.shape[0]
  let rows = x.reshape([batch, groups, x.numel / (batch * groups)])
  let (normalized, mean, variance) = rows.standardized(over: [2], eps: eps)
  return (
    normalized.reshape(x.shape).scaled(weight, bias), mean.squeeze(dim: 2),
    variance.detach().squeeze(dim: 2)
  )
}

// MARK: - The layer

/// Normalises each sample over groups of neighbouring channels: ``groupNorm(_:_:weight:bias:eps:)``
/// with a weight that starts as 1 and a bias that starts as 0.
///
/// ```swift
/// let norm = GroupNorm(8, 64)  // 8 groups of 8 channels
/// ```
public final class GroupNorm: Module {
  /// The factor of each channel; nil in a layer without one.
  @Parameter public var weight: Tensor?
  /// What is added to each channel; nil in a layer without one.
  @Parameter public var bias: Tensor?

  let numGroups, numChannels: Int
  let eps: Double

  /// A layer for inputs of `numChannels` channels.
  ///
  /// - Parameters:
  ///   - numGroups: the number of groups, which divides the number of channels.
  ///   - numChannels: the number of channels.
  ///   - eps: is added to the variance.
  ///   - affine: whether the layer has a weight and a bias.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ numGroups: Int, _ numChannels: Int, eps: Double = 1e-5, affine: Bool = true,
    bias: Bool = true, dtype: DType = .default
  ) {
    require(
      numGroups > 0 && numChannels % numGroups == 0,
      """
      GroupNorm: \(numChannels) channels cannot be divided into \(numGroups) groups of one size; \
      give other numbers
      """)
    self.numGroups = numGroups
    self.numChannels = numChannels
    self.eps = eps
    weight = affine ? .filled([numChannels], .int(1), dtype, op: "GroupNorm") : nil
    self.bias = affine && bias ? .filled([numChannels], .int(0), dtype, op: "GroupNorm") : nil
  }

  /// Sets the weight to 1 and the bias to 0.
  public func resetParameters() {
    if let weight { ones_(weight) }
    if let bias { zeros_(bias) }
  }

  public override var extraRepr: String {
    "\(numGroups), \(numChannels), eps: \(eps), affine: \(weight != nil), bias: \(bias != nil)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    groupNorm(x, numGroups, weight: weight, bias: bias, eps: eps)
  }
}
