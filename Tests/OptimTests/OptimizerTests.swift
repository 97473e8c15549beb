import Autograd
import Optim
import TestSupport
import Testing

private func parameter(_ values: [Double], gradient: [Double]? = nil) -> Tensor {
  let x = Tensor(values, dtype: .float64, requiresGrad: true)
  x.grad = gradient.map { Tensor($0, dtype: .float64) }
  return x
}

// MARK: - The loop

@Test(.ownGenerator) func trainingFindsTheMinimum() {
  let x = parameter([3, -2])
  let optimizer = SGD([x], lr: 0.1, momentum: 0.5)
  for _ in 0..<200 {
    optimizer.zeroGrad()
    ((x - 1) * (x - 1)).sum().backward()
    optimizer.step()
  }
  #expect(x.values.allSatisfy { abs($0 - 1) < 1e-9 })
}

@Test(.ownGenerator) func defaultsAreThoseOfPyTorch() {
  let adam = ruleOf { Adam($0) }
  #expect(ruleOf { SGD($0) }.lr == 1e-3)
  #expect(adam.lr == 1e-3 && adam.betas == (0.9, 0.999) && adam.eps == 1e-8)
  #expect(adam.weightDecay == 0 && ruleOf { AdamW($0) }.weightDecay == 1e-2)
  let rmsprop = ruleOf { RMSprop($0) }
  #expect(rmsprop.lr == 1e-2 && rmsprop.alpha == 0.99 && rmsprop.eps == 1e-8)
  let adagrad = ruleOf { Adagrad($0) }
  #expect(adagrad.lr == 1e-2 && adagrad.eps == 1e-10)
}

@Test(.ownGenerator) func parametersWithoutGradientAreLeftAlone() {
  let (x, y) = (parameter([1], gradient: [1]), parameter([1]))
  let optimizer = Adam([x, y], lr: 0.1)
  optimizer.step()
  #expect(y.values == [1] && y.version == 0)
  #expect(optimizer.state(of: y) == nil)
  #expect(optimizer.state(of: x)?.step == 1)
  y.grad = Tensor([1.0], dtype: .float64)
  optimizer.step()
  #expect(optimizer.state(of: x)?.step == 2 && optimizer.state(of: y)?.step == 1)
}

@Test(.ownGenerator) func stepReturnsTheLossOfItsClosure() {
  let x = parameter([2])
  let optimizer = SGD([x], lr: 0.25)
  let loss = noGrad {
    optimizer.step {
      optimizer.zeroGrad()
      let loss = (x * x).sum()
      loss.backward()
      return loss
    }
  }
  #expect(loss.item() == 4)
  #expect(x.values == [1])
}

@Test(.ownGenerator) func zeroGradDropsOrClears() {
  let x = parameter([1], gradient: [5])
  let optimizer = SGD([x], lr: 0.1, momentum: 0.9)
  let held = x.grad!
  optimizer.zeroGrad(setToNil: false)
  #expect(x.grad?.values == [0] && held.values == [0])
  optimizer.zeroGrad()
  #expect(x.grad == nil)
}

@Test(.ownGenerator) func aRecordedGradientIsClearedOffTheTape() {
  let x = parameter([2])
  (x * x).sum().backward(createGraph: true)
  let optimizer = SGD([x], lr: 0.1)
  optimizer.step()
  #expect(x.isLeaf && x.requiresGrad)
  optimizer.zeroGrad(setToNil: false)
  #expect(x.grad?.values == [0] && x.grad?.requiresGrad == false)
}

@Test(.ownGenerator) func groupsHaveTheirOwnRules() {
  let (x, y, z) = (
    parameter([1], gradient: [1]), parameter([1], gradient: [1]), parameter([1], gradient: [1])
  )
  let optimizer = SGD([ParameterGroup([x]), ParameterGroup([y], ["lr": 0.25])], lr: 0.5)
  optimizer.addParamGroup(ParameterGroup([z], ["lr": 1]))
  optimizer.step()
  #expect([x, y, z].flatMap(\.values) == [0.5, 0.75, 0])
  #expect(optimizer.lr == 0.5)
  optimizer.paramGroups[1].lr = 0.125
  optimizer.step()
  #expect([x, y, z].flatMap(\.values) == [0, 0.625, -1])
  optimizer.lr = 0
  optimizer.step()
  #expect([x, y, z].flatMap(\.values) == [0, 0.625, -1])
}

