import Autograd

/// How parameters change, given their gradients: the part in which optimizers differ.
///
/// A rule is a value: the hyper-parameters, and one ``update(_:gradient:state:)``. ``Optimizer`` is
/// the loop around it; each group of an optimizer has a value of the rule. A rule of your own needs
/// only this:
///
/// ```swift
/// struct SignRule: OptimizerRule {
///   var lr = 1e-3
///   func update(_ x: Tensor, gradient: Tensor, state: inout OptimizerState) {
///     x.sub_(gradient.sign() * lr)
///   }
/// }
/// let optimizer = Optimizer(net.parameters, SignRule(lr: 1e-4))
/// ```
///
/// A rule that looks at all parameters of a group at once implements ``update(_:)`` instead, and
/// one that evaluates the loss several times in a step implements ``step(_:closure:)``.
public protocol OptimizerRule {
  /// The name in messages, such as "SGD"; by default that of the type.
  static var name: String { get }

  /// The learning rate.
  var lr: Double { get set }

  /// The hyper-parameters, which checkpoints keep and schedules change by name.
  static var hyperparameters: [Hyperparameter<Self>] { get }

  /// The problem of the hyper-parameters, in a sentence; nil if they are valid. By default it
  /// checks their bounds.
  ///
  /// It is read when a group is added, when hyper-parameters are loaded, and by the step after one
  /// was changed. The bounds are also checked at each change.
  var problem: String? { get }

  /// The tensors that ``update(_:gradient:state:)`` keeps for a parameter of this shape, to check
  /// what is loaded against.
  func slots(for shape: [Int]) -> [OptimizerSlot]

  /// Changes `parameter` in place by one step; nothing is being recorded.
  ///
  /// - Parameters:
  ///   - parameter: the parameter.
  ///   - gradient: of the shape and dtype of the parameter, with any strides.
  ///   - state: what the rule keeps for this parameter. `state.step` includes this step: it is 1 in
  ///     the first.
  func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState)

  /// Changes the parameters of a group by one step; nothing is being recorded. By default it calls
  /// ``update(_:gradient:state:)`` for each parameter that has a gradient.
  func update(_ parameters: inout [OptimizedParameter])

  /// One step of all groups, with the loss and the gradients that `closure` computes. By default
  /// the closure is called once, then each group is changed.
  static func step(
    _ groups: [OptimizerGroup<Self>], closure: () throws -> Tensor
  ) rethrows -> Tensor
}

extension OptimizerRule {
  public static var name: String { "\(Self.self)" }
  public static var hyperparameters: [Hyperparameter<Self>] { [.number("lr", \.lr)] }
  public var problem: String? { outOfBounds }
  public func slots(for shape: [Int]) -> [OptimizerSlot] { [] }
  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    fail("\(Self.name): the rule changes no parameter; implement one of the update functions")
  }

  /// The sentence about the first hyper-parameter that is out of its bounds.
  public var outOfBounds: String? {
    for hyperparameter in Self.hyperparameters {
      if let problem = hyperparameter.problem(hyperparameter.get(self)) { return problem }
    }
    return nil
  }

  public func update(_ parameters: inout [OptimizedParameter]) {
    for i in parameters.indices {
      guard let gradient = parameters[i].tensor.grad else { continue }
      parameters[i].state.step += 1
      update(parameters[i].tensor, gradient: gradient, state: &parameters[i].state)
    }
  }

  public static func step(
    _ groups: [OptimizerGroup<Self>], closure: () throws -> Tensor
  ) rethrows -> Tensor {
    let loss = try enableGrad(closure)
    for group in groups { group.step() }
    return loss
  }
}

/// A hyper-parameter: its name in PyTorch, where the rule keeps it, and its bounds.
public struct Hyperparameter<Rule> {
  /// The name in PyTorch, such as `weight_decay`.
  public let name: String
  /// The value in a rule; 1 or 0 for a flag.
  public let get: (Rule) -> Double
  /// Changes the value in a rule; a flag is on unless the number is 0.
  public let set: (inout Rule, Double) -> Void
  let kind: HyperparameterKind

  /// Whether it makes another rule.
  var isChoice: Bool {
    if case .choice = kind { true } else { false }
  }

  /// A number.
  public static func number(
    _ name: String, _ path: WritableKeyPath<Rule, Double>, atLeast least: Double = 0,
    below: Double? = nil
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, get: { $0[keyPath: path] }, set: { $0[keyPath: path] = $1 },
      kind: .number(least: least, bound: below))
  }

  /// A flag.
  public static func flag(_ name: String, _ path: WritableKeyPath<Rule, Bool>) -> Hyperparameter {
    Hyperparameter(
      name: name, get: { $0[keyPath: path] ? 1 : 0 }, set: { $0[keyPath: path] = $1 != 0 },
      kind: .flag)
  }

  /// A flag that makes another rule of it.
  static func choice(_ name: String, _ path: WritableKeyPath<Rule, Bool>) -> Hyperparameter {
    let flag = flag(name, path)
    return Hyperparameter(name: name, get: flag.get, set: flag.set, kind: .choice)
  }

  /// What is wrong with `value`, in a sentence; nil if nothing is.
  func problem(_ value: Double) -> String? {
    switch kind {
    case .number(let least, _) where least > -.infinity && !(value >= least):
      "\(name) must be at least \(least), but is \(value)"
    case .number(_, let bound?) where !(value < bound):
      "\(name) must be less than \(bound), but is \(value)"
    case .number where !value.isFinite: "\(name) must be finite, but is \(value)"
    case .flag where value != 0 && value != 1, .choice where value != 0 && value != 1:
      "\(name) must be 0 or 1, but is \(value)"
    case .constant(let constant, let reason) where value != constant:
      "\(name) must be \(constant), but is \(value): \(reason)"
    default: nil
    }
  }
}

/// What values a hyper-parameter may have.
// Not nested, so that it is the same type for all rules.
enum HyperparameterKind {
  /// A finite number, from `least` on and below `bound`, if there is one.
  case number(least: Double, bound: Double?)
  case flag
  /// A flag that makes another rule of it, so that a state with the other value does not fit.
  case choice
  /// A value that cannot be chosen, whatever a state says.
  case constant(Double, reason: String)
}
