import Autograd

/// A tensor that a rule keeps for a parameter.
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

/// What a rule keeps for one parameter: the number of steps, and tensors under PyTorch's names.
public struct OptimizerState {
  /// The number of steps in which the parameter had a gradient.
  public var step = 0
  // A rule keeps three tensors at most: a linear search is faster than hashing.
  private var entries: [(name: String, tensor: Tensor)] = []

  /// The tensor of that name, such as `exp_avg`; nil if there is none.
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

  /// The tensor of that name; created on first use, with the shape and dtype of `parameter`, filled
  /// with `value`.
  public mutating func slot(_ name: String, like parameter: Tensor, filledWith value: Double = 0)
    -> Tensor
  {
    if let tensor = self[name] { return tensor }
    let tensor = Tensor.full(parameter.shape, value, dtype: parameter.dtype)
    self[name] = tensor
    return tensor
  }
}
