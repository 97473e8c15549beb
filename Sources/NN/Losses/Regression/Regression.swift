// Losses of real numbers: the distance between the input, x, and the target, y. Gradients flow to
// both.

import Autograd

// MARK: - Squared error

/// The squared error, (x − y)².
///
/// - Parameters:
///   - input: the prediction x, of any shape.
///   - target: y, of the same shape.
///   - weight: a factor for each element, of the same shape; the mean then divides by their sum.
///   - reduction: whether to return all losses, their mean or their sum.
public func mseLoss(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireWeight(weight, for: input, op: #function)
  let losses = { (x: Tensor, y: Tensor) in (x - y).square() }
  guard let weight else {
    return pairLoss(.squaredError, input, target, reduction, op: #function, meaning: losses)
  }
  return reduction.applied(to: losses(input, target) * weight, divisor: weight.sum())
}

/// The squared error: ``mseLoss(_:_:weight:reduction:)``.
public struct MSELoss {
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of `input` against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    mseLoss(input, target, reduction: reduction)
  }
}

// MARK: - Absolute error

/// The absolute error, |x − y|; its derivative at 0 is 0.
///
/// - Parameters:
///   - input: the prediction x, of any shape.
///   - target: y, of the same shape.
///   - weight: a factor for each element, of the same shape; the mean then divides by their sum.
///   - reduction: whether to return all losses, their mean or their sum.
public func l1Loss(
  _ input: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape(input, target, op: #function)
  requireWeight(weight, for: input, op: #function)
  let losses = { (x: Tensor, y: Tensor) in (x - y).abs() }
  guard let weight else {
    return pairLoss(.absoluteError, input, target, reduction, op: #function, meaning: losses)
  }
  return reduction.applied(to: losses(input, target) * weight, divisor: weight.sum())
}

/// The absolute error: ``l1Loss(_:_:weight:reduction:)``.
public struct L1Loss {
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given reduction.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of `input` against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    l1Loss(input, target, reduction: reduction)
  }
}

// MARK: - Squared near 0, absolute beyond

/// The squared error where it is small, the absolute error where it is large (Huber 1964):
/// e²/2 where |e| ≤ δ, else δ(|e| − δ/2), with e = x − y.
///
/// - Parameters:
///   - input: the prediction x, of any shape.
///   - target: y, of the same shape.
///   - delta: δ, positive.
///   - weight: a factor for each element, of the same shape. The mean still divides by the number
///     of elements, as in PyTorch and unlike ``mseLoss(_:_:weight:reduction:)``.
///   - reduction: whether to return all losses, their mean or their sum.
public func huberLoss(
  _ input: Tensor, _ target: Tensor, delta: Double = 1, weight: Tensor? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  require(delta > 0, "huberLoss: delta must be positive, but it is \(delta)")
  requireSameShape(input, target, op: #function)
  requireWeight(weight, for: input, op: #function)
  let losses = { (x: Tensor, y: Tensor) in huber(x - y, delta) }
  guard let weight else {
    return pairLoss(.huberError(delta), input, target, reduction, op: #function, meaning: losses)
  }
  return reduction.applied(to: losses(input, target) * weight)
}

/// e²/2 where |e| ≤ δ, else δ(|e| − δ/2). With c = e clamped to ±δ, both are c(e − c/2), whose
/// derivative is c; it is not NaN for an infinite e.
private func huber(_ e: Tensor, _ delta: Double) -> Tensor {
  let c = e.clamp(min: -delta, max: delta)
  return c * (e - c / 2)
}

/// The Huber loss: ``huberLoss(_:_:delta:weight:reduction:)``.
public struct HuberLoss {
  /// The error up to which it is squared.
  public var delta: Double
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(delta: Double = 1, reduction: Reduction = .mean) {
    self.delta = delta
    self.reduction = reduction
  }

  /// The loss of `input` against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    huberLoss(input, target, delta: delta, reduction: reduction)
  }
}

/// The absolute error, smoothed around 0: e²/(2β) where |e| < β, else |e| − β/2, with e = x − y. It
/// is the Huber loss with δ = β, divided by β.
///
/// - Parameters:
///   - input: the prediction x, of any shape.
///   - target: y, of the same shape.
///   - beta: β; with 0 it is the absolute error.
///   - reduction: whether to return all losses, their mean or their sum.
public func smoothL1Loss(
  _ input: Tensor, _ target: Tensor, beta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  require(beta >= 0, "smoothL1Loss: beta must not be negative, but it is \(beta)")
  requireSameShape(input, target, op: #function)
  if beta == 0 { return l1Loss(input, target, reduction: reduction) }
  return huberLoss(input, target, delta: beta, reduction: reduction) / beta
}

/// The smoothed absolute error: ``smoothL1Loss(_:_:beta:reduction:)``.
public struct SmoothL1Loss {
  /// The error below which it is squared.
  public var beta: Double
  /// Whether to return all losses, their mean or their sum.
  public var reduction: Reduction

  /// A loss with the given settings.
  public init(beta: Double = 1, reduction: Reduction = .mean) {
    self.beta = beta
    self.reduction = reduction
  }

  /// The loss of `input` against `target`, of the same shape.
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Tensor {
    smoothL1Loss(input, target, beta: beta, reduction: reduction)
  }
}
