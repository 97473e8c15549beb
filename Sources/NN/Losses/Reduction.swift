import Autograd

/// How a loss makes one number of many.
public enum Reduction: Sendable {
  /// It does not: one number for each element or sample.
  case none
  /// Their mean; each loss says what it divides by.
  case mean
  /// Their sum.
  case sum
}

extension Tensor {
  /// The losses in this tensor, reduced; `denominator` is what the mean divides by, the number of
  /// elements if nil.
  func reduced(_ reduction: Reduction, by denominator: Tensor? = nil) -> Tensor {
    switch reduction {
    case .none: self
    case .sum: sum()
    case .mean: denominator.map { sum() / $0 } ?? mean()
    }
  }
}

/// Checks that a loss compares like with like: it never broadcasts a prediction against a target.
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
      "expand one of them to the shape of the other if that is meant"
    }
  fail(
    """
    \(name(op)): the input has shape \(input.shape), but the target \(target.shape); a loss does \
    not broadcast; \(mend)
    """)
}

/// Checks the shape of weights, one for each element.
func requireWeight(_ weight: Tensor?, for input: Tensor, op: StaticString) {
  guard let weight, weight.shape != input.shape else { return }
  fail(
    """
    \(name(op)): the weight has shape \(weight.shape), but the input \(input.shape); give each \
    element its weight, by expand(\(input.shape)) for instance
    """)
}

/// The name of a loss in messages: what `#function` says, without the argument labels.
func name(_ op: StaticString) -> String { String("\(op)".prefix { $0 != "(" }) }
