import Autograd
import NN
import TestSupport
import Testing

private final class Tied: Module {
  let a = Linear(2, 2, bias: false)
  let b = Linear(2, 2, bias: false)
  override init() {
    super.init()
    b.weight = a.weight
  }
  override func forward(_ x: Tensor) -> Tensor { b(a(x)) }
}

private final class Counting: Module {
  @Parameter var weight = Tensor([2.0])
  @Buffer var count = Tensor.zeros([1])
  @Buffer(persistent: false) var mask = Tensor.ones([1])
  override func forward(_ x: Tensor) -> Tensor {
    noGrad { count.add_(1) }
    return x * weight * mask
  }
}

private struct Failure: Error {}

@Suite struct FunctionalCallTests {
  /// net=nn.Sequential(nn.Linear(1,3),nn.Tanh(),nn.Linear(3,1))
  /// for i,p in enumerate(net.parameters()): p.copy_((arange(p.numel())*0.3-0.2*i+0.1).reshape(p.shape))
  /// ps=list(net.parameters())
  /// for step in range(2):
  ///   loss=((torch.func.functional_call(net,dict(zip(names,ps)),x)-y)**2).mean()
  ///   gs=torch.autograd.grad(loss,ps,create_graph=True); ps=[p-0.1*g for p,g in zip(ps,gs)]
  /// loss=((torch.func.functional_call(net,dict(zip(names,ps)),x)-y)**2).mean(); loss.backward()
  @Test(.ownGenerator) func gradientsGoThroughStepsOfTraining() {
    let net = Sequential(Linear(1, 3), Tanh(), Linear(3, 1)).to(.float64)
    for (i, parameter) in net.parameters.enumerated() {
      let values = (0..<parameter.numel).map { Double($0) * 0.3 - 0.2 * Double(i) + 0.1 }
      noGrad { parameter.copy_(Tensor(values, shape: parameter.shape, dtype: .float64)) }
    }
    let before = net.parameters
    let x = Tensor([[1.0], [-2.0], [0.5]], dtype: .float64)
    let y = Tensor([[0.3], [1.0], [-0.4]], dtype: .float64)
    let names = net.namedParameters.map(\.name)
    var fast = net.parameters
    func loss() -> Tensor {
      let weights = Dictionary(uniqueKeysWithValues: zip(names, fast))
      return (functionalCall(net, weights, x) - y).square().mean()
    }
    for _ in 0..<2 {
      let gradients = grad(of: loss(), wrt: fast, createGraph: true)
      fast = zip(fast, gradients).map { $0 - 0.1 * $1! }
    }
    let last = loss()
    last.backward()
    expectClose(last.detach(), [0.5358649706477], tolerance: 1e-11)
    let expected = [
      [-0.2946108375639, -0.1471635414908, 0.08020040649647],
      [0.2081954891332, 0.09534724600812, -0.02302999063948],
      [0.4316124465624, 0.2938768680225, 0.2719044501755], [-0.5569921908931],
    ]
    for (parameter, values) in zip(net.parameters, expected) {
      expectClose(parameter.grad, values, tolerance: 1e-11)
    }
    #expect(zip(before, net.parameters).allSatisfy { $0 === $1 })
  }

  @Test(.ownGenerator) func tiedWeightsAreReplacedTogether() {
    let net = Tied()
    let x = Tensor([[1.0, 2.0]])
    let w = Tensor([[0.0, 1.0], [2.0, 0.0]], requiresGrad: true)
    let y = functionalCall(net, ["a.weight": w], x)
    #expect(y.array() == [2.0, 4.0])
    #expect(functionalCall(net, ["b.weight": w], x).array() == [2.0, 4.0])
    let both = functionalCall(net, ["a.weight": w, "b.weight": w], x, strict: true)
    #expect(both.array() == [2.0, 4.0])
    let apart = functionalCall(
      net, ["a.weight": w, "b.weight": Tensor.eye(2)], x, tieWeights: false)
    #expect(apart.array() == [2.0, 2.0])
    #expect(net.a.weight === net.b.weight)
  }

  @Test(.ownGenerator) func buffersAreReplacedAndEverythingIsRestored() {
    let net = Counting()
    let (weight, count) = (net.weight, net.count)
    let own = Tensor([5.0])
    let y = functionalCall(net, ["count": own, "mask": Tensor([3.0])], Tensor([1.0]))
    #expect(y.array() == [6.0] && own.array() == [6.0] && net.count.array() == [0.0])
    #expect(throws: Failure.self) {
      try functionalCall(net, ["weight": Tensor([7.0])]) {
        #expect(net.weight.array() == [7.0] && !net.weight.requiresGrad)
        throw Failure()
      }
    }
    #expect(net.weight === weight && net.count === count)
  }

  @Test(.ownGenerator) func namesThatDoNotFitStop() async {
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = functionalCall(Counting(), ["weigth": Tensor([1.0])], Tensor([1.0]))
    }
    expectMessage(
      unknown,
      "functionalCall: Counting has no parameter or buffer \"weigth\"; it has weight, count, mask")
    let tied = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let weights = ["a.weight": Tensor.eye(2), "b.weight": Tensor.eye(2)]
      _ = functionalCall(Tied(), weights, Tensor.ones([1, 2]))
    }
    expectMessage(tied, "\"a.weight\" and \"b.weight\" are names of one tensor")
    let strict = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = functionalCall(Counting(), ["weight": Tensor([1.0])], Tensor([1.0]), strict: true)
    }
    expectMessage(strict, "functionalCall: \"count\" is missing; with strict: true")
  }
}
