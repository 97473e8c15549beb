import Autograd

extension Module {
  /// The parameters and persistent buffers by name, to be saved.
  ///
  /// The tensors are off the tape and share their elements with the module's: `clone()` those that
  /// must not change with it. A tensor with two names appears under both, as in PyTorch. An
  /// ``extraState`` has the name `_extra_state`, behind the path of its module.
  ///
  /// - Parameters:
  ///   - prefix: what every name begins with, such as "model.".
  ///   - keepVars: whether the module's own tensors are returned, which are on the tape.
  public func stateDict(prefix: String = "", keepVars: Bool = false) -> StateDict {
    var state = StateDict()
    var prefixes: [String] = []
    walk { module, path in
      let prefix = prefix + path.map { $0 + "." }.joined()
      prefixes.append(prefix)
      for case (let name, let tensor?) in module.persistentSlots.map({ ($0, $1.held) }) {
        state[prefix + name] = keepVars ? tensor : tensor.detach()
      }
      if let extra = module.extraState { state[prefix + extraStateName] = extra }
      return true
    } leaving: { module, _ in
      let prefix = prefixes.removeLast()
      for entry in module.hooks?.stateDict ?? [] { entry.hook(module, &state, prefix) }
    }
    return state
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
  ///   - assign: whether the module takes over the dtypes and, where they lie in row-major order, the
  ///     memory of the tensors, rather than copies of their elements. Parameters stay the same
  ///     objects, unlike in PyTorch, so that an optimizer goes on with them.
  /// - Returns: the differences, for callers that are not strict.
  @discardableResult
  public func loadStateDict(
    _ state: StateDict, strict: Bool = true, assign: Bool = false
  ) throws(StateDictMismatch) -> StateDictMismatch {
    var state = state
    walk { module, path in
      for entry in module.hooks?.loadStateDictPre ?? [] {
        entry.hook(module, &state, path.map { $0 + "." }.joined())
      }
      return true
    }
    let (own, extra) = (ownState, extraStates)
    let names = own.map(\.name) + extra.map(\.name)
    let known = Set(names)
    var mismatch = StateDictMismatch(module: "\(type(of: self))")
    mismatch.missing = names.filter { state[$0] == nil }
    mismatch.unexpected = state.names.filter { !known.contains($0) }
    for (name, tensor) in own {
      if let source = state[name], source.shape != tensor.shape {
        mismatch.misshapen.append((name, expected: tensor.shape, found: source.shape))
      }
    }
    let differ = !mismatch.missing.isEmpty || !mismatch.unexpected.isEmpty
    if !mismatch.misshapen.isEmpty || (strict && differ) { throw mismatch }
    load(own.compactMap { name, tensor in state[name].map { (tensor, $0) } }, assign: assign)
    for (name, module) in extra {
      if let tensor = state[name] { module.setExtraState(tensor) }
    }
    walk(leaving: { module, _ in
      for entry in module.hooks?.loadStateDictPost ?? [] { entry.hook(module, mismatch) }
    })
    return mismatch
  }

  private func load(_ pairs: [(target: Tensor, source: Tensor)], assign: Bool) {
    if assign {
      // Detached first: a source may be a target itself.
      let sources = pairs.map { $0.source.detach() }
      for ((target, _), source) in zip(pairs, sources) { target.adopt(source, op: "loadStateDict") }
      return
    }
    // A source that shares the memory of another tensor of the module is copied before that changes.
    let sources = pairs.map { target, source in
      let isOthers = pairs.contains {
        $0.target !== target && $0.target.sharesStorage(with: source)
      }
      return isOthers ? source.detach().clone() : source
    }
    noGrad {
      for ((target, _), source) in zip(pairs, sources) { target.copy_(source) }
    }
  }

  /// The tensors of the state dict, without extra states.
  private var ownState: [(name: String, tensor: Tensor)] {
    var found: [(name: String, tensor: Tensor)] = []
    walk { module, path in
      for case (let name, let tensor?) in module.persistentSlots.map({ ($0, $1.held) }) {
        found.append(((path + [name]).joined(separator: "."), tensor))
      }
      return true
    }
    return found
  }

  /// The modules with an extra state, by its name.
  private var extraStates: [(name: String, module: Module)] {
    var found: [(name: String, module: Module)] = []
    walk { module, path in
      if module.extraState != nil {
        found.append(((path + [extraStateName]).joined(separator: "."), module))
      }
      return true
    }
    return found
  }

  /// The places of the parameters and persistent buffers of this module.
  private var persistentSlots: [(name: String, slot: any TensorSlot)] {
    let members = Members(of: self)
    return members.parameters.map { ($0.name, $0.slot) }
      + members.buffers.filter(\.slot.isPersistent).map { ($0.name, $0.slot) }
  }
}

private let extraStateName = "_extra_state"

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
