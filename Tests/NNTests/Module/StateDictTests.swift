import Autograd
import NN
import TestSupport
import Testing

private final class Scale: Module {
  @Parameter var weight: Tensor
  init(_ values: [Double] = [1, 2]) { weight = Tensor(values) }
  override func forward(_ x: Tensor) -> Tensor { x * weight }
}

/// A module that counts steps outside its buffers.
private final class Schedule: Module {
  var steps = 0
  let scale = Scale()
  @Buffer var mean = Tensor.zeros([1])
  override var extraState: Tensor? { Tensor(steps) }
  override func setExtraState(_ state: Tensor) { steps = state.item() }
}

private final class OneWay: Module {
  override var extraState: Tensor? { Tensor(1) }
}

@Suite struct StateDictTests {
  @Test(.ownGenerator) func prefixesAndTensorsOnTheTape() {
    let net = Sequential(Scale())
    #expect(net.stateDict(prefix: "model.").names == ["model.0.weight"])
    #expect(net.stateDict(keepVars: true)["0.weight"]! === net.parameters[0])
  }

  /// PyTorch's order: parameters, buffers, extra state, then the children's.
  @Test(.ownGenerator) func extraStateIsSavedAndLoaded() throws {
    let schedule = Schedule()
    schedule.steps = 5
    let net = Sequential(schedule)
    #expect(net.stateDict().names == ["0.mean", "0._extra_state", "0.scale.weight"])
    let other = Schedule()
    try Sequential(other).loadStateDict(net.stateDict())
    #expect(other.steps == 5)
    var state = schedule.stateDict()
    state["_extra_state"] = nil
    let error = #expect(throws: StateDictMismatch.self) { try other.loadStateDict(state) }
    #expect(error?.missing == ["_extra_state"])
    let unexpected = #expect(throws: StateDictMismatch.self) {
      try Scale().loadStateDict(["weight": Tensor([1.0, 2.0]), "_extra_state": Tensor(1)])
    }
    #expect(unexpected?.unexpected == ["_extra_state"])
  }

  @Test(.ownGenerator) func extraStateThatIsNotLoadedStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try OneWay().loadStateDict(["_extra_state": Tensor(1)])
    }
    expectMessage(result, "OneWay: there is an extraState, but nothing that loads it; override")
  }

  @Test(.ownGenerator) func assigningTakesOverDTypeAndMemory() throws {
    let scale = Scale()
    let weight = scale.weight
    let source = Tensor([5.0, 6.0], dtype: .float64)
    try scale.loadStateDict(["weight": source], assign: true)
    #expect(scale.weight === weight && weight.dtype == .float64 && weight.requiresGrad)
    #expect(weight.sharesStorage(with: source) && weight.array() == [5.0, 6.0])
    scale(Tensor([1.0, 1.0], dtype: .float64)).sum().backward()
    #expect(weight.grad!.dtype == .float64)
    // One that is not contiguous is copied.
    let matrix = Tensor([[1.0, 2.0], [3.0, 4.0]])
    try scale.loadStateDict(["weight": matrix.T[0]], assign: true)
    #expect(weight.array() == [1.0, 3.0] && !weight.sharesStorage(with: matrix))
    #expect(weight.dtype == .float32 && weight.grad!.dtype == .float32)
  }

  @Test(.ownGenerator) func assigningExchangesTensorsOfTheModule() throws {
    let net = Sequential(Scale([1, 2]), Scale([3, 4]))
    let state = net.stateDict()
    try net.loadStateDict(
      ["0.weight": state["1.weight"]!, "1.weight": state["0.weight"]!], assign: true)
    #expect(net.parameters[0].array() == [3.0, 4.0] && net.parameters[1].array() == [1.0, 2.0])
  }

  @Test(.ownGenerator) func assigningStopsGraphsRecordedBefore() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scale = Scale()
      let y = scale(Tensor([1.0, 1.0], requiresGrad: true)).sum()
      try scale.loadStateDict(["weight": Tensor([5.0, 6.0])], assign: true)
      y.backward()
    }
    expectMessage(result, "modified in place")
  }

  @Test(.ownGenerator) func hooksSeeStateDicts() throws {
    let net = Sequential(Scale())
    var seen: [String] = []
    net.registerStateDictPostHook { _, state, prefix in
      seen.append("saved \(prefix)")
      state[prefix + "version"] = Tensor(2)
    }
    net[0].registerStateDictPostHook { _, state, prefix in seen.append("saved \(prefix)") }
    let state = net.stateDict(prefix: "m.")
    #expect(state.names == ["m.0.weight", "m.version"] && seen == ["saved m.0.", "saved m."])
    net[0].registerLoadStateDictPreHook { _, state, prefix in
      state[prefix + "weight"] = state[prefix + "w"]
      state[prefix + "w"] = nil
    }
    var after: [Double] = []
    net.registerLoadStateDictPostHook { module, mismatch in
      after = module.parameters[0].values
      #expect(mismatch.missing.isEmpty)
    }
    try net.loadStateDict(["0.w": Tensor([8.0, 9.0])])
    #expect(after == [8, 9])
  }
}
