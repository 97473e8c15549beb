import Autograd

/// RMSprop: PyTorch's `torch.optim.RMSprop`.
public typealias RMSprop = Optimizer<RMSpropRule>

/// Steps divided by the running root mean square of the gradient.
///
/// With g the gradient plus `weightDecay`·x:
///
///     v ← α·v + (1 − α)·g²
///     s = √v, or √(v − m²) with m ← α·m + (1 − α)·g if centered
///     x ← x − lr·g / (s + eps), or x − lr·b with b ← momentum·b + g / (s + eps)
///
/// Sources: Hinton's lectures on neural networks, 2012; centered, Graves, Generating sequences with
/// recurrent neural networks, 2013. Epsilon is added outside of the root, as in PyTorch.
public struct RMSpropRule: OptimizerRule {
  public var lr: Double
  /// α: the fraction of the running means that is kept.
  public var alpha: Double
  /// Added to the divisor, which could be 0.
  public var eps: Double
  /// The factor of the penalty ½‖x‖².
  public var weightDecay: Double
  /// The fraction of the last step that is kept.
  public var momentum: Double
  /// Whether the divisor is the deviation from the mean gradient.
  public var centered: Bool
  /// Whether to maximize instead of minimize.
  public var maximize: Bool

  public static var name: String { "RMSprop" }

  public static var hyperparameters: [Hyperparameter<RMSpropRule>] {
    [
      .number("lr", \.lr), .number("alpha", \.alpha), .number("eps", \.eps),
      .number("weight_decay", \.weightDecay), .number("momentum", \.momentum),
      .flag("centered", \.centered), .flag("maximize", \.maximize),
    ]
  }

  public func slots(for shape: [Int]) -> [OptimizerSlot] {
    [
      OptimizerSlot("square_avg", shape),
      OptimizerSlot("grad_avg", shape, isOptional: !centered),
      OptimizerSlot("momentum_buffer", shape, isOptional: momentum == 0),
    ]
  }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    let square = state.slot("square_avg", like: parameter)
    let mean = centered ? state.slot("grad_avg", like: parameter) : nil
    let buffer = momentum == 0 ? nil : state.slot("momentum_buffer", like: parameter)
    parameter.update(
      .rmsprop(
        .init(
          lr: lr, alpha: alpha, eps: eps, decay: weightDecay, momentum: momentum,
          maximize: maximize ? 1 : 0)),
      gradient: gradient, state: [square, mean, buffer])
  }
}

extension Optimizer where Rule == RMSpropRule {
  /// RMSprop on `parameters`; the hyper-parameters are those of ``RMSpropRule``.
  public convenience init(
    _ parameters: some ParameterSource, lr: Double = 1e-2, alpha: Double = 0.99,
    eps: Double = 1e-8, weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false,
    maximize: Bool = false
  ) {
    self.init(
      parameters,
      RMSpropRule(
        lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum,
        centered: centered, maximize: maximize))
  }
}
