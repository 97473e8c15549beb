// Convolution, as one matrix product over what the windows show.

/// The cross-correlation of signals with kernels: PyTorch's `conv1d`.
///
/// y[n, o, l] = bias[o] + Σ weight[o, c, k] · x[n, c, stride·l + dilation·k − padding].
///
/// - Parameters:
///   - input: [batch, channels, length], or [channels, length].
///   - weight: [out channels, channels / groups, kernel].
///   - bias: [out channels].
///   - stride: the step from window to window.
///   - padding: zeros on both sides.
///   - dilation: the step from element to element within a window.
///   - groups: into how many parts the channels fall, each with kernels of its own.
public func conv1d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Sizes = 1, padding: Sizes = 0,
  dilation: Sizes = 1, groups: Int = 1
) -> Tensor {
  convolution(1, input, weight, bias, stride, padding, dilation, groups, op: #function)
}

/// The cross-correlation of images with kernels: PyTorch's `conv2d`.
///
/// - Parameters:
///   - input: [batch, channels, height, width], or [channels, height, width].
///   - weight: [out channels, channels / groups, kernel height, kernel width].
///   - bias: [out channels].
///   - stride: the steps from window to window.
///   - padding: zeros on both sides.
///   - dilation: the steps from element to element within a window.
///   - groups: into how many parts the channels fall, each with kernels of its own.
public func conv2d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Sizes = 1, padding: Sizes = 0,
  dilation: Sizes = 1, groups: Int = 1
) -> Tensor {
  convolution(2, input, weight, bias, stride, padding, dilation, groups, op: #function)
}

private func convolution(
  _ dims: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: Sizes,
  _ padding: Sizes, _ dilation: Sizes, _ groups: Int, op: StaticString
) -> Tensor {
  require(
    weight.ndim == dims + 2 && (input.ndim == dims + 2 || input.ndim == dims + 1),
    """
    \(opName(op)): an input of shape \(input.shape) and a weight of shape \(weight.shape) have not \
    the \(dims + 2) dimensions (the input may lack the batch) that are due
    """)
  if input.ndim == dims + 1 {
    let batch = input.unsqueeze(0)
    return convolution(dims, batch, weight, bias, stride, padding, dilation, groups, op: op)
      .squeeze(0)
  }
  let (n, channels, filters) = (input.shape[0], input.shape[1], weight.shape[0])
  require(
    groups > 0 && weight.shape[1] * groups == channels && filters % groups == 0,
    """
    \(opName(op)): \(channels) channels in \(groups) groups do not fit a weight of shape \
    \(weight.shape), which has \(weight.shape[1]) channels in a group and \(filters) filters
    """)
  require(
    bias == nil || bias!.shape == [filters],
    "\(opName(op)): the bias has shape \(bias!.shape), but there are \(filters) filters")
  let windows = SlidingWindows(
    over: Array(input.shape.suffix(dims)), kernel: Array(weight.shape.suffix(dims)),
    stride: stride, padding: padding, dilation: dilation, op: op)
  let places = windows.places(in: input)
  let terms = channels / groups * places.count
  let length = windows.output.reduce(1, *)
  let columns = stack(places, dim: 2).reshape([n, groups, terms, length])
  let y = weight.reshape([groups, filters / groups, terms]).matmul(columns)
    .reshape([n, filters] + windows.output)
  return bias.map { y + $0.reshape([filters] + Array(repeating: 1, count: dims)) } ?? y
}
