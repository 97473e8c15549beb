// Pooling of images, [batch, channels, height, width] or [channels, height, width].

/// The greatest element of each window: PyTorch's `max_pool2d`.
///
/// All of the gradient goes to the first of equal elements; a NaN wins.
///
/// - Parameters:
///   - input: the images.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; the size of a window if nil.
///   - padding: −∞ on both sides, at most half a window.
///   - dilation: the steps from element to element within a window.
///   - ceilMode: whether a last window may hang over the end.
public func maxPool2d(
  _ input: Tensor, _ kernelSize: Sizes, stride: Sizes? = nil, padding: Sizes = 0,
  dilation: Sizes = 1, ceilMode: Bool = false
) -> Tensor {
  let windows = poolingWindows(
    input, kernelSize, stride, padding, dilation, ceilMode, op: #function)
  return stack(windows.places(in: input, padValue: -.infinity), dim: -1).max(dim: -1).values
}

/// The mean of each window: PyTorch's `avg_pool2d`.
///
/// - Parameters:
///   - input: the images.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; the size of a window if nil.
///   - padding: zeros on both sides, at most half a window.
///   - ceilMode: whether a last window may hang over the end.
///   - countIncludePad: whether the padding counts in the number that a sum is divided by.
///   - divisorOverride: what to divide by instead.
public func avgPool2d(
  _ input: Tensor, _ kernelSize: Sizes, stride: Sizes? = nil, padding: Sizes = 0,
  ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
) -> Tensor {
  require(
    divisorOverride != 0, "avgPool2d: divisorOverride is 0; leave it out, or give another number")
  let windows = poolingWindows(input, kernelSize, stride, padding, 1, ceilMode, op: #function)
  let sum = stack(windows.places(in: input), dim: -1).sum(dim: -1)
  if let divisorOverride { return sum / Double(divisorOverride) }
  return sum / windows.elementCounts(countIncludePad, dtype: input.dtype)
}

private func poolingWindows(
  _ input: Tensor, _ kernelSize: Sizes, _ stride: Sizes?, _ padding: Sizes, _ dilation: Sizes,
  _ ceil: Bool, op: StaticString
) -> SlidingWindows {
  require(
    input.ndim == 3 || input.ndim == 4,
    """
    \(opName(op)): images have the shape [batch, channels, height, width] or [channels, height, \
    width], but this one is \(input.shape)
    """)
  require(
    input.dtype.isFloatingPoint,
    "\(opName(op)): not defined for \(input.dtype) tensors; cast with to(.float32)")
  let windows = SlidingWindows(
    over: Array(input.shape.suffix(2)), kernel: kernelSize.spread(over: 2, "kernelSize", op: op),
    stride: stride ?? kernelSize, padding: padding, dilation: dilation, ceil: ceil, op: op)
  require(
    zip(windows.padding, windows.kernel).allSatisfy { 2 * $0 <= $1 },
    """
    \(opName(op)): the padding \(windows.padding) is more than half of the kernel \
    \(windows.kernel), so that a window could lie in the padding alone
    """)
  return windows
}

extension SlidingWindows {
  /// How many elements each window holds, with the padding or without, [output]; what hangs over the
  /// end never counts.
  fileprivate func elementCounts(_ includesPadding: Bool, dtype: DType) -> Tensor {
    let counts = kernel.indices.map { d in
      (0..<output[d]).map { i in
        let start = i * stride[d] - padding[d]
        let low = includesPadding ? -padding[d] : 0
        let high = input[d] + (includesPadding ? padding[d] : 0)
        return Swift.min(start + kernel[d], high) - Swift.max(start, low)
      }
    }
    return Tensor(counts[0], dtype: dtype).unsqueeze(1) * Tensor(counts[1], dtype: dtype)
  }
}
