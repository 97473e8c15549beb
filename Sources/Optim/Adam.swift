import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Adam: PyTorch's `torch.optim.Adam`.
public typealias Adam = Optimizer<AdamRule>

/// Adam with decoupled weight decay: PyTorch's `torch.optim.AdamW`.
public typealias AdamW = Optimizer<AdamWRule>

/// Steps of about the learning rate, whatever the scale of the gradient.
///
/// With g the gradient plus `weightDecay`·x, in step t:
///
///     m ← β₁·m + (1 − β₁)·g
///     v ← β₂·v + (1 − β₂)·g²
///     x ← x − lr·m̂ / (√v̂ + eps),  m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
///
/// With `amsgrad` the largest v so far takes the place of v in the last line. With `decoupledWeightDecay`
/// g is the bare gradient, and x shrinks by the factor 1 − lr·`weightDecay` first.
///
/// Sources: Kingma and Ba, Adam, 2014; Reddi et al., On the convergence of Adam and beyond, 2018;
/// Loshchilov and Hutter, Decoupled weight decay regularization, 2017.
public struct AdamRule: OptimizerRule {
  public var lr: Double
  /// β₁ and β₂: how much of the running means of the gradient and of its square is kept.
  public var betas: (Double, Double)
  /// What keeps the divisor from 0.
  public var eps: Double
  /// The factor of the penalty ½‖x‖², or of the shrinking.
  public var weightDecay: Double
  /// Whether the divisor never falls.
  public var amsgrad: Bool
  /// Whether to climb instead.
  public var maximize: Bool
  /// Whether weight decay acts on the parameter rather than through the gradient.
  public var decoupledWeightDecay: Bool

  /// A rule with these hyper-parameters; the defaults are PyTorch's.
  public init(
    lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false,
    decoupledWeightDecay: Bool = false
  ) {
    self.lr = lr
    self.betas = betas
    self.eps = eps
    self.weightDecay = weightDecay
    self.amsgrad = amsgrad
    self.maximize = maximize
    self.decoupledWeightDecay = decoupledWeightDecay
  }

  public static var name: String { "Adam" }

  public static var hyperparameters: [Hyperparameter<AdamRule>] {
    [
      .number("lr", \.lr), .number("betas.0", \.betas.0), .number("betas.1", \.betas.1),
      .number("eps", \.eps), .number("weight_decay", \.weightDecay), .flag("amsgrad", \.amsgrad),
      .flag("maximize", \.maximize), .flag("decoupled_weight_decay", \.decoupledWeightDecay),
    ]
  }

  public var problem: String? {
    for beta in [betas.0, betas.1] where !(beta >= 0 && beta < 1) {
      return "betas must be at least 0 and less than 1, but are \(betas)"
    }
    return atLeastZero(("lr", lr), ("eps", eps), ("weightDecay", weightDecay))
  }

  public func slots(for shape: [Int]) -> [OptimizerSlot] {
    [
      OptimizerSlot("exp_avg", shape), OptimizerSlot("exp_avg_sq", shape),
      OptimizerSlot("max_exp_avg_sq", shape, isOptional: !amsgrad),
    ]
  }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    let mean = state.slot("exp_avg", like: parameter)
    let square = state.slot("exp_avg_sq", like: parameter)
    let largest = amsgrad ? state.slot("max_exp_avg_sq", like: parameter) : nil
    let t = Double(state.step)
    parameter.update(
      .adam, gradient: gradient, state: [mean, square, largest],
      [
        lr / (1 - pow(betas.0, t)), 1 - betas.0, betas.1, 1 - betas.1, eps,
        (1 - pow(betas.1, t)).squareRoot(), decoupledWeightDecay ? 0 : weightDecay,
        decoupledWeightDecay ? 1 - lr * weightDecay : 1, maximize ? 1 : 0,
      ])
  }
}

/// Adam with decoupled weight decay: ``AdamRule`` with other defaults.
@dynamicMemberLookup
public struct AdamWRule: OptimizerRule {
  private var adam: AdamRule

  /// A rule with these hyper-parameters; the defaults are PyTorch's.
  public init(
    lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
    weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    adam = AdamRule(
      lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
      maximize: maximize, decoupledWeightDecay: true)
  }

  public var lr: Double {
    get { adam.lr }
    set { adam.lr = newValue }
  }

  /// The other hyper-parameters, by their names in ``AdamRule``.
  public subscript<Value>(dynamicMember path: WritableKeyPath<AdamRule, Value>) -> Value {
    get { adam[keyPath: path] }
    set { adam[keyPath: path] = newValue }
  }

  public static var name: String { "AdamW" }

  public static var hyperparameters: [Hyperparameter<AdamWRule>] {
    let adam: WritableKeyPath<AdamWRule, AdamRule> = \.adam
    return AdamRule.hyperparameters.map { hyperparameter in
      switch hyperparameter {
      case .number(let name, let path): .number(name, adam.appending(path: path))
      case .flag(let name, let path): .flag(name, adam.appending(path: path))
      }
    }
  }

  public var problem: String? { adam.problem }

  public func slots(for shape: [Int]) -> [OptimizerSlot] { adam.slots(for: shape) }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    adam.update(parameter, gradient: gradient, state: &state)
  }
}

// MARK: - As optimizers

extension Optimizer where Rule == AdamRule {
  /// Adam on `parameters`; the hyper-parameters are those of ``AdamRule``.
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false,
    decoupledWeightDecay: Bool = false
  ) {
    self.init(
      parameters,
      AdamRule(
        lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
        maximize: maximize, decoupledWeightDecay: decoupledWeightDecay))
  }

  /// Adam on named parameters.
  public convenience init(
    _ parameters: [(name: String, tensor: Tensor)], lr: Double = 1e-3,
    betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, maximize: Bool = false,
    decoupledWeightDecay: Bool = false
  ) {
    self.init(
      parameters,
      AdamRule(
        lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
        maximize: maximize, decoupledWeightDecay: decoupledWeightDecay))
  }
}

extension Optimizer where Rule == AdamWRule {
  /// AdamW on `parameters`; the hyper-parameters are those of ``AdamRule``.
  public convenience init(
    _ parameters: [Tensor], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    self.init(
      parameters,
      AdamWRule(
        lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
        maximize: maximize))
  }

  /// AdamW on named parameters.
  public convenience init(
    _ parameters: [(name: String, tensor: Tensor)], lr: Double = 1e-3,
    betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    self.init(
      parameters,
      AdamWRule(
        lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
        maximize: maximize))
  }
}
