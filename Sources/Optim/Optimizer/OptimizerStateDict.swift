import Autograd

/// Why a state dict does not fit an optimizer.
public enum OptimizerStateError: Error, Equatable, CustomStringConvertible {
  /// Keys that the optimizer needs are missing.
  case missing([String])
  /// Keys that the optimizer does not know: of another rule, or other parameters.
  case unexpected([String])
  /// A tensor does not have the dtype or shape that its key requires.
  case mismatch(key: String, reason: String)
  /// The hyper-parameters of a group are invalid.
  case invalid(group: Int, reason: String)

  public var description: String {
    switch self {
    case .missing(let keys):
      "the state dict lacks \(keys.joined(separator: ", ")); was it saved from another optimizer?"
    case .unexpected(let keys):
      """
      the state dict has \(keys.joined(separator: ", ")), which this optimizer does not know; was \
      it saved from another optimizer or for other parameters?
      """
    case .mismatch(let key, let reason): "\(key) \(reason)"
    case .invalid(let group, let reason): "the hyper-parameters of group \(group): \(reason)"
    }
  }
}

extension Optimizer {
  /// A copy of everything needed to continue training in a later run, with flat keys, as files
  /// need: `try saveSafetensors(optimizer.stateDict(), to: "optimizer.safetensors")`.
  ///
  /// | Key | Tensor |
  /// | --- | --- |
  /// | `state.<parameter>.step` | the number of steps, int64 |
  /// | `state.<parameter>.<slot>` | what the rule keeps, such as `exp_avg` |
  /// | `groups.<i>.<hyper-parameter>` | a number, float64, such as `lr` |
  /// | `groups.<i>.count` | the number of parameters, int64 |
  ///
  /// `<parameter>` is the name of a parameter, or its position among those of all groups if they
  /// have no names. Slots and hyper-parameters have PyTorch's names.
  public func stateDict() -> StateDict {
    var dict = StateDict()
    for (i, group) in paramGroups.enumerated() {
      dict["groups.\(i).count"] = Tensor(group.entries.count)
      for hyperparameter in Rule.hyperparameters {
        let value = hyperparameter.get(group.rule)
        dict["groups.\(i).\(hyperparameter.name)"] = Tensor(value, dtype: .float64)
      }
    }
    for (key, entry) in keyedEntries() where entry.state.step > 0 {
      dict["state.\(key).step"] = Tensor(entry.state.step)
      for name in entry.state.names {
        dict["state.\(key).\(name)"] = entry.state[name]!.detach().clone()
      }
    }
    return dict
  }

  /// Loads the state and the hyper-parameters of a ``stateDict()``.
  ///
  /// The parameters must be the same, of the same shapes, in groups of the same sizes; dtypes are
  /// converted. A state of another kind of optimizer throws, except that ``AdamW`` loads one of
  /// ``Adam``, and stays AdamW. Everything is checked first: if this throws, nothing has changed.
  public func loadStateDict(_ dict: StateDict) throws(OptimizerStateError) {
    var reader = StateReader(dict)
    var rules: [Rule] = []
    for (i, group) in paramGroups.enumerated() {
      rules.append(try reader.rule(like: group.rule, group: i))
      try reader.check(count: group.entries.count, group: i)
    }
    var states: [OptimizerState] = []
    let rulePerEntry = zip(paramGroups, rules).flatMap { group, rule in
      group.entries.map { _ in rule }
    }
    for ((key, entry), rule) in zip(keyedEntries(), rulePerEntry) {
      states.append(try reader.state(key, of: entry.tensor, rule))
    }
    try reader.finish()

    var next = states.makeIterator()
    for (group, rule) in zip(paramGroups, rules) {
      group.rule = rule
      for i in group.entries.indices { group.entries[i].state = next.next()! }
    }
  }

  private func keyedEntries() -> [(key: String, entry: OptimizedParameter)] {
    paramGroups.flatMap(\.entries).enumerated().map { ($1.name ?? String($0), $1) }
  }
}

/// Reads a state dict, and keeps track of the keys that have not been read.
private struct StateReader {
  private var rest: [String: Tensor]

  init(_ dict: StateDict) {
    rest = Dictionary(uniqueKeysWithValues: dict.map { ($0.name, $0.tensor) })
  }

  private mutating func scalar(_ key: String) throws(OptimizerStateError) -> Tensor {
    guard let tensor = rest.removeValue(forKey: key) else { throw .missing([key]) }
    guard tensor.numel == 1 else {
      throw .mismatch(key: key, reason: "is one number, but has shape \(tensor.shape)")
    }
    return tensor
  }

  private mutating func number(_ key: String) throws(OptimizerStateError) -> Double {
    try scalar(key).item()
  }

  private mutating func count(_ key: String) throws(OptimizerStateError) -> Int {
    let tensor = try scalar(key)
    let value: Double = tensor.item()
    guard value >= 0, value < 0x1p63, value.rounded() == value else {
      throw .mismatch(key: key, reason: "is a count, but has the value \(value)")
    }
    // A Double does not hold every int64.
    return tensor.dtype.isFloatingPoint ? Int(value) : tensor.item(as: Int.self)
  }

  mutating func rule<Rule: OptimizerRule>(like rule: Rule, group: Int)
    throws(OptimizerStateError) -> Rule
  {
    var rule = rule
    for hyperparameter in Rule.hyperparameters {
      let key = "groups.\(group).\(hyperparameter.name)"
      let value = try number(key)
      if case .constant = hyperparameter.kind { continue }
      if let problem = hyperparameter.problem(value) {
        throw .invalid(group: group, reason: problem)
      }
      if hyperparameter.isChoice, value != hyperparameter.get(rule) {
        throw .mismatch(
          key: key,
          reason: """
            is \(value), but this optimizer has \(hyperparameter.get(rule)), which is another rule; \
            make the optimizer with the same value
            """)
      }
      hyperparameter.set(&rule, value)
    }
    if let problem = rule.problem { throw .invalid(group: group, reason: problem) }
    return rule
  }

  mutating func check(count expected: Int, group: Int) throws(OptimizerStateError) {
    let key = "groups.\(group).count"
    let saved = try count(key)
    guard saved == expected else {
      throw .mismatch(key: key, reason: "is \(saved), but the group has \(expected) parameters")
    }
  }

  mutating func state<Rule: OptimizerRule>(_ key: String, of parameter: Tensor, _ rule: Rule)
    throws(OptimizerStateError) -> OptimizerState
  {
    var state = OptimizerState()
    // A parameter that never had a gradient has no state.
    guard rest["state.\(key).step"] != nil else { return state }
    state.step = try count("state.\(key).step")
    for slot in rule.slots(for: parameter.shape) {
      let slotKey = "state.\(key).\(slot.name)"
      guard let tensor = rest.removeValue(forKey: slotKey) else {
        if slot.isOptional { continue }
        throw .missing([slotKey])
      }
      guard tensor.shape == slot.shape else {
        throw .mismatch(
          key: slotKey, reason: "has shape \(tensor.shape), but the parameter needs \(slot.shape)")
      }
      state[slot.name] = tensor.detach().to(parameter.dtype).clone()
    }
    return state
  }

  func finish() throws(OptimizerStateError) {
    if !rest.isEmpty { throw .unexpected(rest.keys.sorted()) }
  }
}
