// Porting aids: arguments of other layers, and their modes. See Modules.swift.

import Autograd

extension Bilinear {
  @available(*, unavailable, message: "drop the labels: Bilinear(2, 3, 4)")
  public convenience init(in1Features: Int, in2Features: Int, outFeatures: Int, bias: Bool = true) {
    fatalError()
  }
}

extension PixelShuffle {
  @available(*, unavailable, message: "drop the label: PixelShuffle(2)")
  public convenience init(upscaleFactor: Int) { fatalError() }
}

extension PixelUnshuffle {
  @available(*, unavailable, message: "drop the label: PixelUnshuffle(2)")
  public convenience init(downscaleFactor: Int) { fatalError() }
}

@available(*, unavailable, message: "a mode is a case: .nearest, .bilinear, .bicubic, …")
extension InterpolationMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a mode is a case: .bilinear, .nearest or .bicubic")
extension GridSampleMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a padding mode is a case: .zeros, .border or .reflection")
extension GridPaddingMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a mode is a case: .sum, .mean or .max")
extension EmbeddingBagMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}
