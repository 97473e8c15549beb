import Autograd
import NN
import TestSupport
import Testing

@Suite struct DictionaryTests {
  private final class Net: Module {
    let heads: ModuleDict = ["right": Linear(2, 1), "left": Linear(2, 3, bias: false)]
    let scales = ParameterList(.ones(2), .zeros(1))
    let named: ParameterDict = ["b": .ones(3), "a": .zeros(2, 2)]
  }

  @Test func namesArePyTorchs() {
    let net = Net()
    #expect(
      net.namedParameters.map(\.name) == [
        "heads.right.weight", "heads.right.bias", "heads.left.weight", "scales.0", "scales.1",
        "named.b", "named.a",
      ])
    #expect(net.parameters.allSatisfy { $0.requiresGrad })
    #expect(net.heads.keys == ["right", "left"] && net.named.keys == ["b", "a"])
    #expect(net.heads["left"]!(Tensor.ones(1, 2)).shape == [1, 3])
    #expect(!net.heads.mapsTensorToTensor && !net.scales.mapsTensorToTensor)
  }

  @Test func entriesAreReplacedAddedAndRemoved() {
    let net = Net()
    net.heads["right"] = ReLU()
    net.heads["middle"] = Identity()
    net.heads["left"] = nil
    net.heads["nothing"] = nil
    #expect(net.heads.items.map(\.name) == ["right", "middle"])
    #expect(net.heads.count == 2 && net.heads["left"] == nil && net.heads.values[0] is ReLU)
    net.named.update(["c": .ones(1), "b": .full([1], 5.0)])
    #expect(net.named.keys == ["b", "a", "c"] && net.named["b"]!.values == [5])
    net.named.clear()
    #expect(net.named.isEmpty && net.named.values.isEmpty)
    net.scales.append(.ones(4))
    net.scales[-2] = .full([1], 7.0)
    #expect(net.scales.map(\.numel) == [2, 1, 4] && net.scales[1].values == [7])
    #expect(ModuleDict(["b": ReLU(), "a": ReLU()]).keys == ["a", "b"])
    #expect(ParameterDict(["b": .ones(1), "a": .ones(1)]).keys == ["a", "b"])
  }

  @Test func aStateDictIsLoaded() throws {
    let (net, other) = (Net(), Net())
    try other.loadStateDict(net.stateDict())
    #expect(other.heads["right"]!.parameters[0].equal(net.heads["right"]!.parameters[0]))
    net.to(.float64)
    #expect(net.scales[0].dtype == .float64 && net.named["a"]!.dtype == .float64)
  }

  @Test func theyArePrinted() {
    #expect(
      Net().named.description == """
        ParameterDict(
          (b): Parameter of float32, [3]
          (a): Parameter of float32, [2, 2]
        )
        """)
  }

  @Test func wrongNamesAndIndicesStop() async {
    let dot = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ModuleDict()["a.b"] = ReLU()
    }
    expectMessage(dot, "ModuleDict: the name \"a.b\" must not be empty or contain a dot")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ParameterDict()[""] = .ones(1)
    }
    expectMessage(empty, "ParameterDict: the name \"\" must not be empty or contain a dot")
    let index = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterList(.ones(1))[1]
    }
    expectMessage(index, "ParameterList: index 1 is out of range for 1 parameters")
  }
}
