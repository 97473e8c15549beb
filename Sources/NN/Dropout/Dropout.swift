import Autograd

/// Replaces each element of x by 0 with probability p and divides the others by 1 − p, so that the
/// expectation stays the same. Outside training it returns x.
///
/// The same seed drops the same elements as in PyTorch. Source: Srivastava et al., Dropout: A
/// Simple Way to Prevent Neural Networks from Overfitting, 2014.
public func dropout(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  dropped(x, p, training, x.shape, generator, op: #function)
}

/// ``dropout(_:p:training:generator:)`` as part of `op`, with one draw for each element of `shape`,
/// which broadcasts.
func dropped(
  _ x: Tensor, _ p: Double, _ training: Bool, _ shape: [Int], _ generator: Generator,
  op: StaticString
) -> Tensor {
  requireProbability(p, op: op)
  if !training || p == 0 || x.numel == 0 { return x }
  if p == 1 { return x * Tensor.zeros([], dtype: x.dtype) }
  let mask = Tensor.uninitialized(shape, x.dtype, op: op)
  guard x.dtype.isFloatingPoint else {
    return x * (mask.bernoulli_(1 - p, generator: generator) / (1 - p))
  }
  // Rounded as the quotient of tensors of this type.
  let factor = x.dtype == .float32 ? Double(1 / Float(1 - p)) : 1 / (1 - p)
  return x * mask.drawBernoulli(1 - p, value: factor, generator, op: op)
}

/// Stops unless `p` is a probability.
func requireProbability(_ p: Double, op: StaticString) {
  require(p >= 0 && p <= 1, "\(opName(op)): p must be a probability in [0, 1], but it is \(p)")
}

/// Replaces elements by 0 at random in training: ``dropout(_:p:training:generator:)``.
public final class Dropout: Module {
  let p: Double

  /// A layer that drops elements with probability `p`.
  public init(_ p: Double = 0.5) {
    requireProbability(p, op: "Dropout")
    self.p = p
  }

  public override var extraRepr: String { "\(p)" }

  public override func forward(_ x: Tensor) -> Tensor { dropout(x, p: p, training: isTraining) }
}
