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
  let losses = { (reduction: Reduction) in
    pairLoss(.squaredError, input, target, reduction, op: "mseLoss") { x, y in (x - y) * 2 }
  }
  guard let weight else { return losses(reduction) }
  return reduction.applied(to: losses(.none) * weight, divisor: weight.sum())
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
  guard let weight else { return absoluteError(input, target, reduction, op: #function) }
  let losses = absoluteError(input, target, .none, op: #function)
  return reduction.applied(to: losses * weight, divisor: weight.sum())
}

/// The absolute error as part of the loss `op`; of integers unless it is a mean.
func absoluteError(
  _ input: Tensor, _ target: Tensor, _ reduction: Reduction, op: StaticString
) -> Tensor {
  if reduction != .mean, !DType.promote(input.dtype, target.dtype).isFloatingPoint {
    return reduction.applied(to: (input - target).abs())
  }
  return pairLoss(.absoluteError, input, target, reduction, op: op) { x, y in (x - y).sign() }
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
