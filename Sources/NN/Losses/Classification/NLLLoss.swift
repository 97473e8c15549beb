import Autograd

/// The negative log likelihood: −w[t]·x[t], x being the logarithms of probabilities, as from
/// `logSoftmax`, t the target's class, w the weights of the classes (1 without). Where w[t] is 0 the
/// loss is 0, also if x[t] is infinite; PyTorch's is NaN then.
///
/// The mean divides by the sum of w[t] over the rows that are not ignored, so it is NaN if all are.
/// For logits, ``crossEntropy(_:_:weight:ignoreIndex:labelSmoothing:reduction:)`` computes the same
/// in one step.
///
/// - Parameters:
///   - input: x, [batch, classes, …] or [classes].
///   - target: indices of classes, of any integer type, in the input's shape without the classes.
///   - weight: a factor for each class, [classes], of the input's dtype; no gradient flows to it.
///   - ignoreIndex: the class of rows to ignore.
///   - reduction: whether to return all losses, their mean or their sum.
public func nllLoss(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  let weight = classWeight(weight, for: input, op: #function)
  require(
    !target.dtype.isFloatingPoint,
    """
    nllLoss: the target must be class indices, but it is \(target.dtype); crossEntropy takes \
    probabilities
    """)
  let classes = ClassTarget(
    target, for: input, weight: weight, ignoreIndex: ignoreIndex, op: #function)
  let negated = negatedPicks(input, classes.index)
  var loss = classes.factor.map { weighted(negated, by: $0) } ?? negated
  if let isIgnored = classes.isIgnored { loss = loss.maskedFill(isIgnored, 0) }
  if reduction == .none { return loss.reshape(target.shape) }
  return reduction.applied(to: loss, divisor: classes.factor?.sum())
}

/// −x at the class of each position, [positions].
private func negatedPicks(_ x: Tensor, _ index: Tensor) -> Tensor {
  guard x.isContiguous, x.numel > 0 else { return -x.picked(index) }
  let (d, shape, dtype) = (x.classDimension, x.shape, x.dtype)
  return x.negatedPicks(index, d).wrt(
    x, op: "nllLoss", fused: { g in g.to(dtype).negatedPicksGradient(index, d, in: shape) },
    meaning: { x in -x.picked(index) })
}

/// The negative log likelihood: ``nllLoss(_:_:weight:ignoreIndex:reduction:)``.
public struct NLLLoss {
  /// A factor for each class.
  public var weight: Tensor?
  /// The class of rows to ignore.
  public var ignoreIndex: Int
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean) {
    self.weight = weight
    self.ignoreIndex = ignoreIndex
    self.reduction = reduction
  }

  /// The loss of logarithms of probabilities against indices of classes.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    nllLoss(
      input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
  }
}
