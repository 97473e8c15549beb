// Losses of yes or no: the target, y, is 1 or 0, or a probability between. Gradients flow to input
// and target.

import Autograd

// MARK: - Of probabilities

/// Cross entropy of probabilities p: −(y ln p + (1 − y) ln(1 − p)).
///
/// Logarithms below −100 count as −100, and p(1 − p) in the derivative, (p − y)/(p(1 − p)), as at
/// least 1e-12, as in PyTorch, so that p = 0 and p = 1 give finite numbers. Where p comes from a
/// sigmoid, ``binaryCrossEntropyWithLogits(_:_:weight:posWeight:reduction:)`` of what went into it
/// is exact.
///
/// - Parameters:
///   - input: p, of any shape, each in 0…1.
///   - target: y, of the same shape.
///   - weight: a factor for each element; broadcasts to the shape. The mean divides by the number
///     of elements.
///   - reduction: how the losses become one number.
public func binaryCrossEntropy(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireBroadcast(weight, to: input, "weight", op: #function)
  let isInside = input.ge(0).logicalAnd(input.le(1))
  require(
    isInside.all().item() == 1,
    """
    binaryCrossEntropy: the input must be in 0…1, but one element is \
    \(input.detach().maskedSelect(isInside.logicalNot()).array(of: Double.self)[0]); put sigmoid() \
    before, or use binaryCrossEntropyWithLogits
    """)
  let loss = noGrad { -(target * flooredLog(input) + (1 - target) * flooredLog1p(-input)) }
    .wrt(input) { [p = Saved(input), y = Saved(target)] g in
      g * (p.value - y.value) / flooredVariance(p.value)
    }
    .wrt(target) { [p = Saved(input)] g in -g * flooredLogit(p.value) }
  return (weight.map { loss * $0 } ?? loss).reduced(reduction)
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
  /// How the losses become one number.
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

// MARK: - Of logits

/// Cross entropy of σ(x): −(w y ln σ(x) + (1 − y) ln(1 − σ(x))), w being `posWeight`.
///
/// It is calculated as (1 − y) x − (1 + (w − 1) y) ln σ(x), which is exact however large x is.
///
/// - Parameters:
///   - input: x, of any shape.
///   - target: y, of the same shape.
///   - weight: a factor for each element; broadcasts to the shape. The mean divides by the number
///     of elements.
///   - posWeight: w, a factor for the positive class, in general one for each class in the last
///     dimension; broadcasts to the shape.
///   - reduction: how the losses become one number.
public func binaryCrossEntropyWithLogits(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, posWeight: Tensor? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireBroadcast(weight, to: input, "weight", op: #function)
  requireBroadcast(posWeight, to: input, "posWeight", op: #function)
  let loss = { (x: Tensor, y: Tensor) in
    let logSigmoid = x.logSigmoid()
    let positive = posWeight.map { logSigmoid * (($0 - 1) * y + 1) } ?? logSigmoid
    return (1 - y) * x - positive
  }
  if weight == nil, posWeight == nil {
    return pairLoss(
      .logisticError, input, target, reduction, op: #function,
      slopeOfTarget: { [x = Saved(input)] g in -(g * x.value) }, meaning: loss)
  }
  let each = loss(input, target)
  return (weight.map { each * $0 } ?? each).reduced(reduction)
}

/// Cross entropy of logits:
/// ``binaryCrossEntropyWithLogits(_:_:weight:posWeight:reduction:)``.
public struct BCEWithLogitsLoss {
  /// A factor for each element, which broadcasts.
  public var weight: Tensor?
  /// A factor for the positive class, which broadcasts.
  public var posWeight: Tensor?
  /// How the losses become one number.
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
    \(name(op)): the \(label) has shape \(factor.shape), which does not broadcast to that of the \
    input, \(input.shape)
    """)
}
