import Autograd
import Testing

/// A function of one number; at each point its value and its first and second derivative, from
/// mpmath.
struct Extreme: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let points: [Double]
  /// By order of the derivative, then by point.
  let derivatives: [[Double]]
  let call: @Sendable (Tensor) -> Tensor

  init(
    _ name: String, _ points: [Double], _ derivatives: [[Double]],
    _ call: @escaping @Sendable (Tensor) -> Tensor
  ) {
    testDescription = name
    self.points = points
    self.derivatives = derivatives
    self.call = call
  }
}
