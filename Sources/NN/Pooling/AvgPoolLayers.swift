// The layers of average and of power pooling.

import Autograd

/// What the layers of average pooling share.
public class AvgPoolLayer: Module {
  private let dims: Int
  let kernelSize, stride, padding: [Int]
  let ceilMode, countIncludePad: Bool
  let divisorOverride: Int?

  init(
    _ dims: Int, _ kernelSize: [Int], _ stride: [Int], _ padding: [Int], _ ceilMode: Bool,
    _ countIncludePad: Bool, _ divisorOverride: Int? = nil
  ) {
    self.dims = dims
    self.kernelSize = kernelSize
    self.stride = stride.isEmpty ? kernelSize : stride
    self.padding = padding
    self.ceilMode = ceilMode
    self.countIncludePad = countIncludePad
    self.divisorOverride = divisorOverride
  }

  public override var extraRepr: String {
    """
    kernelSize: \(kernelSize), stride: \(stride), padding: \(padding), ceilMode: \(ceilMode), \
    countIncludePad: \(countIncludePad)
    """ + (divisorOverride.map { ", divisorOverride: \($0)" } ?? "")
  }

  public override func forward(_ x: Tensor) -> Tensor {
    let op: StaticString = dims == 1 ? "AvgPool1d" : dims == 2 ? "AvgPool2d" : "AvgPool3d"
    return avgPooled(
      dims, x, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride, op: op)
  }
}

/// The mean of each window of signals:
/// ``avgPool1d(_:_:stride:padding:ceilMode:countIncludePad:)``.
public final class AvgPool1d: AvgPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of zeros added on both sides.
  ///   - ceilMode: whether a last window may extend past the end.
  ///   - countIncludePad: whether the padding counts as elements of a window.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true
  ) {
    super.init(
      1, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad)
  }
}

/// The mean of each window of images:
/// ``avgPool2d(_:_:stride:padding:ceilMode:countIncludePad:divisorOverride:)``.
public final class AvgPool2d: AvgPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of zeros added on both sides.
  ///   - ceilMode: whether a last window may extend past the end.
  ///   - countIncludePad: whether the padding counts as elements of a window.
  ///   - divisorOverride: what the sum is divided by, instead of the number of elements.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) {
    super.init(
      2, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad, divisorOverride)
  }
}

/// The mean of each window of volumes:
/// ``avgPool3d(_:_:stride:padding:ceilMode:countIncludePad:divisorOverride:)``.
public final class AvgPool3d: AvgPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - padding: the number of zeros added on both sides.
  ///   - ceilMode: whether a last window may extend past the end.
  ///   - countIncludePad: whether the padding counts as elements of a window.
  ///   - divisorOverride: what the sum is divided by, instead of the number of elements.
  public init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
  ) {
    super.init(
      3, kernelSize.ints, stride.ints, padding.ints, ceilMode, countIncludePad, divisorOverride)
  }
}

// MARK: - Power pooling

/// What the layers of power pooling share.
public class LPPoolLayer: Module {
  private let dims: Int
  let normType: Double
  let kernelSize, stride: [Int]
  let ceilMode: Bool

  init(_ dims: Int, _ normType: Double, _ kernelSize: [Int], _ stride: [Int], _ ceilMode: Bool) {
    self.dims = dims
    self.normType = normType
    self.kernelSize = kernelSize
    self.stride = stride.isEmpty ? kernelSize : stride
    self.ceilMode = ceilMode
  }

  public override var extraRepr: String {
    "normType: \(normType), kernelSize: \(kernelSize), stride: \(stride), ceilMode: \(ceilMode)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    let op: StaticString = dims == 1 ? "LPPool1d" : dims == 2 ? "LPPool2d" : "LPPool3d"
    return lpPooled(dims, x, normType, kernelSize, stride, ceilMode, op: op)
  }
}

/// The p-norm of each window of signals: ``lpPool1d(_:_:_:stride:ceilMode:)``.
public final class LPPool1d: LPPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - normType: p.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
    ceilMode: Bool = false
  ) {
    super.init(1, normType, kernelSize.ints, stride.ints, ceilMode)
  }
}

/// The p-norm of each window of images: ``lpPool2d(_:_:_:stride:ceilMode:)``.
public final class LPPool2d: LPPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - normType: p.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
    ceilMode: Bool = false
  ) {
    super.init(2, normType, kernelSize.ints, stride.ints, ceilMode)
  }
}

/// The p-norm of each window of volumes: ``lpPool3d(_:_:_:stride:ceilMode:)``.
public final class LPPool3d: LPPoolLayer {
  /// A layer with the given windows.
  ///
  /// - Parameters:
  ///   - normType: p.
  ///   - kernelSize: the size of a window.
  ///   - stride: the steps from window to window; by default the size of a window.
  ///   - ceilMode: whether a last window may extend past the end.
  public init(
    _ normType: Double, _ kernelSize: some IntList, stride: some IntList = [],
    ceilMode: Bool = false
  ) {
    super.init(3, normType, kernelSize.ints, stride.ints, ceilMode)
  }
}
