import Autograd
import NN
import TestSupport
import Testing

/// A module of two inputs and two outputs: (x·z, x + 2z).
private final class Pair: Module {
  override var mapsTensorToTensor: Bool { false }
  func callAsFunction(_ x: Tensor, _ z: Tensor) -> (Tensor, Tensor) {
    call(x, z) { x, z in (x * z, x + z * 2) }
  }
}

/// Values of the types that hooks look into.
private struct Output {
  let list: [Tensor?]
  let named: [String: Tensor]
  let count: Int
  let state: (Tensor, Tensor)?
}

private final class Nested: Module {
  override var mapsTensorToTensor: Bool { false }
  func callAsFunction(_ inputs: [Tensor], mask: Tensor?, scale: Double) -> Output {
    call(inputs, mask, scale) { inputs, mask, scale in
      Output(
        list: [inputs[0] * scale, nil], named: ["b": inputs[1], "a": mask ?? inputs[1]],
        count: inputs.count, state: (inputs[0], inputs[1]))
    }
  }
}

@Suite struct HookTests {
  /// def forward(s, x, z): return x*z, x+2*z
  /// m.register_forward_pre_hook(lambda mod,a: (a[0]*2,a[1]))
  /// m.register_forward_hook(lambda mod,a,o: (o[0]+1,o[1]*3))
  /// m.register_full_backward_pre_hook(lambda mod,go: (go[0]*10,go[1]))
  /// m.register_full_backward_hook(lambda mod,gi,go: (gi[0]*100, gi[1]))
  /// m.register_full_backward_hook(lambda mod,gi,go: print(gi, go))
  /// a,b=m(x,z); (a.sum()+(b*b).sum()).backward()
  @Test(.ownGenerator) func hooksReplaceInputsOutputsAndGradients() {
    let module = Pair()
    var seen: [[Double]] = []
    module.registerForwardPreHook { _, inputs in inputs[0] = inputs[0] * 2 }
    module.registerForwardHook { _, inputs, outputs in
      seen.append(inputs[0].values)
      outputs[0] = outputs[0] + 1
      outputs[1] = outputs[1] * 3
    }
    module.registerFullBackwardPreHook { _, gradOutputs in gradOutputs[0] = gradOutputs[0]! * 10 }
    module.registerFullBackwardHook { _, gradInputs, _ in gradInputs[0] = gradInputs[0]! * 100 }
    module.registerFullBackwardHook { _, gradInputs, gradOutputs in
      seen += (gradInputs + gradOutputs).map { $0!.values }
    }
    let x = Tensor([1.0, 2.0], dtype: .float64, requiresGrad: true)
    let z = Tensor([3.0, 5.0], dtype: .float64, requiresGrad: true)
    let (a, b) = module(x, z)
    (a.sum() + (b * b).sum()).backward()
    expectClose(a, [7, 21])
    expectClose(b, [24, 42])
    expectClose(x.grad, [34800, 60400])
    expectClose(z.grad, [308, 544])
    #expect(seen == [[2, 4], [17400, 30200], [308, 544], [10, 10], [48, 84]])
  }

  @Test(.ownGenerator) func aRemovedHookIsNotCalled() {
    let layer = Linear(2, 2)
    var calls: [String] = []
    let first = layer.registerForwardHook { _, _, _ in calls.append("first") }
    let second = layer.registerForwardPreHook { _, _ in calls.append("pre") }
    layer.registerForwardHook(prepend: true) { module, _, _ in
      calls.append("\(type(of: module))")
    }
    let x = Tensor.ones([1, 2])
    _ = layer(x)
    #expect(calls == ["pre", "Linear", "first"])
    first.remove()
    second.remove()
    first.remove()
    _ = layer(x)
    #expect(calls == ["pre", "Linear", "first", "Linear"])
  }

  @Test(.ownGenerator) func hooksSeeTensorsInValuesOfAnyType() {
    let module = Nested()
    var inputsSeen: [[Double]] = []
    module.registerForwardPreHook { _, inputs in
      inputsSeen = inputs.map(\.values)
      inputs[1] = inputs[1] + 10
    }
    var outputsSeen: [Double] = []
    module.registerForwardHook { _, _, outputs in
      outputsSeen = outputs.map { $0.item() }
      outputs = outputs.map { $0 * 2 }
    }
    let y = module([Tensor(1.0), Tensor(2.0)], mask: nil, scale: 3)
    #expect(inputsSeen == [[1], [2]] && outputsSeen == [3, 12, 12, 1, 12])
    #expect(y.list[0]!.item() == 6 && y.list[1] == nil && y.count == 2)
    #expect(y.named["a"]!.item() == 24 && y.named["b"]!.item() == 24)
    #expect(y.state!.0.item() == 2 && y.state!.1.item() == 24)
    _ = module([Tensor(1.0), Tensor(2.0)], mask: Tensor(2.0), scale: 3)
    #expect(inputsSeen == [[1], [2], [2]] && outputsSeen == [3, 2, 12, 1, 12])
  }

