// Losses over two classes: the target, y, is 1 or 0, or the probability of class 1. Gradients flow
// to the input and the target.

import Autograd

// MARK: - Probabilities

/// Cross entropy of probabilities p: −(y ln p + (1 − y) ln(1 − p)).
///
/// As in PyTorch, logarithms are bounded below by −100, and so is p(1 − p) in the derivative, (p −
/// y) / (p(1 − p)), by 1e-12, so that p = 0 and p = 1 give finite numbers. If p is the sigmoid of
/// x, ``binaryCrossEntropyWithLogits(_:_:weight:posWeight:reduction:)`` of x is exact.
///
/// - Parameters:
///   - input: p, of any shape, each in 0…1.
///   - target: y, of the same shape and dtype, each in 0…1.
///   - weight: a factor for each element; broadcasts to the shape. The mean divides by the number
///     of elements.
///   - reduction: whether to return all losses, their mean or their sum.
public func binaryCrossEntropy(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireBroadcast(weight, to: input, "weight", op: #function)
  require(
    input.dtype == target.dtype && input.dtype.isFloatingPoint,
    """
    binaryCrossEntropy: expected input and target of one floating-point dtype, but they are \
    \(input.dtype) and \(target.dtype); cast one of them with to(_:)
    """)
  requireProbabilities(
    input, "input", "apply sigmoid() first, or use binaryCrossEntropyWithLogits")
  requireProbabilities(target, "target", "it is the probability of class 1")
  let loss = noGrad { -(target * flooredLog(input) + (1 - target) * flooredLog1p(-input)) }
    .wrt(input) { [p = Saved(input), y = Saved(target)] g in
      g * (p.value - y.value) / flooredVariance(p.value)
    }
    .wrt(target) { [p = Saved(input)] g in -g * flooredLogit(p.value) }
  return reduction.applied(to: weight.map { loss * $0.to(loss.dtype) } ?? loss)
}

/// Checks that all elements of an argument of ``binaryCrossEntropy(_:_:weight:reduction:)`` are in
/// 0…1.
private func requireProbabilities(_ x: Tensor, _ label: String, _ mend: String) {
  let p = x.detach()
  // Written so that NaN fails.
  if p.numel == 0 || (p.amin().item() >= 0 && p.amax().item() <= 1) { return }
  let isOutside = p.ge(0).logicalAnd(p.le(1)).logicalNot()
  fail(
    """
    binaryCrossEntropy: the \(label) must be in 0…1, but one element is \
    \(p.maskedSelect(isOutside).array(of: Double.self)[0]); \(mend)
    """)
}

/// ln p − ln(1 − p), with the floors of ``binaryCrossEntropy(_:_:weight:reduction:)``.
private func flooredLogit(_ p: Tensor) -> Tensor {
  noGrad { flooredLog(p) - flooredLog1p(-p) }
    .wrt(p) { [p = Saved(p)] g in g / flooredVariance(p.value) }
}

private func flooredLog(_ x: Tensor) -> Tensor { x.log().clampMin(-100.0) }
private func flooredLog1p(_ x: Tensor) -> Tensor { x.log1p().clampMin(-100.0) }
private func flooredVariance(_ p: Tensor) -> Tensor { (p * (1 - p)).clampMin(1e-12) }

/// Cross entropy of probabilities: ``binaryCrossEntropy(_:_:weight:reduction:)``.
public struct BCELoss {
  /// A factor for each element, which broadcasts.
  public var weight: Tensor?
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(weight: Tensor? = nil, reduction: Reduction = .mean) {
    self.weight = weight
    self.reduction = reduction
  }

  /// The loss of probabilities against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    binaryCrossEntropy(input, target, weight: weight, reduction: reduction)
  }
}

// MARK: - Logits

