import Autograd
import NN
import TestSupport
import Testing

private final class Scale: Module {
  @Parameter var weight = Tensor.ones([2])
  @Parameter var bias = Tensor.zeros([2])
  @Buffer var runningMean = Tensor.zeros([2])
  @Buffer(persistent: false) var mask = Tensor.ones([1])
  override func forward(_ x: Tensor) -> Tensor { x * weight + bias }
}

private final class Net: Module {
  let encoder = Sequential(Scale(), Scale())
  let layers = [Scale()]
  let head = Scale()
}

private func learned(_ net: Module) -> [String] {
  net.namedParameters.filter { $0.tensor.requiresGrad }.map(\.name)
}

@Suite struct LookupTests {
  @Test(.ownGenerator) func membersByTheirPaths() {
    let net = Net()
    #expect(net.getSubmodule("") === net)
    #expect(net.getSubmodule("encoder.1") === net.encoder[1])
    #expect(net.getSubmodule("layers.0") === net.layers[0])
    #expect(net.getParameter("encoder.1.weight") === (net.encoder[1] as! Scale).weight)
    #expect(net.getBuffer("head.mask") === net.head.mask)
  }

  @Test(.ownGenerator) func selectionsOfNames() {
    let net = Sequential(Scale())
    #expect(net.namedParameters(recurse: false).isEmpty)
    #expect(
      net.namedParameters(prefix: "net", recurse: true).map(\.name) == [
        "net.0.weight", "net.0.bias",
      ])
    #expect(Scale().namedBuffers(recurse: false).map(\.name) == ["running_mean", "mask"])
    let shared = Scale()
    let both = Sequential(shared, shared)
    #expect(both.namedParameters.map(\.name) == ["0.weight", "0.bias"])
    #expect(
      both.namedParameters(recurse: true, removeDuplicate: false).map(\.name) == [
        "0.weight", "0.bias", "1.weight", "1.bias",
      ])
  }

  @Test(.ownGenerator) func freezingByName() {
    let net = Net()
    net.freeze("encoder.*")
    #expect(learned(net) == ["layers.0.weight", "layers.0.bias", "head.weight", "head.bias"])
    net.unfreeze("*.1.bias")
    #expect(learned(net).first == "encoder.1.bias")
    net.freeze().unfreeze("head")
    #expect(learned(net) == ["head.weight", "head.bias"])
    net.requiresGrad(true, forKeys: ["layers.?.weight", "encoder.0"])
    #expect(
      learned(net) == [
        "encoder.0.weight", "encoder.0.bias", "layers.0.weight", "head.weight", "head.bias",
      ])
    net.unfreeze()
    #expect(learned(net).count == 8)
  }

  @Test(.ownGenerator) func aFrozenParameterHasAllItsNames() {
    let shared = Scale()
    let net = Sequential(shared, shared)
    net.freeze("1.weight")
    #expect(learned(net) == ["0.bias"])
  }

  @Test(.ownGenerator) func gradientsBecomeNilOrZero() {
    let scale = Scale()
    (scale(Tensor([1.0, 2.0])) * 3).sum().backward()
    scale.bias.grad = nil
    scale.zeroGrad(setToNil: false)
    #expect(scale.weight.grad!.array() == [0.0, 0.0] && scale.bias.grad == nil)
    scale.zeroGrad()
    #expect(scale.weight.grad == nil)
  }

  @Test(.ownGenerator) func unknownPathsStop() async {
    let module = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Net().getSubmodule("encoder.2")
    }
    expectMessage(
      module,
      "getSubmodule: Net has no module \"encoder.2\"; it has encoder, encoder.0, encoder.1, layers.0"
    )
    let parameter = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Scale().getParameter("running_mean")
    }
    expectMessage(
      parameter, "getParameter: Scale has no parameter \"running_mean\"; it has weight, bias")
    let buffer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Scale().getBuffer("mean")
    }
    expectMessage(buffer, "getBuffer: Scale has no buffer \"mean\"; it has running_mean, mask")
    let pattern = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Net().freeze("encoder.*", "decoder.*")
    }
    expectMessage(pattern, "freeze: Net has no parameter or module \"decoder.*\"")
  }

  // MARK: - Copying

  @Test(.ownGenerator) func aCopyIsIndependent() {
    let net = Net()
    net.freeze("encoder.0")
    net.encoder.eval()
    net.head.weight = Tensor([3.0, 4.0])
    net.head.mask = Tensor([7.0])
    net.layers[0].to(.float64)
    let copy = Net().copyState(from: net)
    #expect(copy.head.weight.array() == [3.0, 4.0] && copy.head.mask.array() == [7.0])
    #expect(copy.layers[0].weight.dtype == .float64)
    #expect(learned(copy) == learned(net))
    #expect(copy.modules.map(\.isTraining) == net.modules.map(\.isTraining))
    noGrad { net.head.weight.zero_() }
    noGrad { net.layers[0].weight.zero_() }
    #expect(copy.head.weight.array() == [3.0, 4.0])
    #expect(copy.layers[0].weight.array() == [1.0, 1.0])
    // A tensor that both had is not changed through the other.
    copy.head.bias = net.head.bias
    copy.copyState(from: net)
    #expect(copy.head.bias !== net.head.bias && copy.head.bias.requiresGrad)
    // Nor is one that shares its memory, or a tied one.
    let (tied, other) = (Sequential(Scale(), Scale()), Sequential(Scale(), Scale()))
    let (first, second) = (tied[0] as! Scale, tied[1] as! Scale)
    (first.weight, first.bias) = (Tensor([5.0, 6.0]), Tensor([7.0, 8.0]))
    second.weight = first.weight
    for scale in other.modules.compactMap({ $0 as? Scale }) {
      (scale.weight, scale.bias) = (first.weight, first.bias.detach())
    }
    other.copyState(from: tied)
    noGrad { _ = (first.weight.zero_(), first.bias.zero_()) }
    #expect(other.namedParameters.map(\.name) == ["0.weight", "0.bias", "1.bias"])
    #expect(other.getParameter("1.weight").array() == [5.0, 6.0])
    #expect(other.getParameter("0.bias").array() == [7.0, 8.0])
  }

  @Test(.ownGenerator) func anotherStructureCannotBeCopied() async {
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Linear(2, 2, bias: false).copyState(from: Linear(2, 2))
    }
    expectMessage(
      names, "copyState: Linear and Linear do not have the same structure; only one has bias")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Linear(2, 2).copyState(from: Linear(2, 3))
    }
    expectMessage(
      shapes, "copyState: weight has shape [2, 2], but in the module to be copied [3, 2]")
  }
}
