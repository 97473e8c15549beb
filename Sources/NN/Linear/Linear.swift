import Autograd

/// A fully connected layer: x·Wᵀ + b along the last dimension, [..., in] → [..., out].
///
/// The weight, [out, in], and the bias, [out], start uniform in ±1/√in, as in PyTorch.
public final class Linear: Module {
  /// W, [out, in].
  @Parameter public var weight: Tensor
  /// b, [out]; nil in a layer without one.
  @Parameter public var bias: Tensor?

  /// A layer from `inFeatures` to `outFeatures` features.
  public init(
    _ inFeatures: Int, _ outFeatures: Int, bias: Bool = true, dtype: DType = .default
  ) {
    weight = .uninitialized([outFeatures, inFeatures], dtype, op: "Linear")
    self.bias = bias ? .uninitialized([outFeatures], dtype, op: "Linear") : nil
    super.init()
    resetParameters()
  }

  /// Draws the weight and the bias again.
  public func resetParameters() {
    // A negative slope of √5 makes the bound 1/√in.
    kaimingUniform_(weight, a: 5.0.squareRoot())
    if let bias {
      let bound = weight.size(1) > 0 ? 1 / Double(weight.size(1)).squareRoot() : 0
      uniform_(bias, a: -bound, b: bound)
    }
  }

  public override var extraRepr: String {
    "inFeatures: \(weight.size(1)), outFeatures: \(weight.size(0)), bias: \(bias != nil)"
  }

  public override func forward(_ x: Tensor) -> Tensor { linear(x, weight, bias) }
}
