// Means and power means of sliding windows.

import Autograd

// MARK: - Of signals

/// The mean of each window of signals: PyTorch's `avg_pool1d`.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of zeros added on both sides; at most half a window.
///   - ceilMode: whether a last window may extend past the end.
///   - countIncludePad: whether the padding counts as elements of a window.
public func avgPool1d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, ceilMode: Bool = false, countIncludePad: Bool = true
) -> Tensor {
  avgPooled(
    1, input, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad, nil,
    op: #function)
}

/// The p-norm of each window of signals: PyTorch's `lp_pool1d`.
///
/// (Σ xᵖ)^(1/p), where powers of negative elements keep their signs; for p = ∞ the greatest
/// absolute value. As in PyTorch, a last window that extends past the end counts the mean of its
/// elements for those that are missing.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - normType: p.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - ceilMode: whether a last window may extend past the end.
public func lpPool1d(
  _ input: Tensor, _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
  ceilMode: Bool = false
) -> Tensor {
  lpPooled(1, input, normType, kernelSize.ints, stride.ints, ceilMode, op: #function)
}

// MARK: - Of images

/// The mean of each window of images: PyTorch's `avg_pool2d`.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of zeros added on both sides; at most half a window.
///   - ceilMode: whether a last window may extend past the end.
///   - countIncludePad: whether the padding counts as elements of a window.
///   - divisorOverride: what the sum is divided by, instead of the number of elements.
public func avgPool2d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, ceilMode: Bool = false, countIncludePad: Bool = true,
  divisorOverride: Int? = nil
) -> Tensor {
  avgPooled(
    2, input, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad,
    divisorOverride,
    op: #function)
}

/// The p-norm of each window of images: PyTorch's `lp_pool2d`.
///
/// (Σ xᵖ)^(1/p), where powers of negative elements keep their signs; for p = ∞ the greatest
/// absolute value. As in PyTorch, a last window that extends past the end counts the mean of its
/// elements for those that are missing.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - normType: p.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - ceilMode: whether a last window may extend past the end.
public func lpPool2d(
  _ input: Tensor, _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
  ceilMode: Bool = false
) -> Tensor {
  lpPooled(2, input, normType, kernelSize.ints, stride.ints, ceilMode, op: #function)
}

// MARK: - Of volumes

/// The mean of each window of volumes: PyTorch's `avg_pool3d`.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of zeros added on both sides; at most half a window.
///   - ceilMode: whether a last window may extend past the end.
///   - countIncludePad: whether the padding counts as elements of a window.
///   - divisorOverride: what the sum is divided by, instead of the number of elements.
public func avgPool3d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, ceilMode: Bool = false, countIncludePad: Bool = true,
  divisorOverride: Int? = nil
) -> Tensor {
  avgPooled(
    3, input, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad,
    divisorOverride,
    op: #function)
}

/// The p-norm of each window of volumes: PyTorch's `lp_pool3d`.
///
/// (Σ xᵖ)^(1/p), where powers of negative elements keep their signs; for p = ∞ the greatest
/// absolute value. As in PyTorch, a last window that extends past the end counts the mean of its
/// elements for those that are missing.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - normType: p.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - ceilMode: whether a last window may extend past the end.
public func lpPool3d(
  _ input: Tensor, _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
  ceilMode: Bool = false
) -> Tensor {
  lpPooled(3, input, normType, kernelSize.ints, stride.ints, ceilMode, op: #function)
}

// MARK: - Of any number of dimensions

/// The means of windows, over `dims` dimensions.
func avgPooled(
  _ dims: Int, _ input: Tensor, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int],
  _ ceil: Bool, _ countIncludePad: Bool, _ divisor: Int?, op: StaticString
) -> Tensor {
  require(
    divisor != 0,
    "\(opName(op)): divisorOverride must not be 0; leave it out, or give another number")
  let images = PoolInput(input, dims, op: op)
  let windows = SlidingWindows(
    pooling: images.size, kernelSize, stride: stride, padding: padding, ceil: ceil, op: op)
  let bounded = windows.bounded(includingPadding: countIncludePad, divisor: divisor)
  return images.means(of: bounded, windows.output, op: op)
}

/// The p-norms of windows, over `dims` dimensions.
func lpPooled(
  _ dims: Int, _ input: Tensor, _ p: Double, _ kernelSize: [Int], _ stride: [Int], _ ceil: Bool,
  op: StaticString
) -> Tensor {
  if p.isInfinite {
    let sign = p < 0 ? -1.0 : 1
    return sign
      * maxPooledAlone(dims, input.abs() * sign, kernelSize, stride, [0], [1], ceil, op: op)
  }
  require(p != 0, "\(opName(op)): normType must not be 0; the result is a power of 1/normType")
  let mean = avgPooled(dims, input.pow(p), kernelSize, stride, [0], ceil, true, nil, op: op)
  let count = kernelSize.expanded(to: dims, "kernelSize", op: op).reduce(1, *)
  return (mean.sign() * mean.abs().relu() * Double(count)).pow(1 / p)
}
