import Autograd

/// What a loss returns: the losses of all elements or samples, or one number.
public enum Reduction: Sendable {
  /// The loss of each element or sample.
  case none
  /// The mean; each loss documents what it divides by.
  case mean
  /// The sum.
  case sum

  /// The reduction of `losses`; the mean divides by `divisor`, or by the number of elements if it
  /// is nil.
  func applied(to losses: Tensor, divisor: Tensor? = nil) -> Tensor {
    switch self {
    case .none: losses
    case .sum: losses.sum()
    case .mean: divisor.map { losses.sum() / $0 } ?? losses.mean()
    }
  }
}

/// Checks that a prediction and a target have the same shape: a loss never broadcasts them.
func requireSameShape(_ input: Tensor, _ target: Tensor, op: StaticString) {
  if input.shape == target.shape { return }
  let mend =
    if input.shape == target.shape + [1] {
      "squeeze the input's last dimension, squeeze(-1), or unsqueeze the target's, unsqueeze(-1)"
    } else if target.shape == input.shape + [1] {
      "squeeze the target's last dimension, squeeze(-1), or unsqueeze the input's, unsqueeze(-1)"
    } else if input.numel == target.numel {
      "reshape one of them to the shape of the other"
    } else {
      "if they should broadcast, expand one of them to the shape of the other"
    }
  fail(
    """
    \(opName(op)): the input has shape \(input.shape), but the target \(target.shape); a loss does \
    not broadcast; \(mend)
    """)
}

/// Checks that there is one weight for each element.
func requireWeight(_ weight: Tensor?, for input: Tensor, op: StaticString) {
  guard let weight, weight.shape != input.shape else { return }
  fail(
    """
    \(opName(op)): the weight has shape \(weight.shape), but the input \(input.shape); give one \
    weight for each element, for example with expand(\(input.shape))
    """)
}
