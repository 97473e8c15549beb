import CKernels

/// What group normalisation of x [batch, channels, …] needs for each sample and group of channels,
/// by the kernels of batch normalisation, whose channels are the groups, or the channels of all
/// samples. Off the tape.
package final class GroupNormStatistics {
  private let groups: BatchNormChannels
  /// [batch, channels, inner].
  private let batch: Int, channels: Int, inner: Int
  private let groupCount: Int
  /// For each channel of each sample, [batch, channels].
  private var sums = SumsOfLastGradient()

  /// The statistics of `x`, which has elements, over groups of neighbouring channels.
  package init(of x: Tensor, groups count: Int, eps: Double) {
    (batch, channels) = (x.shape[0], x.shape[1])
    inner = x.numel / Swift.max(1, batch * channels)
    groupCount = count
    let rows = x.compacted().shaped([1, batch * count, x.numel / (batch * count)])
    groups = BatchNormChannels(of: rows, eps: eps)
  }

  /// Whether the squares that the variances were computed from fit the range of their type.
  package func isInRange(eps: Double) -> Bool { groups.isInRange(eps: eps) }

  /// The mean and the biased variance of each group, [batch, groups].
  package var mean: Tensor { groups.mean.shaped([batch, groupCount]) }
  /// The biased variance of each group, [batch, groups].
  package var variance: Tensor { groups.variance.shaped([batch, groupCount]) }

  /// (x − mean)/√(variance + eps)·weight + bias, the last two for each channel.
  package func normalized(_ x: Tensor, weight: Tensor?, bias: Tensor?) -> Tensor {
    var offset = perChannel(groups.shift)
    if let weight { offset = elementwise(.mul, offset, weight) }
    if let bias { offset = elementwise(.add, offset, bias) }
    let y = call(x, scale: scale(weight), offset: offset)
      .runBySamples(Kernels.table(x.dtype).pointee.batch_norm)
    return y.shaped(x.shape)
  }

  // MARK: - Gradients

  /// The gradient of `x` for the gradient `g` of the result.
  package func gradient(_ g: Tensor, of x: Tensor, weight: Tensor?) -> Tensor {
    let g = g.to(x.dtype)
    let sums = sums(g, x)
    // The means over a group of g·weight and of g·weight·x̂.
    func mean(_ values: Tensor) -> Tensor {
      let weighted = weight.map { elementwise(.mul, values, $0) } ?? values
      let size = channels / groupCount
      let total = weighted.compacted().shaped([batch, groupCount, size])
        .reduced(.sum, [2], keepdim: true, op: "groupNorm")
      return perChannel(elementwise(.mul, total, .float(1 / Double(size))))
    }
    let y = call(
      x, g, scale: perChannel(groups.rstd),
      weight: weight.map { $0.compacted().shaped([1, channels]).expand(batch, channels) },
      first: mean(sums.mean), second: mean(sums.product)
    ).runBySamples(Kernels.table(x.dtype).pointee.batch_norm_grad)
    return y.shaped(x.shape)
  }

  /// The gradient of the weight, [channels].
  package func weightGradient(_ g: Tensor, of x: Tensor) -> Tensor {
    total(sums(g.to(x.dtype), x).product)
  }

  /// The gradient of the bias, [channels].
  package func biasGradient(_ g: Tensor, of x: Tensor) -> Tensor {
    total(sums(g.to(x.dtype), x).mean)
  }

  private func total(_ means: Tensor) -> Tensor {
    let sum = means.reduced(.sum, [0], keepdim: false, op: "groupNorm")
    return elementwise(.mul, sum, .float(Double(inner)))
  }

  private func sums(_ g: Tensor, _ x: Tensor) -> SumsOfGradient {
    sums.of(g, shape: [batch, channels]) { sums in
      call(x, g, first: sums.mean, second: sums.product)
        .runByChannels(Kernels.table(x.dtype).pointee.batch_sums)
    }
  }

  // MARK: - Calls

  /// A value for each channel of each sample, [batch, channels], from one for each group.
  private func perChannel(_ values: Tensor) -> Tensor {
    let size = channels / groupCount
    return values.shaped([batch, groupCount, 1]).expand(batch, groupCount, size).compacted()
      .shaped([batch, channels])
  }

  private func scale(_ weight: Tensor?) -> Tensor {
    let rstd = perChannel(groups.rstd)
    return weight.map { elementwise(.mul, rstd, $0) } ?? rstd
  }

  /// A call in which the channels of all samples count as the channels of one.
  private func call(
    _ x: Tensor, _ g: Tensor? = nil, scale: Tensor? = nil, offset: Tensor? = nil,
    weight: Tensor? = nil, first: Tensor? = nil, second: Tensor? = nil
  ) -> BatchNormCall {
    let shape = [1, batch * channels, inner]
    return BatchNormCall(
      x.compacted().shaped(shape), g?.compacted().shaped(shape), origin: perChannel(groups.origin),
      rstd: perChannel(groups.rstd), shift: perChannel(groups.shift), scale: scale, offset: offset,
      weight: weight, first: first, second: second)
  }
}

extension Tensor {
  /// This contiguous tensor with another shape; off the tape.
  fileprivate func shaped(_ shape: [Int]) -> Tensor {
    alias(Layout(shape, offset: layout.offset))
  }
}
