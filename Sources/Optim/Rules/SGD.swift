import Autograd

/// Stochastic gradient descent: PyTorch's `torch.optim.SGD`.
public typealias SGD = Optimizer<SGDRule>

/// Stochastic gradient descent, with momentum.
///
/// With g the gradient plus `weightDecay`·x, and the momentum buffer b, which starts as the first
/// g:
///
///     b ← momentum·b + (1 − dampening)·g
///     x ← x − lr·b, or x − lr·(g + momentum·b) if nesterov
///
/// Source: Sutskever et al., On the importance of initialization and momentum in deep learning,
/// 2013; with the learning rate outside of the buffer, as in PyTorch.
public struct SGDRule: OptimizerRule {
  public var lr: Double
  /// The fraction of the last step that is kept.
  public var momentum: Double
  /// The fraction of the gradient that is not added to the momentum buffer.
  public var dampening: Double
  /// The factor of the penalty ½‖x‖².
  public var weightDecay: Double
  /// Whether to look ahead along the momentum; needs momentum, and no dampening.
  public var nesterov: Bool
  /// Whether to maximize instead of minimize.
  public var maximize: Bool

  public static var name: String { "SGD" }

  public static var hyperparameters: [Hyperparameter<SGDRule>] {
    [
      .number("lr", \.lr), .number("momentum", \.momentum),
      .number("dampening", \.dampening, atLeast: -.infinity),
      .number("weight_decay", \.weightDecay), .flag("nesterov", \.nesterov),
      .flag("maximize", \.maximize),
    ]
  }

  public var problem: String? {
    if nesterov, !(momentum > 0) || dampening != 0 {
      return """
        nesterov needs momentum above 0 and dampening 0, but they are \(momentum) and \(dampening)
        """
    }
    return outOfBounds
  }

  public func slots(for shape: [Int]) -> [OptimizerSlot] {
    [OptimizerSlot("momentum_buffer", shape, isOptional: true)]
  }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    let isFirst = state["momentum_buffer"] == nil
    let buffer = momentum == 0 ? nil : state.slot("momentum_buffer", like: parameter)
    parameter.update(
      .sgd(
        .init(
          lr: lr, momentum: momentum, dampening: dampening, decay: weightDecay,
          nesterov: nesterov ? 1 : 0, maximize: maximize ? 1 : 0, isFirst: isFirst ? 1 : 0)),
      gradient: gradient, state: [buffer])
  }
}

extension Optimizer where Rule == SGDRule {
  /// Stochastic gradient descent on `parameters`; the hyper-parameters are those of ``SGDRule``.
  public convenience init(
    _ parameters: some ParameterSource, lr: Double = 1e-3, momentum: Double = 0,
    dampening: Double = 0, weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false
  ) {
    self.init(
      parameters,
      SGDRule(
        lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay,
        nesterov: nesterov, maximize: maximize))
  }
}
