// Losses that are squared near 0 and absolute beyond. Gradients flow to the input, x, and the
// target, y.

import Autograd

// MARK: - Huber

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
  let losses = { (reduction: Reduction) in
    pairLoss(.huberError(delta), input, target, reduction, op: "huberLoss") { x, y in
      (x - y).clamp(min: -delta, max: delta)
    }
  }
  return weight.map { reduction.applied(to: losses(.none) * $0) } ?? losses(reduction)
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

// MARK: - Smoothed absolute error

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
  // The number that the kernel gets: a beta below all numbers of the dtype is 0 too.
  let dtype = DType.promote(input.dtype, target.dtype)
  if Tensor(beta, dtype: dtype.isFloatingPoint ? dtype : .default).item() == 0 {
    return absoluteError(input, target, reduction, op: #function)
  }
  return pairLoss(.smoothError(beta), input, target, reduction, op: #function) { x, y in
    (x - y).clamp(min: -beta, max: beta) / beta
  }
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
