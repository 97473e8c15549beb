import Autograd

/// Changes parameters against their gradients, by a rule such as ``SGDRule`` or ``AdamRule``.
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
/// Groups are other values of the same rule:
///
/// ```swift
/// let optimizer = SGD(groups: [
///   ParameterGroup(base.parameters, SGDRule(lr: 1e-3, momentum: 0.9)),
///   ParameterGroup(head.parameters, SGDRule(lr: 1e-2, momentum: 0.9)),
/// ])
/// ```
///
/// A parameter without a gradient is left alone, and so is what the rule keeps of it.
public final class Optimizer<Rule: OptimizerRule> {
  /// The groups, in the order in which they were added.
  public private(set) var groups: [ParameterGroup<Rule>] = []

  /// An optimizer of several groups, with hyper-parameters of their own.
  ///
  /// Stops if there is no parameter, one is no leaf or stands there twice, some have names and some have
  /// none, or a hyper-parameter has no meaning.
  public init(groups: [ParameterGroup<Rule>]) {
    for group in groups { addParamGroup(group) }
    require(
      groups.contains { !$0.entries.isEmpty },
      "\(Self.name): there are no parameters; pass some, such as net.parameters")
  }

  /// An optimizer of one group.
  public convenience init(_ parameters: [Tensor], _ rule: Rule) {
    self.init(groups: [ParameterGroup(parameters, rule)])
  }

  /// An optimizer of one group whose parameters have names, under which checkpoints keep their state.
  public convenience init(_ parameters: [(name: String, tensor: Tensor)], _ rule: Rule) {
    self.init(groups: [ParameterGroup(parameters, rule)])
  }

  /// Adds a group, as when a layer is unfrozen. A group belongs to one optimizer.
  public func addParamGroup(_ group: ParameterGroup<Rule>) {
    require(!group.isTaken, "\(Self.name): this group is in an optimizer already; make another")
    if let problem = group.rule.problem { fail("\(Self.name): \(problem)") }
    let present = groups.flatMap(\.entries)
    var tensors = Set(present.map { ObjectIdentifier($0.parameter) })
    var names = Set(present.compactMap(\.name))
    let isNamed = (present.first ?? group.entries.first)?.name != nil
    for (i, entry) in group.entries.enumerated() {
      let label = "parameter \(i) of group \(groups.count)\(entry.name.map { " (\($0))" } ?? "")"
      require(
        entry.parameter.isLeaf,
        """
        \(Self.name): \(label) was computed by \(entry.parameter.gradFn ?? "an op") and is no leaf; \
        pass the tensor that it was computed from, or detach() it
        """)
      require(
        tensors.insert(ObjectIdentifier(entry.parameter)).inserted,
        "\(Self.name): \(label) stands there twice; name each parameter once")
      require(
        (entry.name != nil) == isNamed,
        "\(Self.name): \(label) breaks the rule that all parameters have names or none has")
      if let name = entry.name {
        require(
          names.insert(name).inserted,
          "\(Self.name): \(label) has the name of another; give each its own")
      }
    }
    group.isTaken = true
    groups.append(group)
  }

  /// The rule's name, for messages.
  static var name: String { Rule.name }
}

/// What every optimizer does, whatever its rule: the type of code that takes any of them.
public protocol AnyOptimizer: AnyObject {
  /// Changes every parameter that has a gradient, in place.
  func step()
  /// Forgets the gradients: drops them, or makes them zeros.
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
    noGrad {
      for group in groups { group.step() }
    }
  }

  /// Calls `closure`, which computes the loss and its gradients, then changes the parameters.
  ///
  /// - Returns: the loss.
  @discardableResult
  public func step(_ closure: () throws -> Tensor) rethrows -> Tensor {
    let loss = try enableGrad(closure)
    step()
    return loss
  }

  /// Forgets the gradients, before the next are accumulated.
  ///
  /// - Parameter setToNil: whether they are dropped, as ``AnyOptimizer/zeroGrad()`` does; else they
  ///   become zeros, and a step changes also parameters that no gradient has reached since.
  public func zeroGrad(setToNil: Bool) {
    for group in groups { group.zeroGrad(setToNil: setToNil) }
  }

  /// The learning rate: of the first group when read, of all groups when set.
  public var lr: Double {
    get { groups[0].rule.lr }
    set { for group in groups { group.rule.lr = newValue } }
  }

  /// What the rule keeps of `parameter`; nil before the first step that changed it.
  public func state(of parameter: Tensor) -> OptimizerState? {
    for group in groups {
      for entry in group.entries where entry.parameter === parameter {
        return entry.state.step == 0 ? nil : entry.state
      }
    }
    return nil
  }
}
