// Maxima of sliding windows.

import Autograd

// MARK: - Of signals

/// The greatest element of each window of signals: PyTorch's `max_pool1d`.
///
/// ```swift
/// let y = maxPool1d(x, 3, stride: 2, padding: 1)
/// ```
///
/// All of the gradient goes to the first of equal elements. The maximum of a window with a NaN is
/// NaN.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of elements, −∞, added on both sides; at most half a window.
///   - dilation: the steps from element to element within a window.
///   - ceilMode: whether a last window may extend past the end.
public func maxPool1d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> Tensor {
  maxPooledAlone(
    1, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

/// The greatest element of each window and its position, counted through the rows of the signal:
/// PyTorch's `max_pool1d` with `return_indices=True`.
///
/// The parameters are those of ``maxPool1d(_:_:stride:padding:dilation:ceilMode:)``.
public func maxPool1dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> (values: Tensor, indices: Tensor) {
  maxPooled(
    1, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

// MARK: - Of images

/// The greatest element of each window of images: PyTorch's `max_pool2d`.
///
/// ```swift
/// let y = maxPool2d(x, 3, stride: 2, padding: 1)
/// ```
///
/// All of the gradient goes to the first of equal elements. The maximum of a window with a NaN is
/// NaN.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of elements, −∞, added on both sides; at most half a window.
///   - dilation: the steps from element to element within a window.
///   - ceilMode: whether a last window may extend past the end.
public func maxPool2d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> Tensor {
  maxPooledAlone(
    2, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

/// The greatest element of each window and its position, counted through the rows of the image:
/// PyTorch's `max_pool2d` with `return_indices=True`.
///
/// The parameters are those of ``maxPool2d(_:_:stride:padding:dilation:ceilMode:)``.
public func maxPool2dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> (values: Tensor, indices: Tensor) {
  maxPooled(
    2, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

// MARK: - Of volumes

/// The greatest element of each window of volumes: PyTorch's `max_pool3d`.
///
/// ```swift
/// let y = maxPool3d(x, 3, stride: 2, padding: 1)
/// ```
///
/// All of the gradient goes to the first of equal elements. The maximum of a window with a NaN is
/// NaN.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of elements, −∞, added on both sides; at most half a window.
///   - dilation: the steps from element to element within a window.
///   - ceilMode: whether a last window may extend past the end.
public func maxPool3d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> Tensor {
  maxPooledAlone(
    3, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

/// The greatest element of each window and its position, counted through the rows of the volume:
/// PyTorch's `max_pool3d` with `return_indices=True`.
///
/// The parameters are those of ``maxPool3d(_:_:stride:padding:dilation:ceilMode:)``.
public func maxPool3dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> (values: Tensor, indices: Tensor) {
  maxPooled(
    3, input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
}

// MARK: - Of any number of dimensions

/// The maxima of windows and their positions, over `dims` dimensions.
func maxPooled(
  _ dims: Int, _ input: Tensor, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int],
  _ dilation: [Int], _ ceil: Bool, op: StaticString
) -> (values: Tensor, indices: Tensor) {
  let images = PoolInput(input, dims, op: op)
  let (pool, output) = maxPooling(
    images, kernelSize, stride, padding, dilation, ceil, op: op)
  return images.maxima(output, op: op) { $0.maxima(of: pool, op: op) }
}

/// The maxima of windows: their positions are computed only for the gradient.
func maxPooledAlone(
  _ dims: Int, _ input: Tensor, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int],
  _ dilation: [Int], _ ceil: Bool, op: StaticString
) -> Tensor {
  if input.isRecording {
    return maxPooled(dims, input, kernelSize, stride, padding, dilation, ceil, op: op).values
  }
  let images = PoolInput(input, dims, op: op)
  let (pool, output) = maxPooling(
    images, kernelSize, stride, padding, dilation, ceil, op: op)
  return images.maximaAlone(output) { $0.maximaAlone(of: pool, op: op) }
}

private func maxPooling(
  _ images: PoolInput, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int], _ dilation: [Int],
  _ ceil: Bool, op: StaticString
) -> (SlidingPool, output: [Int]) {
  let windows = SlidingWindows(
    pooling: images.size, kernelSize, stride: stride, padding: padding, dilation: dilation,
    ceil: ceil, op: op)
  windows.requireElements(op: op)
  let pool = SlidingPool(
    size: images.size, windows: windows.output, kernel: windows.kernel, stride: windows.stride,
    before: windows.before, dilation: windows.dilation)
  return (pool, windows.output)
}
