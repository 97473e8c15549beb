import Autograd

/// What a convolution layer puts around its input.
public enum ConvolutionPaddingMode: Sendable {
  /// Zeros.
  case zeros
  /// The elements inside the border, in reverse order.
  case reflect
  /// The elements at the border.
  case replicate
  /// The elements from the opposite end.
  case circular

  /// The mode of ``pad(_:_:mode:value:)`` that does the same.
  fileprivate var padMode: PadMode {
    switch self {
    case .zeros: .constant
    case .reflect: .reflect
    case .replicate: .replicate
    case .circular: .circular
    }
  }
}

/// What the layers of convolution and of transposed convolution share.
public class ConvolutionLayer: Module {
  /// The kernels, [out channels, in channels / groups, kernel…]; in a layer of transposed convolution
  /// [in channels, out channels / groups, kernel…].
  @Parameter public var weight: Tensor
  /// What is added to each output channel, [out channels]; nil in a layer without a bias.
  @Parameter public var bias: Tensor?

  let inChannels, outChannels: Int
  let kernelSize, stride, dilation: [Int]
  let padding: PaddingRule
  let groups: Int
  let paddingMode: ConvolutionPaddingMode

  init(
    _ dims: Int, _ inChannels: Int, _ outChannels: Int, _ kernelSize: [Int], stride: [Int],
    padding: PaddingRule, dilation: [Int], groups: Int, bias: Bool,
    paddingMode: ConvolutionPaddingMode = .zeros, isTransposed: Bool = false, dtype: DType,
    op: StaticString
  ) {
    require(
      groups > 0 && inChannels % groups == 0 && outChannels % groups == 0,
      """
      \(op): \(inChannels) input channels and \(outChannels) output channels cannot be divided \
      into \(groups) groups
      """)
    (self.inChannels, self.outChannels) = (inChannels, outChannels)
    self.kernelSize = kernelSize.expanded(to: dims, "kernelSize", op: op)
    self.stride = stride.expanded(to: dims, "stride", op: op)
    self.dilation = dilation.expanded(to: dims, "dilation", op: op)
    self.padding = padding
    self.groups = groups
    self.paddingMode = paddingMode
    require(
      self.kernelSize.allSatisfy { $0 > 0 },
      "\(op): the kernel size must be positive, but it is \(self.kernelSize)")
    // Checks the padding against the other settings.
    _ = padding.amounts(
      kernel: self.kernelSize, stride: self.stride, dilation: self.dilation, op: op)
    let channels =
      isTransposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups]
    weight = .uninitialized(channels + self.kernelSize, dtype, op: op)
    self.bias = bias ? .uninitialized([outChannels], dtype, op: op) : nil
    super.init()
    resetParameters()
  }

  /// Draws the weight and the bias again, both uniform in ±1/√fan-in, where the fan-in is the number
  /// of elements of `weight[0]`.
  public func resetParameters() {
    // A negative slope of √5 makes the bound 1/√fan-in.
    kaimingUniform_(weight, a: 5.0.squareRoot())
    let fanIn = weight.size(1) * kernelSize.reduce(1, *)
    if let bias, fanIn > 0 {
      let bound = 1 / Double(fanIn).squareRoot()
      uniform_(bias, a: -bound, b: bound)
    }
  }

  public override var extraRepr: String {
    var text = "\(inChannels), \(outChannels), kernelSize: \(kernelSize)"
    text += ", stride: \(stride)"
    switch padding.kind {
    case .same: text += ", padding: same"
    case .sizes(let sizes) where sizes.contains { $0 != 0 }:
      text += ", padding: \(sizes.expanded(to: kernelSize.count, "padding", op: #function))"
    case .sizes: break
    }
    if dilation.contains(where: { $0 != 1 }) { text += ", dilation: \(dilation)" }
    if groups != 1 { text += ", groups: \(groups)" }
    if bias == nil { text += ", bias: false" }
    if paddingMode != .zeros { text += ", paddingMode: \(paddingMode)" }
    return text
  }

  func convolved(_ x: Tensor, op: StaticString) -> Tensor {
    var (x, padding) = (x, self.padding)
    if paddingMode != .zeros {
      let (before, after) = padding.amounts(
        kernel: kernelSize, stride: stride, dilation: dilation, op: op)
      // Padding is given from the last dimension on.
      let amounts = kernelSize.indices.reversed().flatMap { [before[$0], after[$0]] }
      x = pad(x, amounts, mode: paddingMode.padMode, value: 0, op: op)
      padding = .valid
    }
    return convolution(
      kernelSize.count, x, weight, bias, stride: stride, padding: padding, dilation: dilation,
      groups: groups, op: op)
  }
}
