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

/// Steps of about the learning rate, whatever the scale of the gradient.
///
/// With g the gradient plus `weightDecay`·x, in step t:
///
///     m ← β₁·m + (1 − β₁)·g
///     v ← β₂·v + (1 − β₂)·g²
///     x ← x − lr·m̂ / (√v̂ + eps),  m̂ = m/(1 − β₁ᵗ),  v̂ = v/(1 − β₂ᵗ)
///
/// With `amsgrad` the last line uses the largest v so far. With `decoupledWeightDecay` g is the
/// gradient alone, and x is first multiplied by 1 − lr·`weightDecay`.
///
/// Sources: Kingma and Ba, Adam, 2014; Reddi et al., On the convergence of Adam and beyond, 2018;
/// Loshchilov and Hutter, Decoupled weight decay regularization, 2017.
public struct AdamRule: OptimizerRule {
  public var lr: Double
  /// β₁ and β₂: the fractions of the running means of the gradient and of its square that are kept.
  public var betas: (Double, Double)
  /// Added to the divisor, which could be 0.
  public var eps: Double
  /// The factor of the penalty ½‖x‖², or of the decoupled decay.
  public var weightDecay: Double
  /// Whether the largest v so far is used.
  public var amsgrad: Bool
  /// Whether to maximize instead of minimize.
  public var maximize: Bool
  /// Whether weight decay acts on the parameter rather than through the gradient. A state that was
  /// saved with the other value, such as AdamW's, does not fit; PyTorch takes the value over.
  public var decoupledWeightDecay: Bool

  public static var name: String { "Adam" }

  public static var hyperparameters: [Hyperparameter<AdamRule>] {
    [
      .number("lr", \.lr), .number("betas.0", \.betas.0, below: 1),
      .number("betas.1", \.betas.1, below: 1), .number("eps", \.eps),
      .number("weight_decay", \.weightDecay), .flag("amsgrad", \.amsgrad),
      .flag("maximize", \.maximize), .choice("decoupled_weight_decay", \.decoupledWeightDecay),
    ]
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
      .adam(
        .init(
          stepSize: lr / (1 - pow(betas.0, t)), beta1: betas.0, beta2: betas.1, eps: eps,
          correction: (1 - pow(betas.1, t)).squareRoot(),
          decay: decoupledWeightDecay ? 0 : weightDecay,
          shrink: decoupledWeightDecay ? 1 - lr * weightDecay : 1, maximize: maximize ? 1 : 0)),
      gradient: gradient, state: [mean, square, largest])
  }
}

extension Optimizer where Rule == AdamRule {
  /// Adam on `parameters`; the hyper-parameters are those of ``AdamRule``.
  public convenience init(
    _ parameters: some ParameterSource, lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
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
