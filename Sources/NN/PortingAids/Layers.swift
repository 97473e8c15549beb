// Porting aids: arguments of layers. See Modules.swift.

import Autograd

// MARK: - Layers: arguments

extension Linear {
  @available(*, unavailable, message: "drop the labels: Linear(2, 3)")
  public convenience init(inFeatures: Int, outFeatures: Int, bias: Bool = true) { fatalError() }

  @available(*, unavailable, message: "drop the labels: Linear(2, 3)")
  public convenience init(in_features: Int, out_features: Int, bias: Bool = true) { fatalError() }
}

extension Conv1d {
  @available(
    *, unavailable, message: "drop the labels of the first three: Conv1d(1, 2, 3, stride: 2)"
  )
  public convenience init(
    inChannels: Int, outChannels: Int, kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true
  ) { fatalError() }

  @available(*, unavailable, message: "drop the label kernelSize: Conv1d(1, 2, 3, stride: 2)")
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true
  ) { fatalError() }

  @available(
    *, unavailable, message: "label the stride and the padding: Conv1d(1, 2, 3, stride: 2)"
  )
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, _ stride: some IntList,
    _ padding: some ConvolutionPadding = 0
  ) { fatalError() }
}

extension Conv2d {
  @available(
    *, unavailable, message: "drop the labels of the first three: Conv2d(1, 2, 3, stride: 2)"
  )
  public convenience init(
    inChannels: Int, outChannels: Int, kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true
  ) { fatalError() }

  @available(*, unavailable, message: "drop the label kernelSize: Conv2d(1, 2, 3, stride: 2)")
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true
  ) { fatalError() }

  @available(
    *, unavailable, message: "label the stride and the padding: Conv2d(1, 2, 3, stride: 2)"
  )
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, _ stride: some IntList,
    _ padding: some ConvolutionPadding = 0
  ) { fatalError() }
}

extension Conv2d {
  @available(*, unavailable, message: "sizes are lists: Conv2d(1, 2, [3, 3])")
  public convenience init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: (Int, Int), stride: some IntList = 1,
    padding: some ConvolutionPadding = 0
  ) { fatalError() }
}

extension Embedding {
  @available(*, unavailable, message: "drop the labels: Embedding(10, 3)")
  public convenience init(numEmbeddings: Int, embeddingDim: Int, paddingIdx: Int? = nil) {
    fatalError()
  }

  @available(*, unavailable, message: "use fromPretrained(_:freeze:)")
  public static func from_pretrained(_ weight: Tensor, freeze: Bool = true) -> Embedding {
    fatalError()
  }
}

extension LayerNorm {
  @available(*, unavailable, message: "drop the label: LayerNorm([3, 4])")
  public convenience init(normalizedShape: some IntList, eps: Double = 1e-5) { fatalError() }
}

extension Dropout {
  @available(*, unavailable, message: "drop the label: Dropout(0.5)")
  public convenience init(p: Double) { fatalError() }

  @available(*, unavailable, message: "no module works in place: Dropout(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }

  @available(*, unavailable, message: "no module works in place: Dropout(0.5)")
  public convenience init(p: Double, inplace: Bool) { fatalError() }
}

extension Flatten {
  @available(*, unavailable, message: "label the dimensions: Flatten(startDim: 1, endDim: -1)")
  public convenience init(_ startDim: Int, _ endDim: Int = -1) { fatalError() }
}

// MARK: - Activations: arguments

extension ReLU {
  @available(*, unavailable, message: "no module works in place: ReLU()")
  public convenience init(inplace: Bool) { fatalError() }

  @available(*, unavailable, message: "no module works in place: ReLU()")
  public convenience init(_ inplace: Bool) { fatalError() }
}

extension SiLU {
  @available(*, unavailable, message: "no module works in place: SiLU()")
  public convenience init(inplace: Bool) { fatalError() }
}

extension LeakyReLU {
  @available(*, unavailable, message: "label the slope: LeakyReLU(negativeSlope: 0.2)")
  public convenience init(_ negativeSlope: Double) { fatalError() }

  @available(*, unavailable, message: "no module works in place: LeakyReLU(negativeSlope: 0.2)")
  public convenience init(_ negativeSlope: Double = 0.01, inplace: Bool) { fatalError() }

  @available(*, unavailable, message: "no module works in place: LeakyReLU(negativeSlope: 0.2)")
  public convenience init(negativeSlope: Double, inplace: Bool) { fatalError() }
}

extension ELU {
  @available(*, unavailable, message: "label the scale: ELU(alpha: 1)")
  public convenience init(_ alpha: Double) { fatalError() }

  @available(*, unavailable, message: "no module works in place: ELU(alpha: 1)")
  public convenience init(alpha: Double = 1, inplace: Bool) { fatalError() }
}

extension GELU {
  @available(*, unavailable, message: "label the approximation: GELU(approximate: .tanh)")
  public convenience init(_ approximate: GeluApproximation) { fatalError() }

  @available(*, unavailable, message: "an approximation is a case: GELU(approximate: .tanh)")
  public convenience init(approximate: String) { fatalError() }
}

extension Softplus {
  @available(*, unavailable, message: "label the numbers: Softplus(beta: 1, threshold: 20)")
  public convenience init(_ beta: Double, _ threshold: Double = 20) { fatalError() }
}

extension Softmax {
  @available(*, unavailable, message: "label the dimension: Softmax(dim: 1)")
  public convenience init(_ dim: Int) { fatalError() }
}

extension LogSoftmax {
  @available(*, unavailable, message: "label the dimension: LogSoftmax(dim: 1)")
  public convenience init(_ dim: Int) { fatalError() }
}

// MARK: - Strings in place of cases

@available(*, unavailable, message: "a reduction is a case: .none, .mean or .sum")
extension Reduction: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a padding mode is a case: .constant, .reflect, .replicate, …")
extension PadMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a padding mode is a case: .zeros, .reflect, .replicate, …")
extension ConvolutionPaddingMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "padding is .same, .valid or a number")
extension String: ConvolutionPadding {
  public var paddingRule: PaddingRule { fatalError() }
}

@available(*, unavailable, message: "a nonlinearity is a case: .relu, .leakyRelu, .tanh, …")
extension Nonlinearity: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

@available(*, unavailable, message: "a mode is a case: .fanIn or .fanOut")
extension FanMode: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}
