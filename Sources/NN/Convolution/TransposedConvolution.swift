import Autograd

/// The transposed convolution of signals, the gradient of a convolution with respect to its input:
/// PyTorch's `conv_transpose1d`.
///
/// y[n, o, stride·l + dilation·k − padding] = bias[o] + Σ weight[c, o, k] · x[n, c, l].
///
/// The length is (l − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.
///
/// - Parameters:
///   - input: [batch, channels, length], or [channels, length].
///   - weight: [channels, out channels / groups, kernel].
///   - bias: [out channels].
///   - stride: the step from window to window of the convolution.
///   - padding: the number of outputs left out on both sides.
///   - outputPadding: the number of outputs added at the end; less than the stride or the dilation.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
///   - dilation: the step from element to element within a window.
public func convTranspose1d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1,
  dilation: some IntList = 1
) -> Tensor {
  transposedConvolution(
    1, input, weight, bias, stride: stride.ints, padding: padding.ints,
    outputPadding: outputPadding.ints, groups: groups, dilation: dilation.ints, op: #function)
}

/// The transposed convolution of images, the gradient of a convolution with respect to its input:
/// PyTorch's `conv_transpose2d`.
///
/// - Parameters:
///   - input: [batch, channels, height, width], or [channels, height, width].
///   - weight: [channels, out channels / groups, kernel height, kernel width].
///   - bias: [out channels].
///   - stride: the steps from window to window of the convolution.
///   - padding: the number of outputs left out on both sides.
///   - outputPadding: the number of outputs added at the ends; less than the stride or the dilation.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
///   - dilation: the steps from element to element within a window.
public func convTranspose2d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1,
  dilation: some IntList = 1
) -> Tensor {
  transposedConvolution(
    2, input, weight, bias, stride: stride.ints, padding: padding.ints,
    outputPadding: outputPadding.ints, groups: groups, dilation: dilation.ints, op: #function)
}

/// The transposed convolution of volumes, the gradient of a convolution with respect to its input:
/// PyTorch's `conv_transpose3d`.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width], or [channels, depth, height, width].
///   - weight: [channels, out channels / groups, kernel depth, kernel height, kernel width].
///   - bias: [out channels].
///   - stride: the steps from window to window of the convolution.
///   - padding: the number of outputs left out on both sides.
///   - outputPadding: the number of outputs added at the ends; less than the stride or the dilation.
///   - groups: the number of groups that the channels are divided into, each with its own kernels.
///   - dilation: the steps from element to element within a window.
public func convTranspose3d(
  _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some IntList = 1,
  padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1,
  dilation: some IntList = 1
) -> Tensor {
  transposedConvolution(
    3, input, weight, bias, stride: stride.ints, padding: padding.ints,
    outputPadding: outputPadding.ints, groups: groups, dilation: dilation.ints, op: #function)
}

/// Transposed convolution over the last `dims` dimensions.
func transposedConvolution(
  _ dims: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, stride: [Int], padding: [Int],
  outputPadding: [Int], groups: Int, dilation: [Int], op: StaticString
) -> Tensor {
  requireOperands(dims, input, weight, bias, op: op)
  require(
    input.dtype.isFloatingPoint,
    "\(opName(op)): not defined for \(input.dtype) tensors; cast with to(.float32)")
  if input.ndim == dims + 1 {
    return transposedConvolution(
      dims, input.unsqueeze(0), weight, bias, stride: stride, padding: padding,
      outputPadding: outputPadding, groups: groups, dilation: dilation, op: op
    ).squeeze(0)
  }
  let (channels, filters) = (input.shape[1], weight.shape[1])
  require(
    groups > 0 && filters > 0 && channels % groups == 0 && weight.shape[0] == channels,
    """
    \(opName(op)): \(channels) channels in \(groups) groups do not fit a weight of shape \
    \(weight.shape), which must be [channels, out channels / groups, kernel…]
    """)
  let (outChannels, overflow) = filters.multipliedReportingOverflow(by: groups)
  require(
    !overflow && (bias == nil || bias!.shape == [outChannels]),
    """
    \(opName(op)): the bias has shape \(bias?.shape ?? []), but there are \(filters) output \
    channels in each of \(groups) groups
    """)
  let kernel = Array(weight.shape.suffix(dims))
  let stride = stride.expanded(to: dims, "stride", op: op)
  let padding = padding.expanded(to: dims, "padding", op: op)
  let dilation = dilation.expanded(to: dims, "dilation", op: op)
  let sizes = transposedSizes(
    Array(input.shape.suffix(dims)), kernel: kernel, stride: stride, padding: padding,
    outputPadding: outputPadding.expanded(to: dims, "outputPadding", op: op), dilation: dilation,
    op: op)
  let convolution = Convolution(
    input: sizes, output: Array(input.shape.suffix(dims)), kernel: kernel, stride: stride,
    dilation: dilation, before: padding, groups: groups)
  return convolution.transposed(
    input, weight, bias, shape: [input.shape[0], outChannels] + sizes, op: op)
}

/// The sizes of the output of a transposed convolution.
func transposedSizes(
  _ input: [Int], kernel: [Int], stride: [Int], padding: [Int], outputPadding: [Int],
  dilation: [Int], op: StaticString
) -> [Int] {
  requireSettings(kernel, stride, dilation, padding: padding, op: op)
  return input.indices.map { d in
    let (s, p) = (stride[d], padding[d])
    require(
      outputPadding[d] >= 0 && outputPadding[d] < max(s, dilation[d]),
      """
      \(opName(op)): outputPadding must be at least 0 and less than the stride or the dilation, but \
      it is \(outputPadding) for a stride of \(stride) and a dilation of \(dilation)
      """)
    let span = spanOfKernel(kernel[d], dilation[d], op: op)
    let (steps, overflow) = max(input[d] - 1, 0).multipliedReportingOverflow(by: s)
    require(
      !overflow && steps < Int.max / 4 && p < Int.max / 4,
      """
      \(opName(op)): an input of \(input) with a stride of \(stride) and a padding of \(padding) is \
      too large
      """)
    let size = steps + span + outputPadding[d] - 2 * p
    require(
      size > 0 && input[d] > 0,
      """
      \(opName(op)): an input of \(input) gives an output of size \(size) in dimension \(d), for a \
      kernel of \(kernel), a stride of \(stride) and a padding of \(padding)
      """)
    return size
  }
}
