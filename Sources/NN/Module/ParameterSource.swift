import Autograd

extension Module: ParameterSource {
  /// One group of all parameters, under their names: `Adam(net, lr: 1e-3)`.
  public var parameterGroups: [ParameterGroup] { [ParameterGroup(namedParameters)] }
}
