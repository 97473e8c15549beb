// What an optimizer takes its parameters from. It is here rather than in Optim so that modules,
// which do not know optimizers, can be one.

/// What an optimizer takes its parameters from: an array of tensors, a module, or groups with
/// hyper-parameters of their own.
public protocol ParameterSource {
  /// The parameters, in one or more groups.
  var parameterGroups: [ParameterGroup] { get }
}

/// Parameters that an optimizer treats alike, with the hyper-parameters in which they differ from
/// its others.
///
/// ```swift
/// let decayed = net.namedParameters.filter { !$0.name.hasSuffix("bias") }
/// let others = net.namedParameters.filter { $0.name.hasSuffix("bias") }
/// let optimizer = AdamW([
///   ParameterGroup(decayed), ParameterGroup(others, ["weight_decay": 0]),
/// ], lr: 1e-3)
/// ```
public struct ParameterGroup: ParameterSource {
  /// The parameters, with the names that checkpoints keep their state under; a name is nil if there
  /// is none.
  public let parameters: [(name: String?, tensor: Tensor)]
  /// Hyper-parameters that differ from the optimizer's, by their names in PyTorch, such as
  /// `weight_decay`.
  public let options: [String: Double]

  /// A group of parameters without names.
  public init(_ parameters: [Tensor], _ options: [String: Double] = [:]) {
    self.parameters = parameters.map { (nil, $0) }
    self.options = options
  }

  /// A group of named parameters.
  public init(
    _ parameters: some Sequence<(name: String, tensor: Tensor)>, _ options: [String: Double] = [:]
  ) {
    self.parameters = parameters.map { ($0.name, $0.tensor) }
    self.options = options
  }

  public var parameterGroups: [ParameterGroup] { [self] }
}

/// An element of an array that is a ``ParameterSource``: a tensor or a group.
public protocol ParameterSourceElement {
  /// The groups of an array of such elements.
  static func groups(of elements: [Self]) -> [ParameterGroup]
}

extension Tensor: ParameterSourceElement {
  /// One group of all.
  public static func groups(of elements: [Tensor]) -> [ParameterGroup] {
    [ParameterGroup(elements)]
  }
}

extension ParameterGroup: ParameterSourceElement {
  /// The groups themselves.
  public static func groups(of elements: [ParameterGroup]) -> [ParameterGroup] { elements }
}

extension Array: ParameterSource where Element: ParameterSourceElement {
  public var parameterGroups: [ParameterGroup] { Element.groups(of: self) }
}
