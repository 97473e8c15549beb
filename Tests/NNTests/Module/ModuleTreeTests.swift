import Autograd
import TestSupport
import Testing

@testable import NN

private final class Loop: Module {
  var inner: Loop?
}

private func loop() -> Loop {
  let loop = Loop()
  loop.inner = Loop()
  loop.inner!.inner = loop
  return loop
}

@Test func aModuleThatContainsItselfStops() async {
  let message = "Loop: it contains itself, by the path inner.inner; make the property"
  let parameters = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = loop().parameters
  }
  expectMessage(parameters, message)
  let description = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = loop().description
  }
  expectMessage(description, message)
  let apply = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    loop().apply { _ in }
  }
  expectMessage(apply, message)
  let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = loop().stateDict()
  }
  expectMessage(state, message)
  let modes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    loop().eval()
  }
  expectMessage(modes, message)
  let list = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    let list = ModuleList()
    list.append(list)
    _ = list.namedModules
  }
  expectMessage(list, "ModuleList: it contains itself, by the path 0")
}

@Test func aDeepTreeDoesNotOverflowTheStack() {
  onSmallStack {
    let depth = 3000
    let weight = Linear(1, 1)
    var net = Sequential(weight)
    for _ in 1..<depth { net = Sequential(net) }
    #expect(net.modules.count == depth + 1 && net.parameters.count == 2)
    #expect(net.stateDict().names.allSatisfy { $0.hasPrefix("0.0.0.") })
    net.eval().to(.float64).requiresGrad(false)
    #expect(weight.weight.dtype == .float64 && !weight.isTraining && !weight.weight.requiresGrad)
    var first: Module?
    net.apply { if first == nil { first = $0 } }
    #expect(first === weight)
    #expect(net.description.count { $0 == "\n" } == 2 * depth)
  }
}

@Test func aModuleSharedManyTimesIsVisitedOnce() {
  // 2^40 paths lead to the last one.
  var net: Module = Linear(1, 1)
  for _ in 0..<40 { net = ModuleList(net, net) }
  #expect(net.modules.count == 41 && net.parameters.count == 2)
  #expect(net.eval().modules.allSatisfy { !$0.isTraining })
}

@Test func settingsOfSeveralLinesAreIndented() {
  final class Net: Module {
    let inner: Module?
    init(_ inner: Module?) { self.inner = inner }
    override var extraRepr: String { "a=1\n\nb=2" }
  }
  #expect(
    Net(Net(nil)).description == """
      Net(
        a=1
        \("")
        b=2
        (inner): Net(
          a=1
          \("")
          b=2
        )
      )
      """)
}

// MARK: - Positions

@Test func positionsCountFromTheEnd() {
  let layers = (0..<4).map { _ in Linear(1, 1) }
  let (list, net) = (ModuleList(layers), Sequential(layers))
  #expect(list[-1] === layers[3] && net[-4] === layers[0] && list.last === layers[3])
  net[-1] = ReLU()
  #expect(net[3] is ReLU)
}

@Test func rangesGiveListsOfTheSameType() {
  let layers = (0..<4).map { Linear($0 + 1, $0 + 2) }
  let net = Sequential(layers)
  func positions(_ part: ModuleList) -> [Int] {
    part.map { module in layers.firstIndex { $0 === module }! }
  }
  #expect(positions(net[1..<3]) == [1, 2] && positions(net[1...2]) == [1, 2])
  #expect(positions(net[2...]) == [2, 3] && positions(net[..<(-1)]) == [0, 1, 2])
  #expect(positions(net[(-2)...]) == [2, 3] && positions(net[...(-2)]) == [0, 1, 2])
  #expect(positions(net[...]) == [0, 1, 2, 3] && positions(net[...(-1)]) == [0, 1, 2, 3])
  #expect(positions(net[2..<9]) == [2, 3] && positions(net[9...]) == [])
  #expect(net[..<2](Tensor.zeros([1, 1])).shape == [1, 3])
  #expect(net[1..<3].namedParameters.first?.name == "0.weight")
}

@Test func positionsOutOfRangeStop() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = ModuleList(ReLU(), ReLU())[-3]
  }
  expectMessage(result, "ModuleList: index -3 is out of range for 2 modules")
  let set = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Sequential()[0] = ReLU()
  }
  expectMessage(set, "Sequential: index 0 is out of range for 0 modules")
}

// MARK: - Loading what is one's own

@Test func layersExchangeTheirState() throws {
  final class Net: Module {
    let layers = [Linear(2, 2, bias: false), Linear(2, 2, bias: false)]
    @Buffer var view = Tensor.zeros([2, 2])
  }
  let net = Net()
  try net.loadStateDict([
    "layers.0.weight": .full([2, 2], 1), "layers.1.weight": .full([2, 2], 2),
    "view": .full([2, 2], 3),
  ])
  let own = net.stateDict()
  try net.loadStateDict([
    "layers.0.weight": own["layers.1.weight"]!, "layers.1.weight": own["view"]!.T,
    "view": own["layers.0.weight"]!,
  ])
  #expect(net.layers[0].weight.array() == [2.0, 2, 2, 2])
  #expect(net.layers[1].weight.array() == [3.0, 3, 3, 3])
  #expect(net.view.array() == [1.0, 1, 1, 1])
}

@Test func viewsOfOneStorageAreReadBeforeTheyChange() throws {
  final class Net: Module {
    @Buffer var a: Tensor
    @Buffer var b: Tensor
    init(_ x: Tensor) { (a, b) = (x[..<2], x[2...]) }
  }
  let net = Net(Tensor([1.0, 2, 3, 4]))
  try net.loadStateDict(["a": net.b, "b": net.a])
  #expect(net.a.array() == [3.0, 4] && net.b.array() == [1.0, 2])
  // A tensor onto its own transpose.
  let square = Scale2(Tensor([[1.0, 2], [3, 4]]))
  try square.loadStateDict(["x": square.x.T])
  #expect(square.x.array() == [1.0, 3, 2, 4])
}

private final class Scale2: Module {
  @Buffer var x: Tensor
  init(_ x: Tensor) { self.x = x }
}
