import Autograd
import TestSupport
import Testing

@testable import NN

// MARK: - Sample modules

private final class Scale: Module {
  @Parameter var weight: Tensor
  @Parameter var bias: Tensor?
  @Buffer var runningMean: Tensor
  @Buffer(persistent: false) var mask = Tensor.ones([1])

  init(_ size: Int, bias: Bool = true) {
    weight = .ones([size])
    self.bias = bias ? .zeros([size]) : nil
    runningMean = .zeros([size])
  }

  override var extraRepr: String { "\(weight.size(0))" }

  override func forward(_ x: Tensor) -> Tensor {
    let y = x * weight
    return bias.map { y + $0 } ?? y
  }
}

private class Base: Module {
  let first = Scale(1)
  @Parameter var inProjWeight = Tensor.ones([2])
}

private final class Derived: Base {
  let numbers = [Float](repeating: 0, count: 100_000)
  let layers = [Scale(2, bias: false), Scale(3, bias: false)]
  var absent: Scale?
  var present: Scale? = Scale(4, bias: false)
  let byName = ["b": Scale(1, bias: false), "a": Scale(1, bias: false)]
  let pair = (Scale(1, bias: false), [Scale(1, bias: false)])
  @Parameter var last = Tensor.ones([1])
}

private final class Tied: Module {
  let a = Scale(2)
  let b = Scale(2)
  let shared: Scale

  override init() {
    shared = a
    super.init()
    b.weight = a.weight
  }
}

private final class Loop: Module {
  var inner: Loop?
}

// MARK: - Names

@Test(.ownGenerator) func memberNamesAreThoseOfPyTorch() {
  #expect(
    Derived().namedParameters.map(\.name) == [
      "in_proj_weight", "last", "first.weight", "first.bias", "layers.0.weight", "layers.1.weight",
      "present.weight", "by_name.a.weight", "by_name.b.weight", "pair.0.weight", "pair.1.0.weight",
    ])
  #expect(
    Derived().namedChildren.map(\.name) == [
      "first", "layers.0", "layers.1", "present", "by_name.a", "by_name.b", "pair.0", "pair.1.0",
    ])
}

@Test(
  .ownGenerator,
  arguments: [
    ("weight", "weight"), ("runningMean", "running_mean"), ("inProjWeight", "in_proj_weight"),
    ("fc1", "fc1"), ("weightIhL0", "weight_ih_l0"), ("conv2dBlock", "conv2d_block"),
    ("baseURLPath", "base_url_path"), ("snake_case", "snake_case"), ("aB", "a_b"), ("W", "W"),
    ("Wq", "Wq"), ("W_q", "W_q"), ("_h", "_h"), ("_hState", "_hState"), ("fc_A", "fc_A"),
    ("w", "w"),
  ])
func snakeCase(name: String, expected: String) {
  #expect(name.snakeCased == expected)
}

@Test(.ownGenerator) func parametersRequireGradientsAndBuffersDoNot() {
  let scale = Scale(2)
  #expect(scale.parameters.allSatisfy { $0.requiresGrad })
  #expect(scale.buffers.allSatisfy { !$0.requiresGrad })
  #expect(scale.namedBuffers.map(\.name) == ["running_mean", "mask"])
  scale.bias = Tensor([1.0, 2.0])
  #expect(scale.bias!.requiresGrad)
}

@Test(.ownGenerator) func sharedMembersAreListedOnce() {
  let tied = Tied()
  #expect(tied.namedParameters.map(\.name) == ["a.weight", "a.bias", "b.bias"])
  #expect(tied.namedModules.map(\.name) == ["", "a", "b"])
  #expect(
    tied.stateDict().names == [
      "a.weight", "a.bias", "a.running_mean", "b.weight", "b.bias", "b.running_mean",
      "shared.weight", "shared.bias", "shared.running_mean",
    ])
}

// MARK: - Modes

