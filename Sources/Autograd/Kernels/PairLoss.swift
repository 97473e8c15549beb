// Element-wise losses of an input and its target, and their weights, for NN.

/// A loss of pairs that has a kernel; its formula is at the body, in losses.inc.
package struct PairLoss: Sendable {
  fileprivate let value: ElementwiseKernel
  fileprivate let derivative: ElementwiseKernel
  fileprivate var parameters = Parameters()

  /// (x − y)².
  package static let squaredError = PairLoss(
    value: .squaredError, derivative: .squaredErrorGrad)
  /// |x − y|.
  package static let absoluteError = PairLoss(
    value: .absoluteError, derivative: .absoluteErrorGrad)
  /// The Huber loss of x − y.
  package static func huberError(_ delta: Double) -> PairLoss {
    PairLoss(
      value: .huberError, derivative: .huberErrorGrad, parameters: Parameters(delta))
  }
  /// The absolute error of x − y, smoothed up to `beta`.
  package static func smoothError(_ beta: Double) -> PairLoss {
    PairLoss(
      value: .smoothError, derivative: .smoothErrorGrad, parameters: Parameters(beta))
  }
  /// The cross entropy of σ(x) and y.
  package static let logisticError = PairLoss(
    value: .logisticError, derivative: .logisticErrorGrad)
}

extension Tensor {
  /// The loss of each element of this tensor and `target`, which has the same shape; off the tape.
  package func losses(_ loss: PairLoss, _ target: Tensor) -> Tensor {
    elementwise(loss.value, self, target, loss.parameters)
  }

  /// The sum of the ``losses(_:_:)``, without storing them; off the tape.
  package func sumOfLosses(_ loss: PairLoss, _ target: Tensor) -> Tensor {
    sum(of: loss.value, with: target, loss.parameters)
  }

  /// The derivative of the ``losses(_:_:)`` with respect to this tensor, times their gradient `g`,
  /// which is 0-d or of the same shape; off the tape.
  package func slopes(_ loss: PairLoss, _ target: Tensor, _ g: Tensor) -> Tensor {
    elementwise(loss.derivative, self, target, g, loss.parameters)
  }

  /// The cross entropy of σ(x) and `target`, whose losses of class 1 are multiplied by `weight`, and
  /// its derivative with respect to x, which is this tensor; `weight` broadcasts. Off the tape.
  package func weightedLogisticErrors(_ target: Tensor, _ weight: Tensor) -> Tensor {
    elementwise(.weightedLogisticError, self, target, weight)
  }
  package func weightedLogisticSlopes(_ target: Tensor, _ weight: Tensor) -> Tensor {
    elementwise(.weightedLogisticSlope, self, target, weight)
  }

  /// factor·x with broadcasting, and 0 where the factor is 0 and x is not NaN; off the tape.
  package func weighted(by factor: Tensor) -> Tensor {
    elementwise(.weighted, factor, self)
  }
}
