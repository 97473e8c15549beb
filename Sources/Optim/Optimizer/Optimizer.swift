import Autograd

/// Updates parameters from their gradients by a rule such as ``SGDRule`` or ``AdamRule``.
///
/// ```swift
/// let optimizer = Adam(net.parameters, lr: 1e-3)
/// for (x, y) in loader {
///   optimizer.zeroGrad()
///   criterion(net(x), y).backward()
///   optimizer.step()
/// }
/// ```
///
/// Parameters come from an array of tensors, from a module, whose names checkpoints then use, or
/// from groups that differ from the optimizer in some hyper-parameters:
///
/// ```swift
/// let optimizer = SGD([
///   ParameterGroup(base.parameters), ParameterGroup(head.parameters, ["lr": 1e-2]),
/// ], lr: 1e-3, momentum: 0.9)
/// ```
///
/// A parameter without a gradient does not change, and neither does its state.
public final class Optimizer<Rule: OptimizerRule> {
  /// The groups, in the order in which they were added; PyTorch's `param_groups`.
  public private(set) var paramGroups: [OptimizerGroup<Rule>] = []
  /// The rule of groups that do not differ from it.
  private let defaults: Rule

  /// An optimizer of the given parameters by `rule`.
  ///
  /// Stops if there is no parameter, a parameter is not a leaf or occurs twice, only some have
  /// names, or a hyper-parameter is out of its bounds.
  public init(_ parameters: some ParameterSource, _ rule: Rule) {
    defaults = rule
    addParamGroup(parameters)
    require(
      paramGroups.contains { !$0.entries.isEmpty },
      "\(Self.name): there are no parameters; pass some, such as net.parameters")
  }

  /// Adds one or more groups, for example when a layer is unfrozen.
  public func addParamGroup(_ parameters: some ParameterSource) {
    for group in parameters.parameterGroups { add(OptimizerGroup(group, defaults)) }
  }

  private func add(_ group: OptimizerGroup<Rule>) {
    group.check()
    let present = paramGroups.flatMap(\.entries)
    var tensors = Set(present.map { ObjectIdentifier($0.tensor) })
    var names = Set(present.compactMap(\.name))
    let isNamed = (present.first ?? group.entries.first)?.name != nil
    for (i, entry) in group.entries.enumerated() {
      let label =
        "parameter \(i) of group \(paramGroups.count)\(entry.name.map { " (\($0))" } ?? "")"
      require(
        entry.tensor.isLeaf,
        """
        \(Self.name): \(label) was computed by \(entry.tensor.gradFn ?? "an op") and is no leaf; \
        pass the tensor that it was computed from, or detach() it
        """)
      require(
        tensors.insert(ObjectIdentifier(entry.tensor)).inserted,
        "\(Self.name): \(label) occurs twice; pass each parameter once")
      require(
        (entry.name != nil) == isNamed,
        "\(Self.name): \(label) has \(isNamed ? "no" : "a") name; name all parameters or none")
      if let name = entry.name {
        require(
          names.insert(name).inserted,
          "\(Self.name): \(label) has the name of another; give each its own")
      }
    }
    paramGroups.append(group)
  }

  /// The rule's name, for messages.
  static var name: String { Rule.name }
}

/// An optimizer with any rule, as a type for code that takes all of them.
public protocol AnyOptimizer: AnyObject {
  /// Changes every parameter that has a gradient, in place.
  func step()
  /// Clears the gradients: drops them, or sets them to zero.
  func zeroGrad(setToNil: Bool)
  /// The learning rate: of the first group when read, of all groups when set.
  var lr: Double { get set }
}

extension AnyOptimizer {
  /// Drops the gradients.
  public func zeroGrad() { zeroGrad(setToNil: true) }
}

// MARK: - Training

extension Optimizer: AnyOptimizer {
  /// Changes every parameter that has a gradient, in place.
  public func step() {
    for group in paramGroups { group.step() }
  }

  /// Calls `closure`, which computes the loss and its gradients, then changes the parameters.
  ///
  /// - Returns: the loss.
  @discardableResult
  public func step(_ closure: () throws -> Tensor) rethrows -> Tensor {
    try Rule.step(paramGroups, closure: closure)
  }

  /// Clears the gradients, before the next are accumulated.
  ///
  /// - Parameter setToNil: whether they are dropped, as ``AnyOptimizer/zeroGrad()`` does; else they
  ///   become zeros, and a step also changes parameters without a new gradient.
  public func zeroGrad(setToNil: Bool) {
    for group in paramGroups { group.zeroGrad(setToNil: setToNil) }
  }

  /// The learning rate: of the first group when read, of all groups when set. Stops if it is
  /// negative or not finite; a schedule that rounding takes below 0 needs `max(0, …)`.
  public var lr: Double {
    get { paramGroups[0].rule.lr }
    set { for group in paramGroups { group.rule.lr = newValue } }
  }

  /// What the rule keeps for `parameter`; nil before the first step that changed it.
  public func state(of parameter: Tensor) -> OptimizerState? {
    for group in paramGroups {
      for entry in group.entries where entry.tensor === parameter {
        return entry.state.step == 0 ? nil : entry.state
      }
    }
    return nil
  }
}
