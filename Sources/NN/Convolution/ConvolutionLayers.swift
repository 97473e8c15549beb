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

/// What the convolution layers share.
public class ConvolutionLayer: Module {
  /// The kernels, [out channels, in channels / groups, kernel…].
  @Parameter public var weight: Tensor
  /// What is added to each output channel, [out channels]; nil in a layer without a bias.
  @Parameter public var bias: Tensor?

  let kernelSize, stride, dilation: [Int]
  let padding: PaddingRule
  let groups: Int
  let paddingMode: ConvolutionPaddingMode

  init(
    _ dims: Int, _ inChannels: Int, _ outChannels: Int, _ kernelSize: [Int], stride: [Int],
    padding: PaddingRule, dilation: [Int], groups: Int, bias: Bool,
    paddingMode: ConvolutionPaddingMode, dtype: DType, op: StaticString
  ) {
    require(
      groups > 0 && inChannels % groups == 0 && outChannels % groups == 0,
      """
      \(op): \(inChannels) input channels and \(outChannels) output channels cannot be divided \
      into \(groups) groups
      """)
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
    weight = .uninitialized(
      [outChannels, inChannels / groups] + self.kernelSize, dtype, op: op)
    self.bias = bias ? .uninitialized([outChannels], dtype, op: op) : nil
    super.init()
    resetParameters()
  }

  /// Draws the weight and the bias again, both uniform in ±1/√fan-in.
  public func resetParameters() {
    // A negative slope of √5 makes the bound 1/√fan-in.
    kaimingUniform_(weight, a: 5.0.squareRoot())
    let fanIn = weight.numel / max(weight.size(0), 1)
    if let bias, fanIn > 0 {
      let bound = 1 / Double(fanIn).squareRoot()
      uniform_(bias, a: -bound, b: bound)
    }
  }

  public override var extraRepr: String {
    var text = "\(weight.size(1) * groups), \(weight.size(0)), kernelSize: \(kernelSize)"
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

/// Convolves signals, [batch, in channels, length] → [batch, out channels, length], or the same
/// without the batch: ``conv1d(_:_:_:stride:padding:dilation:groups:)``.
///
/// ```swift
/// let layer = Conv1d(16, 32, 3, padding: .same)
/// ```
///
/// The weight and the bias start uniform in ±1/√(in channels / groups · kernel), as in PyTorch.
public final class Conv1d: ConvolutionLayer {
  /// A layer from `inChannels` channels to `outChannels`.
  ///
  /// - Parameters:
  ///   - inChannels: the number of input channels.
  ///   - outChannels: the number of output channels.
  ///   - kernelSize: the size of a window.
  ///   - stride: the step from window to window.
  ///   - padding: the number of elements added on both sides, or `.same` or `.valid`.
  ///   - dilation: the step from element to element within a window.
  ///   - groups: the number of groups that the channels are divided into, each with its own
  ///     kernels.
  ///   - bias: whether the layer adds a bias.
  ///   - paddingMode: what the added elements are.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true, paddingMode: ConvolutionPaddingMode = .zeros, dtype: DType = .default
  ) {
    super.init(
      1, inChannels, outChannels, kernelSize.ints, stride: stride.ints,
      padding: padding.paddingRule, dilation: dilation.ints, groups: groups, bias: bias,
      paddingMode: paddingMode, dtype: dtype, op: "Conv1d")
  }

  public override func forward(_ x: Tensor) -> Tensor { convolved(x, op: "Conv1d") }
}

/// Convolves images, [batch, in channels, height, width] → [batch, out channels, height, width], or
/// the same without the batch: ``conv2d(_:_:_:stride:padding:dilation:groups:)``.
///
/// ```swift
/// let layer = Conv2d(3, 64, [7, 7], stride: 2, padding: 3, bias: false)
/// ```
///
/// The weight and the bias start uniform in ±1/√(in channels / groups · kernel), as in PyTorch.
public final class Conv2d: ConvolutionLayer {
  /// A layer from `inChannels` channels to `outChannels`.
  ///
  /// - Parameters:
  ///   - inChannels: the number of input channels.
  ///   - outChannels: the number of output channels.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window.
  ///   - padding: the number of elements added on both sides, or `.same` or `.valid`.
  ///   - dilation: the steps from element to element within a window.
  ///   - groups: the number of groups that the channels are divided into, each with its own
  ///     kernels.
  ///   - bias: whether the layer adds a bias.
  ///   - paddingMode: what the added elements are.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, stride: some IntList = 1,
    padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1,
    bias: Bool = true, paddingMode: ConvolutionPaddingMode = .zeros, dtype: DType = .default
  ) {
    super.init(
      2, inChannels, outChannels, kernelSize.ints, stride: stride.ints,
      padding: padding.paddingRule, dilation: dilation.ints, groups: groups, bias: bias,
      paddingMode: paddingMode, dtype: dtype, op: "Conv2d")
  }

  public override func forward(_ x: Tensor) -> Tensor { convolved(x, op: "Conv2d") }
}
