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
  let perChannel = [channels] + Array(repeating: 1, count: input.ndim - 2)
  var y: Tensor
  if input.numel == 0 {
    y = input.clone()
  } else if training {
    let count = input.numel / max(channels, 1)
    require(
      count > 1,
      "batchNorm: training needs more than one value per channel, but the shape is \(input.shape)")
    let dims = input.shape.indices.filter { $0 != 1 }
    let (normalized, mean, variance) = input.standardized(over: dims, eps: eps)
    noGrad {
      let unbiased = variance * (Double(count) / Double(count - 1))
      for (running, now) in [(runningMean, mean), (runningVar, unbiased)] {
        guard let running else { continue }
        running.copy_(running * (1 - momentum) + now.reshape([channels]) * momentum)
      }
    }
    y = normalized
  } else {
    guard let runningMean, let runningVar else {
      fail("batchNorm: without training: true, runningMean and runningVar are needed")
    }
    y =
      (input - runningMean.reshape(perChannel)) / (runningVar.reshape(perChannel) + eps).sqrt()
  }
  if let weight { y = y * weight.reshape(perChannel) }
  return bias.map { y + $0.reshape(perChannel) } ?? y
}