@Test(.ownGenerator) func trainingModeReachesEveryModule() {
  let net = Sequential(Derived(), Scale(1))
  #expect(net.modules.allSatisfy { $0.isTraining })
  net.eval()
  #expect(net.modules.allSatisfy { !$0.isTraining })
  #expect(net.train() === net)
  #expect(net.modules.allSatisfy { $0.isTraining })
}

@Test(.ownGenerator) func freezingAndForgettingGradients() {
  let scale = Scale(2)
  scale(Tensor([1.0, 2.0])).sum().backward()
  #expect(scale.weight.grad!.array() == [1.0, 2.0])
  scale.zeroGrad()
  #expect(scale.parameters.allSatisfy { $0.grad == nil })
  scale.requiresGrad(false)
  #expect(!scale(Tensor([1.0, 2.0])).requiresGrad)
  scale.requiresGrad()
  #expect(scale.parameters.allSatisfy { $0.requiresGrad })
}

@Test(.ownGenerator) func applyGoesFromChildrenToParents() {
  var visited: [String] = []
  Sequential(Scale(1), Sequential(Scale(2))).apply {
    visited.append("\(type(of: $0)) \($0.extraRepr)")
  }
  #expect(visited == ["Scale 1", "Scale 2", "Sequential ", "Sequential "])
}

@Test(.ownGenerator) func conversionKeepsWhatIsShared() {
  let tied = Tied()
  tied.a.bias!.requiresGrad = false
  tied.a(Tensor([1.0, 2.0])).sum().backward()
  tied.to(.float64)
  #expect(tied.parameters.allSatisfy { $0.dtype == .float64 && $0.isLeaf })
  #expect(tied.buffers.allSatisfy { $0.dtype == .float64 })
  #expect(tied.a.weight === tied.b.weight)
  #expect(tied.a.weight.grad!.dtype == .float64)
  #expect(tied.a.weight.grad!.array() == [1.0, 2.0])
  #expect(!tied.a.bias!.requiresGrad)
}

// MARK: - State

@Test(.ownGenerator) func stateGoesFromOneModuleToAnother() throws {
  let source = Scale(2)
  let target = Scale(2).to(.float64)
  source.weight = Tensor([3.0, 4.0])
  source.runningMean = Tensor([5.0, 6.0])
  #expect(source.stateDict().names == ["weight", "bias", "running_mean"])
  #expect(source.stateDict()["weight"]!.sharesStorage(with: source.weight))
  #expect(!source.stateDict()["weight"]!.requiresGrad)
  let weight = target.weight
  try target.loadStateDict(source.stateDict())
  #expect(target.weight === weight)
  #expect(target.weight.array() == [3.0, 4.0])
  #expect(target.weight.dtype == .float64)
  #expect(target.weight.requiresGrad)
  #expect(target.runningMean.array() == [5.0, 6.0])
}

@Test(.ownGenerator) func aStateThatDoesNotFitLeavesTheModuleUnchanged() throws {
  let scale = Scale(2)
  let state: StateDict = [
    "weight": Tensor([7.0, 7.0]), "running_mean": Tensor.zeros([3]), "extra": Tensor.zeros([1]),
  ]
  let error = #expect(throws: StateDictMismatch.self) { try scale.loadStateDict(state) }
  #expect(error?.missing == ["bias"])
  #expect(error?.unexpected == ["extra"])
  #expect(error?.misshapen.map(\.name) == ["running_mean"])
  #expect(
    error?.description == """
      Scale: the state does not fit the module
        missing: bias
        unexpected: extra
        running_mean: the module has shape [2], the state [3]
      """)
  #expect(scale.weight.array() == [1.0, 1.0])
  #expect(throws: StateDictMismatch.self) { try scale.loadStateDict(state, strict: false) }
}

@Test(.ownGenerator) func aStateMayBeLoadedInPart() throws {
  let scale = Scale(2)
  let difference = try scale.loadStateDict(
    ["weight": Tensor([7.0, 7.0]), "extra": Tensor.zeros([1])], strict: false)
  #expect(difference.missing == ["bias", "running_mean"])
  #expect(difference.unexpected == ["extra"])
  #expect(scale.weight.array() == [7.0, 7.0])
}

