import Autograd

/// Adagrad: PyTorch's `torch.optim.Adagrad`.
public typealias Adagrad = Optimizer<AdagradRule>

/// Steps divided by the root of the sum of all squared gradients.
///
/// With g the gradient plus `weightDecay`·x, in step t:
///
///     s ← s + g²
///     x ← x − lr / (1 + (t − 1)·lrDecay) · g / (√s + eps)
///
/// Source: Duchi, Hazan and Singer, Adaptive subgradient methods, 2011.
public struct AdagradRule: OptimizerRule {
  public var lr: Double
  /// The decay of the learning rate.
  public var lrDecay: Double
  /// The factor of the penalty ½‖x‖².
  public var weightDecay: Double
  /// The initial value of the sum.
  public var initialAccumulatorValue: Double
  /// Added to the divisor, which could be 0.
  public var eps: Double
  /// Whether to maximize instead of minimize.
  public var maximize: Bool

  public static var name: String { "Adagrad" }

  public static var hyperparameters: [Hyperparameter<AdagradRule>] {
    [
      .number("lr", \.lr), .number("lr_decay", \.lrDecay), .number("weight_decay", \.weightDecay),
      .number("initial_accumulator_value", \.initialAccumulatorValue), .number("eps", \.eps),
      .flag("maximize", \.maximize),
    ]
  }

  public func slots(for shape: [Int]) -> [OptimizerSlot] { [OptimizerSlot("sum", shape)] }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    let sum = state.slot("sum", like: parameter, filledWith: initialAccumulatorValue)
    let decayed = lr / (1 + Double(state.step - 1) * lrDecay)
    parameter.update(
      .adagrad(.init(lr: decayed, eps: eps, decay: weightDecay, maximize: maximize ? 1 : 0)),
      gradient: gradient, state: [sum])
  }
}

extension Optimizer where Rule == AdagradRule {
  /// Adagrad on `parameters`; the hyper-parameters are those of ``AdagradRule``.
  public convenience init(
    _ parameters: some ParameterSource, lr: Double = 1e-2, lrDecay: Double = 0,
    weightDecay: Double = 0, initialAccumulatorValue: Double = 0, eps: Double = 1e-10,
    maximize: Bool = false
  ) {
    self.init(
      parameters,
      AdagradRule(
        lr: lr, lrDecay: lrDecay, weightDecay: weightDecay,
        initialAccumulatorValue: initialAccumulatorValue, eps: eps, maximize: maximize))
  }
}
