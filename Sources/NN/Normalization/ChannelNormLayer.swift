import Autograd

/// What the layers of batch and of instance normalisation share: a weight and a bias for each
/// channel, and running statistics.
public class ChannelNormLayer: Module {
  /// The factor of each channel; nil in a layer without one.
  @Parameter public var weight: Tensor?
  /// What is added to each channel; nil in a layer without one.
  @Parameter public var bias: Tensor?
  /// The running mean of each channel; nil in a layer without running statistics.
  @Buffer public var runningMean: Tensor?
  /// The running unbiased variance of each channel; nil in a layer without running statistics.
  @Buffer public var runningVar: Tensor?
  /// The number of batches in the running statistics, int64; nil in a layer without them.
  @Buffer public var numBatchesTracked: Tensor?

  let numFeatures: Int
  let eps: Double
  let momentum: Double?

  init(
    _ numFeatures: Int, eps: Double, momentum: Double?, affine: Bool, trackRunningStats: Bool,
    bias: Bool, dtype: DType, op: StaticString
  ) {
    self.numFeatures = numFeatures
    self.eps = eps
    self.momentum = momentum
    func values(_ value: Int64) -> Tensor { .filled([numFeatures], .int(value), dtype, op: op) }
    weight = affine ? values(1) : nil
    self.bias = affine && bias ? values(0) : nil
    runningMean = trackRunningStats ? values(0) : nil
    runningVar = trackRunningStats ? values(1) : nil
    numBatchesTracked = trackRunningStats ? Tensor(0, dtype: .int64) : nil
  }

  /// Sets the running mean to 0, the running variance to 1 and the number of batches to 0.
  public func resetRunningStats() {
    noGrad {
      runningMean?.zero_()
      runningVar?.fill_(1)
      numBatchesTracked?.zero_()
    }
  }

  /// Resets the running statistics, the weight to 1 and the bias to 0.
  public func resetParameters() {
    resetRunningStats()
    if let weight { ones_(weight) }
    if let bias { zeros_(bias) }
  }

  public override var extraRepr: String {
    let momentum = momentum.map { "\($0)" } ?? "nil"
    return """
      \(numFeatures), eps: \(eps), momentum: \(momentum), affine: \(weight != nil), \
      trackRunningStats: \(runningMean != nil), bias: \(bias != nil)
      """
  }

  /// Stops unless `x` has one of the numbers of dimensions, and as many channels as the layer in
  /// dimension `d`.
  func check(_ x: Tensor, dims: [Int], channels d: Int) {
    require(
      dims.contains(x.ndim),
      """
      \(type(of: self)): expected an input of \(dims.map { "\($0)" }.joined(separator: " or ")) \
      dimensions, got the shape \(x.shape)
      """)
    let isPlain = weight == nil && runningMean == nil
    require(
      isPlain || x.shape[d] == numFeatures,
      """
      \(type(of: self)): the layer has \(numFeatures) channels, but dimension \(d) of the shape \
      \(x.shape) has \(x.shape[d])
      """)
  }
}
