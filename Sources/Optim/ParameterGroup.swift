import Autograd

/// Parameters that an optimizer changes by one and the same rule.
public final class ParameterGroup<Rule: OptimizerRule> {
  /// The rule, with the hyper-parameters of this group. Schedules change them as they please:
  /// `optimizer.groups[0].rule.lr = 1e-4`.
  public var rule: Rule

  var entries: [ParameterEntry]
  var isTaken = false

  /// A group of parameters without names.
  public init(_ parameters: [Tensor], _ rule: Rule) {
    self.rule = rule
    entries = parameters.map { ParameterEntry(name: nil, parameter: $0) }
  }

  /// A group of parameters that a checkpoint knows by name.
  public init(_ parameters: [(name: String, tensor: Tensor)], _ rule: Rule) {
    self.rule = rule
    entries = parameters.map { ParameterEntry(name: $0.name, parameter: $0.tensor) }
  }

  /// The parameters.
  public var parameters: [Tensor] { entries.map(\.parameter) }

  /// Forgets the gradients: drops them, or makes them zeros.
  func zeroGrad(setToNil: Bool) {
    for entry in entries {
      let gradient = setToNil ? nil : entry.parameter.grad?.detach()
      entry.parameter.grad = gradient?.zero_()
    }
  }

  /// Changes each parameter that has a gradient.
  func step() {
    for i in entries.indices {
      guard let gradient = entries[i].parameter.grad else { continue }
      entries[i].state.step += 1
      rule.update(entries[i].parameter, gradient: gradient, state: &entries[i].state)
    }
  }
}

/// A parameter, and what the rule keeps of it.
// Not inside of the group: an array of a generic type's own type is looked up at run time at each step.
struct ParameterEntry {
  let name: String?
  let parameter: Tensor
  var state = OptimizerState()
}
