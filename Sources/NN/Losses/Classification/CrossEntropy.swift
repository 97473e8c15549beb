import Autograd

/// Cross entropy of logits: −ln p of the target's class, p being the softmax of the input.
///
/// For indices of classes, t, and weights w of the classes (1 without), the loss of a row is
///
///     (1 − ε)·w[t]·(−ln p[t]) + ε/C·Σ w[c]·(−ln p[c])
///
/// with ε = `labelSmoothing` and C classes. The mean divides by the sum of w[t] over the rows that
/// are not ignored, so it is NaN if all are. For probabilities, y, the loss is Σ w[c]·y'[c]·(−ln
/// p[c]) with y' = (1 − ε)·y + ε/C, and the mean divides by the number of rows.
///
/// ```swift
/// let loss = crossEntropy(net(x), labels)     // [batch, classes] against [batch]
/// ```
///
/// Gradients flow to the input and to probabilities, not to the weight. A logit of −∞ is an
/// impossible class; +∞ gives NaN.
///
/// - Parameters:
///   - input: the logits, [batch, classes, …] or [classes].
///   - target: indices of classes, of any integer type, in the input's shape without the classes;
///     or probabilities in the input's shape.
///   - weight: a factor for each class, [classes].
///   - ignoreIndex: the class of rows to ignore.
///   - labelSmoothing: ε, the part of the target that is distributed evenly over all classes
///     (Szegedy et al. 2016), in 0…1.
///   - reduction: whether to return all losses, their mean or their sum.
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
    return reduction.applied(to: loss)
  }
  let classes = ClassTarget(
    target, for: input, weight: weight, ignoreIndex: ignoreIndex, op: #function)
  let rows = CrossEntropyRows(
    index: classes.index, isIgnored: classes.isIgnored, hit: classes.factor * (1 - labelSmoothing),
    smoothing: labelSmoothing / Double(max(input.classCount, 1)), weight: weight,
    classes: input.classCount)
  let loss = crossEntropy(input.rowsOfClasses, rows)
  if reduction == .none { return loss.reshape(target.shape) }
  return reduction.applied(to: loss, divisor: classes.factor.sum())
}

/// The loss of each row of logits, [rows]. Its derivative is a kernel, so that neither the softmax
/// nor its logarithm is stored.
func crossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let partition = x.logPartition()
  let loss = noGrad {
    if row.smoothing > 0 { return composedCrossEntropy(x, row) }
    let picked = x.gather(dim: 1, index: row.index.unsqueeze(1)).squeeze(1)
    // The greatest logit is added first: the logarithm may be small compared with it.
    let logLoss = partition.select(dim: 1, index: 0) - picked + partition.select(dim: 1, index: 1)
    return (row.hit * logLoss).maskedFill(row.isIgnored, 0)
  }
  return loss.wrt(
    x,
    fused: { [x = Saved(x)] g in x.value.crossEntropyGradient(g, row, partition: partition) },
    meaning: { x in composedCrossEntropy(x, row) })
}

/// ``crossEntropy(_:_:)`` in ordinary ops.
func composedCrossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let logs = x.logSoftmax(dim: 1)
  var loss = -row.hit * logs.gather(dim: 1, index: row.index.unsqueeze(1)).squeeze(1)
  if row.smoothing > 0 {
    loss = loss - row.smoothing * (row.weight.map { logs * $0 } ?? logs).sum(dim: 1)
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
  /// The class of rows to ignore.
  public var ignoreIndex: Int
  /// The part of the target that is distributed evenly over all classes.
  public var labelSmoothing: Double
  /// Whether to return all losses, their mean or their sum.
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
