import Autograd

/// Replaces each element of x by 0 with probability p and divides the others by 1 − p, so that the
/// expectation stays the same. Outside training it returns x.
///
/// The same seed drops the same elements as in PyTorch. Source: Srivastava et al., Dropout: A
/// Simple Way to Prevent Neural Networks from Overfitting, 2014.
public func dropout(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  require(p >= 0 && p <= 1, "dropout: p must be a probability in [0, 1], but it is \(p)")
  if !training || p == 0 || x.numel == 0 { return x }
  if p == 1 { return x * Tensor.zeros([], dtype: x.dtype) }
  let mask = Tensor.empty(x.shape, dtype: x.dtype).bernoulli_(1 - p, generator: generator)
  return x * (mask / (1 - p))
}

/// Replaces elements by 0 at random in training: ``dropout(_:p:training:generator:)``.
public final class Dropout: Module {
  let p: Double

  /// A layer that drops elements with probability `p`.
  public init(_ p: Double = 0.5) {
    require(p >= 0 && p <= 1, "Dropout: p must be a probability in [0, 1], but it is \(p)")
    self.p = p
  }

  public override var extraRepr: String { "\(p)" }

  public override func forward(_ x: Tensor) -> Tensor { dropout(x, p: p, training: isTraining) }
}
