import Autograd
import Optim
import TestSupport
import Testing

private func parameters(_ shapes: [[Int]] = [[2], [2, 2]]) -> [(name: String, tensor: Tensor)] {
  shapes.enumerated().map { i, shape in
    let x = Tensor.randn(shape, dtype: .float64, generator: Generator(seed: i))
    x.requiresGrad = true
    return ("layer.\(i)", x)
  }
}

private func train(
  _ optimizer: any AnyOptimizer, _ named: [(name: String, tensor: Tensor)], steps: Int
) {
  for _ in 0..<steps {
    for (_, x) in named { x.grad = x.detach() * x.detach() - 0.5 }
    optimizer.step()
  }
}

/// Trains six steps at once, and again with a break after three; compares where that leads.
private func expectResumes<Rule>(
  _ make: (ParameterGroup) -> Optimizer<Rule>, other: (ParameterGroup) -> Optimizer<Rule>
) throws {
  let through = parameters()
  train(make(ParameterGroup(through)), through, steps: 6)

  let first = parameters()
  let before = make(ParameterGroup(first))
  train(before, first, steps: 3)
  let saved = before.stateDict()
  let second = first.map { named -> (name: String, tensor: Tensor) in
    let x = named.tensor.detach().clone()
    x.requiresGrad = true
    return (named.name, x)
  }
  train(before, first, steps: 1)  // what was saved is a copy
  let after = other(ParameterGroup(second))
  try after.loadStateDict(saved)
  train(after, second, steps: 3)
  for (a, b) in zip(through, second) { #expect(a.tensor.values == b.tensor.values) }
}

@Test(.ownGenerator) func savedOptimizersGoOnAsIfNothingHadHappened() throws {
  try expectResumes({ SGD($0, lr: 0.1, momentum: 0.9, nesterov: true) }, other: { SGD($0) })
  try expectResumes({ Adam($0, lr: 0.1, betas: (0.8, 0.9), amsgrad: true) }, other: { Adam($0) })
  try expectResumes({ AdamW($0, lr: 0.1, weightDecay: 0.3) }, other: { AdamW($0) })
  try expectResumes({ RMSprop($0, momentum: 0.5, centered: true) }, other: { RMSprop($0) })
  try expectResumes({ Adagrad($0, lr: 0.3, lrDecay: 0.1) }, other: { Adagrad($0) })
}

@Test(.ownGenerator) func keysAreNamesOrPositions() {
  let named = parameters()
  let optimizer = Adam(ParameterGroup(named))
  train(optimizer, named, steps: 1)
  named[1].tensor.grad = nil
  #expect(optimizer.stateDict()["state.layer.1.exp_avg_sq"]?.shape == [2, 2])
  #expect(optimizer.stateDict()["state.layer.0.step"]?.item() == 1)
  #expect(optimizer.stateDict()["groups.0.betas.1"]?.item() == 0.999)
  let unnamed = Adagrad([
    ParameterGroup([Tensor([1.0], requiresGrad: true)]),
    ParameterGroup([Tensor([1.0], requiresGrad: true)]),
  ])
  unnamed.paramGroups[1].parameters[0].grad = Tensor([1.0])
  unnamed.step()
  let keys = unnamed.stateDict().names.filter { $0.hasPrefix("state") }
  #expect(keys == ["state.1.step", "state.1.sum"])
}

@Test(.ownGenerator) func aStateThatDoesNotFitChangesNothing() throws {
  let named = parameters()
  let optimizer = Adam(ParameterGroup(named), lr: 0.1)
  train(optimizer, named, steps: 2)
  let good = optimizer.stateDict()
  let state = { optimizer.stateDict().map { [$0.name] + $0.tensor.values.map { "\($0)" } } }
  let before = state()

  func refuses(_ change: (inout StateDict) -> Void, _ expected: OptimizerStateError) {
    var dict = good
    dict["groups.0.lr"] = Tensor(0.7)
    change(&dict)
    #expect(throws: expected) { try optimizer.loadStateDict(dict) }
    #expect(state() == before)
  }
  refuses({ $0["groups.0.eps"] = nil }, .missing(["groups.0.eps"]))
  refuses({ $0["state.layer.1.exp_avg"] = nil }, .missing(["state.layer.1.exp_avg"]))
  refuses({ $0["state.layer.9.step"] = Tensor(1) }, .unexpected(["state.layer.9.step"]))
  refuses({ $0["groups.1.lr"] = Tensor(1) }, .unexpected(["groups.1.lr"]))
  refuses(
    { $0["state.layer.0.exp_avg"] = .zeros([3]) },
    .mismatch(
      key: "state.layer.0.exp_avg", reason: "has shape [3], but the parameter needs [2]"))
  refuses(
    { $0["state.layer.0.step"] = Tensor(1.5) },
    .mismatch(key: "state.layer.0.step", reason: "is a count, but has the value 1.5"))
  refuses(
    { $0["groups.0.lr"] = Tensor([1.0, 2.0]) },
    .mismatch(key: "groups.0.lr", reason: "is one number, but has shape [2]"))
  refuses(
    { $0["groups.0.count"] = Tensor(3) },
    .mismatch(key: "groups.0.count", reason: "is 3, but the group has 2 parameters"))
  refuses(
    { $0["groups.0.lr"] = Tensor(-1.0) },
    .invalid(group: 0, reason: "lr must be at least 0.0, but is -1.0"))
  refuses(
    { $0["groups.0.lr"] = Tensor(Double.nan) },
    .invalid(group: 0, reason: "lr must be at least 0.0, but is nan"))
  refuses(
    { $0["groups.0.eps"] = Tensor(Double.infinity) },
    .invalid(group: 0, reason: "eps must be finite, but is inf"))
  refuses(
    { $0["groups.0.amsgrad"] = Tensor(0.5) },
    .invalid(group: 0, reason: "amsgrad must be 0 or 1, but is 0.5"))
  refuses({ $0["groups.0.amsgrad"] = Tensor(1) }, .missing(["state.layer.0.max_exp_avg_sq"]))
  refuses(
    { $0["groups.0.decoupled_weight_decay"] = Tensor(1) },
    .mismatch(
      key: "groups.0.decoupled_weight_decay",
      reason: """
        is 1.0, but this optimizer has 0.0, which is another rule; make the optimizer with the \
        same value
        """))
  for step in [-1, 0.5, .nan, .infinity] {
    refuses(
      { $0["state.layer.0.step"] = Tensor(step) },
      .mismatch(key: "state.layer.0.step", reason: "is a count, but has the value \(step)"))
  }
}

@Test(.ownGenerator) func stepsBeyondTheIntegersOfDoublesAreExact() throws {
  let named = parameters()
  let optimizer = Adam(ParameterGroup(named), lr: 0.1)
  train(optimizer, named, steps: 1)
  var dict = optimizer.stateDict()
  for step in [1 << 31, 1 << 53 + 1, 1 << 62 + 1] {
    dict["state.layer.0.step"] = Tensor(step)
    try optimizer.loadStateDict(dict)
    train(optimizer, named, steps: 1)
    #expect(optimizer.state(of: named[0].1)?.step == step + 1)
  }
}

@Test(.ownGenerator) func errorsSpeak() {
  #expect("\(OptimizerStateError.missing(["a", "b"]))".hasPrefix("the state dict lacks a, b"))
  #expect("\(OptimizerStateError.mismatch(key: "k", reason: "is bad"))" == "k is bad")
}

@Test(.ownGenerator) func stateTakesOnTheDtypeOfTheParameter() throws {
  let named = parameters()
  let optimizer = SGD(ParameterGroup(named), lr: 0.1, momentum: 0.9)
  train(optimizer, named, steps: 1)
  let x = named.map { ($0.name, Tensor($0.tensor.values, shape: $0.tensor.shape)) }
  let other = SGD(ParameterGroup(x.map { (name: $0.0, tensor: $0.1) }))
  try other.loadStateDict(optimizer.stateDict())
  #expect(other.state(of: x[0].1)?["momentum_buffer"]?.dtype == .float32)
  #expect(other.lr == 0.1)
}

/// Two steps of `make`, of which the second is that of `other`, from the state of the first.
private func switched<Rule, Other>(
  _ make: ([Tensor]) -> Optimizer<Rule>, _ other: ([Tensor]) -> Optimizer<Other>
) throws -> [Double] {
  let x = Tensor([1.0, 2.0], dtype: .float64, requiresGrad: true)
  let (first, second) = (make([x]), other([x]))
  x.grad = Tensor([0.5, -0.5], dtype: .float64)
  first.step()
  try second.loadStateDict(first.stateDict())
  second.step()
  return x.values
}

/// The numbers are PyTorch's.
@Test func adamWStaysAdamWWithAStateOfAdam() throws {
  let mixed = try switched({ Adam($0, lr: 0.1, weightDecay: 0.1) }) { AdamW($0) }
  expectClose(Tensor(mixed, dtype: .float64), [0.791882715986132, 2.177279180260401])
  let adam = try switched({ Adam($0, lr: 0.1, weightDecay: 0.1) }) { Adam($0) }
  expectClose(Tensor(adam, dtype: .float64), [0.800047340488331, 2.199897286205717])
}

@Test func anotherRulesStateIsRefused() {
  func expectRefused<Rule, Other>(
    _ make: ([Tensor]) -> Optimizer<Rule>, _ other: ([Tensor]) -> Optimizer<Other>,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: OptimizerStateError.self, sourceLocation: location) {
      try switched(make, other)
    }
  }
  expectRefused({ AdamW($0) }) { Adam($0) }
  expectRefused({ Adam($0, decoupledWeightDecay: true) }) { Adam($0) }
  expectRefused({ SGD($0, momentum: 0.9) }) { RMSprop($0, momentum: 0.9) }
  expectRefused({ RMSprop($0, momentum: 0.9) }) { SGD($0, momentum: 0.9) }
  expectRefused({ SGD($0) }) { Adam($0) }
  expectRefused({ Adam($0) }) { SGD($0) }
  expectRefused({ Adagrad($0) }) { RMSprop($0) }
  expectRefused({ RMSprop($0) }) { Adagrad($0) }
  expectRefused({ Adagrad($0) }) { AdamW($0) }
}
