// Blocks of images as columns, and their sum.

import Autograd

// MARK: - The functions

/// The sliding blocks of images, each as a column: PyTorch's `unfold`, also called im2col.
///
/// [batch, channels, height, width] → [batch, channels · kernel elements, blocks], or both without
/// the batch.
///
/// - Parameters:
///   - input: the images.
///   - kernelSize: the size of a block.
///   - dilation: the steps from element to element within a block.
///   - padding: the number of zeros added on both sides.
///   - stride: the steps from block to block.
public func unfold(
  _ input: Tensor, _ kernelSize: some IntList, dilation: some IntList = 1,
  padding: some IntList = 0, stride: some IntList = 1
) -> Tensor {
  require(
    [3, 4].contains(input.ndim) && input.shape.suffix(3).allSatisfy { $0 > 0 },
    """
    unfold: expected [batch, channels, height, width] or [channels, height, width], of which only the \
    batch may be empty; got the shape \(input.shape)
    """)
  let blocks = Blocks(
    Array(input.shape.suffix(2)), kernelSize.ints, dilation.ints, padding.ints, stride.ints,
    op: #function)
  let batch = input.ndim == 4 ? input : input.unsqueeze(0)
  let columns = blocks.columns(of: batch, op: #function)
  return input.ndim == 4 ? columns : columns.squeeze(0)
}

/// The sum of sliding blocks, which are columns, into images: PyTorch's `fold`, also called col2im.
///
/// [batch, channels · kernel elements, blocks] → [batch, channels, height, width], or both without
/// the batch. It is the gradient of ``unfold(_:_:dilation:padding:stride:)``.
///
/// - Parameters:
///   - input: the columns.
///   - outputSize: height and width of the images.
///   - kernelSize: the size of a block.
///   - dilation: the steps from element to element within a block.
///   - padding: the number of elements on both sides that are left out.
///   - stride: the steps from block to block.
public func fold(
  _ input: Tensor, _ outputSize: some IntList, _ kernelSize: some IntList,
  dilation: some IntList = 1, padding: some IntList = 0, stride: some IntList = 1
) -> Tensor {
  let size = outputSize.ints.expanded(to: 2, "outputSize", op: #function)
  let blocks = Blocks(
    size, kernelSize.ints, dilation.ints, padding.ints, stride.ints, op: #function)
  require(
    [2, 3].contains(input.ndim) && input.size(-2) % blocks.kernelCount == 0
      && input.size(-1) == blocks.count && input.size(-2) > 0,
    """
    fold: expected [batch, channels · \(blocks.kernelCount), \(blocks.count)] or the same without the \
    batch, for \(blocks.count) blocks of \(blocks.kernelCount) elements; got the shape \(input.shape)
    """)
  let batch = input.ndim == 3 ? input : input.unsqueeze(0)
  let images = blocks.images(of: batch, op: #function)
  return input.ndim == 3 ? images : images.squeeze(0)
}

/// The blocks of images of one size.
private struct Blocks {
  private let windows: SlidingWindows
  /// The number of blocks.
  let count: Int
  /// The number of elements of a block in one channel.
  let kernelCount: Int

  init(
    _ size: [Int], _ kernelSize: [Int], _ dilation: [Int], _ padding: [Int], _ stride: [Int],
    op: StaticString
  ) {
    let padding = padding.expanded(to: 2, "padding", op: op)
    require(
      size.allSatisfy { $0 > 0 }, "\(opName(op)): the sizes of images must be positive, not \(size)"
    )
    windows = SlidingWindows(
      over: size, kernel: kernelSize.expanded(to: 2, "kernelSize", op: op),
      stride: stride.expanded(to: 2, "stride", op: op), padding: (padding, padding),
      dilation: dilation.expanded(to: 2, "dilation", op: op), op: op)
    func product(_ sizes: [Int]) -> Int {
      let (product, isTooLarge) = sizes[0].multipliedReportingOverflow(by: sizes[1])
      require(!isTooLarge, "\(opName(op)): the sizes \(sizes) are too large")
      return product
    }
    count = product(windows.output)
    kernelCount = product(windows.kernel)
  }

  /// [batch, channels, height, width] → [batch, channels · kernel elements, blocks].
  func columns(of x: Tensor, op: StaticString) -> Tensor {
    let (batch, channels) = (x.shape[0], x.shape[1])
    return noGrad {
      let parts = windows.elements(of: x.detach(), op: op)
        .map { $0.reshape([batch, channels, 1, count]) }
      return cat(parts, dim: 2).reshape([batch, channels * kernelCount, count])
    }
    .wrt(x, op: op) { [self] g in images(of: g, op: op) }
  }

  /// [batch, channels · kernel elements, blocks] → [batch, channels, height, width].
  func images(of columns: Tensor, op: StaticString) -> Tensor {
    let (batch, channels) = (columns.shape[0], columns.shape[1] / kernelCount)
    return noGrad {
      let parts = columns.detach()
        .reshape([batch, channels, kernelCount] + windows.output).unbind(dim: 2)
      var images = windows.padded(
        Tensor.filled([batch, channels] + windows.input, .int(0), columns.dtype, op: op), 0, op: op)
      let (top, left) = (windows.before[0], windows.before[1])
      for (i, part) in parts.enumerated() { windows.view(i, of: images).add_(part) }
      images = images.narrow(dim: 2, start: top, length: windows.input[0])
      return images.narrow(dim: 3, start: left, length: windows.input[1]).contiguous()
    }
    .wrt(columns, op: op) { [self] g in self.columns(of: g, op: op) }
  }
}

// MARK: - The layers

/// ``unfold(_:_:dilation:padding:stride:)`` as a module.
public final class Unfold: Module {
  let kernelSize, dilation, padding, stride: [Int]

  /// A layer with the given blocks.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a block.
  ///   - dilation: the steps from element to element within a block.
  ///   - padding: the number of zeros added on both sides.
  ///   - stride: the steps from block to block.
  public init(
    _ kernelSize: some IntList, dilation: some IntList = 1, padding: some IntList = 0,
    stride: some IntList = 1
  ) {
    self.kernelSize = kernelSize.ints
    self.dilation = dilation.ints
    self.padding = padding.ints
    self.stride = stride.ints
  }

  public override var extraRepr: String {
    "kernelSize: \(kernelSize), dilation: \(dilation), padding: \(padding), stride: \(stride)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    unfold(x, kernelSize, dilation: dilation, padding: padding, stride: stride)
  }
}

/// ``fold(_:_:_:dilation:padding:stride:)`` as a module.
public final class Fold: Module {
  let outputSize, kernelSize, dilation, padding, stride: [Int]

  /// A layer with the given blocks.
  ///
  /// - Parameters:
  ///   - outputSize: height and width of the images.
  ///   - kernelSize: the size of a block.
  ///   - dilation: the steps from element to element within a block.
  ///   - padding: the number of elements on both sides that are left out.
  ///   - stride: the steps from block to block.
  public init(
    _ outputSize: some IntList, _ kernelSize: some IntList, dilation: some IntList = 1,
    padding: some IntList = 0, stride: some IntList = 1
  ) {
    self.outputSize = outputSize.ints
    self.kernelSize = kernelSize.ints
    self.dilation = dilation.ints
    self.padding = padding.ints
    self.stride = stride.ints
  }

  public override var extraRepr: String {
    """
    outputSize: \(outputSize), kernelSize: \(kernelSize), dilation: \(dilation), padding: \(padding), \
    stride: \(stride)
    """
  }

  public override func forward(_ x: Tensor) -> Tensor {
    fold(x, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
  }
}
