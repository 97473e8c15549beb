// Piecewise linear activations as modules.

import Autograd

/// min(max(x, 0), 6): `Tensor.relu6()`.
public final class ReLU6: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.relu6() }
}

/// x, limited to the range from `minVal` to `maxVal`: `Tensor.hardtanh(min:max:)`.
public final class Hardtanh: Module {
  let minVal: Double
  let maxVal: Double

  /// An activation with the given settings.
  ///
  /// - Parameters:
  ///   - minVal: the lower bound, at most `maxVal`.
  ///   - maxVal: the upper bound.
  public init(minVal: Double = -1, maxVal: Double = 1) {
    self.minVal = minVal
    self.maxVal = maxVal
  }

  public override var extraRepr: String { "minVal: \(minVal), maxVal: \(maxVal)" }

  public override func forward(_ x: Tensor) -> Tensor { x.hardtanh(min: minVal, max: maxVal) }
}

/// min(max(x + 3, 0), 6)/6: `Tensor.hardsigmoid()`.
public final class Hardsigmoid: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.hardsigmoid() }
}

/// x·min(max(x + 3, 0), 6)/6: `Tensor.hardswish()`.
public final class Hardswish: Module {
  public override func forward(_ x: Tensor) -> Tensor { x.hardswish() }
}

/// 0 where |x| ≤ `lambd`, else x: `Tensor.hardshrink(lambda:)`.
public final class Hardshrink: Module {
  let lambd: Double

  /// An activation with the given setting.
  public init(lambd: Double = 0.5) { self.lambd = lambd }

  public override var extraRepr: String { "lambd: \(lambd)" }

  public override func forward(_ x: Tensor) -> Tensor { x.hardshrink(lambda: lambd) }
}

/// x, moved towards 0 by `lambd`, and 0 where |x| ≤ `lambd`: `Tensor.softshrink(lambda:)`.
public final class Softshrink: Module {
  let lambd: Double

  /// An activation with the given setting.
  public init(lambd: Double = 0.5) { self.lambd = lambd }

  public override var extraRepr: String { "lambd: \(lambd)" }

  public override func forward(_ x: Tensor) -> Tensor { x.softshrink(lambda: lambd) }
}

/// `value` where x ≤ `threshold`, else x: `Tensor.threshold(_:value:)`.
public final class Threshold: Module {
  let threshold, value: Double

  /// An activation with the given settings.
  public init(_ threshold: Double, value: Double) {
    self.threshold = threshold
    self.value = value
  }

  public override var extraRepr: String { "\(threshold), value: \(value)" }

  public override func forward(_ x: Tensor) -> Tensor { x.threshold(threshold, value: value) }
}
