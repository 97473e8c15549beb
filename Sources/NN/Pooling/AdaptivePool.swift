// Pooling to a given size: window i of n elements is from ⌊i·n/m⌋ up to ⌈(i + 1)·n/m⌉, for m windows.

import Autograd

// MARK: - Of signals

/// The means of windows that divide signals evenly: PyTorch's `adaptive_avg_pool1d`.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveAvgPool1d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  let images = PoolInput(input, 1, op: #function)
  let sizes = outputSize.sizes(over: images.size, op: #function)
  return images.evenMeans(sizes, op: #function)
}

/// The maxima of windows that divide signals evenly: PyTorch's `adaptive_max_pool1d`.
///
/// All of the gradient goes to the first of equal elements.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool1d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  adaptiveMaxPooled(1, input, outputSize, op: #function).values
}

/// The maxima of windows that divide signals evenly, and their positions, counted through the rows of
/// the signal: PyTorch's `adaptive_max_pool1d` with `return_indices=True`.
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool1dWithIndices(
  _ input: Tensor, _ outputSize: some AdaptiveSize
) -> (values: Tensor, indices: Tensor) {
  adaptiveMaxPooled(1, input, outputSize, op: #function)
}

// MARK: - Of images

/// The means of windows that divide images evenly: PyTorch's `adaptive_avg_pool2d`.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveAvgPool2d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  let images = PoolInput(input, 2, op: #function)
  let sizes = outputSize.sizes(over: images.size, op: #function)
  return images.evenMeans(sizes, op: #function)
}

/// The maxima of windows that divide images evenly: PyTorch's `adaptive_max_pool2d`.
///
/// All of the gradient goes to the first of equal elements.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool2d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  adaptiveMaxPooled(2, input, outputSize, op: #function).values
}

/// The maxima of windows that divide images evenly, and their positions, counted through the rows of
/// the image: PyTorch's `adaptive_max_pool2d` with `return_indices=True`.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool2dWithIndices(
  _ input: Tensor, _ outputSize: some AdaptiveSize
) -> (values: Tensor, indices: Tensor) {
  adaptiveMaxPooled(2, input, outputSize, op: #function)
}

// MARK: - Of volumes

/// The means of windows that divide volumes evenly: PyTorch's `adaptive_avg_pool3d`.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveAvgPool3d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  let images = PoolInput(input, 3, op: #function)
  let sizes = outputSize.sizes(over: images.size, op: #function)
  return images.evenMeans(sizes, op: #function)
}

/// The maxima of windows that divide volumes evenly: PyTorch's `adaptive_max_pool3d`.
///
/// All of the gradient goes to the first of equal elements.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool3d(_ input: Tensor, _ outputSize: some AdaptiveSize) -> Tensor {
  adaptiveMaxPooled(3, input, outputSize, op: #function).values
}

/// The maxima of windows that divide volumes evenly, and their positions, counted through the rows of
/// the volume: PyTorch's `adaptive_max_pool3d` with `return_indices=True`.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - outputSize: the numbers of windows, an `Int` or a list; nil for the size of the input.
public func adaptiveMaxPool3dWithIndices(
  _ input: Tensor, _ outputSize: some AdaptiveSize
) -> (values: Tensor, indices: Tensor) {
  adaptiveMaxPooled(3, input, outputSize, op: #function)
}

// MARK: - Of any number of dimensions

private func adaptiveMaxPooled(
  _ dims: Int, _ input: Tensor, _ outputSize: some AdaptiveSize, op: StaticString
) -> (values: Tensor, indices: Tensor) {
  let images = PoolInput(input, dims, op: op)
  let sizes = outputSize.sizes(over: images.size, op: op)
  let windows = evenWindows(images.size, sizes)
  return images.maxima(sizes, op: op) { $0.maxima(of: windows, op: op) }
}

/// The windows that divide images evenly.
func evenWindows(_ size: [Int], _ output: [Int]) -> BoundedWindows {
  let dims = size.indices
  // i·n/m without a product that overflows.
  func bound(_ i: Int, _ n: Int, _ m: Int) -> (Int, Int) {
    let (high, low) = i.multipliedFullWidth(by: n)
    let (quotient, rest) = m.dividingFullWidth((high, low))
    return (quotient, rest > 0 ? 1 : 0)
  }
  return BoundedWindows(
    size: size, windows: output,
    first: dims.map { d in (0..<output[d]).map { bound($0, size[d], output[d]).0 } },
    last: dims.map { d in
      (0..<output[d]).map { i in
        let (quotient, more) = bound(i + 1, size[d], output[d])
        return quotient + more
      }
    })
}
