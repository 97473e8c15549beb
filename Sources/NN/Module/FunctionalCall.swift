import Autograd

/// Calls `module` with other tensors in the places of its parameters and buffers: PyTorch's
/// `torch.func.functional_call`.
///
/// ```swift
/// let gradients = grad(of: loss, wrt: net.parameters, createGraph: true)
/// var fast: [String: Tensor] = [:]
/// for (parameter, g) in zip(net.namedParameters, gradients) {
///   fast[parameter.name] = parameter.tensor - 0.1 * g!
/// }
/// let adapted = functionalCall(net, fast, x)
/// ```
///
/// The arguments are those of ``functionalCall(_:_:tieWeights:strict:body:)``.
public func functionalCall(
  _ module: Module, _ tensors: [String: Tensor], _ x: Tensor, tieWeights: Bool = true,
  strict: Bool = false
) -> Tensor {
  functionalCall(module, tensors, tieWeights: tieWeights, strict: strict) { module(x) }
}

/// Runs `body` while `module` has other tensors in the places of its parameters and buffers.
///
/// ```swift
/// let y = functionalCall(decoder, weights) { decoder(tokens, memory) }
/// ```
///
/// The tensors are used as they are, leaves or not, so gradients flow to them. The module has its
/// own tensors again when `body` returns or throws. Buffers that the module changes in place, such
/// as running means, change in the given tensors.
///
/// Stops if a name is unknown, or if two names of one tied tensor are given different tensors.
///
/// - Parameters:
///   - module: the module.
///   - tensors: tensors by the names of ``Module/stateDict(prefix:keepVars:)``, or of buffers that
///     are not persistent.
///   - tieWeights: whether a tensor also stands in for other names of the tensor that it replaces.
///   - strict: whether all parameters and buffers must be given; with `tieWeights`, by one name.
///   - body: the computation.
/// - Returns: the result of `body`.
public func functionalCall<Result>(
  _ module: Module, _ tensors: [String: Tensor], tieWeights: Bool = true, strict: Bool = false,
  body: () throws -> Result
) rethrows -> Result {
  let slots = module.tensorSlots.filter { $0.slot.held != nil }
  let byName = Dictionary(slots.map { ($0.path, $0.slot) }) { first, _ in first }
  var byTensor: [ObjectIdentifier: (name: String, tensor: Tensor)] = [:]
  for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
    guard let slot = byName[name] else {
      fail(
        """
        functionalCall: \(type(of: module)) has no parameter or buffer "\(name)"; it has \
        \(listed(slots.map(\.path)))
        """)
    }
    let id = ObjectIdentifier(slot.held!)
    if tieWeights, let other = byTensor[id], other.tensor !== tensor {
      fail(
        """
        functionalCall: "\(other.name)" and "\(name)" are names of one tensor, but got different \
        tensors; give one of them, or pass tieWeights: false
        """)
    }
    byTensor[id] = (name, tensor)
  }
  var replacements: [(slot: any TensorSlot, old: Tensor, new: Tensor)] = []
  for (path, slot) in slots {
    let old = slot.held!
    if let new = tensors[path] ?? (tieWeights ? byTensor[ObjectIdentifier(old)]?.tensor : nil) {
      replacements.append((slot, old, new))
    } else {
      require(
        !strict,
        """
        functionalCall: "\(path)" is missing; with strict: true all parameters and buffers are \
        needed
        """)
    }
  }
  for (slot, _, new) in replacements { slot.held = new }
  defer { for (slot, old, _) in replacements.reversed() { slot.held = old } }
  return try body()
}

/// The first of `names`, for a message.
func listed(_ names: [String]) -> String {
  if names.isEmpty { return "none" }
  return names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
}