@Test(.ownGenerator) func momentumSetLaterStartsFromTheGradient() {
  let x = parameter([0], gradient: [1])
  let optimizer = SGD([x], lr: 1)
  optimizer.step()
  optimizer.paramGroups[0].momentum = 0.5
  optimizer.paramGroups[0]["dampening"] = 0.5
  optimizer.step()
  #expect(x.values == [-2])
  #expect(optimizer.state(of: x)?["momentum_buffer"]?.values == [1])
}

@Test(.ownGenerator) func anyOptimizerWillDo() {
  let x = parameter([1], gradient: [1])
  let optimizer: any AnyOptimizer = SGD([x], lr: 0.5)
  optimizer.lr = 1
  optimizer.step()
  optimizer.zeroGrad()
  #expect(x.values == [0] && x.grad == nil)
}

@Test(.ownGenerator) func aRuleOfOnesOwnNeedsOnlyAnUpdate() {
  struct SignRule: OptimizerRule {
    var lr = 0.5
    func update(_ x: Tensor, gradient: Tensor, state: inout OptimizerState) {
      let count = state.slot("count", like: x)
      count.add_(1)
      x.sub_(gradient.sign() * lr * count)
    }
  }
  let x = parameter([0, 0], gradient: [3, -4])
  let optimizer = Optimizer([x], SignRule())
  optimizer.step()
  optimizer.step()
  #expect(x.values == [-1.5, 1.5])
}

// MARK: - Rules of other kinds

@Test(.ownGenerator) func aRuleMayLookAtAllParametersOfAGroup() {
  /// Steps of length `lr` along the gradient of all parameters together.
  struct NormalizedRule: OptimizerRule {
    var lr = 0.5
    func update(_ parameters: inout [OptimizedParameter]) {
      let squares = parameters.compactMap { $0.tensor.grad?.square().sum().item() }
      let norm = squares.reduce(0, +).squareRoot()
      for i in parameters.indices {
        guard let gradient = parameters[i].tensor.grad else { continue }
        parameters[i].state.step += 1
        parameters[i].tensor.sub_(gradient * (lr / norm))
      }
    }
  }
  let (x, y, z) = (parameter([0], gradient: [3]), parameter([0], gradient: [4]), parameter([0]))
  let optimizer = Optimizer([x, y, z], NormalizedRule())
  optimizer.step()
  #expect(abs(x.values[0] + 0.3) < 1e-15 && abs(y.values[0] + 0.4) < 1e-15 && z.values == [0])
  #expect(optimizer.state(of: x)?.step == 1 && optimizer.state(of: z) == nil)
}

@Test(.ownGenerator) func aRuleMayEvaluateTheClosureSeveralTimes() {
  /// Halves the step until the loss falls.
  struct BacktrackingRule: OptimizerRule {
    var lr = 1.0
    static func step(
      _ groups: [OptimizerGroup<Self>], closure: () throws -> Tensor
    ) rethrows -> Tensor {
      let loss = try enableGrad(closure)
      let parameters = groups.flatMap(\.parameters)
      let starts = parameters.map { ($0.detach().clone(), $0.grad!.clone()) }
      var lr = groups[0].lr
      repeat {
        noGrad {
          for (x, (start, g)) in zip(parameters, starts) { x.copy_(start - g * lr) }
        }
        lr /= 2
      } while try enableGrad(closure).item() >= loss.item()
      return loss
    }
  }
  let x = parameter([2])
  let optimizer = Optimizer([x], BacktrackingRule())
  var calls = 0
  let loss = optimizer.step {
    calls += 1
    optimizer.zeroGrad()
    let loss = (x * x * 2).sum()
    loss.backward()
    return loss
  }
  // Steps of 8 and 4 do not lower 2x²; one of 2 leads to its minimum.
  #expect(loss.item() == 8 && x.values == [0] && calls == 4)
}

