// Porting aids: arguments of normalisation and dropout. See Modules.swift.

import Autograd

extension Dropout1d {
  @available(*, unavailable, message: "no module works in place: Dropout1d(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }
}

extension Dropout2d {
  @available(*, unavailable, message: "no module works in place: Dropout2d(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }
}

extension Dropout3d {
  @available(*, unavailable, message: "no module works in place: Dropout3d(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }
}

extension AlphaDropout {
  @available(*, unavailable, message: "no module works in place: AlphaDropout(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }
}

extension FeatureAlphaDropout {
  @available(*, unavailable, message: "no module works in place: FeatureAlphaDropout(0.5)")
  public convenience init(_ p: Double = 0.5, inplace: Bool) { fatalError() }
}

extension Dropout1d {
  @available(*, unavailable, message: "drop the label: Dropout1d(0.5)")
  public convenience init(p: Double) { fatalError() }
}

extension Dropout2d {
  @available(*, unavailable, message: "drop the label: Dropout2d(0.5)")
  public convenience init(p: Double) { fatalError() }
}

extension Dropout3d {
  @available(*, unavailable, message: "drop the label: Dropout3d(0.5)")
  public convenience init(p: Double) { fatalError() }
}

extension AlphaDropout {
  @available(*, unavailable, message: "drop the label: AlphaDropout(0.5)")
  public convenience init(p: Double) { fatalError() }
}

extension FeatureAlphaDropout {
  @available(*, unavailable, message: "drop the label: FeatureAlphaDropout(0.5)")
  public convenience init(p: Double) { fatalError() }
}

extension BatchNorm1d {
  @available(*, unavailable, message: "drop the label: BatchNorm1d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension InstanceNorm1d {
  @available(*, unavailable, message: "drop the label: InstanceNorm1d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension BatchNorm2d {
  @available(*, unavailable, message: "drop the label: BatchNorm2d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension InstanceNorm2d {
  @available(*, unavailable, message: "drop the label: InstanceNorm2d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension BatchNorm3d {
  @available(*, unavailable, message: "drop the label: BatchNorm3d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension InstanceNorm3d {
  @available(*, unavailable, message: "drop the label: InstanceNorm3d(64)")
  public convenience init(numFeatures: Int) { fatalError() }
}

extension GroupNorm {
  @available(*, unavailable, message: "drop the labels: GroupNorm(8, 64)")
  public convenience init(numGroups: Int, numChannels: Int) { fatalError() }
}

extension RMSNorm {
  @available(*, unavailable, message: "drop the label: RMSNorm(512)")
  public convenience init(normalizedShape: some IntList, eps: Double? = nil) { fatalError() }
}
