import Autograd

/// What the layers of transposed convolution share.
public class TransposedConvolutionLayer: ConvolutionLayer {
  let outputPadding: [Int]
  private let op: StaticString

  init(
    _ dims: Int, _ inChannels: Int, _ outChannels: Int, _ kernelSize: [Int], stride: [Int],
    padding: [Int], outputPadding: [Int], groups: Int, bias: Bool, dilation: [Int], dtype: DType,
    op: StaticString
  ) {
    self.outputPadding = outputPadding.expanded(to: dims, "outputPadding", op: op)
    self.op = op
    super.init(
      dims, inChannels, outChannels, kernelSize, stride: stride,
      padding: padding.expanded(to: dims, "padding", op: op).paddingRule, dilation: dilation,
      groups: groups, bias: bias, isTransposed: true, dtype: dtype, op: op)
  }

  public override func forward(_ x: Tensor) -> Tensor { transposed(x, outputPadding) }

  /// The output of the sizes `outputSize` for an input `x`: several sizes of the input of a
  /// convolution give outputs of one size, and this tells which is meant.
  ///
  /// ```swift
  /// let up = ConvTranspose2d(16, 16, 3, stride: 2, padding: 1)
  /// let y = up(down(x), outputSize: Array(x.shape.suffix(2)))
  /// ```
  public func callAsFunction(_ x: Tensor, outputSize: some IntList) -> Tensor {
    call(x) { x in transposed(x, outputPadding(for: outputSize.ints, of: x)) }
  }

  private func outputPadding(for sizes: [Int], of x: Tensor) -> [Int] {
    let dims = kernelSize.count
    let sizes = sizes.count == dims + 2 ? Array(sizes.suffix(dims)) : sizes
    require(
      sizes.count == dims && x.ndim > dims,
      "\(op): expected an output size of \(dims) numbers, got \(sizes) for the shape \(x.shape)")
    let least = transposedSizes(
      Array(x.shape.suffix(dims)), kernel: kernelSize, stride: stride, padding: sizesOfPadding,
      outputPadding: Array(repeating: 0, count: dims), dilation: dilation, op: op)
    let most = zip(least, stride).map { $0 + $1 - 1 }
    require(
      sizes.indices.allSatisfy { sizes[$0] >= least[$0] && sizes[$0] <= most[$0] },
      """
      \(op): an input of the shape \(x.shape) has outputs of \(least) to \(most), not of \(sizes)
      """)
    return zip(sizes, least).map { $0 - $1 }
  }

  private var sizesOfPadding: [Int] {
    padding.amounts(kernel: kernelSize, stride: stride, dilation: dilation, op: op).before
  }

  private func transposed(_ x: Tensor, _ outputPadding: [Int]) -> Tensor {
    transposedConvolution(
      kernelSize.count, x, weight, bias, stride: stride, padding: sizesOfPadding,
      outputPadding: outputPadding, groups: groups, dilation: dilation, op: op)
  }

  public override var extraRepr: String {
    let text = super.extraRepr
    return outputPadding.contains { $0 != 0 } ? text + ", outputPadding: \(outputPadding)" : text
  }
}

/// Transposed convolution of signals, [batch, in channels, length] → [batch, out channels,
/// length], or the same without the batch:
/// ``convTranspose1d(_:_:_:stride:padding:outputPadding:groups:dilation:)``.
///
/// The weight and the bias start uniform in ±1/√(out channels / groups · kernel), as in PyTorch.
public final class ConvTranspose1d: TransposedConvolutionLayer {
  /// A layer from `inChannels` channels to `outChannels`.
  ///
  /// - Parameters:
  ///   - inChannels: the number of input channels.
  ///   - outChannels: the number of output channels.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window of the convolution.
  ///   - padding: the number of outputs left out on both sides.
  ///   - outputPadding: the number of outputs added at the end.
  ///   - groups: the number of groups that the channels are divided into, each with its own
  ///     kernels.
  ///   - bias: whether the layer adds a bias.
  ///   - dilation: the steps from element to element within a window.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, stride: some IntList = 1,
    padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1, bias: Bool = true,
    dilation: some IntList = 1, dtype: DType = .default
  ) {
    super.init(
      1, inChannels, outChannels, kernelSize.ints, stride: stride.ints, padding: padding.ints,
      outputPadding: outputPadding.ints, groups: groups, bias: bias, dilation: dilation.ints,
      dtype: dtype, op: "ConvTranspose1d")
  }
}

/// Transposed convolution of images, [batch, in channels, height, width] → [batch, out channels,
/// height, width], or the same without the batch:
/// ``convTranspose2d(_:_:_:stride:padding:outputPadding:groups:dilation:)``.
///
/// The weight and the bias start uniform in ±1/√(out channels / groups · kernel), as in PyTorch.
public final class ConvTranspose2d: TransposedConvolutionLayer {
  /// A layer from `inChannels` channels to `outChannels`.
  ///
  /// - Parameters:
  ///   - inChannels: the number of input channels.
  ///   - outChannels: the number of output channels.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window of the convolution.
  ///   - padding: the number of outputs left out on both sides.
  ///   - outputPadding: the number of outputs added at the end.
  ///   - groups: the number of groups that the channels are divided into, each with its own
  ///     kernels.
  ///   - bias: whether the layer adds a bias.
  ///   - dilation: the steps from element to element within a window.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, stride: some IntList = 1,
    padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1, bias: Bool = true,
    dilation: some IntList = 1, dtype: DType = .default
  ) {
    super.init(
      2, inChannels, outChannels, kernelSize.ints, stride: stride.ints, padding: padding.ints,
      outputPadding: outputPadding.ints, groups: groups, bias: bias, dilation: dilation.ints,
      dtype: dtype, op: "ConvTranspose2d")
  }
}

/// Transposed convolution of volumes, [batch, in channels, depth, height, width] → [batch, out
/// channels, depth, height, width], or the same without the batch:
/// ``convTranspose3d(_:_:_:stride:padding:outputPadding:groups:dilation:)``.
///
/// The weight and the bias start uniform in ±1/√(out channels / groups · kernel), as in PyTorch.
public final class ConvTranspose3d: TransposedConvolutionLayer {
  /// A layer from `inChannels` channels to `outChannels`.
  ///
  /// - Parameters:
  ///   - inChannels: the number of input channels.
  ///   - outChannels: the number of output channels.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window of the convolution.
  ///   - padding: the number of outputs left out on both sides.
  ///   - outputPadding: the number of outputs added at the end.
  ///   - groups: the number of groups that the channels are divided into, each with its own
  ///     kernels.
  ///   - bias: whether the layer adds a bias.
  ///   - dilation: the steps from element to element within a window.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ kernelSize: some IntList, stride: some IntList = 1,
    padding: some IntList = 0, outputPadding: some IntList = 0, groups: Int = 1, bias: Bool = true,
    dilation: some IntList = 1, dtype: DType = .default
  ) {
    super.init(
      3, inChannels, outChannels, kernelSize.ints, stride: stride.ints, padding: padding.ints,
      outputPadding: outputPadding.ints, groups: groups, bias: bias, dilation: dilation.ints,
      dtype: dtype, op: "ConvTranspose3d")
  }
}