/// Cross entropy of σ(x): −(w y ln σ(x) + (1 − y) ln(1 − σ(x))), w being `posWeight`.
///
/// It is exact for large x too. An infinite x is a certain class: the loss is 0 if the target agrees
/// with it, else ∞; PyTorch's is NaN. What has the weight 0 adds nothing, even if its loss is
/// infinite.
///
/// - Parameters:
///   - input: x, of any shape; floating-point.
///   - target: y, of the same shape. If its dtype differs, both are promoted to one.
///   - weight: a factor for each element; broadcasts to the shape. The mean divides by the number
///     of elements.
///   - posWeight: w, a factor for the positive class, usually one for each class in the last
///     dimension; broadcasts to the shape.
///   - reduction: whether to return all losses, their mean or their sum.
public func binaryCrossEntropyWithLogits(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, posWeight: Tensor? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireBroadcast(weight, to: input, "weight", op: #function)
  requireBroadcast(posWeight, to: input, "posWeight", op: #function)
  require(
    input.dtype.isFloatingPoint,
    """
    binaryCrossEntropyWithLogits: expected floating-point logits, but the input is \(input.dtype); \
    cast it, for example with to(.float32)
    """)
  let losses = { (reduction: Reduction) in
    guard let posWeight else {
      return pairLoss(
        .logisticError, input, target, reduction, op: "binaryCrossEntropyWithLogits",
        slopeOfTarget: { x in -x }, slope: logisticSlope)
    }
    let dtype = DType.promote(input.dtype, target.dtype)
    let (x, y, factor) = (input.to(dtype), target.to(dtype), posWeight.to(dtype))
    return reduction.applied(to: weightedLogisticErrors(x, y, factor))
  }
  guard let weight else { return losses(reduction) }
  let unreduced = losses(.none)
  return reduction.applied(to: weighted(unreduced, by: weight.to(unreduced.dtype)))
}

/// −w·y·ln σ(x) − (1 − y)·ln σ(−x), where w broadcasts.
private func weightedLogisticErrors(_ x: Tensor, _ y: Tensor, _ w: Tensor) -> Tensor {
  x.weightedLogisticErrors(y, w)
    .wrt(
      x, saving: x,
      fused: { [y = Saved(y), w = Saved(w)] g, x in
        g * x.weightedLogisticSlopes(y.value, w.value)
      },
      meaning: { [y = Saved(y), w = Saved(w)] g, x in
        let y = y.value
        return g * ((1 - y) * x.sigmoid() - w.value * y * (-x).sigmoid())
      }
    )
    .wrt(y, saving: x) { [w = Saved(w)] g, x in
      weighted((-x).logSigmoid(), by: g) - weighted(x.logSigmoid(), by: g * w.value)
    }
    .wrt(w, saving: x) { [y = Saved(y)] g, x in -weighted(x.logSigmoid(), by: g * y.value) }
}

/// σ(x) − y as (1 − y)·σ(x) − y·σ(−x), which keeps its digits at both ends.
private func logisticSlope(_ x: Tensor, _ y: Tensor) -> Tensor {
  (1 - y) * x.sigmoid() - y * (-x).sigmoid()
}

/// Cross entropy of logits:
/// ``binaryCrossEntropyWithLogits(_:_:weight:posWeight:reduction:)``.
public struct BCEWithLogitsLoss {
  /// A factor for each element, which broadcasts.
  public var weight: Tensor?
  /// A factor for the positive class, which broadcasts.
  public var posWeight: Tensor?
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(
    weight: Tensor? = nil, posWeight: Tensor? = nil, reduction: Reduction = .mean
  ) {
    self.weight = weight
    self.posWeight = posWeight
    self.reduction = reduction
  }

  /// The loss of logits against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    binaryCrossEntropyWithLogits(
      input, target, weight: weight, posWeight: posWeight, reduction: reduction)
  }
}

/// Checks that a factor broadcasts to the shape of the input without changing it.
private func requireBroadcast(
  _ factor: Tensor?, to input: Tensor, _ label: String, op: StaticString
) {
  guard let factor else { return }
  let fits = zip(factor.shape.reversed(), input.shape.reversed()).allSatisfy { $0 == $1 || $0 == 1 }
  require(
    factor.ndim <= input.ndim && fits,
    """
    \(opName(op)): the \(label) has shape \(factor.shape), which does not broadcast to that of the \
    input, \(input.shape)
    """)
}
