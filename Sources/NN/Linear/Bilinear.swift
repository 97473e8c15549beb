import Autograd

/// A bilinear form of two inputs for each output, x1ᵀ·A·x2 + b: PyTorch's `bilinear`.
///
/// - Parameters:
///   - input1: x1, [..., in1].
///   - input2: x2, [..., in2], with the leading dimensions of x1.
///   - weight: A, [out, in1, in2].
///   - bias: b, [out].
/// - Returns: [..., out].
public func bilinear(
  _ input1: Tensor, _ input2: Tensor, _ weight: Tensor, _ bias: Tensor? = nil
) -> Tensor {
  require(
    weight.ndim == 3 && input1.ndim > 0 && input2.ndim > 0
      && input1.shape.dropLast() == input2.shape.dropLast()
      && input1.size(-1) == weight.shape[1] && input2.size(-1) == weight.shape[2],
    """
    bilinear: expected inputs [..., in1] and [..., in2] and a weight [out, in1, in2], got the shapes \
    \(input1.shape), \(input2.shape) and \(weight.shape)
    """)
  let (out, in1, in2) = (weight.shape[0], weight.shape[1], weight.shape[2])
  require(
    bias == nil || bias!.shape == [out],
    "bilinear: the bias must have the shape [\(out)], not \(bias?.shape ?? [])")
  let leading = Array(input1.shape.dropLast())
  let count = leading.reduce(1, *)
  let products = linear(
    input2.reshape([count, in2]), weight.reshape([out * in1, in2]), nil)
  let y = (products.reshape([count, out, in1]) * input1.reshape([count, 1, in1])).sum(dim: 2)
    .reshape(leading + [out])
  return bias.map { y + $0 } ?? y
}

/// A bilinear layer of two inputs: ``bilinear(_:_:_:_:)``.
///
/// The weight, [out, in1, in2], and the bias, [out], start uniform in ±1/√in1, as in PyTorch.
public final class Bilinear: Module {
  /// A, [out, in1, in2].
  @Parameter public var weight: Tensor
  /// b, [out]; nil in a layer without one.
  @Parameter public var bias: Tensor?

  /// A layer from `in1Features` and `in2Features` to `outFeatures` features.
  public init(
    _ in1Features: Int, _ in2Features: Int, _ outFeatures: Int, bias: Bool = true,
    dtype: DType = .default
  ) {
    require(
      in1Features > 0, "Bilinear: in1Features must be positive, but it is \(in1Features)")
    weight = .uninitialized([outFeatures, in1Features, in2Features], dtype, op: "Bilinear")
    self.bias = bias ? .uninitialized([outFeatures], dtype, op: "Bilinear") : nil
    super.init()
    resetParameters()
  }

  /// Draws the weight and the bias again.
  public func resetParameters() {
    let bound = 1 / Double(weight.size(1)).squareRoot()
    uniform_(weight, a: -bound, b: bound)
    if let bias { uniform_(bias, a: -bound, b: bound) }
  }

  public override var extraRepr: String {
    """
    in1Features: \(weight.size(1)), in2Features: \(weight.size(2)), outFeatures: \(weight.size(0)), \
    bias: \(bias != nil)
    """
  }

  public override var mapsTensorToTensor: Bool { false }

  /// The form of two inputs.
  public func callAsFunction(_ input1: Tensor, _ input2: Tensor) -> Tensor {
    call(input1, input2) { bilinear($0, $1, weight, bias) }
  }
}
