import Autograd

/// An element-wise loss of x against y by a kernel, with its reduction; `meaning` computes the
/// losses of the elements in ordinary ops.
///
/// - Parameter slopeOfTarget: the gradient of the target for a gradient of the losses, which is a
///   number or one for each element; nil for losses that are symmetric in x and y.
func pairLoss(
  _ loss: PairLoss, _ x: Tensor, _ y: Tensor, _ reduction: Reduction, op: StaticString,
  slopeOfTarget: ((Tensor) -> Tensor)? = nil,
  meaning: @escaping (Tensor, Tensor) -> Tensor
) -> Tensor {
  guard x.dtype == y.dtype, x.dtype.isFloatingPoint else {
    return reduction.applied(to: meaning(x, y))
  }
  let count = Double(x.numel)
  // The gradient of each loss for a gradient of the result.
  let share = { (g: Tensor) in reduction == .mean ? g / count : g }
  let value = reduction == .none ? x.losses(loss, y) : x.sumOfLosses(loss, y)
  return (reduction == .mean ? value / count : value)
    .wrt(
      x, op: op,
      fused: { [x = Saved(x, op: op), y = Saved(y, op: op)] g in
        x.value.slopes(loss, y.value, share(g))
      },
      meaning: { [y = Saved(y, op: op)] x in reduction.applied(to: meaning(x, y.value)) }
    )
    .wrt(
      y, op: op,
      fused: { [x = Saved(x, op: op), y = Saved(y, op: op)] g in
        slopeOfTarget?(share(g)) ?? y.value.slopes(loss, x.value, share(g))
      },
      meaning: { [x = Saved(x, op: op)] y in reduction.applied(to: meaning(x.value, y)) })
}
