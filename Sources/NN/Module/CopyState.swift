import Autograd

extension Module {
  /// Copies the parameters, the buffers (persistent or not), the extra state and the modes of
  /// `other`, which has the same structure, into this module: with a module that was just made, a
  /// deep copy.
  ///
  /// ```swift
  /// let target = Net(width: 64).copyState(from: net)
  /// ```
  ///
  /// Afterwards each has tensors of its own, with the same elements and dtypes, and parameters that
  /// require gradients in the same places; gradients and hooks are not copied. PyTorch's
  /// `copy.deepcopy` also makes the new module; an object of a Swift class can only be made by its
  /// initializer. Stops if names or shapes differ.
  @discardableResult
  public func copyState(from other: Module) -> Self {
    let (targets, sources) = (tensorSlots, other.tensorSlots)
    let names = targets.filter { $0.slot.held != nil }.map(\.path)
    let otherNames = sources.filter { $0.slot.held != nil }.map(\.path)
    let different = Set(names).symmetricDifference(otherNames).sorted()
    require(
      different.isEmpty && modules.count == other.modules.count,
      """
      copyState: \(type(of: other)) and \(type(of: self)) do not have the same structure; only one \
      has \(listed(different))
      """)
    let byName = Dictionary(sources.map { ($0.path, $0.slot) }) { first, _ in first }
    // What a tensor that both modules have becomes in this one.
    var separated: [ObjectIdentifier: Tensor] = [:]
    for (path, slot) in targets {
      guard let target = slot.held, let source = byName[path]!.held else { continue }
      require(
        target.shape == source.shape,
        """
        copyState: \(path) has shape \(target.shape), but in the module to be copied \
        \(source.shape)
        """)
      if target === source {
        let copy = separated[ObjectIdentifier(target)] ?? source.detach().clone()
        separated[ObjectIdentifier(target)] = copy
        copy.requiresGrad = source.requiresGrad
        slot.held = copy
        continue
      }
      if !source.requiresGrad { target.requiresGrad = false }
      if target.dtype != source.dtype || target.sharesStorage(with: source) {
        target.adopt(source.detach().clone(), op: #function)
      } else {
        noGrad { target.copy_(source) }
      }
      target.requiresGrad = source.requiresGrad
    }
    for (module, source) in zip(modules, other.modules) {
      module.isTraining = source.isTraining
      if let extra = source.extraState { module.setExtraState(extra.detach().clone()) }
    }
    return self
  }
}
