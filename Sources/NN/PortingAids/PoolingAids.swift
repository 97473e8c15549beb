// Porting aids: arguments of pooling. See Modules.swift.

import Autograd

extension MaxPool1d {
  @available(*, unavailable, message: "drop the label kernelSize: MaxPool1d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool1d {
  @available(*, unavailable, message: "label the stride: MaxPool1d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool2d {
  @available(*, unavailable, message: "drop the label kernelSize: MaxPool2d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool2d {
  @available(*, unavailable, message: "label the stride: MaxPool2d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool3d {
  @available(*, unavailable, message: "drop the label kernelSize: MaxPool3d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool3d {
  @available(*, unavailable, message: "label the stride: MaxPool3d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool1d {
  @available(*, unavailable, message: "drop the label kernelSize: AvgPool1d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool1d {
  @available(*, unavailable, message: "label the stride: AvgPool1d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool2d {
  @available(*, unavailable, message: "drop the label kernelSize: AvgPool2d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool2d {
  @available(*, unavailable, message: "label the stride: AvgPool2d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool3d {
  @available(*, unavailable, message: "drop the label kernelSize: AvgPool3d(2, stride: 2)")
  public convenience init(
    kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0
  ) { fatalError() }
}

extension AvgPool3d {
  @available(*, unavailable, message: "label the stride: AvgPool3d(2, stride: 2)")
  public convenience init(
    _ kernelSize: some IntList, _ stride: some IntList, _ padding: some IntList = 0
  ) { fatalError() }
}

extension MaxPool1d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: MaxPool1d(2).withIndices(x)"
  )
  public convenience init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, returnIndices: Bool
  ) { fatalError() }
}

extension AdaptiveMaxPool1d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: AdaptiveMaxPool1d(2).withIndices(x)"
  )
  public convenience init(_ outputSize: some AdaptiveSize, returnIndices: Bool) { fatalError() }
}

extension AdaptiveAvgPool1d {
  @available(*, unavailable, message: "drop the label: AdaptiveAvgPool1d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension AdaptiveMaxPool1d {
  @available(*, unavailable, message: "drop the label: AdaptiveMaxPool1d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension MaxPool2d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: MaxPool2d(2).withIndices(x)"
  )
  public convenience init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, returnIndices: Bool
  ) { fatalError() }
}

extension AdaptiveMaxPool2d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: AdaptiveMaxPool2d(2).withIndices(x)"
  )
  public convenience init(_ outputSize: some AdaptiveSize, returnIndices: Bool) { fatalError() }
}

extension AdaptiveAvgPool2d {
  @available(*, unavailable, message: "drop the label: AdaptiveAvgPool2d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension AdaptiveMaxPool2d {
  @available(*, unavailable, message: "drop the label: AdaptiveMaxPool2d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension MaxPool3d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: MaxPool3d(2).withIndices(x)"
  )
  public convenience init(
    _ kernelSize: some IntList, stride: some IntList = [], padding: some IntList = 0,
    dilation: some IntList = 1, returnIndices: Bool
  ) { fatalError() }
}

extension AdaptiveMaxPool3d {
  @available(
    *, unavailable, message: "call withIndices(x) of the layer: AdaptiveMaxPool3d(2).withIndices(x)"
  )
  public convenience init(_ outputSize: some AdaptiveSize, returnIndices: Bool) { fatalError() }
}

extension AdaptiveAvgPool3d {
  @available(*, unavailable, message: "drop the label: AdaptiveAvgPool3d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension AdaptiveMaxPool3d {
  @available(*, unavailable, message: "drop the label: AdaptiveMaxPool3d(1)")
  public convenience init(outputSize: some AdaptiveSize) { fatalError() }
}

extension AdaptiveAvgPool2d {
  @available(*, unavailable, message: "sizes are lists: AdaptiveAvgPool2d([1, 1])")
  public convenience init(_ outputSize: (Int, Int)) { fatalError() }
}
