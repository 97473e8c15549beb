// Dropout of whole channels, and dropout that keeps mean and variance.

import Autograd

// MARK: - Channels

/// Replaces each channel of each sample by 0 with probability p and divides the others by 1 − p:
/// PyTorch's `dropout1d` (Tompson et al. 2015). Outside training it returns x.
///
/// The same seed drops the same channels as in PyTorch.
///
/// - Parameters:
///   - x: [batch, channels, length] or [channels, length].
///   - p: the probability.
///   - training: whether channels are dropped.
///   - generator: what is drawn from.
public func dropout1d(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  requireChannels(x, 2...3, op: #function)
  if x.ndim == 3 { return dropped(x, p, training, channels(x), generator, op: #function) }
  let batch = x.unsqueeze(0)
  return dropped(batch, p, training, channels(batch), generator, op: #function).squeeze(0)
}

/// Replaces each channel of each sample by 0 with probability p and divides the others by 1 − p:
/// PyTorch's `dropout2d` (Tompson et al. 2015). Outside training it returns x.
///
/// The same seed drops the same channels as in PyTorch.
///
/// - Parameters:
///   - x: [batch, channels, height, width], or any shape that begins with batch and channels.
///   - p: the probability.
///   - training: whether channels are dropped.
///   - generator: what is drawn from.
public func dropout2d(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  requireChannels(x, 2..., op: #function)
  return dropped(x, p, training, channels(x), generator, op: #function)
}

/// Replaces each channel of each sample by 0 with probability p and divides the others by 1 − p:
/// PyTorch's `dropout3d` (Tompson et al. 2015). Outside training it returns x.
///
/// The same seed drops the same channels as in PyTorch.
///
/// - Parameters:
///   - x: [batch, channels, depth, height, width] or the same without the batch.
///   - p: the probability.
///   - training: whether channels are dropped.
///   - generator: what is drawn from.
public func dropout3d(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  requireChannels(x, 4...5, op: #function)
  if x.ndim == 5 { return dropped(x, p, training, channels(x), generator, op: #function) }
  let batch = x.unsqueeze(0)
  return dropped(batch, p, training, channels(batch), generator, op: #function).squeeze(0)
}

/// The shape of one draw for each channel of each sample.
private func channels(_ x: Tensor) -> [Int] {
  Array(x.shape.prefix(2)) + Array(repeating: 1, count: x.ndim - 2)
}

private func requireChannels(
  _ x: Tensor, _ ranks: some RangeExpression<Int>, op: StaticString
) {
  require(
    ranks.contains(x.ndim),
    """
    \(opName(op)): the shape \(x.shape) does not have the dimensions of samples and channels; unsqueeze \
    or reshape it
    """)
}

// MARK: - Alpha dropout

/// Replaces each element of x by the value that SELU has at −∞ with probability p, and scales the
/// result so that mean 0 and variance 1 stay: PyTorch's `alpha_dropout` (Klambauer et al. 2017).
/// Outside training it returns x.
///
/// The same seed drops the same elements as in PyTorch.
public func alphaDropout(
  _ x: Tensor, p: Double = 0.5, training: Bool = false, generator: Generator = .default
) -> Tensor {
  alphaDropped(x, p, training, x.shape, generator, op: #function)
}

/// ``alphaDropout(_:p:training:generator:)`` of whole channels: PyTorch's `feature_alpha_dropout`.
///
/// - Parameters:
///   - x: [batch, channels, …].
///   - p: the probability.
///   - training: whether channels are dropped.
///   - generator: what is drawn from.
public func featureAlphaDropout(
  _ x: Tensor, p: Double = 0.5, training: Bool = false, generator: Generator = .default
) -> Tensor {
  requireChannels(x, 2..., op: #function)
  return alphaDropped(x, p, training, channels(x), generator, op: #function)
}

private func alphaDropped(
  _ x: Tensor, _ p: Double, _ training: Bool, _ shape: [Int], _ generator: Generator,
  op: StaticString
) -> Tensor {
  requireProbability(p, op: op)
  if !training || p == 0 || x.numel == 0 { return x }
  if p == 1 { return x * Tensor.zeros([], dtype: x.dtype) }
  // The product of scale and alpha of SELU.
  let alpha = 1.758_099_340_847_376_7
  let a = 1 / ((alpha * alpha * p + 1) * (1 - p)).squareRoot()
  let mask = Tensor.empty(shape, dtype: x.dtype).bernoulli_(1 - p, generator: generator)
  let offset = (mask - 1) * (alpha * a) + alpha * a * p
  return x * (mask * a) + offset
}
