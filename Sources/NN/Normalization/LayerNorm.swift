// Normalisation by mean and variance, and rows of a table.

/// Each sample, normalised over its last dimensions: PyTorch's `layer_norm` (Ba et al. 2016).
///
/// y = (x − mean) / √(var + eps) · weight + bias, with the biased variance.
///
/// - Parameters:
///   - input: x, whose shape ends in `normalizedShape`.
///   - normalizedShape: the sizes of the dimensions to normalise over.
///   - weight: of shape `normalizedShape`; 1 if nil.
///   - bias: of shape `normalizedShape`; 0 if nil.
///   - eps: what keeps the quotient finite.
public func layerNorm(
  _ input: Tensor, _ normalizedShape: [Int], weight: Tensor? = nil, bias: Tensor? = nil,
  eps: Double = 1e-5
) -> Tensor {
  let rank = normalizedShape.count
  require(
    rank > 0 && Array(input.shape.suffix(rank)) == normalizedShape,
    "layerNorm: the shape \(input.shape) does not end in the normalized shape \(normalizedShape)")
  let parameters = [weight, bias].compactMap { $0 }
  for parameter in parameters {
    require(
      parameter.shape == normalizedShape,
      "layerNorm: weight and bias have the shape \(normalizedShape), not \(parameter.shape)")
  }
  guard input.dtype.isFloatingPoint, parameters.allSatisfy({ $0.dtype == input.dtype }) else {
    return composedLayerNorm(input, rank, weight, bias, eps)
  }
  let (y, rows) = input.layerNormalized(rank, weight: weight, bias: bias, eps: eps)
  let (x, w, b) = (Saved(input), weight.map { Saved($0) }, bias.map { Saved($0) })
  y.wrt(
    input, fused: { g in rows.gradient(g, of: x.value, weight: w?.value) },
    meaning: { composedLayerNorm($0, rank, w?.value, b?.value, eps) })
  if let weight {
    y.wrt(
      weight, fused: { g in rows.weightGradient(g, of: x.value).reshape(normalizedShape) },
      meaning: { composedLayerNorm(x.value, rank, $0, b?.value, eps) })
  }
  if let bias { y.wrt(bias) { g in g } }
  return y
}

/// What layer normalisation over the last `rank` dimensions means.
package func composedLayerNorm(
  _ input: Tensor, _ rank: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) -> Tensor {
  let dims = Array((input.ndim - rank)..<input.ndim)
  var y = input.standardized(over: dims, eps: eps).normalized
  if let weight { y = y * weight }
  return bias.map { y + $0 } ?? y
}

/// Each channel, normalised over the batch: PyTorch's `batch_norm` (Ioffe and Szegedy 2015).
///
/// In training by the mean and the biased variance of the batch; these, the variance unbiased, move the
/// running ones by `momentum`, in place. Else by the running ones.
///
/// - Parameters:
///   - input: [batch, channels, …].
///   - runningMean: [channels].
///   - runningVar: [channels].
///   - weight: [channels]; 1 if nil.
///   - bias: [channels]; 0 if nil.
///   - training: whether to use the batch's own mean and variance.
///   - momentum: the share of the batch in the new running values.
///   - eps: what keeps the quotient finite.
public func batchNorm(
  _ input: Tensor, runningMean: Tensor? = nil, runningVar: Tensor? = nil, weight: Tensor? = nil,
  bias: Tensor? = nil, training: Bool = false, momentum: Double = 0.1, eps: Double = 1e-5
) -> Tensor {
  require(
    input.ndim >= 2, "batchNorm: the shape \(input.shape) is not [batch, channels, …]")
  let channels = input.shape[1]
  for parameter in [runningMean, runningVar, weight, bias].compactMap({ $0 }) {
    require(
      parameter.shape == [channels],
      "batchNorm: a parameter has shape \(parameter.shape), but there are \(channels) channels")
  }
  let perChannel = [channels] + Array(repeating: 1, count: input.ndim - 2)
  var y: Tensor
  if training {
    let count = input.numel / Swift.max(channels, 1)
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
      fail("batchNorm: outside training a running mean and variance are needed")
    }
    y =
      (input - runningMean.reshape(perChannel)) / (runningVar.reshape(perChannel) + eps).sqrt()
  }
  if let weight { y = y * weight.reshape(perChannel) }
  return bias.map { y + $0.reshape(perChannel) } ?? y
}

extension Tensor {
  /// (x − mean) / √(var + eps) over `dims`, with the mean and the biased variance.
  fileprivate func standardized(over dims: [Int], eps: Double)
    -> (normalized: Tensor, mean: Tensor, variance: Tensor)
  {
    let mean = mean(dims: dims, keepdim: true)
    let centered = self - mean
    let variance = centered.square().mean(dims: dims, keepdim: true)
    return (centered * (variance + eps).rsqrt(), mean, variance)
  }
}

/// The rows of a table that indices name: PyTorch's `embedding`.
///
/// - Parameters:
///   - input: indices of any integer type and shape.
///   - weight: the table, [rows, width].
///   - paddingIdx: a row that gets no gradient; negative counts from the end.
/// - Returns: the shape of `input`, and `width` behind it.
public func embedding(_ input: Tensor, _ weight: Tensor, paddingIdx: Int? = nil) -> Tensor {
  require(
    weight.ndim == 2, "embedding: the table has shape \(weight.shape), not [rows, width]")
  let flat = input.reshape([input.numel])
  var rows = weight.indexSelect(dim: 0, index: flat)
  if let paddingIdx {
    let count = weight.shape[0]
    require(
      paddingIdx >= -count && paddingIdx < count,
      "embedding: paddingIdx \(paddingIdx) is out of range for \(count) rows")
    let index = paddingIdx < 0 ? paddingIdx + count : paddingIdx
    rows = `where`((flat .== index).unsqueeze(1), rows.detach(), rows)
  }
  return rows.reshape(input.shape + [weight.shape[1]])
}
