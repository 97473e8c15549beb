// Porting aids: arguments of activations. See Modules.swift.

import Autograd

extension ReLU6 {
  @available(*, unavailable, message: "no module works in place: ReLU6()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension SELU {
  @available(*, unavailable, message: "no module works in place: SELU()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension Mish {
  @available(*, unavailable, message: "no module works in place: Mish()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension Hardswish {
  @available(*, unavailable, message: "no module works in place: Hardswish()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension Hardsigmoid {
  @available(*, unavailable, message: "no module works in place: Hardsigmoid()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension CELU {
  @available(*, unavailable, message: "no module works in place: CELU(alpha: 1)")
  public convenience init(alpha: Double = 1, inplace: Bool) { fatalError() }
}

extension Hardtanh {
  @available(*, unavailable, message: "no module works in place: Hardtanh(minVal: -1, maxVal: 1)")
  public convenience init(minVal: Double = -1, maxVal: Double = 1, inplace: Bool) { fatalError() }
}

extension RReLU {
  @available(*, unavailable, message: "no module works in place: RReLU()")
  public convenience init(lower: Double = 1 / 8, upper: Double = 1 / 3, inplace: Bool) {
    fatalError()
  }
}

extension Threshold {
  @available(*, unavailable, message: "no module works in place: Threshold(0.1, value: 20)")
  public convenience init(_ threshold: Double, value: Double, inplace: Bool) { fatalError() }
}

extension CELU {
  @available(*, unavailable, message: "label the scale: CELU(alpha: 1)")
  public convenience init(_ alpha: Double) { fatalError() }
}

extension Hardtanh {
  @available(*, unavailable, message: "label the bounds: Hardtanh(minVal: -1, maxVal: 1)")
  public convenience init(_ minVal: Double, _ maxVal: Double) { fatalError() }
}

extension Hardshrink {
  @available(*, unavailable, message: "label the bound: Hardshrink(lambd: 0.5)")
  public convenience init(_ lambd: Double) { fatalError() }
}

extension Softshrink {
  @available(*, unavailable, message: "label the bound: Softshrink(lambd: 0.5)")
  public convenience init(_ lambd: Double) { fatalError() }
}

extension Hardshrink {
  @available(*, unavailable, message: "the label is PyTorch's: Hardshrink(lambd: 0.5)")
  public convenience init(lambda: Double) { fatalError() }
}

extension Softshrink {
  @available(*, unavailable, message: "the label is PyTorch's: Softshrink(lambd: 0.5)")
  public convenience init(lambda: Double) { fatalError() }
}

extension Threshold {
  @available(*, unavailable, message: "label the value: Threshold(0.1, value: 20)")
  public convenience init(_ threshold: Double, _ value: Double) { fatalError() }
}

extension GLU {
  @available(*, unavailable, message: "label the dimension: GLU(dim: 1)")
  public convenience init(_ dim: Int) { fatalError() }
}

extension Softmin {
  @available(*, unavailable, message: "label the dimension: Softmin(dim: 1)")
  public convenience init(_ dim: Int) { fatalError() }
}

extension PReLU {
  @available(*, unavailable, message: "label the number: PReLU(numParameters: 3)")
  public convenience init(_ numParameters: Int) { fatalError() }
}