@Test(.ownGenerator) func loadingInvalidatesSavedTensors() async {
  await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    let scale = Scale(2)
    let x = Tensor([1.0, 2.0], requiresGrad: true)
    let y = scale(x).sum()
    try scale.loadStateDict(scale.stateDict())
    y.backward()
  }
}

// MARK: - Containers and printing

@Test(.ownGenerator) func sequentialCallsItsModulesInTurn() {
  let net = Sequential(Scale(2), Scale(2, bias: false))
  (net[0] as! Scale).weight = Tensor([2.0, 3.0])
  (net[1] as! Scale).weight = Tensor([5.0, 7.0])
  #expect(net(Tensor([1.0, 1.0])).array() == [10.0, 21.0])
  #expect(net.namedParameters.map(\.name) == ["0.weight", "0.bias", "1.weight"])
  net.append(Scale(1))
  net[2] = Scale(3)
  #expect(net.count == 3)
}

/// A module of two inputs.
private final class Gate: Module {
  let weights = Linear(1, 1)
  override var mapsTensorToTensor: Bool { false }
  func callAsFunction(_ x: Tensor, _ condition: Tensor?) -> Tensor {
    call(x, condition) { x, condition in condition.map { x * weights($0).sigmoid() } ?? x }
  }
}

@Test(.ownGenerator) func aModuleOfSeveralInputsIsCalledWithThem() {
  let (gate, x) = (Gate(), Tensor([[3.0]]))
  #expect(gate(x, nil) === x)
  #expect(gate(x, x).allclose(x * gate.weights(x).sigmoid(), rtol: 0, atol: 0))
}

@Test(.ownGenerator) func sequentialRefusesWhatDoesNotMapTensorToTensor() async {
  let built = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = Sequential([Linear(1, 1), Gate()])
  }
  expectMessage(built, "Sequential: module 1, Gate, does not compute one tensor from one tensor")
  let list = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = Sequential(ModuleList(ReLU()))
  }
  expectMessage(list, "Sequential: module 0, ModuleList, does not compute")
  let appended = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Sequential(ReLU()).append(Gate())
  }
  expectMessage(appended, "Sequential: module 1, Gate, does not")
  let replaced = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Sequential(ReLU())[0] = Gate()
  }
  expectMessage(replaced, "Sequential: module 0, Gate, does not")
}

@Test(.ownGenerator) func sequentialTakesAListOrItsElements() {
  let list = Sequential([Linear(2, 3), ReLU()])
  #expect(list.count == 2 && Sequential(list, Tanh())(Tensor.zeros([1, 2])).shape == [1, 3])
  #expect(Sequential()(Tensor([1.0])).array() == [1.0])
}

@Test(.ownGenerator) func aModulePrintsAsATree() {
  #expect(
    Sequential(Scale(2), Sequential(Scale(3)), Loop()).description == """
      Sequential(
        (0): Scale(2)
        (1): Sequential(
          (0): Scale(3)
        )
        (2): Loop()
      )
      """)
}

@Test(.ownGenerator) func aModuleWithoutForwardStops() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = Loop()(Tensor.zeros([1]))
  }
  expectMessage(result, "Loop: this module does not compute one tensor from one tensor")
}

@Test(.ownGenerator) func aModuleListNamesItsModulesByPosition() {
  final class Residual: Module {
    let blocks = ModuleList(Linear(2, 2), Linear(2, 2, bias: false))
    override func forward(_ x: Tensor) -> Tensor { blocks.reduce(x) { $0 + $1($0) } }
  }
  let net = Residual()
  #expect(
    net.namedParameters.map(\.name) == ["blocks.0.weight", "blocks.0.bias", "blocks.1.weight"])
  net.blocks.append(Linear(2, 1))
  net.blocks[2] = Linear(2, 2)
  #expect(net.blocks.count == 3)
  #expect(net(Tensor.ones([4, 2])).shape == [4, 2])
}
