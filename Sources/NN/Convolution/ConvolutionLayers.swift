import Autograd

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

/// Convolves volumes, [batch, in channels, depth, height, width] → [batch, out channels, depth,
/// height, width], or the same without the batch:
/// ``conv3d(_:_:_:stride:padding:dilation:groups:)``.
///
/// The weight and the bias start uniform in ±1/√(in channels / groups · kernel), as in PyTorch.
public final class Conv3d: ConvolutionLayer {
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
      3, inChannels, outChannels, kernelSize.ints, stride: stride.ints,
      padding: padding.paddingRule, dilation: dilation.ints, groups: groups, bias: bias,
      paddingMode: paddingMode, dtype: dtype, op: "Conv3d")
  }

  public override func forward(_ x: Tensor) -> Tensor { convolved(x, op: "Conv3d") }
}
