import Autograd

/// Cross entropy of logits: −ln p of the target's class, p being the softmax of the input.
///
/// For indices of classes, t, and weights w of the classes (1 without), the loss of a row is
///
///     (1 − ε)·w[t]·(−ln p[t]) + ε/C·Σ w[c]·(−ln p[c])
///
/// with ε = `labelSmoothing` and C classes; the mean divides by the sum of w[t] over the rows that
/// count, hence is NaN if none does. For probabilities, y, it is Σ w[c]·y'[c]·(−ln p[c]) with y' =
/// (1 − ε)·y + ε/C; the mean divides by the number of rows.
///
/// ```swift
/// let loss = crossEntropy(net(x), labels)     // [batch, classes] against [batch]
/// ```
///
/// A gradient flows to probabilities; none flows to the weight. A −∞ among the logits is a class
/// that cannot be; +∞ makes NaN.
///
/// - Parameters:
///   - input: the logits, [batch, classes], with further dimensions behind, or [classes].
///   - target: indices of classes, of any integer type, in the input's shape without the classes;
///     or probabilities in the input's shape.
///   - weight: a factor for each class, [classes].
///   - ignoreIndex: the index of rows that do not count.
///   - labelSmoothing: ε, what of the target is spread over all classes (Szegedy et al. 2016), in
///     0…1.
///   - reduction: how the losses become one number.
public func crossEntropy(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  labelSmoothing: Double = 0, reduction: Reduction = .mean
) -> Tensor {
  let weight = classWeight(weight, for: input, op: #function)
  require(
    labelSmoothing >= 0 && labelSmoothing <= 1,
    "crossEntropy: labelSmoothing must be in 0…1, but it is \(labelSmoothing)")
  if target.dtype.isFloatingPoint {
    requireSameShape(input, target, op: #function)
    require(
      ignoreIndex < 0,
      "crossEntropy: ignoreIndex \(ignoreIndex) has no meaning for probabilities; leave it out")
    let loss = crossEntropy(input, probabilities: target, weight, labelSmoothing)
    return loss.reduced(reduction)
  }
  let classes = ClassTarget(
    target, for: input, weight: weight, ignoreIndex: ignoreIndex, op: #function)
  let rows = CrossEntropyRows(
    index: classes.index, isIgnored: classes.isIgnored, hit: classes.factor * (1 - labelSmoothing),
    spread: labelSmoothing / Double(max(input.classCount, 1)), weight: weight,
    classes: input.classCount)
  let loss = crossEntropy(input.rowsOfClasses, rows)
  if reduction == .none { return loss.reshape(target.shape) }
  return loss.reduced(reduction, by: classes.factor.sum())
}

/// The loss of each row of logits, [rows], with a derivative of its own: neither the softmax nor
/// its logarithm is stored.
func crossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let partition = x.logPartition()
  let loss = noGrad {
    if row.spread > 0 { return composedCrossEntropy(x, row) }
    let picked = x.gather(dim: 1, index: row.index.unsqueeze(1)).squeeze(1)
    // The greatest logit first: the logarithm may be small beside it.
    let surprise = partition.select(dim: 1, index: 0) - picked + partition.select(dim: 1, index: 1)
    return (row.hit * surprise).maskedFill(row.isIgnored, 0)
  }
  return loss.wrt(
    x,
    fused: { [x = Saved(x)] g in x.value.crossEntropyGradient(g, row, partition: partition) },
    meaning: { x in composedCrossEntropy(x, row) })
}

/// What ``crossEntropy(_:_:)`` means, in ordinary ops.
func composedCrossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let logs = x.logSoftmax(dim: 1)
  var loss = -row.hit * logs.gather(dim: 1, index: row.index.unsqueeze(1)).squeeze(1)
  if row.spread > 0 {
    loss = loss - row.spread * (row.weight.map { logs * $0 } ?? logs).sum(dim: 1)
  }
  return loss.maskedFill(row.isIgnored, 0)
}

/// The loss of each row against probabilities, in the shape of the input without the classes.
private func crossEntropy(
  _ input: Tensor, probabilities y: Tensor, _ weight: Tensor?, _ smoothing: Double
) -> Tensor {
  let rows = input.rowsOfClasses
  var y = y.rowsOfClasses
  if smoothing > 0 { y = y * (1 - smoothing) + smoothing / Double(max(input.classCount, 1)) }
  if let weight { y = y * weight }
  return -(rows.logSoftmax(dim: 1) * y).sum(dim: 1).reshape(input.shapeWithoutClasses)
}

/// Cross entropy of logits:
/// ``crossEntropy(_:_:weight:ignoreIndex:labelSmoothing:reduction:)``.
public struct CrossEntropyLoss {
  /// A factor for each class.
  public var weight: Tensor?
  /// The index of rows that do not count.
  public var ignoreIndex: Int
  /// What of the target is spread over all classes.
  public var labelSmoothing: Double
  /// How the losses become one number.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
  ) {
    self.weight = weight
    self.ignoreIndex = ignoreIndex
    self.labelSmoothing = labelSmoothing
    self.reduction = reduction
  }

  /// The loss of logits against indices of classes, or probabilities.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    crossEntropy(
      input, target, weight: weight, ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing,
      reduction: reduction)
  }
}

// MARK: - Of logarithms

/// The negative log likelihood: −w[t]·x[t], x being the logarithms of probabilities, as from
/// `logSoftmax`, t the target's class, w the weights of the classes (1 without).
///
/// The mean divides by the sum of w[t] over the rows that count, hence is NaN if none does. Of
/// logits, ``crossEntropy(_:_:weight:ignoreIndex:labelSmoothing:reduction:)`` is the same in one
/// step.
///
/// - Parameters:
///   - input: x, [batch, classes], with further dimensions behind, or [classes].
///   - target: indices of classes, of any integer type, in the input's shape without the classes.
///   - weight: a factor for each class, [classes].
///   - ignoreIndex: the index of rows that do not count.
///   - reduction: how the losses become one number.
public func nllLoss(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  let weight = classWeight(weight, for: input, op: #function)
  require(
    !target.dtype.isFloatingPoint,
    """
    nllLoss: the target is \(target.dtype), not indices of classes; crossEntropy takes \
    probabilities
    """)
  let classes = ClassTarget(
    target, for: input, weight: weight, ignoreIndex: ignoreIndex, op: #function)
  let picked = input.rowsOfClasses.gather(dim: 1, index: classes.index.unsqueeze(1)).squeeze(1)
  let loss = (-classes.factor * picked).maskedFill(classes.isIgnored, 0)
  if reduction == .none { return loss.reshape(target.shape) }
  return loss.reduced(reduction, by: classes.factor.sum())
}

/// The negative log likelihood: ``nllLoss(_:_:weight:ignoreIndex:reduction:)``.
public struct NLLLoss {
  /// A factor for each class.
  public var weight: Tensor?
  /// The index of rows that do not count.
  public var ignoreIndex: Int
  /// How the losses become one number.
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
