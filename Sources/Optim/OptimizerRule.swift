import Autograd

/// How one parameter changes, given its gradient: what sets one optimizer apart from another.
///
/// A rule is a value: the hyper-parameters, and one ``update(_:gradient:state:)``. ``Optimizer`` is the
/// loop around it; the groups of an optimizer are other values of the same rule. A rule of your own needs
/// no more than this:
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
public protocol OptimizerRule {
  /// The name in messages, such as "SGD"; the type's, if the rule does not say.
  static var name: String { get }

  /// The learning rate, which schedules change.
  var lr: Double { get set }

  /// The hyper-parameters that a checkpoint keeps, under PyTorch's names.
  static var hyperparameters: [Hyperparameter<Self>] { get }

  /// What is wrong with the hyper-parameters, in a sentence; nil if nothing is.
  ///
  /// It is asked for when a group is made and when hyper-parameters are loaded, but not when one is
  /// changed, since a schedule may end a rounding error below 0.
  var problem: String? { get }

  /// The tensors that ``update(_:gradient:state:)`` keeps of a parameter of this shape, to hold what is
  /// loaded against.
  func slots(for shape: [Int]) -> [OptimizerSlot]

  /// Changes `parameter` in place by one step; nothing is being recorded.
  ///
  /// - Parameters:
  ///   - parameter: what to change.
  ///   - gradient: of the shape and dtype of the parameter, with any strides.
  ///   - state: what the rule has kept of this parameter. `state.step` counts this step already: it is
  ///     1 in the first.
  func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState)
}

extension OptimizerRule {
  public static var name: String { "\(Self.self)" }
  public static var hyperparameters: [Hyperparameter<Self>] { [.number("lr", \.lr)] }
  public var problem: String? { atLeastZero(("lr", lr)) }
  public func slots(for shape: [Int]) -> [OptimizerSlot] { [] }
}

extension OptimizerRule {
  /// The sentence about the first of `numbers` that is negative or NaN.
  func atLeastZero(_ numbers: (name: String, value: Double)...) -> String? {
    numbers.first { !($0.value >= 0) }.map { "\($0.name) must be at least 0, but is \($0.value)" }
  }
}

/// A hyper-parameter, and its name in PyTorch.
public enum Hyperparameter<Rule> {
  /// A number.
  case number(String, WritableKeyPath<Rule, Double>)
  /// A choice between two ways.
  case flag(String, WritableKeyPath<Rule, Bool>)
}

/// A tensor that a rule keeps of a parameter.
public struct OptimizerSlot {
  /// PyTorch's name for it, such as `exp_avg`.
  public let name: String
  /// Its shape: the parameter's, or that of a number.
  public let shape: [Int]
  /// Whether it can be missing though the parameter has been changed before.
  public let isOptional: Bool

  /// A slot of the given name and shape.
  public init(_ name: String, _ shape: [Int], isOptional: Bool = false) {
    self.name = name
    self.shape = shape
    self.isOptional = isOptional
  }
}

/// What a rule keeps of one parameter: the number of steps, and tensors under PyTorch's names.
public struct OptimizerState {
  /// The number of steps in which the parameter had a gradient.
  public internal(set) var step = 0
  // A rule keeps three tensors at most: looking through them beats hashing.
  private var entries: [(name: String, tensor: Tensor)] = []

  /// The tensor of that name, such as `exp_avg`; nil if the rule keeps none.
  public subscript(name: String) -> Tensor? {
    get { entries.first { $0.name == name }?.tensor }
    set {
      let position = entries.firstIndex { $0.name == name }
      switch (position, newValue) {
      case (let i?, let tensor?): entries[i].tensor = tensor
      case (nil, let tensor?): entries.append((name, tensor))
      case (let i?, nil): entries.remove(at: i)
      case (nil, nil): break
      }
    }
  }

  /// The names of the tensors, in the order in which they were added.
  public var names: [String] { entries.map(\.name) }

  /// The tensor of that name; made on first use, of the shape and dtype of `parameter`, filled with
  /// `value`.
  public mutating func slot(_ name: String, like parameter: Tensor, filledWith value: Double = 0)
    -> Tensor
  {
    if let tensor = self[name] { return tensor }
    let tensor = Tensor.full(parameter.shape, value, dtype: parameter.dtype)
    self[name] = tensor
    return tensor
  }
}
