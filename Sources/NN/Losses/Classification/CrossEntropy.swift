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
/// Gradients flow to the input, and if the target is probabilities, to these and the weight. A logit
/// of −∞ is an impossible class, which costs ∞, but nothing if its factor above is 0, where PyTorch
/// gives NaN. A logit of +∞ gives NaN.
///
/// - Parameters:
///   - input: the logits, [batch, classes, …] or [classes].
///   - target: indices of classes, of any integer type, in the input's shape without the classes;
///     or probabilities in the input's shape.
///   - weight: a factor for each class, [classes], of the input's dtype. With probabilities, input,
///     target and weight may have several dtypes, and are promoted to one.
///   - ignoreIndex: the class of rows to ignore.
///   - labelSmoothing: ε, the part of the target that is distributed evenly over all classes
///     (Szegedy et al. 2016), in 0…1.
///   - reduction: whether to return all losses, their mean or their sum.
public func crossEntropy(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100,
  labelSmoothing: Double = 0, reduction: Reduction = .mean
) -> Tensor {
  let weight = classWeight(
    weight, for: input, ofIndices: !target.dtype.isFloatingPoint, op: #function)
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
  let hit =
    classes.factor.map { $0 * (1 - labelSmoothing) }
    ?? .full([classes.index.numel], 1 - labelSmoothing, dtype: input.dtype)
  let rows = CrossEntropyRows(
    index: classes.index, isIgnored: classes.isIgnored, hit: hit,
    smoothing: labelSmoothing / Double(max(input.classCount, 1)), weight: weight,
    classes: input.classCount)
  let loss = crossEntropy(input, rows)
  if reduction == .none { return loss.reshape(target.shape) }
  return reduction.applied(to: loss, divisor: classes.factor?.sum())
}

/// The loss of each position of the logits, [positions]. Value and derivative are kernels, so that
/// neither the softmax nor its logarithm is stored.
func crossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let d = x.classDimension
  let (loss, partition) = x.crossEntropy(row, dim: d)
  return loss.wrt(
    x,
    fused: { [x = Saved(x)] g in
      x.value.crossEntropyGradient(g, row, partition: partition, dim: d)
    },
    meaning: { x in composedCrossEntropy(x, row) })
}

/// ``crossEntropy(_:_:)`` in ordinary ops.
func composedCrossEntropy(_ x: Tensor, _ row: CrossEntropyRows) -> Tensor {
  let d = x.classDimension
  var places = x.shape
  places[d] = 1
  // The loss of an ignored position does not depend on its logits. They may be infinite or NaN: the
  // derivative of their softmax, times 0, is NaN.
  let kept = row.isIgnored.map { x.maskedFill($0.reshape(places), 0) } ?? x
  let logs = kept.logSoftmax(dim: d)
  var loss = -weighted(logs.picked(row.index), by: row.hit)
  if row.smoothing > 0 {
    let all = row.weight.map { weighted(logs, by: x.perClass($0)) } ?? logs
    loss = loss - row.smoothing * all.sum(dim: d).reshape(loss.shape)
  }
  return row.isIgnored.map { loss.maskedFill($0, 0) } ?? loss
}

/// The loss of each row against probabilities, in the shape of the input without the classes.
private func crossEntropy(
  _ input: Tensor, probabilities target: Tensor, _ weight: Tensor?, _ smoothing: Double
) -> Tensor {
  let dtype = [target, weight].compactMap { $0?.dtype }.reduce(input.dtype, DType.promote)
  var y = target.to(dtype)
  if smoothing > 0 { y = y * (1 - smoothing) + smoothing / Double(max(input.classCount, 1)) }
  if let weight { y = weighted(y, by: input.perClass(weight.to(dtype))) }
  let d = input.classDimension
  let x = input.to(dtype)
  func composed(_ x: Tensor) -> Tensor { -weighted(x.logSoftmax(dim: d), by: y).sum(dim: d) }
  // The gradient of the labels needs the logarithms on the tape.
  guard !(y.requiresGrad && GradMode.isEnabled), x.hasKernels(forSoftLabels: y, dim: d) else {
    return composed(x)
  }
  let logs = noGrad { x.logSoftmax(dim: d) }
  return logs.softLabelLosses(y, dim: d).wrt(
    x, op: "crossEntropy",
    fused: { [y = Saved(y, op: "crossEntropy")] g in logs.softLabelGradient(y.value, g, dim: d) },
    meaning: composed)
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
