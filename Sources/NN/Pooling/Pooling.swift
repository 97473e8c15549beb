// Pooling of images, [batch, channels, height, width] or [channels, height, width].

import Autograd

/// The greatest element of each window: PyTorch's `max_pool2d`.
///
/// ```swift
/// let y = maxPool2d(x, 3, stride: 2, padding: 1)
/// ```
///
/// All of the gradient goes to the first of equal elements. The maximum of a window with a NaN is
/// NaN.
///
/// - Parameters:
///   - input: the images.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the number of elements, −∞, added on both sides; at most half a window.
///   - dilation: the steps from element to element within a window.
///   - ceilMode: whether a last window may extend past the end.
public func maxPool2d(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> Tensor {
  let windows = poolingWindows(
    input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
  return windows.maximum(of: input, op: #function).values
}

/// The greatest element of each window and its position, counted through the rows of the image:
/// PyTorch's `max_pool2d` with `return_indices=True`.
///
/// The parameters are those of ``maxPool2d(_:_:stride:padding:dilation:ceilMode:)``.
public func maxPool2dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, dilation: some IntList = 1, ceilMode: Bool = false
) -> (values: Tensor, indices: Tensor) {
  let windows = poolingWindows(
    input, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode, op: #function)
  return windows.maximum(of: input, op: #function)
}

/// The mean of each window: PyTorch's `avg_pool2d`.
///
/// - Parameters:
///   - input: the images.
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
  require(
    divisorOverride != 0,
    "avgPool2d: divisorOverride must not be 0; leave it out, or give another number")
  let windows = poolingWindows(
    input, kernelSize.ints, stride.ints, padding.ints, [1], ceilMode, op: #function)
  let sum = windows.sum(of: input, op: #function)
  if let divisorOverride { return sum / Double(divisorOverride) }
  return sum / windows.elementCounts(countIncludePad, dtype: input.dtype)
}

private func poolingWindows(
  _ input: Tensor, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int], _ dilation: [Int],
  _ ceil: Bool, op: StaticString
) -> SlidingWindows {
  require(
    (input.ndim == 3 || input.ndim == 4) && !input.shape.suffix(3).contains(0),
    """
    \(opName(op)): expected [batch, channels, height, width] or [channels, height, width], of \
    which only the batch may be empty; got the shape \(input.shape)
    """)
  require(
    input.dtype.isFloatingPoint,
    "\(opName(op)): not defined for \(input.dtype) tensors; cast with to(.float32)")
  let padding = padding.expanded(to: 2, "padding", op: op)
  let windows = SlidingWindows(
    over: Array(input.shape.suffix(2)), kernel: kernelSize.expanded(to: 2, "kernelSize", op: op),
    stride: (stride.isEmpty ? kernelSize : stride).expanded(to: 2, "stride", op: op),
    padding: (padding, padding),
    dilation: dilation.expanded(to: 2, "dilation", op: op), ceil: ceil, op: op)
  require(
    zip(padding, windows.kernel).allSatisfy { $0 <= $1 / 2 },
    """
    \(opName(op)): the padding \(padding) is more than half of the kernel \(windows.kernel); a \
    window could then lie in the padding alone
    """)
  return windows
}

extension SlidingWindows {
  /// The greatest element of each window, and its position in the image, row by row.
  fileprivate func maximum(of x: Tensor, op: StaticString) -> (values: Tensor, indices: Tensor) {
    let windows = ImageWindows(
      output: output, kernel: kernel, stride: stride, dilation: dilation, before: before)
    let leading = Array(x.shape.dropLast(2))
    let images = x.reshape([leading.reduce(1, *), input.reduce(1, *)])
    let found = images.selecting(images.maxima(of: windows, width: input[1]), 1, op: op)
    return (found.values.reshape(leading + output), found.indices.reshape(leading + output))
  }

  /// The sum of each window: over its columns, then over its rows.
  fileprivate func sum(of x: Tensor, op: StaticString) -> Tensor {
    kernel.indices.reversed().reduce(padded(x, 0, op: op)) { x, d in
      let parts = (0..<kernel[d]).map { i -> Tensor in
        let end = i + (output[d] - 1) * stride[d] + 1
        let rest = [any TensorIndexing](repeating: .all, count: kernel.count - 1 - d)
        return x[indices: [.ellipsis, .slice(from: i, to: end, by: stride[d])] + rest]
      }
      return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
    }
  }

  /// The number of elements of each window, with the padding or without, [output]; what extends
  /// past the end never counts.
  fileprivate func elementCounts(_ includesPadding: Bool, dtype: DType) -> Tensor {
    let counts = kernel.indices.map { d in
      (0..<output[d]).map { i in
        let start = i * stride[d] - before[d]
        let low = includesPadding ? -before[d] : 0
        let high = input[d] + (includesPadding ? after[d] : 0)
        return min(start + kernel[d], high) - max(start, low)
      }
    }
    return Tensor(counts[0], dtype: dtype).unsqueeze(1) * Tensor(counts[1], dtype: dtype)
  }
}
