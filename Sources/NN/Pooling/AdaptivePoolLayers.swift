// The layers of pooling to a given size, and of pooling at random distances.

import Autograd

/// The means of windows that divide signals evenly: ``adaptiveAvgPool1d(_:_:)``.
///
/// ```swift
/// let pool = AdaptiveAvgPool1d(1)
/// ```
public final class AdaptiveAvgPool1d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveAvgPool1d(x, outputSize) }
}

/// The maxima of windows that divide signals evenly: ``adaptiveMaxPool1d(_:_:)``.
public final class AdaptiveMaxPool1d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  /// The maxima and their positions: PyTorch's layer with `return_indices=True`.
  public func withIndices(_ x: Tensor) -> (values: Tensor, indices: Tensor) {
    call(x) { adaptiveMaxPool1dWithIndices($0, outputSize) }
  }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveMaxPool1d(x, outputSize) }
}

/// The means of windows that divide images evenly: ``adaptiveAvgPool2d(_:_:)``.
///
/// ```swift
/// let pool = AdaptiveAvgPool2d(1)
/// ```
public final class AdaptiveAvgPool2d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveAvgPool2d(x, outputSize) }
}

/// The maxima of windows that divide images evenly: ``adaptiveMaxPool2d(_:_:)``.
public final class AdaptiveMaxPool2d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  /// The maxima and their positions: PyTorch's layer with `return_indices=True`.
  public func withIndices(_ x: Tensor) -> (values: Tensor, indices: Tensor) {
    call(x) { adaptiveMaxPool2dWithIndices($0, outputSize) }
  }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveMaxPool2d(x, outputSize) }
}

/// The means of windows that divide volumes evenly: ``adaptiveAvgPool3d(_:_:)``.
///
/// ```swift
/// let pool = AdaptiveAvgPool3d(1)
/// ```
public final class AdaptiveAvgPool3d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveAvgPool3d(x, outputSize) }
}

/// The maxima of windows that divide volumes evenly: ``adaptiveMaxPool3d(_:_:)``.
public final class AdaptiveMaxPool3d: Module {
  let outputSize: [Int?]

  /// A layer with outputs of the size `outputSize`, an `Int` or a list; nil for that of the input.
  public init(_ outputSize: some AdaptiveSize) { self.outputSize = outputSize.adaptiveSizes }

  public override var extraRepr: String { text(outputSize) }

  /// The maxima and their positions: PyTorch's layer with `return_indices=True`.
  public func withIndices(_ x: Tensor) -> (values: Tensor, indices: Tensor) {
    call(x) { adaptiveMaxPool3dWithIndices($0, outputSize) }
  }

  public override func forward(_ x: Tensor) -> Tensor { adaptiveMaxPool3d(x, outputSize) }
}

/// Sizes as they are written.
private func text(_ sizes: [Int?]) -> String {
  "[" + sizes.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: ", ") + "]"
}

// MARK: - At random distances

/// What the layers of fractional max pooling share.
public class FractionalMaxPoolLayer: Module {
  private let dims: Int
  let kernelSize, outputSize: [Int]
  let outputRatio: [Double]
  let randomSamples: Tensor?

  init(
    _ dims: Int, _ kernelSize: [Int], _ outputSize: [Int], _ outputRatio: [Double],
    _ randomSamples: Tensor?
  ) {
    let op = "FractionalMaxPool\(dims)d"
    require(
      outputSize.isEmpty != outputRatio.isEmpty, "\(op): give either outputSize or outputRatio")
    require(
      outputRatio.allSatisfy { $0 > 0 && $0 < 1 },
      "\(op): outputRatio must be between 0 and 1, but it is \(outputRatio)")
    self.dims = dims
    self.kernelSize = kernelSize
    self.outputSize = outputSize
    self.outputRatio = outputRatio
    self.randomSamples = randomSamples
  }

  /// The maxima and their positions: PyTorch's layer with `return_indices=True`.
  public func withIndices(_ x: Tensor) -> (values: Tensor, indices: Tensor) {
    call(x) { found(in: $0) }
  }

  private func found(in x: Tensor) -> (values: Tensor, indices: Tensor) {
    let op: StaticString = dims == 2 ? "FractionalMaxPool2d" : "FractionalMaxPool3d"
    return fractionalMaxPooled(
      dims, x, kernelSize, outputSize, outputRatio, randomSamples, .default, op: op)
  }

  public override var extraRepr: String {
    let size = outputSize.isEmpty ? "outputRatio: \(outputRatio)" : "outputSize: \(outputSize)"
    return "\(kernelSize), \(size)"
  }

  public override func forward(_ x: Tensor) -> Tensor { found(in: x).values }
}

/// The maxima of windows of images at random distances:
/// ``fractionalMaxPool2d(_:_:outputSize:outputRatio:randomSamples:generator:)``.
public final class FractionalMaxPool2d: FractionalMaxPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - outputSize: the numbers of windows; or give `outputRatio`.
  ///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
  ///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 2]; drawn for each
  ///     call if nil.
  public init(
    _ kernelSize: some IntList, outputSize: some IntList = [],
    outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil
  ) {
    super.init(2, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples)
  }
}

/// The maxima of windows of volumes at random distances:
/// ``fractionalMaxPool3d(_:_:outputSize:outputRatio:randomSamples:generator:)``.
public final class FractionalMaxPool3d: FractionalMaxPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - outputSize: the numbers of windows; or give `outputRatio`.
  ///   - outputRatio: the numbers of windows as parts of the sizes of the input, below 1.
  ///   - randomSamples: numbers in [0, 1) that place the windows, [batch, channels, 3]; drawn for each
  ///     call if nil.
  public init(
    _ kernelSize: some IntList, outputSize: some IntList = [],
    outputRatio: some NumberList = [Double](), randomSamples: Tensor? = nil
  ) {
    super.init(3, kernelSize.ints, outputSize.ints, outputRatio.numbers, randomSamples)
  }
}
