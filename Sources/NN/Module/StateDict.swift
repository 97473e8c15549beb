import Autograd

extension Module {
  /// The parameters and persistent buffers by name, to be saved.
  ///
  /// The tensors are off the tape and share their elements with the module's: `clone()` those that
  /// must not change with it. A tensor with two names appears under both, as in PyTorch.
  public func stateDict() -> StateDict {
    StateDict(state.map { ($0.name, $0.tensor.detach()) })
  }

  /// Copies the tensors of `state` into the parameters and persistent buffers of the same names.
  ///
  /// All names and shapes are compared before anything is changed. Elements are converted to the
  /// dtypes of the module, as in PyTorch. The state may consist of tensors of this very module, as
  /// when two layers exchange theirs: all are read before any is changed.
  ///
  /// - Parameters:
  ///   - state: the saved tensors.
  ///   - strict: whether both sides must have the same names. Shapes must always agree.
  /// - Returns: the differences, for callers that are not strict.
  @discardableResult
  public func loadStateDict(
    _ state: StateDict, strict: Bool = true
  ) throws(StateDictMismatch) -> StateDictMismatch {
    let own = self.state
    let names = Set(own.map(\.name))
    var mismatch = StateDictMismatch(module: "\(type(of: self))")
    mismatch.missing = own.map(\.name).filter { state[$0] == nil }
    mismatch.unexpected = state.names.filter { !names.contains($0) }
    for (name, tensor) in own {
      if let source = state[name], source.shape != tensor.shape {
        mismatch.misshapen.append((name, expected: tensor.shape, found: source.shape))
      }
    }
    let differ = !mismatch.missing.isEmpty || !mismatch.unexpected.isEmpty
    if !mismatch.misshapen.isEmpty || (strict && differ) { throw mismatch }
    // A source that shares the memory of another tensor of the module is copied before that changes.
    let pairs = own.compactMap { name, tensor in state[name].map { (tensor, source: $0) } }
    let sources = pairs.map { target, source in
      let isOthers = own.contains { $0.tensor !== target && $0.tensor.sharesStorage(with: source) }
      return isOthers ? source.detach().clone() : source
    }
    noGrad {
      for ((tensor, _), source) in zip(pairs, sources) { tensor.copy_(source) }
    }
    return mismatch
  }

  /// The tensors of the state dict.
  private var state: [(name: String, tensor: Tensor)] {
    var found: [(name: String, tensor: Tensor)] = []
    walk { module, path in
      let members = Members(of: module)
      let tensors =
        members.parameters.map { ($0.name, $0.slot.held) }
        + members.buffers.filter(\.slot.isPersistent).map { ($0.name, $0.slot.held) }
      for case (let name, let tensor?) in tensors {
        found.append(((path + [name]).joined(separator: "."), tensor))
      }
      return true
    }
    return found
  }
}

/// The differences between the tensors of a module and those that it should load.
public struct StateDictMismatch: Error, CustomStringConvertible {
  let module: String
  /// Names that the module has, and the state lacks.
  public internal(set) var missing: [String] = []
  /// Names that the state has, and the module lacks.
  public internal(set) var unexpected: [String] = []
  /// Tensors whose shape in the state is not the module's.
  public internal(set) var misshapen: [(name: String, expected: [Int], found: [Int])] = []

  init(module: String) { self.module = module }

  /// All the differences, a line each.
  public var description: String {
    var lines = ["\(module): the state does not fit the module"]
    lines += missing.map { "  missing: \($0)" }
    lines += unexpected.map { "  unexpected: \($0)" }
    lines += misshapen.map {
      "  \($0.name): the module has shape \($0.expected), the state \($0.found)"
    }
    return lines.joined(separator: "\n")
  }
}
