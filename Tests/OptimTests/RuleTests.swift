import Autograd
import Optim
import TestSupport
import Testing

/// A rule, and the parameters after some steps of it in PyTorch.
struct RuleCase: Sendable, CustomTestStringConvertible {
  // Rules are plain values, which the protocol does not state.
  nonisolated(unsafe) let rule: any OptimizerRule
  let expected: [Double]
  var testDescription: String { "\(rule)" }

  init<Rule>(_ make: ([Tensor]) -> Optimizer<Rule>, _ expected: [Double]) {
    rule = ruleOf(make)
    self.expected = expected
  }

  // The formulas of Tests/Fixtures/generate_optimizers.py.
  static let steps = 6
  static func start(_ p: Int) -> [Double] { (0..<5).map { Double($0 - 2 + p) / 2 } }
  static func gradient(_ p: Int, _ step: Int) -> [Double]? {
    if p == 1, step == 2 { return nil }
    return (0..<5).map { Double((7 * $0 + 3 * step + p) % 11 - 5) / 4 }
  }
}

/// The rule of an optimizer, with its hyper-parameters.
func ruleOf<Rule>(_ make: ([Tensor]) -> Optimizer<Rule>) -> Rule {
  make([Tensor([1.0])]).paramGroups[0].rule
}

/// The two parameters after the steps of a case.
private func run(_ rule: some OptimizerRule, _ dtype: DType) -> [Double] {
  let parameters = (0..<2).map { Tensor(RuleCase.start($0), dtype: dtype, requiresGrad: true) }
  let optimizer = Optimizer(parameters, rule)
  for step in 0..<RuleCase.steps {
    for (p, parameter) in parameters.enumerated() {
      parameter.grad = RuleCase.gradient(p, step).map { Tensor($0, dtype: dtype) }
    }
    optimizer.step()
  }
  return parameters.flatMap(\.values)
}

@Test(arguments: RuleCase.all)
func rulesArriveWherePyTorchDoes(one: RuleCase) {
  for (got, expected) in zip(run(one.rule, .float64), one.expected) {
    #expect(abs(got - expected) <= 1e-12 * (1 + abs(expected)))
  }
  for (got, expected) in zip(run(one.rule, .float32), one.expected) {
    #expect(abs(got - expected) <= 1e-5 * (1 + abs(expected)))
  }
}

@Test(arguments: RuleCase.all)
func rulesFollowTheirFormulas(one: RuleCase) {
  var got = run(one.rule, .float64)[...]
  for p in 0..<2 {
    var x = RuleCase.start(p)
    for i in x.indices {
      let reference = Reference(one.rule)
      for step in 0..<RuleCase.steps {
        if let g = RuleCase.gradient(p, step) { reference.step(&x[i], g[i]) }
      }
      let value = got.removeFirst()
      #expect(abs(value - x[i]) <= 1e-12 * (1 + abs(x[i])))
    }
  }
}

/// The rules once more, for one number, as their documentation states them.
private final class Reference {
  private let rule: any OptimizerRule
  private var t = 0
  private var m = 0.0
  private var v = 0.0
  private var top = 0.0
  private var buffer: Double?

  init(_ rule: any OptimizerRule) { self.rule = rule }

  func step(_ x: inout Double, _ gradient: Double) {
    t += 1
    switch rule {
    case let rule as SGDRule: sgd(rule, &x, gradient)
    case let rule as AdamRule: adam(rule, &x, gradient)
    case let rule as AdamWRule:
      let adam = ruleOf {
        Adam(
          $0, lr: rule.lr, betas: rule.betas, eps: rule.eps, weightDecay: rule.weightDecay,
          amsgrad: rule.amsgrad, maximize: rule.maximize, decoupledWeightDecay: true)
      }
      self.adam(adam, &x, gradient)
    case let rule as RMSpropRule: rmsprop(rule, &x, gradient)
    case let rule as AdagradRule: adagrad(rule, &x, gradient)
    default: fatalError("no reference for \(rule)")
    }
  }

  private func sgd(_ rule: SGDRule, _ x: inout Double, _ gradient: Double) {
    let g = (rule.maximize ? -gradient : gradient) + rule.weightDecay * x
    let b = buffer.map { rule.momentum * $0 + (1 - rule.dampening) * g } ?? g
    buffer = b
    let move = rule.momentum == 0 ? g : rule.nesterov ? g + rule.momentum * b : b
    x -= rule.lr * move
  }

  private func adam(_ rule: AdamRule, _ x: inout Double, _ gradient: Double) {
    var g = rule.maximize ? -gradient : gradient
    if rule.decoupledWeightDecay {
      x *= 1 - rule.lr * rule.weightDecay
    } else {
      g += rule.weightDecay * x
    }
    let (beta1, beta2) = rule.betas
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    top = max(top, v)
    func correction(_ beta: Double) -> Double { 1 - (0..<t).reduce(1) { power, _ in power * beta } }
    let root = ((rule.amsgrad ? top : v) / correction(beta2)).squareRoot()
    x -= rule.lr * (m / correction(beta1)) / (root + rule.eps)
  }

  private func rmsprop(_ rule: RMSpropRule, _ x: inout Double, _ gradient: Double) {
    let g = (rule.maximize ? -gradient : gradient) + rule.weightDecay * x
    v = rule.alpha * v + (1 - rule.alpha) * g * g
    m = rule.alpha * m + (1 - rule.alpha) * g
    let root = (rule.centered ? v - m * m : v).squareRoot()
    let move = rule.momentum * (buffer ?? 0) + g / (root + rule.eps)
    buffer = move
    x -= rule.lr * move
  }

  private func adagrad(_ rule: AdagradRule, _ x: inout Double, _ gradient: Double) {
    let g = (rule.maximize ? -gradient : gradient) + rule.weightDecay * x
    v = (t == 1 ? rule.initialAccumulatorValue : v) + g * g
    x -= rule.lr / (1 + Double(t - 1) * rule.lrDecay) * g / (v.squareRoot() + rule.eps)
  }
}
