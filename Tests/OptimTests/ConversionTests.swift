import Autograd
import NN
import Optim
import TestSupport
import Testing

/// Optimizers that were made before their module was converted to another dtype.
@Suite struct ConversionTests {
  /// l=nn.Linear(2,1,bias=False); l.weight.copy_([[1,-2]]); a step on (l(x)**2).sum() with
  /// x = [[1, 2]]; l.double(), and as PyTorch does not convert the state, that by hand; two more.
  private func train(_ make: (Module) -> any AnyOptimizer) -> Linear {
    let layer = Linear(2, 1, bias: false)
    layer.weight = Tensor([[1.0, -2.0]])
    let weight = layer.weight
    let optimizer = make(layer)
    func step() {
      optimizer.zeroGrad()
      layer(Tensor([[1.0, 2.0]], dtype: layer.weight.dtype)).square().sum().backward()
      optimizer.step()
    }
    step()
    layer.to(.float64)
    #expect(layer.weight === weight && weight.dtype == .float64 && weight.grad!.dtype == .float64)
    step()
    step()
    return layer
  }

  @Test(.ownGenerator) func anOptimizerSurvivesAConversion() {
    let sgd = train { SGD($0, lr: 0.01, momentum: 0.9) }
    expectClose(sgd.weight.detach(), [1.30839994544, -1.38319998989], tolerance: 1e-7)
    var optimizer: Adam?
    let adam = train {
      optimizer = Adam($0, lr: 0.1)
      return optimizer!
    }
    expectClose(adam.weight.detach(), [1.29841375706, -1.70158624276], tolerance: 1e-7)
    let state = optimizer!.state(of: adam.weight)!
    #expect(state["exp_avg"]!.dtype == .float64 && state.step == 3)
  }

  @Test(.ownGenerator) func aGraphFromBeforeAConversionStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(2, 1)
      let loss = layer(Tensor([[1.0, 2.0]], requiresGrad: true)).sum()
      layer.to(.float64)
      loss.backward()
    }
    expectMessage(result, "modified in place")
  }

  @Test(.ownGenerator) func convertedParametersStayTied() {
    let (a, b) = (Linear(2, 2), Linear(2, 2))
    b.weight = a.weight
    let net = Sequential(a, b).to(.float64)
    #expect(a.weight === b.weight && net.parameters.allSatisfy { $0.dtype == .float64 })
    #expect(net(Tensor.ones([1, 2], dtype: .float64)).dtype == .float64)
  }

  @Test(.ownGenerator) func aViewIsConvertedToo() {
    let layer = Linear(2, 2, bias: false)
    layer.weight = Tensor([[1.0, 2.0], [3.0, 4.0]]).T
    layer.to(.float64)
    #expect(layer.weight.array() == [1.0, 3.0, 2.0, 4.0] && layer.weight.isLeaf)
  }
}
