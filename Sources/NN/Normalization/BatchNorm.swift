import Autograd

/// Each channel, normalised over the batch: PyTorch's `batch_norm` (Ioffe and Szegedy 2015).
///
/// y = (x − mean) / √(variance + eps) · weight + bias, for each channel.
///
/// In training, mean and variance are those of the batch, the variance biased. The running values
/// then become (1 − momentum) · running + momentum · batch, in place and with the unbiased
/// variance. Outside training, the running values are used.
/// An input without elements does not change them. The variance of a channel may exceed the range
/// of the dtype; only the running variance is infinite then.
///
/// - Parameters:
///   - input: [batch, channels, …].
///   - runningMean: [channels].
///   - runningVar: [channels].
///   - weight: [channels]; 1 if nil.
///   - bias: [channels]; 0 if nil.
///   - training: whether to use the batch's own mean and variance.
///   - momentum: the weight of the batch in the new running values.
///   - eps: is added to the variance, so that the quotient stays finite.
public func batchNorm(
  _ input: Tensor, runningMean: Tensor? = nil, runningVar: Tensor? = nil, weight: Tensor? = nil,
  bias: Tensor? = nil, training: Bool = false, momentum: Double = 0.1, eps: Double = 1e-5
) -> Tensor {
  // As in PyTorch, an input without dimensions for channels is accepted if it is empty.
  if input.shape == [0] { return input.clone() }
  require(
    input.ndim >= 2, "batchNorm: expected [batch, channels, …], got the shape \(input.shape)")
  let channels = input.shape[1]
  for parameter in [runningMean, runningVar, weight, bias].compactMap({ $0 }) {
    require(
      parameter.shape == [channels],
      "batchNorm: a parameter has shape \(parameter.shape), but there are \(channels) channels")
  }
  if input.numel == 0 { return input.clone().scaled(weight, bias) }
  let parameters = [runningMean, runningVar, weight, bias].compactMap { $0 }
  let isOfOneType =
    input.dtype.isFloatingPoint && parameters.allSatisfy { $0.dtype == input.dtype }
  if training {
    let count = input.numel / channels
    require(
      count > 1,
      "batchNorm: training needs more than one value per channel, but the shape is \(input.shape)")
    let (y, mean, variance) =
      (isOfOneType ? normalizedByBatch(input, weight, bias, eps) : nil)
      ?? composedNormalizedByBatch(input, weight, bias, eps)
    noGrad {
      let unbiased = variance * (Double(count) / Double(count - 1))
      for (running, now) in [(runningMean, mean), (runningVar, unbiased)] {
        guard let running else { continue }
        running.copy_(running * (1 - momentum) + now * momentum)
      }
    }
    return y
  }
  guard let runningMean, let runningVar else {
    fail("batchNorm: without training: true, runningMean and runningVar are needed")
  }
  guard isOfOneType, !runningMean.requiresGrad, !runningVar.requiresGrad else {
    return composedNormalized(input, runningMean, runningVar, weight, bias, eps)
  }
  let channelValues = BatchNormChannels(mean: runningMean, variance: runningVar, eps: eps)
  return recorded(input, channelValues, weight, bias) { [variance = runningVar.clone()] in
    composedNormalized($0, channelValues.mean, variance, $1, $2, eps)
  }
}

// MARK: - By kernels

/// Nil if squares leave the range of the dtype; the composition then scales them.
private func normalizedByBatch(
  _ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) -> (y: Tensor, mean: Tensor, variance: Tensor)? {
  let batch = BatchNormChannels(of: x, eps: eps)
  guard batch.isInRange(eps: eps) else { return nil }
  let y = recorded(x, batch, weight, bias) { composedNormalizedByBatch($0, $1, $2, eps).y }
  return (y, batch.mean, batch.variance)
}

/// x, normalised with `values`; `meaning` is the same in ordinary ops.
private func recorded(
  _ x: Tensor, _ values: BatchNormChannels, _ weight: Tensor?, _ bias: Tensor?,
  meaning: @escaping (Tensor, Tensor?, Tensor?) -> Tensor
) -> Tensor {
  let y = values.normalized(x, weight: weight, bias: bias)
  let op: StaticString = "batchNorm"
  let (savedX, w) = (Saved(x, op: op), weight.map { Saved($0, op: op) })
  let b = bias.map { Saved($0, op: op) }
  y.wrt(
    x, op: op, fused: { g in values.gradient(g, of: savedX.value, weight: w?.value) },
    meaning: { meaning($0, w?.value, b?.value) })
  if let weight {
    y.wrt(
      weight, op: op, fused: { g in values.weightGradient(g, of: savedX.value) },
      meaning: { meaning(savedX.value, $0, b?.value) })
  }
  if let bias {
    y.wrt(
      bias, op: op, fused: { g in values.biasGradient(g, of: savedX.value) },
      meaning: { meaning(savedX.value, w?.value, $0) })
  }
  return y
}

// MARK: - In ordinary ops

private func composedNormalizedByBatch(
  _ x: Tensor, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) -> (y: Tensor, mean: Tensor, variance: Tensor) {
  let dims = x.shape.indices.filter { $0 != 1 }
  let (normalized, mean, variance) = x.standardized(over: dims, eps: eps)
  return (
    normalized.scaled(weight, bias), mean.reshape([x.shape[1]]), variance.reshape([x.shape[1]])
  )
}

private func composedNormalized(
  _ x: Tensor, _ mean: Tensor, _ variance: Tensor, _ weight: Tensor?, _ bias: Tensor?,
  _ eps: Double
) -> Tensor {
  ((x - mean.reshape(x.perChannel)) / (variance.reshape(x.perChannel) + eps).sqrt())
    .scaled(weight, bias)
}

extension Tensor {
  /// The shape in which a value for each channel broadcasts to this tensor.
  var perChannel: [Int] { [shape[1]] + Array(repeating: 1, count: ndim - 2) }

  /// This tensor · weight + bias, for each channel.
  func scaled(_ weight: Tensor?, _ bias: Tensor?) -> Tensor {
    let y = weight.map { self * $0.reshape(perChannel) } ?? self
    return bias.map { y + $0.reshape(perChannel) } ?? y
  }
}
