import Autograd
import Optim
import TestSupport
import Testing

@Test func anOptimizerNeedsParameters() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = SGD([Tensor](), lr: 0.1)
  }
  expectMessage(result, "SGD: there are no parameters")
}

@Test func onlyLeavesAreOptimized() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let x = Tensor([1.0], requiresGrad: true)
    _ = Adam([x, x * 2])
  }
  expectMessage(result, "Adam: parameter 1 of group 0 was computed by * and is no leaf")
}

@Test func aParameterStandsInOnePlace() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let x = Tensor([1.0], requiresGrad: true)
    _ = AdamW([ParameterGroup([x]), ParameterGroup([x])])
  }
  expectMessage(result, "AdamW: parameter 0 of group 1 occurs twice")
  await #expect(processExitsWith: .failure) {
    let x = Tensor([1.0], requiresGrad: true)
    _ = SGD([x, x])
  }
}

@Test func namesAreAllOrNothing() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let (x, y) = (Tensor([1.0]), Tensor([1.0]))
    _ = SGD([ParameterGroup([("a", x)]), ParameterGroup([y])])
  }
  expectMessage(result, "parameter 0 of group 1 has no name; name all parameters or none")
  await #expect(processExitsWith: .failure) {
    _ = SGD(ParameterGroup([("a", Tensor([1.0])), ("a", Tensor([1.0]))]))
  }
}

@Test func hyperparametersHaveBounds() {
  func problem<Rule>(
    _ make: ([Tensor]) -> Optimizer<Rule>, _ change: (inout Rule) -> Void
  ) -> String? {
    var rule = ruleOf(make)
    change(&rule)
    return rule.problem
  }
  #expect(problem({ SGD($0) }) { $0.lr = -1 } == "lr must be at least 0.0, but is -1.0")
  #expect(problem({ SGD($0) }) { $0.lr = .nan } != nil)
  #expect(problem({ SGD($0) }) { $0.momentum = -0.1 } != nil)
  #expect(problem({ SGD($0) }) { $0.dampening = .nan } != nil)
  #expect(problem({ SGD($0) }) { $0.dampening = -1 } == nil)
  #expect(
    problem({ SGD($0) }) { $0.nesterov = true }?
      .contains("nesterov needs momentum above 0") == true)
  #expect(problem({ SGD($0, momentum: 0.9, nesterov: true) }) { $0.dampening = 0.1 } != nil)
  #expect(problem({ Adam($0) }) { $0.betas.0 = 1 }?.contains("less than 1") == true)
  #expect(problem({ Adam($0) }) { $0.betas.1 = -0.1 } != nil)
  #expect(problem({ Adam($0) }) { $0.betas.1 = .nan } != nil)
  #expect(problem({ Adam($0) }) { $0.eps = -1 } != nil)
  #expect(problem({ AdamW($0) }) { $0.weightDecay = -1 } != nil)
  #expect(problem({ RMSprop($0) }) { $0.alpha = -1 } != nil)
  #expect(problem({ RMSprop($0) }) { $0.momentum = -1 } != nil)
  #expect(problem({ Adagrad($0) }) { $0.lrDecay = -1 } != nil)
  #expect(problem({ Adagrad($0) }) { $0.initialAccumulatorValue = -1 } != nil)
  #expect(problem({ SGD($0) }) { $0.lr = 0 } == nil)
  #expect(problem({ Adam($0, eps: 0) }) { $0.betas = (0, 0) } == nil)
}

@Test func badHyperparametersStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = RMSprop([Tensor([1.0])], lr: -0.1)
  }
  expectMessage(result, "RMSprop: lr must be at least 0.0, but is -0.1")
}

@Test func parametersWithRepeatedElementsStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let x = Tensor([1.0]).expand([3])
    x.requiresGrad = true
    x.grad = Tensor([1.0, 1.0, 1.0])
    SGD([x]).step()
  }
  expectMessage(result, "step: elements of a parameter of shape [3] and strides [0] share memory")
}
