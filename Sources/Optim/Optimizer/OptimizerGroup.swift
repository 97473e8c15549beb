import Autograd

/// A group of an optimizer: parameters, and the value of the rule that changes them.
///
/// Each hyper-parameter of the rule is a property of the group, and can be changed at any time:
///
/// ```swift
/// optimizer.paramGroups[0].lr = 1e-4
/// optimizer.paramGroups[1]["weight_decay"] = 0
/// ```
///
/// A value that is not finite or out of its bounds stops at once. What must fit together, such as
/// `nesterov` and `momentum`, is checked by the next step, so that several can be changed in turn.
@dynamicMemberLookup
public final class OptimizerGroup<Rule: OptimizerRule> {
  /// The rule, with the hyper-parameters of this group.
  public var rule: Rule {
    didSet {
      isChecked = false
      if let problem = rule.outOfBounds { fail("\(Rule.name): \(problem)") }
    }
  }
  /// Whether the hyper-parameters are known to fit together.
  private var isChecked = false

  var entries: [OptimizedParameter]

  init(_ group: ParameterGroup, _ rule: Rule) {
    self.rule = rule
    entries = group.parameters.map { OptimizedParameter(name: $0.name, tensor: $0.tensor) }
    for (name, value) in group.options.sorted(by: { $0.key < $1.key }) { self[name] = value }
  }

  /// The parameters.
  public var parameters: [Tensor] { entries.map(\.tensor) }

  /// A hyper-parameter of this group.
  public subscript<Value>(dynamicMember path: WritableKeyPath<Rule, Value>) -> Value {
    get { rule[keyPath: path] }
    set { rule[keyPath: path] = newValue }
  }

  /// The hyper-parameter of that name in PyTorch, such as `weight_decay`; 1 or 0 for a flag. Stops
  /// if the rule has none of that name.
  public subscript(name: String) -> Double {
    get { hyperparameter(name).get(rule) }
    set {
      let hyperparameter = hyperparameter(name)
      if let problem = hyperparameter.problem(newValue) { fail("\(Rule.name): \(problem)") }
      hyperparameter.set(&rule, newValue)
    }
  }

  /// Stops if the hyper-parameters do not fit together.
  func check() {
    if isChecked { return }
    if let problem = rule.problem { fail("\(Rule.name): \(problem)") }
    isChecked = true
  }

  private func hyperparameter(_ name: String) -> Hyperparameter<Rule> {
    guard let found = Rule.hyperparameters.first(where: { $0.name == name }) else {
      fail(
        """
        \(Rule.name): there is no hyper-parameter "\(name)"; it has \
        \(Rule.hyperparameters.map(\.name).joined(separator: ", "))
        """)
    }
    return found
  }

  /// Clears the gradients: drops them, or sets them to zero.
  func zeroGrad(setToNil: Bool) {
    for entry in entries {
      let gradient = setToNil ? nil : entry.tensor.grad?.detach()
      entry.tensor.grad = gradient?.zero_()
    }
  }

  /// Changes the parameters that have a gradient, in place.
  public func step() {
    check()
    noGrad {
      for i in entries.indices where entries[i].tensor.dtype != entries[i].dtype {
        entries[i].followDType()
      }
      rule.update(&entries)
    }
  }
}

/// A parameter of an optimizer, and what the rule keeps for it.
// Not nested in the group: an array of a type nested in a generic type is looked up at run time at
// each step.
public struct OptimizedParameter {
  /// The name under which checkpoints keep the state, if there is one.
  public let name: String?
  /// The parameter; its gradient is `tensor.grad`.
  public let tensor: Tensor
  /// What the rule keeps.
  public var state = OptimizerState()
  /// The type of the parameter for which the state was made.
  var dtype: DType

  init(name: String?, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
    dtype = tensor.dtype
  }

  /// Converts the state to the type that the parameter has now, as after `net.to(.float64)`.
  mutating func followDType() {
    dtype = tensor.dtype
    for name in state.names {
      if let kept = state[name], kept.dtype.isFloatingPoint { state[name] = kept.to(dtype) }
    }
  }
}
