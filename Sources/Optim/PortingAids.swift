// What PyTorch users type first, with the right spelling in the compiler's message.

import Autograd

extension Optimizer {
  /// Not available: the learning rate has a label.
  @available(
    *, unavailable, message: "give the learning rate its label: SGD(net.parameters, lr: 0.1)"
  )
  public convenience init(_ parameters: some ParameterSource, _ lr: Double) { fatalError() }

  /// Not available: named parameters come from a module or a group.
  @available(
    *, unavailable,
    message: "pass the module itself, Adam(net, lr: …), or ParameterGroup(net.namedParameters)"
  )
  public convenience init(_ parameters: [(name: String, tensor: Tensor)], lr: Double) {
    fatalError()
  }

  /// Not available: the name is zeroGrad.
  @available(*, unavailable, renamed: "zeroGrad()")
  public func zero_grad() {}

  /// Not available: the name is paramGroups.
  @available(*, unavailable, renamed: "paramGroups")
  public var param_groups: [OptimizerGroup<Rule>] { fatalError() }

  /// Not available: the name is stateDict.
  @available(*, unavailable, renamed: "stateDict()")
  public func state_dict() -> StateDict { fatalError() }

  /// Not available: the name is loadStateDict.
  @available(*, unavailable, renamed: "loadStateDict(_:)")
  public func load_state_dict(_ state: StateDict) {}

  /// Not available: the name is addParamGroup.
  @available(*, unavailable, renamed: "addParamGroup(_:)")
  public func add_param_group(_ parameters: some ParameterSource) {}
}
