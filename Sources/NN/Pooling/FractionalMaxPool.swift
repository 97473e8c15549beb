// Maxima of windows at random distances (Graham 2014).

import Autograd

// MARK: - Of images

/// The greatest element of each of some overlapping windows at random distances: PyTorch's
/// `fractional_max_pool2d`.
///
/// The same seed places the windows as in PyTorch. All of the gradient goes to the first of equal
/// elements.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - kernelSize: the size of a window.
///   - outputSize: the numbers of windows; or give `outputRatio`.
///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 2]; drawn if nil.
///   - generator: what they are drawn from.
public func fractionalMaxPool2d(
  _ input: Tensor, _ kernelSize: some IntList, outputSize: some IntList = [],
  outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil,
  generator: Generator = .default
) -> Tensor {
  fractionalMaxPooled(
    2, input, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples, generator,
    op: #function
  ).values
}

/// The same as ``fractionalMaxPool2d(_:_:outputSize:outputRatio:randomSamples:generator:)``, with the
/// positions of the maxima, counted through the rows of the image.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [channels, height, width].
///   - kernelSize: the size of a window.
///   - outputSize: the numbers of windows; or give `outputRatio`.
///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 2]; drawn if nil.
///   - generator: what they are drawn from.
public func fractionalMaxPool2dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, outputSize: some IntList = [],
  outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil,
  generator: Generator = .default
) -> (values: Tensor, indices: Tensor) {
  fractionalMaxPooled(
    2, input, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples, generator,
    op: #function)
}

// MARK: - Of volumes

/// The greatest element of each of some overlapping windows at random distances: PyTorch's
/// `fractional_max_pool3d`.
///
/// The same seed places the windows as in PyTorch. All of the gradient goes to the first of equal
/// elements.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - kernelSize: the size of a window.
///   - outputSize: the numbers of windows; or give `outputRatio`.
///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 3]; drawn if nil.
///   - generator: what they are drawn from.
public func fractionalMaxPool3d(
  _ input: Tensor, _ kernelSize: some IntList, outputSize: some IntList = [],
  outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil,
  generator: Generator = .default
) -> Tensor {
  fractionalMaxPooled(
    3, input, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples, generator,
    op: #function
  ).values
}

/// The same as ``fractionalMaxPool3d(_:_:outputSize:outputRatio:randomSamples:generator:)``, with the
/// positions of the maxima, counted through the rows of the volume.
///
/// - Parameters:
///   - input: [batch, channels, depth, height, width] or the same without the batch.
///   - kernelSize: the size of a window.
///   - outputSize: the numbers of windows; or give `outputRatio`.
///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 3]; drawn if nil.
///   - generator: what they are drawn from.
public func fractionalMaxPool3dWithIndices(
  _ input: Tensor, _ kernelSize: some IntList, outputSize: some IntList = [],
  outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil,
  generator: Generator = .default
) -> (values: Tensor, indices: Tensor) {
  fractionalMaxPooled(
    3, input, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples, generator,
    op: #function)
}

// MARK: - Of any number of dimensions

/// The maxima of windows at random distances and their positions, over `dims` dimensions.
func fractionalMaxPooled(
  _ dims: Int, _ input: Tensor, _ kernelSize: [Int], _ outputSize: [Int], _ ratio: [Double],
  _ randomSamples: Tensor?, _ generator: Generator, op: StaticString
) -> (values: Tensor, indices: Tensor) {
  let images = PoolInput(input, dims, op: op)
  let kernel = kernelSize.expanded(to: dims, "kernelSize", op: op)
  let output = fractionalOutput(images.size, outputSize, ratio, op: op)
  for d in 0..<dims {
    require(
      kernel[d] > 0 && output[d] > 0 && kernel[d] <= images.size[d]
        && output[d] <= images.size[d] - kernel[d] + 1,
      """
      \(opName(op)): \(output[d]) windows of \(kernel[d]) elements do not fit into dimension \(d) of \
      \(images.size); there must be at least 1, and at most the size minus the kernel plus 1
      """)
  }
  let leading = Array(input.shape.dropLast(dims))
  let shape = (leading.count == 1 ? [1] : []) + leading + [dims]
  let samples = randomSamples ?? .rand(shape, dtype: input.dtype, generator: generator)
  require(
    samples.shape == shape && samples.dtype == input.dtype,
    """
    \(opName(op)): randomSamples must be \(input.dtype) of the shape \(shape), not \(samples.dtype) \
    of the shape \(samples.shape)
    """)
  // As in PyTorch, the samples of images are for columns and rows, those of volumes for depth, rows
  // and columns.
  let order = dims == 2 ? [1, 0] : [0, 1, 2]
  let count = leading.reduce(1, *)
  let first = (0..<dims).map { d -> [Int] in
    let line = samples.detach().select(dim: -1, index: order[d])
    func starts<T: BinaryFloatingPoint & TensorScalar>(_: T.Type) -> [Int] {
      line.array(of: T.self).flatMap { fractionalStarts($0, images.size[d], output[d], kernel[d]) }
    }
    return input.dtype == .float32 ? starts(Float.self) : starts(Double.self)
  }
  if count == 0 {
    return (
      .zeros(leading + output, dtype: input.dtype), .zeros(leading + output, dtype: .int64)
    )
  }
  let windows = BoundedWindows(
    size: images.size, windows: output, first: first,
    last: first.indices.map { d in first[d].map { $0 + kernel[d] } }, isOwn: true)
  return images.maxima(output, op: op) { $0.maxima(of: windows, op: op) }
}

private func fractionalOutput(
  _ size: [Int], _ outputSize: [Int], _ ratio: [Double], op: StaticString
) -> [Int] {
  require(
    outputSize.isEmpty != ratio.isEmpty,
    "\(opName(op)): give either outputSize or outputRatio")
  if ratio.isEmpty { return outputSize.expanded(to: size.count, "outputSize", op: op) }
  require(
    [1, size.count].contains(ratio.count) && ratio.allSatisfy { $0 > 0 && $0 < 1 },
    """
    \(opName(op)): outputRatio must be 1 or \(size.count) numbers between 0 and 1, but it is \(ratio)
    """)
  return size.indices.map { Int(Double(size[$0]) * ratio[ratio.count == 1 ? 0 : $0]) }
}

/// Where the windows start, in the arithmetic of the input's type.
private func fractionalStarts<T: BinaryFloatingPoint>(
  _ sample: T, _ size: Int, _ windows: Int, _ kernel: Int
) -> [Int] {
  if windows == 1 { return [size - kernel] }
  let alpha = T(size - kernel) / T(windows - 1)
  let starts = (0..<windows - 1).map { i -> Int in
    let start = Int((T(i) + sample) * alpha) - Int(sample * alpha)
    return min(max(start, 0), size - kernel)
  }
  return starts + [size - kernel]
}

// MARK: - Numbers

/// A number or a list of numbers, for parameters that PyTorch documents as "float or tuple of
/// floats".
public protocol NumberList {
  /// The numbers, in order.
  var numbers: [Double] { get }
}

extension Double: NumberList {
  /// This number alone.
  public var numbers: [Double] { [self] }
}

extension Int: NumberList {
  /// This number alone.
  public var numbers: [Double] { [Double(self)] }
}

extension Array: NumberList where Element: NumberList {
  /// The numbers in the list.
  public var numbers: [Double] { flatMap(\.numbers) }
}
