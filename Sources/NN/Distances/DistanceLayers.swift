import Autograd

/// ``cosineSimilarity(_:_:dim:eps:)`` as a module.
public final class CosineSimilarity: Module {
  let dim: Int
  let eps: Double

  /// A layer that compares vectors along dimension `dim`, with `eps` as a lower bound of their norms.
  public init(dim: Int = 1, eps: Double = 1e-8) {
    self.dim = dim
    self.eps = eps
  }

  public override var extraRepr: String { "dim: \(dim), eps: \(eps)" }

  public override var mapsTensorToTensor: Bool { false }

  /// The cosines of the angles between vectors.
  public func callAsFunction(_ x1: Tensor, _ x2: Tensor) -> Tensor {
    call(x1, x2) { cosineSimilarity($0, $1, dim: dim, eps: eps) }
  }
}

/// ``pairwiseDistance(_:_:p:eps:keepdim:)`` as a module.
public final class PairwiseDistance: Module {
  let p, eps: Double
  let keepdim: Bool

  /// A layer with the given settings.
  ///
  /// - Parameters:
  ///   - p: the exponent of the norm.
  ///   - eps: is added to each difference.
  ///   - keepdim: whether the last dimension stays, with size 1.
  public init(p: Double = 2, eps: Double = 1e-6, keepdim: Bool = false) {
    self.p = p
    self.eps = eps
    self.keepdim = keepdim
  }

  public override var extraRepr: String { "p: \(p), eps: \(eps), keepdim: \(keepdim)" }

  public override var mapsTensorToTensor: Bool { false }

  /// The distances of vectors.
  public func callAsFunction(_ x1: Tensor, _ x2: Tensor) -> Tensor {
    call(x1, x2) { pairwiseDistance($0, $1, p: p, eps: eps, keepdim: keepdim) }
  }
}
