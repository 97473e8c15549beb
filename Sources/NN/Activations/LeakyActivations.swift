// Activations with learned or random slopes.

import Autograd

// MARK: - PReLU

/// max(x, 0) + weight·min(x, 0), with a learned weight: `Tensor.prelu(_:)`.
public final class PReLU: Module {
  /// The slopes for negative elements, one or one for each channel.
  @Parameter public var weight: Tensor

  let initialValue: Double

  /// An activation with learned slopes.
  ///
  /// - Parameters:
  ///   - numParameters: 1, or the number of channels, which are dimension 1 of the input.
  ///   - initialValue: what the slopes start as.
  ///   - dtype: the element type of the slopes.
  public init(numParameters: Int = 1, init initialValue: Double = 0.25, dtype: DType = .default) {
    self.initialValue = initialValue
    weight = .filled([numParameters], .float(initialValue), dtype, op: "PReLU")
  }

  /// Sets the slopes to what they start as.
  public func resetParameters() { constant_(weight, initialValue) }

  public override var extraRepr: String { "numParameters: \(weight.numel)" }

  public override func forward(_ x: Tensor) -> Tensor { x.prelu(weight) }
}

// MARK: - RReLU

/// x where it is positive, else x times a slope: PyTorch's `rrelu` (Xu et al. 2015).
///
/// In training each slope is drawn uniformly from [`lower`, `upper`), by the same seed as in PyTorch.
/// Outside training it is the mean of the two.
public func rrelu(
  _ x: Tensor, lower: Double = 1 / 8, upper: Double = 1 / 3, training: Bool = false,
  generator: Generator = .default
) -> Tensor {
  require(
    lower <= upper && lower.isFinite && upper.isFinite,
    "rrelu: lower must be at most upper, and both finite, but they are \(lower) and \(upper)")
  require(
    x.dtype.isFloatingPoint, "rrelu: not defined for \(x.dtype) tensors; cast with to(.float32)")
  guard training else { return x.leakyRelu(negativeSlope: (lower + upper) / 2) }
  let slopes = noGrad { () -> Tensor in
    // Only elements that are not positive take a number.
    let isLow = x.detach() .<= 0
    let count = isLow.countNonzero().item(as: Int.self)
    let drawn = Tensor.rand([count], dtype: .float64, generator: generator)
    let factors = (drawn * (upper - lower) + lower).to(x.dtype)
    return Tensor.onesLike(isLow, dtype: x.dtype).maskedScatter(isLow, source: factors)
  }
  return x * slopes
}

/// x where it is positive, else x times a random slope: ``rrelu(_:lower:upper:training:generator:)``.
public final class RReLU: Module {
  let lower, upper: Double

  /// An activation with slopes from `lower` to `upper`.
  public init(lower: Double = 1 / 8, upper: Double = 1 / 3) {
    self.lower = lower
    self.upper = upper
  }

  public override var extraRepr: String { "lower: \(lower), upper: \(upper)" }

  public override func forward(_ x: Tensor) -> Tensor {
    rrelu(x, lower: lower, upper: upper, training: isTraining)
  }
}
