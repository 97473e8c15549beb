import Autograd
import Optim
import Testing

private func expect(
  _ result: ExitTest.Result?, says message: String, at location: SourceLocation = #_sourceLocation
) {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(text.contains(message), "\(text)", sourceLocation: location)
}

@Test func anOptimizerNeedsParameters() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = SGD([Tensor](), lr: 0.1)
  }
  expect(result, says: "SGD: there are no parameters")
}

@Test func onlyLeavesAreOptimized() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let x = Tensor([1.0], requiresGrad: true)
    _ = Adam([x, x * 2])
  }
  expect(result, says: "Adam: parameter 1 of group 0 was computed by * and is no leaf")
}

@Test func aParameterStandsInOnePlace() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let x = Tensor([1.0], requiresGrad: true)
    _ = AdamW(groups: [ParameterGroup([x], AdamWRule()), ParameterGroup([x], AdamWRule())])
  }
  expect(result, says: "AdamW: parameter 0 of group 1 stands there twice")
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
    _ = SGD(groups: [ParameterGroup([("a", x)], SGDRule()), ParameterGroup([y], SGDRule())])
  }
  expect(result, says: "parameter 0 of group 1 breaks the rule that all parameters have names")
  await #expect(processExitsWith: .failure) {
    _ = SGD([("a", Tensor([1.0])), ("a", Tensor([1.0]))])
  }
}

@Test func aGroupBelongsToOneOptimizer() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    let group = ParameterGroup([Tensor([1.0])], SGDRule())
    _ = SGD(groups: [group])
    _ = SGD(groups: [group])
  }
  expect(result, says: "SGD: this group is in an optimizer already")
}

@Test func hyperparametersHaveBounds() {
  #expect(SGDRule(lr: -1).problem == "lr must be at least 0, but is -1.0")
  #expect(SGDRule(lr: .nan).problem != nil)
  #expect(SGDRule(momentum: -0.1).problem != nil)
  #expect(SGDRule(dampening: .nan).problem != nil)
  #expect(SGDRule(nesterov: true).problem?.contains("nesterov needs momentum above 0") == true)
  #expect(SGDRule(momentum: 0.9, dampening: 0.1, nesterov: true).problem != nil)
  #expect(AdamRule(betas: (1, 0.9)).problem?.contains("less than 1") == true)
  #expect(AdamRule(betas: (0.9, -0.1)).problem != nil)
  #expect(AdamRule(betas: (0.9, .nan)).problem != nil)
  #expect(AdamRule(eps: -1).problem != nil)
  #expect(AdamWRule(weightDecay: -1).problem != nil)
  #expect(RMSpropRule(alpha: -1).problem != nil)
  #expect(RMSpropRule(momentum: -1).problem != nil)
  #expect(AdagradRule(lrDecay: -1).problem != nil)
  #expect(AdagradRule(initialAccumulatorValue: -1).problem != nil)
  #expect(SGDRule(lr: 0).problem == nil && AdamRule(betas: (0, 0), eps: 0).problem == nil)
}

@Test func badHyperparametersStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = RMSprop([Tensor([1.0])], lr: -0.1)
  }
  expect(result, says: "RMSprop: lr must be at least 0, but is -0.1")
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
  expect(result, says: "step: elements of a parameter of shape [3] and strides [0] share memory")
}
