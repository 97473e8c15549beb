import Autograd
import Optim
import Testing

@Test func aStepWithoutMomentumIsTheGradientTimesTheRate() {
  let x = Tensor([1.0, 2.0], requiresGrad: true)
  let optimizer = SGD([x], lr: 0.5)
  (x * x).sum().backward()
  optimizer.step()
  #expect(x.array(of: Double.self) == [0, 0])
}