@Test(.ownGenerator) func hyperparametersHaveNames() async {
  let x = parameter([1])
  let optimizer = AdamW([x], lr: 0.5)
  #expect(optimizer.paramGroups[0]["weight_decay"] == 1e-2)
  optimizer.paramGroups[0]["betas.1"] = 0.5
  optimizer.paramGroups[0]["amsgrad"] = 1
  #expect(optimizer.paramGroups[0].betas.1 == 0.5 && optimizer.paramGroups[0].amsgrad)
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = SGD([ParameterGroup([Tensor([1.0])], ["weightDecay": 1])])
  }
  expectMessage(
    result,
    """
    SGD: there is no hyper-parameter "weightDecay"; it has lr, momentum, dampening, weight_decay
    """)
}

// MARK: - Memory

@Test(.ownGenerator) func stridesOfParametersAndGradientsDoNotMatter() {
  let numbers = (0..<6).map { Double($0) - 2 }
  func result(_ x: Tensor, _ gradient: Tensor) -> [Double] {
    x.requiresGrad = true
    let optimizer = Adam([x], lr: 0.1, weightDecay: 0.1)
    for _ in 0..<3 {
      x.grad = gradient
      optimizer.step()
    }
    return x.values
  }
  let x = Tensor(numbers, shape: [2, 3], dtype: .float64)
  let g = Tensor(numbers.map { $0 * $0 + 1 }, shape: [2, 3], dtype: .float64)
  let transposed = { (t: Tensor) in t.permute([1, 0]).clone().permute([1, 0]) }
  let expected = result(x.clone(), g)
  #expect(result(transposed(x), g) == expected)
  #expect(result(x.clone(), transposed(g)) == expected)
  // A slice: its neighbours stay.
  let whole = Tensor.zeros([2, 5], dtype: .float64)
  let slice = whole.narrow(dim: 1, start: 1, length: 3)
  slice.copy_(x)
  #expect(result(slice.detach(), g) == expected)
  #expect(whole.narrow(dim: 1, start: 4, length: 1).values == [0, 0])
  #expect(whole.values[1] == expected[0])
  // A gradient that repeats one element.
  let ones = Tensor.ones([1], dtype: .float64).expand([2, 3])
  #expect(result(x.clone(), ones) == result(x.clone(), Tensor.ones([2, 3], dtype: .float64)))
}

@Test(.ownGenerator) func aGradientMayShareTheElementsOfItsParameter() {
  let x = parameter([1, 2, 4])
  x.grad = x.detach()
  SGD([x], lr: 0.5, momentum: 0.5, nesterov: true).step()
  #expect(x.values == [0.25, 0.5, 1])
}

@Test(.ownGenerator) func aStepCountsAsAChangeInPlace() {
  let x = parameter([1], gradient: [1])
  let before = x.version
  SGD([x], lr: 0.1).step()
  #expect(x.version == before + 1)
}

@Test(.ownGenerator) func bitsDoNotDependOnThreads() {
  func result() -> [Double] {
    let x = Tensor.randn([100_003], generator: Generator(seed: 0))
    x.requiresGrad = true
    x.grad = Tensor.randn([100_003], generator: Generator(seed: 1))
    let optimizer = Adam([x], lr: 0.1, amsgrad: true)
    for _ in 0..<2 { optimizer.step() }
    return x.values
  }
  #expect(withThreads(1, result) == withThreads(5, result))
}

@Test(.ownGenerator) func infiniteParametersStayInfiniteWithoutDecay() {
  let x = parameter([.infinity], gradient: [1])
  SGD([x], lr: 0.1).step()
  #expect(x.values == [.infinity])
}

@Test(.ownGenerator) func emptyAndZeroDimensionalParameters() {
  let (x, y) = (Tensor.zeros([0, 3], requiresGrad: true), Tensor(1.0, requiresGrad: true))
  x.grad = Tensor.zeros([0, 3])
  y.grad = Tensor(1.0)
  Adam([x, y], lr: 0.5).step()
  #expect(abs(y.item() - 0.5) < 1e-6)
}
