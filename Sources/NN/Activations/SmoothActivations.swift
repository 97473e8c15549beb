// Smooth activations as modules, and softmax in other forms.

import Autograd

/// ``ELU``, scaled so that activations keep mean 0 and variance 1: `Tensor.selu()`.
public final class SELU: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.selu() }
}

/// x where it is positive, else `alpha`·(e^(x/alpha) − 1): `Tensor.celu(alpha:)`.
public final class CELU: Module {
  let alpha: Double

  /// An activation with the given setting.
  public init(alpha: Double = 1) { self.alpha = alpha }

  public override var extraRepr: String { "alpha: \(alpha)" }

  public override func forward(_ x: Tensor) -> Tensor { x.celu(alpha: alpha) }
}

/// x·tanh(ln(1 + eˣ)): `Tensor.mish()`.
public final class Mish: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.mish() }
}

/// The first half along dimension `dim` times the sigmoid of the second half:
/// `Tensor.glu(dim:)`.
public final class GLU: Module {
  let dim: Int

  /// An activation with the given setting.
  public init(dim: Int = -1) { self.dim = dim }

  public override var extraRepr: String { "dim: \(dim)" }

  public override func forward(_ x: Tensor) -> Tensor { x.glu(dim: dim) }
}

/// ln σ(x): `Tensor.logSigmoid()`.
public final class LogSigmoid: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.logSigmoid() }
}

/// x/(1 + |x|): `Tensor.softsign()`.
public final class Softsign: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.softsign() }
}

/// x − tanh(x): `Tensor.tanhshrink()`.
public final class Tanhshrink: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.tanhshrink() }
}

/// The softmax of −x along dimension `dim`: `Tensor.softmin(dim:dtype:)`.
public final class Softmin: Module {
  let dim: Int

  /// An activation with the given setting.
  public init(dim: Int) { self.dim = dim }

  public override var extraRepr: String { "dim: \(dim)" }

  public override func forward(_ x: Tensor) -> Tensor { x.softmin(dim: dim) }
}

/// The softmax over the channels of images, [batch, channels, height, width] or [channels, height,
/// width].
public final class Softmax2d: Module {
  public override func forward(_ x: Tensor) -> Tensor {
    require(
      x.ndim == 3 || x.ndim == 4,
      """
      Softmax2d: expected [batch, channels, height, width] or [channels, height, width], got the \
      shape \(x.shape)
      """)
    return x.softmax(dim: -3)
  }
}
