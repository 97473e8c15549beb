// Activations as modules, for ``Sequential``. They call the methods of `Tensor`.

import Autograd

/// max(x, 0).
public final class ReLU: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.relu() }
}

/// x where it is positive, else `negativeSlope`·x.
public final class LeakyReLU: Module {
  let negativeSlope: Double

  /// An activation with the given setting.
  public init(negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }

  public override var extraRepr: String { "negativeSlope: \(negativeSlope)" }

  public override func forward(_ x: Tensor) -> Tensor { x.leakyRelu(negativeSlope: negativeSlope) }
}

/// x where it is positive, else `alpha`·(eˣ − 1).
public final class ELU: Module {
  let alpha: Double

  /// An activation with the given setting.
  public init(alpha: Double = 1) { self.alpha = alpha }

  public override var extraRepr: String { "alpha: \(alpha)" }

  public override func forward(_ x: Tensor) -> Tensor { x.elu(alpha: alpha) }
}

/// x·Φ(x), Φ being the distribution function of the standard normal distribution; or its
/// approximation by tanh.
public final class GELU: Module {
  let approximate: GeluApproximation

  /// An activation with the given setting.
  public init(approximate: GeluApproximation = .none) { self.approximate = approximate }

  public override var extraRepr: String { "approximate: \(approximate)" }

  public override func forward(_ x: Tensor) -> Tensor { x.gelu(approximate: approximate) }
}

/// x·σ(x).
public final class SiLU: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.silu() }
}

/// The hyperbolic tangent.
public final class Tanh: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.tanh() }
}

/// σ(x) = 1 / (1 + e⁻ˣ).
public final class Sigmoid: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.sigmoid() }
}

/// ln(1 + e^(βx)) / β; x itself where βx is above `threshold`.
public final class Softplus: Module {
  let beta: Double
  let threshold: Double

  /// An activation with the given settings.
  public init(beta: Double = 1, threshold: Double = 20) {
    self.beta = beta
    self.threshold = threshold
  }

  public override var extraRepr: String { "beta: \(beta), threshold: \(threshold)" }

  public override func forward(_ x: Tensor) -> Tensor {
    x.softplus(beta: beta, threshold: threshold)
  }
}

/// eˣ over its sum along dimension `dim`.
public final class Softmax: Module {
  let dim: Int

  /// An activation with the given setting.
  public init(dim: Int) { self.dim = dim }

  public override var extraRepr: String { "dim: \(dim)" }

  public override func forward(_ x: Tensor) -> Tensor { x.softmax(dim: dim) }
}

/// ln of the softmax along dimension `dim`.
public final class LogSoftmax: Module {
  let dim: Int

  /// An activation with the given setting.
  public init(dim: Int) { self.dim = dim }

  public override var extraRepr: String { "dim: \(dim)" }

  public override func forward(_ x: Tensor) -> Tensor { x.logSoftmax(dim: dim) }
}