  /// Gradients of results that a pass does not reach are nil, and zeros go on, as in PyTorch.
  @Test(.ownGenerator) func aResultThatIsNotUsedHasNoGradient() {
    let module = Pair()
    var seen: [[Double]?] = []
    module.registerFullBackwardHook { _, gradInputs, gradOutputs in
      seen = (gradInputs + gradOutputs).map { $0?.values }
    }
    let x = Tensor([1.0, 2.0], requiresGrad: true)
    module(x, Tensor([3.0, 5.0])).1.sum().backward()
    #expect(seen == [[1, 1], nil, nil, [1, 1]])
    let z = Tensor([3.0, 5.0], requiresGrad: true)
    let (a, b) = module(x, z)
    a.sum().backward(retainGraph: true)
    #expect(seen == [[3, 5], [1, 2], [1, 1], nil])
    // Nothing is left of the first pass.
    b.sum().backward()
    #expect(seen == [[1, 1], [2, 2], nil, [1, 1]])
  }

  @Test(.ownGenerator) func withoutGradientsOfInputsTheHookRunsAtTheOutputs() {
    let layer = Linear(2, 1)
    var count = 0
    layer.registerFullBackwardHook { _, gradInputs, gradOutputs in
      count += 1
      #expect(gradInputs.count == 1 && gradInputs[0] == nil && gradOutputs[0]!.shape == [3, 1])
    }
    layer(Tensor.ones([3, 2])).sum().backward()
    #expect(count == 1 && layer.weight.grad!.array() == [3.0, 3.0])
    _ = noGrad { layer(Tensor.ones([3, 2])) }
    #expect(count == 1)
  }

  /// As in PyTorch, the hook does not run again in the pass through the first pass.
  @Test(.ownGenerator) func backwardHooksAreDifferentiable() {
    let module = Sequential(Tanh())
    module.registerFullBackwardHook { _, gradInputs, _ in gradInputs[0] = gradInputs[0]! * 3 }
    let x = Tensor([0.5, -1.0], dtype: .float64, requiresGrad: true)
    let g = grad(of: module(x).sum(), wrt: x, createGraph: true)
    let gg = grad(of: g.sum(), wrt: x)
    let t = x.detach().tanh()
    #expect(g.detach().allclose((1 - t * t) * 3, rtol: 1e-14))
    #expect(gg.allclose(t * (1 - t * t) * -6, rtol: 1e-14))
  }

  @Test(.ownGenerator) func hooksLeakNothing() {
    let leaked = leakedStorages {
      let module = Pair()
      module.registerFullBackwardPreHook { _, _ in }
      module.registerFullBackwardHook { _, _, _ in }
      let x = Tensor([1.0, 2.0], requiresGrad: true)
      let (a, b) = module(x, x)
      (a + b).sum().backward()
      // A graph that no pass has gone through.
      _ = module(x, x)
    }
    #expect(leaked == 0)
  }

  @Test(.ownGenerator) func hooksThatChangeNumbersOrShapesStop() async {
    let pre = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(2, 2)
      layer.registerForwardPreHook { _, inputs in inputs = [] }
      _ = layer(Tensor.ones([1, 2]))
    }
    expectMessage(pre, "Linear: a forward pre-hook left 0 inputs, but there are 1; assign to them")
    let post = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(2, 2)
      layer.registerForwardHook { _, _, outputs in outputs.append(outputs[0]) }
      _ = layer(Tensor.ones([1, 2]))
    }
    expectMessage(post, "Linear: a forward hook left 2 outputs, but there are 1")
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(2, 2)
      layer.registerFullBackwardHook { _, gradInputs, _ in gradInputs[0] = Tensor.ones([7]) }
      layer(Tensor.ones([1, 2], requiresGrad: true)).sum().backward()
    }
    expectMessage(
      gradient, "Linear: a full backward hook replaced gradInputs[0], of shape [1, 2], by a tensor")
  }
}
