// The layers of max pooling.

import Autograd

/// What the layers of max pooling share.
public class MaxPoolLayer: Module {
  private let dims: Int
  let kernelSize, stride, padding, dilation: [Int]
  let ceilMode: Bool

  init(
    _ dims: Int, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int], _ dilation: [Int],
    _ ceilMode: Bool
  ) {
    self.dims = dims
    self.kernelSize = kernelSize
    self.stride = stride.isEmpty ? kernelSize : stride
    self.padding = padding
    self.dilation = dilation
    self.ceilMode = ceilMode
  }

  /// The maxima and their positions: PyTorch's layer with `return_indices=True`.
  public func withIndices(_ x: Tensor) -> (values: Tensor, indices: Tensor) {
    call(x) { found(in: $0) }
  }

  private func found(in x: Tensor) -> (values: Tensor, indices: Tensor) {
    maxPooled(dims, x, kernelSize, stride, padding, dilation, ceilMode, op: op)
  }

  private var op: StaticString {
    dims == 1 ? "MaxPool1d" : dims == 2 ? "MaxPool2d" : "MaxPool3d"
  }

  public override var extraRepr: String {
    """
    kernelSize: \(kernelSize), stride: \(stride), padding: \(padding), dilation: \(dilation), \
    ceilMode: \(ceilMode)
    """
  }

  public override func forward(_ x: Tensor) -> Tensor {
    maxPooledAlone(dims, x, kernelSize, stride, padding, dilation, ceilMode, op: op)
  }
}

/// The greatest element of each window of signals:
/// ``maxPool1d(_:_:stride:padding:dilation:ceilMode:)``.
///
/// ```swift
/// let pool = MaxPool1d(2)
/// ```
public final class MaxPool1d: MaxPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of elements, −∞, added on both sides.
  ///   - dilation: the steps from element to element within a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, ceilMode: Bool = false
  ) {
    super.init(1, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode)
  }
}

/// The greatest element of each window of images:
/// ``maxPool2d(_:_:stride:padding:dilation:ceilMode:)``.
///
/// ```swift
/// let pool = MaxPool2d(2)
/// ```
public final class MaxPool2d: MaxPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of elements, −∞, added on both sides.
  ///   - dilation: the steps from element to element within a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, ceilMode: Bool = false
  ) {
    super.init(2, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode)
  }
}

/// The greatest element of each window of volumes:
/// ``maxPool3d(_:_:stride:padding:dilation:ceilMode:)``.
///
/// ```swift
/// let pool = MaxPool3d(2)
/// ```
public final class MaxPool3d: MaxPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of elements, −∞, added on both sides.
  ///   - dilation: the steps from element to element within a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, ceilMode: Bool = false
  ) {
    super.init(3, kernelSize.ints, stride.ints, padding.ints, dilation.ints, ceilMode)
  }
}

// MARK: - The inverse

/// What the layers of max unpooling share.
public class MaxUnpoolLayer: Module {
  private let dims: Int
  let kernelSize, stride, padding: [Int]

  init(_ dims: Int, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int]) {
    self.dims = dims
    self.kernelSize = kernelSize
    self.stride = stride.isEmpty ? kernelSize : stride
    self.padding = padding
  }

  public override var mapsTensorToTensor: Bool { false }

  /// Puts the elements of `x` to the positions `indices` of an output of size `outputSize`, by default
  /// the one that fits the windows.
  public func callAsFunction(
    _ x: Tensor, _ indices: Tensor, outputSize: some IntList = []
  ) -> Tensor {
    let op: StaticString = dims == 1 ? "MaxUnpool1d" : dims == 2 ? "MaxUnpool2d" : "MaxUnpool3d"
    return call(x, indices) {
      unpooled(dims, $0, $1, kernelSize, stride, padding, outputSize.ints, op: op)
    }
  }

  public override var extraRepr: String {
    "kernelSize: \(kernelSize), stride: \(stride), padding: \(padding)"
  }
}

/// Puts the maxima of windows of signals back to their positions:
/// ``maxUnpool1d(_:_:_:stride:padding:outputSize:)``.
///
/// ```swift
/// let (y, indices) = MaxPool1d(2).withIndices(x)
/// MaxUnpool1d(2)(y, indices)
/// ```
public final class MaxUnpool1d: MaxUnpoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the padding of the pooling.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) {
    super.init(1, kernelSize.ints, stride.ints, padding.ints)
  }
}

/// Puts the maxima of windows of images back to their positions:
/// ``maxUnpool2d(_:_:_:stride:padding:outputSize:)``.
///
/// ```swift
/// let (y, indices) = MaxPool2d(2).withIndices(x)
/// MaxUnpool2d(2)(y, indices)
/// ```
public final class MaxUnpool2d: MaxUnpoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the padding of the pooling.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) {
    super.init(2, kernelSize.ints, stride.ints, padding.ints)
  }
}

/// Puts the maxima of windows of volumes back to their positions:
/// ``maxUnpool3d(_:_:_:stride:padding:outputSize:)``.
///
/// ```swift
/// let (y, indices) = MaxPool3d(2).withIndices(x)
/// MaxUnpool3d(2)(y, indices)
/// ```
public final class MaxUnpool3d: MaxUnpoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the padding of the pooling.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) {
    super.init(3, kernelSize.ints, stride.ints, padding.ints)
  }
}
