import Autograd

/// The losses of x against y by a kernel, reduced; `meaning` is the same in ordinary ops, one loss for each
/// element.
///
/// - Parameter slopeOfTarget: the derivative of the losses with respect to the target times their gradient,
///   a number or one for each; nil for losses that stay the same when x and y change places.
func pairLoss(
  _ loss: PairLoss, _ x: Tensor, _ y: Tensor, _ reduction: Reduction, op: StaticString,
  slopeOfTarget: ((Tensor) -> Tensor)? = nil,
  meaning: @escaping (Tensor, Tensor) -> Tensor
) -> Tensor {
  guard x.dtype == y.dtype, x.dtype.isFloatingPoint else { return meaning(x, y).reduced(reduction) }
  let count = Double(x.numel)
  /// What of the gradient of the result falls on each loss.
  let share = { (g: Tensor) in reduction == .mean ? g / count : g }
  let value = reduction == .none ? x.losses(loss, y) : x.sumOfLosses(loss, y)
  return (reduction == .mean ? value / count : value)
    .wrt(
      x, op: op,
      fused: { [x = Saved(x, op: op), y = Saved(y, op: op)] g in
        x.value.slopes(loss, y.value, share(g))
      },
      meaning: { [y = Saved(y, op: op)] x in meaning(x, y.value).reduced(reduction) }
    )
    .wrt(
      y, op: op,
      fused: { [x = Saved(x, op: op), y = Saved(y, op: op)] g in
        slopeOfTarget?(share(g)) ?? y.value.slopes(loss, x.value, share(g))
      },
      meaning: { [x = Saved(x, op: op)] y in meaning(x.value, y).reduced(reduction) })
}
