import Autograd

/// x with each element replaced by 0 with probability p, and the others divided by 1 − p, so that
/// the mean stays. Outside training it is x itself.
///
/// The same seed drops the same elements as in PyTorch. Srivastava et al., Dropout: A Simple Way to
/// Prevent Neural Networks from Overfitting, 2014.
public func dropout(
  _ x: Tensor, p: Double = 0.5, training: Bool = true, generator: Generator = .default
) -> Tensor {
  require(p >= 0 && p <= 1, "dropout: a probability is in [0, 1], but p is \(p)")
  if !training || p == 0 || x.numel == 0 { return x }
  if p == 1 { return x * Tensor.zeros([], dtype: x.dtype) }
  let mask = Tensor.empty(x.shape, dtype: x.dtype).bernoulli_(1 - p, generator: generator)
  return x * (mask / (1 - p))
}

/// Replaces elements by 0 at random while training: ``dropout(_:p:training:generator:)``.
public final class Dropout: Module {
  let p: Double

  /// Drops an element with probability `p`.
  public init(_ p: Double = 0.5) {
    require(p >= 0 && p <= 1, "Dropout: a probability is in [0, 1], but p is \(p)")
    self.p = p
  }

  public override var extraRepr: String { "\(p)" }

  public override func forward(_ x: Tensor) -> Tensor { dropout(x, p: p, training: isTraining) }
}
