import Autograd

// MARK: - The function

/// Each sample, divided by its root mean square over its last dimensions: PyTorch's `rms_norm`
/// (Zhang and Sennrich 2019).
///
/// y = x / √(mean of x² + eps) · weight.
///
/// - Parameters:
///   - input: x, whose shape ends in `normalizedShape`.
///   - normalizedShape: the sizes of the dimensions to normalise over, a number or a list.
///   - weight: of shape `normalizedShape`; 1 if nil.
///   - eps: is added to the mean square; `DType.epsilon` of the dtype if nil.
public func rmsNorm(
  _ input: Tensor, _ normalizedShape: some IntList, weight: Tensor? = nil, eps: Double? = nil
) -> Tensor {
  let normalizedShape = normalizedShape.ints
  let rank = normalizedShape.count
  require(
    rank > 0 && Array(input.shape.suffix(rank)) == normalizedShape,
    "rmsNorm: the shape \(input.shape) does not end in the normalized shape \(normalizedShape)")
  require(
    input.dtype.isFloatingPoint,
    "rmsNorm: not defined for \(input.dtype) tensors; cast with to(.float32)")
  if let weight {
    require(
      weight.shape == normalizedShape,
      "rmsNorm: the weight must have the shape \(normalizedShape), not \(weight.shape)")
  }
  let eps = eps ?? input.dtype.epsilon
  guard weight?.dtype ?? input.dtype == input.dtype else {
    return composedRMSNorm(input, rank, weight, eps)
  }
  let (y, rows) = input.layerNormalized(
    rank, weight: weight, bias: nil, eps: eps, isCentered: false)
  let (x, w) = (Saved(input), weight.map { Saved($0) })
  y.wrt(
    input, fused: { g in rows.gradient(g, of: x.value, weight: w?.value) },
    meaning: { composedRMSNorm($0, rank, w?.value, eps) })
  if let weight {
    y.wrt(
      weight, fused: { g in rows.weightGradient(g, of: x.value).reshape(normalizedShape) },
      meaning: { composedRMSNorm(x.value, rank, $0, eps) })
  }
  return y
}

/// The same in ordinary ops.
private func composedRMSNorm(_ x: Tensor, _ rank: Int, _ weight: Tensor?, _ eps: Double) -> Tensor {
  let dims = Array((x.ndim - rank)..<x.ndim)
  let y = x.standardized(over: dims, eps: eps, isCentered: false).normalized
  return weight.map { y * $0 } ?? y
}

// MARK: - The layer

/// Divides each sample by its root mean square over its last dimensions:
/// ``rmsNorm(_:_:weight:eps:)`` with a weight that starts as 1.
///
/// ```swift
/// let norm = RMSNorm(512)
/// ```
public final class RMSNorm: Module {
  /// The factor for each element, of the normalised shape; nil in a layer without one.
  @Parameter public var weight: Tensor?

  let normalizedShape: [Int]
  let eps: Double?

  /// A layer over dimensions of the given sizes.
  ///
  /// - Parameters:
  ///   - normalizedShape: the sizes of the dimensions to normalise over, a number or a list.
  ///   - eps: is added to the mean square; that of the input's dtype if nil.
  ///   - elementwiseAffine: whether the layer has a weight.
  ///   - dtype: the element type of the weight.
  public init(
    _ normalizedShape: some IntList, eps: Double? = nil, elementwiseAffine: Bool = true,
    dtype: DType = .default
  ) {
    self.normalizedShape = normalizedShape.ints
    self.eps = eps
    weight =
      elementwiseAffine ? .filled(normalizedShape.ints, .int(1), dtype, op: "RMSNorm") : nil
  }

  /// Sets the weight to 1.
  public func resetParameters() {
    if let weight { ones_(weight) }
  }

  public override var extraRepr: String {
    let eps = eps.map { "\($0)" } ?? "nil"
    return "\(normalizedShape), eps: \(eps), elementwiseAffine: \(weight != nil)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    rmsNorm(x, normalizedShape, weight: weight, eps: eps)
  }
}
