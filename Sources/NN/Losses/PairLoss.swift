import Autograd

/// An element-wise loss of x against y by a kernel, with its reduction.
///
/// Stops unless one of the two is floating-point; the other is cast.
///
/// - Parameters:
///   - slope: the derivative of the loss with respect to x, in differentiable ops.
///   - slopeOfTarget: the derivative with respect to y as a function of x, in differentiable ops;
///     nil for losses that are symmetric in x and y.
func pairLoss(
  _ loss: PairLoss, _ x: Tensor, _ y: Tensor, _ reduction: Reduction, op: StaticString,
  slopeOfTarget: ((Tensor) -> Tensor)? = nil, slope: @escaping (Tensor, Tensor) -> Tensor
) -> Tensor {
  let (x, y) = inOneRealType(x, y, op: op)
  let count = Double(x.numel)
  // The gradient of each loss for a gradient of the result.
  let share = { (g: Tensor) in reduction == .mean ? g / count : g }
  let value = reduction == .none ? x.losses(loss, y) : x.sumOfLosses(loss, y)
  let result = reduction == .mean ? value / count : value
  // Each rule saves its own tensor beside the other one: `slope` is written in terms of both.
  result.wrt(
    x, saving: x, op: op,
    fused: { [y = Saved(y, op: op)] g, x in x.slopes(loss, y.value, share(g)) },
    meaning: { [y = Saved(y, op: op)] g, x in share(g) * slope(x, y.value) })
  guard let slopeOfTarget else {
    return result.wrt(
      y, saving: y, op: op,
      fused: { [x = Saved(x, op: op)] g, y in y.slopes(loss, x.value, share(g)) },
      meaning: { [x = Saved(x, op: op)] g, y in share(g) * slope(y, x.value) })
  }
  return result.wrt(y, saving: x, op: op) { g, x in share(g) * slopeOfTarget(x) }
}

/// `x` and `y` in the type that both are promoted to, which must be floating-point.
private func inOneRealType(_ x: Tensor, _ y: Tensor, op: StaticString) -> (Tensor, Tensor) {
  let dtype = DType.promote(x.dtype, y.dtype)
  require(
    dtype.isFloatingPoint,
    """
    \(opName(op)): expected floating-point numbers, but the input is \(x.dtype) and the target \
    \(y.dtype); cast one of them, for example with to(.float32)
    """)
  return (x.to(dtype), y.to(dtype))
}

/// factor·x with broadcasting, and 0 where the factor is 0, even if x is infinite: what has no
/// weight, or the probability 0, adds nothing to a loss.
func weighted(_ x: Tensor, by factor: Tensor) -> Tensor {
  x.weighted(by: factor)
    .wrt(x, saving: factor) { g, factor in weighted(g, by: factor) }
    .wrt(factor, saving: x) { g, x in weighted(x, by: g) }
}
