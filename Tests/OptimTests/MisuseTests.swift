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
  #expect(problem({ SGD($0) }) { $0.dampening = .nan } == "dampening must be finite, but is nan")
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

// MARK: - Changes of hyper-parameters

@Test func aChangedLearningRateIsChecked() async {
  let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    SGD([Tensor([1.0])]).lr = -1
  }
  expectMessage(negative, "SGD: lr must be at least 0.0, but is -1.0")
  let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Adam([Tensor([1.0])]).lr = .nan
  }
  expectMessage(nan, "Adam: lr must be at least 0.0, but is nan")
  let infinite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    RMSprop([Tensor([1.0])]).lr *= .infinity
  }
  expectMessage(infinite, "RMSprop: lr must be finite, but is inf")
}

@Test func aChangedGroupIsChecked() async {
  let member = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Adam([Tensor([1.0])]).paramGroups[0].betas.1 = 1
  }
  expectMessage(member, "Adam: betas.1 must be less than 1.0, but is 1.0")
  let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    SGD([Tensor([1.0])]).paramGroups[0]["weight_decay"] = -0.1
  }
  expectMessage(name, "SGD: weight_decay must be at least 0.0, but is -0.1")
  let rule = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    Adagrad([Tensor([1.0])]).paramGroups[0].rule.eps = -1
  }
  expectMessage(rule, "Adagrad: eps must be at least 0.0, but is -1.0")
  let flag = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    RMSprop([Tensor([1.0])]).paramGroups[0]["centered"] = .nan
  }
  expectMessage(flag, "RMSprop: centered must be 0 or 1, but is nan")
  let option = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    SGD([Tensor([1.0])]).addParamGroup(ParameterGroup([Tensor([1.0])], ["momentum": -.infinity]))
  }
  expectMessage(option, "SGD: momentum must be at least 0.0, but is -inf")
}

@Test func adamWStaysDecoupled() async {
  let member = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    AdamW([Tensor([1.0])]).paramGroups[0].decoupledWeightDecay = false
  }
  expectMessage(member, "AdamW: decoupled_weight_decay must be 1.0, but is 0.0", "use Adam")
  let option = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    _ = AdamW(ParameterGroup([Tensor([1.0])], ["decoupled_weight_decay": 0]))
  }
  expectMessage(option, "AdamW: decoupled_weight_decay must be 1.0")
}

@Test func whatMustFitTogetherIsCheckedByTheNextStep() async {
  let x = Tensor([1.0], requiresGrad: true)
  let optimizer = SGD([x], lr: 0.1)
  optimizer.paramGroups[0].nesterov = true
  optimizer.paramGroups[0].momentum = 0.5
  x.grad = Tensor([1.0])
  optimizer.step()
  expectClose(x, [0.85], tolerance: 1e-7)
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    let optimizer = SGD([Tensor([1.0])])
    optimizer.paramGroups[0].nesterov = true
    optimizer.step()
  }
  expectMessage(result, "SGD: nesterov needs momentum above 0")
}
