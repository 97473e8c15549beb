// The layers of dropout other than ``Dropout``.

import Autograd

/// What the layers of dropout share.
public class DropoutLayer: Module {
  let p: Double

  init(_ p: Double, op: StaticString) {
    requireProbability(p, op: op)
    self.p = p
  }

  public override var extraRepr: String { "\(p)" }
}

/// Replaces channels of signals by 0 at random in training:
/// ``dropout1d(_:p:training:generator:)``.
public final class Dropout1d: DropoutLayer {
  /// A layer that drops channels with probability `p`.
  public init(_ p: Double = 0.5) { super.init(p, op: "Dropout1d") }

  public override func forward(_ x: Tensor) -> Tensor { dropout1d(x, p: p, training: isTraining) }
}

/// Replaces channels of images by 0 at random in training:
/// ``dropout2d(_:p:training:generator:)``.
public final class Dropout2d: DropoutLayer {
  /// A layer that drops channels with probability `p`.
  public init(_ p: Double = 0.5) { super.init(p, op: "Dropout2d") }

  public override func forward(_ x: Tensor) -> Tensor { dropout2d(x, p: p, training: isTraining) }
}

/// Replaces channels of volumes by 0 at random in training:
/// ``dropout3d(_:p:training:generator:)``.
public final class Dropout3d: DropoutLayer {
  /// A layer that drops channels with probability `p`.
  public init(_ p: Double = 0.5) { super.init(p, op: "Dropout3d") }

  public override func forward(_ x: Tensor) -> Tensor { dropout3d(x, p: p, training: isTraining) }
}

/// Drops elements at random in training, and keeps mean and variance:
/// ``alphaDropout(_:p:training:generator:)``.
public final class AlphaDropout: DropoutLayer {
  /// A layer that drops elements with probability `p`.
  public init(_ p: Double = 0.5) { super.init(p, op: "AlphaDropout") }

  public override func forward(_ x: Tensor) -> Tensor {
    alphaDropout(x, p: p, training: isTraining)
  }
}

/// Drops channels at random in training, and keeps mean and variance:
/// ``featureAlphaDropout(_:p:training:generator:)``.
public final class FeatureAlphaDropout: DropoutLayer {
  /// A layer that drops channels with probability `p`.
  public init(_ p: Double = 0.5) { super.init(p, op: "FeatureAlphaDropout") }

  public override func forward(_ x: Tensor) -> Tensor {
    featureAlphaDropout(x, p: p, training: isTraining)
  }
}
