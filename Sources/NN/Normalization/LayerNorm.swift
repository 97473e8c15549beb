import Autograd

// MARK: - The function

/// Each sample, normalised over its last dimensions: PyTorch's `layer_norm` (Ba et al. 2016).
///
/// y = (x − mean) / √(var + eps) · weight + bias, with the biased variance.
///
/// Unlike PyTorch's, the result does not depend on whether squares of the elements fit the range of
/// the dtype. With eps 0 the result for equal elements is NaN.
///
/// - Parameters:
///   - input: x, whose shape ends in `normalizedShape`.
///   - normalizedShape: the sizes of the dimensions to normalise over, a number or a list.
///   - weight: of shape `normalizedShape`; 1 if nil.
///   - bias: of shape `normalizedShape`; 0 if nil.
///   - eps: is added to the variance, so that the quotient stays finite.
public func layerNorm(
  _ input: Tensor, _ normalizedShape: some IntList, weight: Tensor? = nil, bias: Tensor? = nil,
  eps: Double = 1e-5
) -> Tensor {
  let normalizedShape = normalizedShape.ints
  let rank = normalizedShape.count
  require(
    rank > 0 && Array(input.shape.suffix(rank)) == normalizedShape,
    "layerNorm: the shape \(input.shape) does not end in the normalized shape \(normalizedShape)")
  let parameters = [weight, bias].compactMap { $0 }
  for parameter in parameters {
    require(
      parameter.shape == normalizedShape,
      "layerNorm: weight and bias must have the shape \(normalizedShape), not \(parameter.shape)")
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

/// Layer normalisation over the last `rank` dimensions in ordinary ops.
func composedLayerNorm(
  _ input: Tensor, _ rank: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
) -> Tensor {
  let dims = Array((input.ndim - rank)..<input.ndim)
  var y = input.standardized(over: dims, eps: eps).normalized
  if let weight { y = y * weight }
  return bias.map { y + $0 } ?? y
}

// MARK: - The layer

/// Normalises each sample over its last dimensions:
/// ``layerNorm(_:_:weight:bias:eps:)`` with a weight that starts as 1 and a bias that starts as 0.
///
/// ```swift
/// let norm = LayerNorm(512)       // over the last dimension, of size 512
/// let both = LayerNorm([28, 28])  // over the last two
/// ```
public final class LayerNorm: Module {
  /// The factor for each element, of the normalised shape; nil in a layer without one.
  @Parameter public var weight: Tensor?
  /// What is added to each element, of the normalised shape; nil in a layer without one.
  @Parameter public var bias: Tensor?

  let normalizedShape: [Int]
  let eps: Double

  /// A layer over dimensions of the given sizes.
  ///
  /// - Parameters:
  ///   - normalizedShape: the sizes of the dimensions to normalise over, a number or a list.
  ///   - eps: is added to the variance.
  ///   - elementwiseAffine: whether the layer has a weight and a bias.
  ///   - bias: whether the layer has a bias, if it has a weight.
  ///   - dtype: the element type of the parameters.
  public init(
    _ normalizedShape: some IntList, eps: Double = 1e-5, elementwiseAffine: Bool = true,
    bias: Bool = true, dtype: DType = .default
  ) {
    self.normalizedShape = normalizedShape.ints
    self.eps = eps
    func parameter(_ value: Int64) -> Tensor {
      .filled(normalizedShape.ints, .int(value), dtype, op: "LayerNorm")
    }
    weight = elementwiseAffine ? parameter(1) : nil
    self.bias = elementwiseAffine && bias ? parameter(0) : nil
  }

  /// Sets the weight to 1 and the bias to 0.
  public func resetParameters() {
    if let weight { ones_(weight) }
    if let bias { zeros_(bias) }
  }

  public override var extraRepr: String {
    "\(normalizedShape), eps: \(eps), elementwiseAffine: \(weight != nil), bias: \(bias != nil)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    layerNorm(x, normalizedShape, weight: weight, bias: bias, eps: eps)
  }
}

// MARK: - Standardisation

extension Tensor {
  /// (x − mean) / √(var + eps) over `dims`, with the mean and the biased variance. If not centered,
  /// deviations are measured from 0.
  func standardized(over dims: [Int], eps: Double, isCentered: Bool = true)
    -> (normalized: Tensor, mean: Tensor, variance: Tensor)
  {
    let mean = noGrad { detach().mean(dim: dims, keepdim: true) }
    let centered = isCentered ? deviation(dims) : self
    let variance = centered.square().mean(dim: dims, keepdim: true)
    guard let scale = standardScale(dims, variance, eps, isCentered: isCentered) else {
      return (centered * (variance + eps).rsqrt(), mean, variance)
    }
    // Both under the root are divided by the square of the scale.
    let scaled = isCentered ? (self / scale).deviation(dims) : self / scale
    let share = scaled.square().mean(dim: dims, keepdim: true)
    let rest = (eps.squareRoot() / scale).square()
    return (scaled * (share + rest).rsqrt(), mean, share.detach() * scale * scale)
  }

  /// Powers of two near √(variance + eps) over `dims`, or nil if numbers of that size have fifth
  /// powers in the range of the dtype: those are in the second derivatives.
  private func standardScale(
    _ dims: [Int], _ variance: Tensor, _ eps: Double, isCentered: Bool
  ) -> Tensor? {
    guard numel > 0, dtype.isFloatingPoint else { return nil }
    return noGrad {
      let total = variance.detach() + eps
      let most = dtype == .float32 ? 0x1p40 : 0x1p300
      if total.amin().item() >= 1 / most, total.amax().item() <= most { return nil }
      let size = detach().binaryMagnitude(dims, op: #function)
      let spread =
        isCentered
        ? (detach() / size).deviation(dims).binaryMagnitude(dims, op: #function) * size : size
      return eps > 0 ? spread.clampMin(eps.squareRoot().binade) : spread
    }
  }
}
