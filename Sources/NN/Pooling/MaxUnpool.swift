// The inverse of max pooling, as far as there is one.

import Autograd

/// Puts the maxima of windows back to their positions, with zeros elsewhere: PyTorch's
/// `max_unpool1d`.
///
/// ```swift
/// let (y, indices) = maxPool1dWithIndices(x, 2)
/// maxUnpool1d(y, indices, 2, outputSize: x.shape)
/// ```
///
/// - Parameters:
///   - input: [batch, channels, length] or [channels, length].
///   - indices: the positions in the output, counted through the rows of the signal; int64, of the
///     shape of `input`.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the padding of the pooling.
///   - outputSize: the size of the output, or its whole shape; less than a stride from the default,
///     (size − 1) · stride − 2 · padding + kernel.
public func maxUnpool1d(
  _ input: Tensor, _ indices: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, outputSize: some IntList = []
) -> Tensor {
  unpooled(
    1, input, indices, kernelSize.ints, stride.ints, padding.ints, outputSize.ints, op: #function)
}

/// Puts the maxima of windows back to their positions, with zeros elsewhere: PyTorch's
/// `max_unpool2d`.
///
/// ```swift
/// let (y, indices) = maxPool2dWithIndices(x, 2)
/// maxUnpool2d(y, indices, 2, outputSize: x.shape)
/// ```
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - indices: the positions in the output, counted through the rows of the image; int64, of the
///     shape of `input`.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the padding of the pooling.
///   - outputSize: the size of the output, or its whole shape; less than a stride from the default,
///     (size − 1) · stride − 2 · padding + kernel.
public func maxUnpool2d(
  _ input: Tensor, _ indices: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, outputSize: some IntList = []
) -> Tensor {
  unpooled(
    2, input, indices, kernelSize.ints, stride.ints, padding.ints, outputSize.ints, op: #function)
}

/// Puts the maxima of windows back to their positions, with zeros elsewhere: PyTorch's
/// `max_unpool3d`.
///
/// ```swift
/// let (y, indices) = maxPool3dWithIndices(x, 2)
/// maxUnpool3d(y, indices, 2, outputSize: x.shape)
/// ```
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - indices: the positions in the output, counted through the rows of the volume; int64, of the
///     shape of `input`.
///   - kernelSize: the size of a window.
///   - stride: the steps from window to window; by default the size of a window.
///   - padding: the padding of the pooling.
///   - outputSize: the size of the output, or its whole shape; less than a stride from the default,
///     (size − 1) · stride − 2 · padding + kernel.
public func maxUnpool3d(
  _ input: Tensor, _ indices: Tensor, _ kernelSize: some IntList, stride: some IntList = [],
  padding: some IntList = 0, outputSize: some IntList = []
) -> Tensor {
  unpooled(
    3, input, indices, kernelSize.ints, stride.ints, padding.ints, outputSize.ints, op: #function)
}

/// The inverse of max pooling over `dims` dimensions.
func unpooled(
  _ dims: Int, _ input: Tensor, _ indices: Tensor, _ kernelSize: [Int], _ stride: [Int],
  _ padding: [Int], _ outputSize: [Int], op: StaticString
) -> Tensor {
  require(
    [dims + 1, dims + 2].contains(input.ndim),
    """
    \(opName(op)): expected an input of \(dims + 1) or \(dims + 2) dimensions, got the shape \
    \(input.shape)
    """)
  require(
    indices.dtype == .int64 && indices.shape == input.shape,
    """
    \(opName(op)): the indices must be int64 of the shape of the input, \(input.shape), but they are \
    \(indices.dtype) of the shape \(indices.shape)
    """)
  let kernel = kernelSize.expanded(to: dims, "kernelSize", op: op)
  let stride = (stride.isEmpty ? kernelSize : stride).expanded(to: dims, "stride", op: op)
  let padding = padding.expanded(to: dims, "padding", op: op)
  require(
    zip(kernel, stride).allSatisfy { $0 > 0 && $1 > 0 },
    "\(opName(op)): kernel and stride must be positive, but they are \(kernel) and \(stride)")
  let leading = Array(input.shape.dropLast(dims))
  let defaults = (0..<dims).map { d -> Int in
    let (steps, isTooLarge) = (input.shape[leading.count + d] - 1)
      .multipliedReportingOverflow(by: stride[d])
    let numbers = [steps, kernel[d], padding[d]]
    require(
      !isTooLarge && numbers.allSatisfy { $0 < Int.max / 8 && $0 > -Int.max / 8 }
        && stride[d] < Int.max / 8,
      """
      \(opName(op)): kernel, stride and padding are too large: \(kernel), \(stride) and \(padding)
      """)
    return steps + kernel[d] - 2 * padding[d]
  }
  let size = outputSize.isEmpty ? defaults : Array(outputSize.suffix(dims))
  require(
    [0, dims, dims + 1, dims + 2].contains(outputSize.count)
      && (0..<dims).allSatisfy {
        size[$0] > defaults[$0] - stride[$0] && size[$0] < defaults[$0] + stride[$0]
          && size[$0] >= 0
      },
    """
    \(opName(op)): outputSize \(outputSize) does not fit; each size must differ from \(defaults) by less \
    than the stride \(stride), and must not be negative
    """)
  let zeros = Tensor.filled(leading + size, .int(0), input.dtype, op: op)
  let rows = leading.reduce(1, *)
  if input.numel == 0 { return zeros }
  let count = size.reduce(1, *)
  require(
    indices.reshape([indices.numel]).isInRange(of: count),
    "\(opName(op)): an index is not in 0 ..< \(count), the positions in an output of the size \(size)"
  )
  return zeros.reshape([rows, count])
    .scatter(
      dim: 1, index: indices.reshape([rows, input.numel / rows]),
      src: input.reshape([rows, input.numel / rows])
    )
    .reshape(leading + size)
}
