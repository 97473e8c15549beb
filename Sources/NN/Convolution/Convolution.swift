import Autograd

/// The cross-correlation of signals with kernels: PyTorch's `conv1d`.
///
/// y[n, o, l] = bias[o] + Σ weight[o, c, k] · x[n, c, stride·l + dilation·k − padding].
///
/// ```swift
/// let y = conv1d(x, weight, bias, padding: .same)
/// ```
///
/// - Parameters:
///   - input: [batch, channels, length], or [channels, length].
///   - weight: [out channels, channels / groups, kernel].
///   - bias: [out channels].
///   - stride: the step from window to window.
///   - padding: the number of zeros on both sides, or `.same` or `.valid`.
///   - dilation: the step from element to element within a window.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
public func conv1d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1
) -> Tensor {
  convolution(
    1, input, weight, bias, stride: stride.ints, padding: padding.paddingRule,
    dilation: dilation.ints, groups: groups, op: #function)
}

/// The cross-correlation of images with kernels: PyTorch's `conv2d`.
///
/// ```swift
/// let y = conv2d(x, weight, bias, stride: 2, padding: [1, 2])
/// ```
///
/// - Parameters:
///   - input: [batch, channels, height, width], or [channels, height, width].
///   - weight: [out channels, channels / groups, kernel height, kernel width].
///   - bias: [out channels].
///   - stride: the steps from window to window.
///   - padding: the number of zeros on both sides, or `.same` or `.valid`.
///   - dilation: the steps from element to element within a window.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
public func conv2d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1
) -> Tensor {
  convolution(
    2, input, weight, bias, stride: stride.ints, padding: padding.paddingRule,
    dilation: dilation.ints, groups: groups, op: #function)
}

/// The cross-correlation of volumes with kernels: PyTorch's `conv3d`.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width], or [channels, depth, height, width].
///   - weight: [out channels, channels / groups, kernel depth, kernel height, kernel width].
///   - bias: [out channels].
///   - stride: the steps from window to window.
///   - padding: the number of zeros on both sides, or `.same` or `.valid`.
///   - dilation: the steps from element to element within a window.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
public func conv3d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some ConvolutionPadding = 0, dilation: some IntList = 1, groups: Int = 1
) -> Tensor {
  convolution(
    3, input, weight, bias, stride: stride.ints, padding: padding.paddingRule,
    dilation: dilation.ints, groups: groups, op: #function)
}

/// Convolution over the last `dims` dimensions.
func convolution(
  _ dims: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, stride: [Int],
  padding: PaddingRule, dilation: [Int], groups: Int, op: StaticString
) -> Tensor {
  requireOperands(dims, input, weight, bias, op: op)
  if input.ndim == dims + 1 {
    return convolution(
      dims, input.unsqueeze(0), weight, bias, stride: stride, padding: padding, dilation: dilation,
      groups: groups, op: op
    ).squeeze(0)
  }
  let (channels, filters) = (input.shape[1], weight.shape[0])
  require(
    groups > 0 && filters > 0 && channels % groups == 0 && filters % groups == 0
      && weight.shape[1] == channels / groups,
    """
    \(opName(op)): \(channels) channels in \(groups) groups do not fit a weight of shape \
    \(weight.shape), which has \(weight.shape[1]) channels in a group and \(filters) filters
    """)
  require(
    bias == nil || bias!.shape == [filters],
    "\(opName(op)): the bias has shape \(bias!.shape), but there are \(filters) filters")
  let kernel = Array(weight.shape.suffix(dims))
  let stride = stride.expanded(to: dims, "stride", op: op)
  let dilation = dilation.expanded(to: dims, "dilation", op: op)
  let windows = SlidingWindows(
    over: Array(input.shape.suffix(dims)), kernel: kernel, stride: stride,
    padding: padding.amounts(kernel: kernel, stride: stride, dilation: dilation, op: op),
    dilation: dilation, op: op)
  guard input.dtype.isFloatingPoint else {
    return productWithWindows(windows, of: input, weight, bias, groups, op: op)
  }
  return Convolution(windows, groups: groups).convolved(
    input, weight, bias, shape: [input.shape[0], filters] + windows.output, op: op)
}

/// Checks what convolutions and transposed convolutions need alike.
func requireOperands(
  _ dims: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, op: StaticString
) {
  require(
    weight.ndim == dims + 2 && (input.ndim == dims + 2 || input.ndim == dims + 1),
    """
    \(opName(op)): expected a weight of \(dims + 2) dimensions and an input of as many, or one \
    less without the batch; got a weight of shape \(weight.shape) and an input of shape \
    \(input.shape)
    """)
  require(
    weight.dtype == input.dtype && input.dtype != .bool
      && (bias == nil || bias!.dtype == input.dtype),
    """
    \(opName(op)): the input is \(input.dtype), the weight \(weight.dtype)\
    \(bias.map { ", the bias \($0.dtype)" } ?? ""); cast them to one type of numbers with \
    to(_:)
    """)
}

/// Convolution of integers, by a product with a copy of the windows.
private func productWithWindows(
  _ windows: SlidingWindows, of input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int,
  op: StaticString
) -> Tensor {
  let (batch, channels, filters) = (input.shape[0], input.shape[1], weight.shape[0])
  let elements = windows.elements(of: input, op: op)
  let terms = channels / groups * elements.count
  let columns = stack(elements, dim: 2).reshape([
    batch, groups, terms, windows.output.reduce(1, *),
  ])
  let y = weight.reshape([groups, filters / groups, terms]).matmul(columns)
    .reshape([batch, filters] + windows.output)
  return bias.map { y + $0.reshape([filters] + windows.output.map { _ in 1 }) } ?? y
}
