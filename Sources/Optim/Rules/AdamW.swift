import Autograd

/// Adam with decoupled weight decay: PyTorch's `torch.optim.AdamW`.
public typealias AdamW = Optimizer<AdamWRule>

/// Adam with decoupled weight decay: ``AdamRule`` under another name and with other defaults.
///
/// The weight decay stays decoupled, also after a state of Adam was loaded, as in PyTorch.
@dynamicMemberLookup
public struct AdamWRule: OptimizerRule {
  private var adam: AdamRule

  fileprivate init(_ adam: AdamRule) { self.adam = adam }

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
    AdamRule.hyperparameters.map { inner in
      Hyperparameter(
        name: inner.name, get: { inner.get($0.adam) }, set: { inner.set(&$0.adam, $1) },
        kind: inner.isChoice ? .constant(1, reason: "use Adam for the other") : inner.kind)
    }
  }

  public func slots(for shape: [Int]) -> [OptimizerSlot] { adam.slots(for: shape) }

  public func update(_ parameter: Tensor, gradient: Tensor, state: inout OptimizerState) {
    adam.update(parameter, gradient: gradient, state: &state)
  }
}

extension Optimizer where Rule == AdamWRule {
  /// AdamW on `parameters`; the hyper-parameters are those of ``AdamRule``.
  public convenience init(
    _ parameters: some ParameterSource, lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false
  ) {
    self.init(
      parameters,
      AdamWRule(
        AdamRule(
          lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad,
          maximize: maximize, decoupledWeightDecay: true)))
  }
}
