// Members by their paths.

import Autograd

extension Module {
  /// The module of that path, such as "layers.0"; this one for "". Stops if there is none.
  public func getSubmodule(_ path: String) -> Module {
    var found: Module?
    walk { module, parts in
      let here = parts.joined(separator: ".")
      if here == path, found == nil { found = module }
      return found == nil && (here.isEmpty || path.hasPrefix(here + "."))
    }
    guard let found else {
      fail(
        """
        getSubmodule: \(type(of: self)) has no module "\(path)"; it has \
        \(listed(namedModules.map(\.name).filter { !$0.isEmpty }))
        """)
    }
    return found
  }

  /// The parameter of that path, such as "layers.0.weight". Stops if there is none.
  public func getParameter(_ path: String) -> Tensor {
    let slots = tensorSlots.filter { $0.slot is any AnyParameter && $0.slot.held != nil }
    guard let slot = slots.first(where: { $0.path == path })?.slot else {
      fail(
        """
        getParameter: \(type(of: self)) has no parameter "\(path)"; it has \
        \(listed(slots.map(\.path)))
        """)
    }
    return slot.held!
  }

  /// The buffer of that path, such as "bn.running_mean". Stops if there is none.
  public func getBuffer(_ path: String) -> Tensor {
    let slots = tensorSlots.filter { $0.slot is any AnyBuffer && $0.slot.held != nil }
    guard let slot = slots.first(where: { $0.path == path })?.slot else {
      fail(
        """
        getBuffer: \(type(of: self)) has no buffer "\(path)"; it has \(listed(slots.map(\.path)))
        """)
    }
    return slot.held!
  }

  /// The places of the parameters and buffers of this module and all below it, by every path:
  /// parents first, and in each module parameters before buffers.
  var tensorSlots: [(path: String, slot: any TensorSlot)] {
    var found: [(path: String, slot: any TensorSlot)] = []
    walk { module, parts in
      let members = Members(of: module)
      for (name, slot) in members.parameters {
        found.append(((parts + [name]).joined(separator: "."), slot))
      }
      for (name, slot) in members.buffers {
        found.append(((parts + [name]).joined(separator: "."), slot))
      }
      return true
    }
    return found
  }
}

// MARK: - Freezing

extension Module {
  /// Makes parameters not require gradients: all of them, or those of the given names.
  ///
  /// ```swift
  /// net.freeze("encoder.*")
  /// net.unfreeze("encoder.layers.3", "*.bias")
  /// ```
  ///
  /// A name is that of a parameter, or of a module, which stands for all its parameters. In it `*`
  /// stands for any characters, dots included, and `?` for one. Stops if a name fits none. The
  /// gradients that frozen parameters have are dropped.
  @discardableResult
  public func freeze(_ names: String...) -> Self {
    requiresGrad(false, forKeys: names.isEmpty ? ["*"] : names, op: #function)
  }

  /// Makes parameters require gradients: all of them, or those of the given names, which are written
  /// as in ``freeze(_:)``.
  @discardableResult
  public func unfreeze(_ names: String...) -> Self {
    requiresGrad(true, forKeys: names.isEmpty ? ["*"] : names, op: #function)
  }

  /// Sets whether the parameters of the given names, which are written as in ``freeze(_:)``, require
  /// gradients.
  @discardableResult
  public func requiresGrad(_ requiresGrad: Bool, forKeys names: [String]) -> Self {
    self.requiresGrad(requiresGrad, forKeys: names, op: #function)
  }

  private func requiresGrad(_ on: Bool, forKeys names: [String], op: StaticString) -> Self {
    let parameters = tensorSlots.filter { $0.slot is any AnyParameter && $0.slot.held != nil }
    for name in names {
      let pattern = Array(name)
      let fitting = parameters.filter { fits($0.path, pattern) }
      require(
        !fitting.isEmpty || parameters.isEmpty && name == "*",
        """
        \(opName(op)): \(type(of: self)) has no parameter or module "\(name)"; its parameters are \
        \(listed(parameters.map(\.path)))
        """)
      for (_, slot) in fitting { slot.held!.requiresGrad = on }
    }
    return self
  }

  /// Whether the pattern fits a path, or the path of a module above.
  private func fits(_ path: String, _ pattern: [Character]) -> Bool {
    let letters = Array(path)
    if isMatch(letters[...], pattern) { return true }
    return letters.indices.contains { letters[$0] == "." && isMatch(letters[..<$0], pattern) }
  }
}

/// Whether `pattern`, with `*` for any characters and `?` for one, describes all of `text`.
private func isMatch(_ text: ArraySlice<Character>, _ pattern: [Character]) -> Bool {
  var (t, p) = (0, 0)
  // Where the last star is, and up to where it has been tried.
  var star: (p: Int, t: Int)?
  while t < text.count {
    if p < pattern.count, pattern[p] == "*" {
      star = (p, t)
      p += 1
    } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
      (t, p) = (t + 1, p + 1)
    } else if let last = star {
      star = (last.p, last.t + 1)
      (t, p) = (last.t + 1, last.p + 1)
    } else {
      return false
    }
  }
  return pattern[p...].allSatisfy { $0 == "*" }
}

// MARK: - Copying

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
    for (path, slot) in targets {
      guard let target = slot.held, let source = byName[path]!.held else { continue }
      require(
        target.shape == source.shape,
        """
        copyState: \(path) has shape \(target.shape), but in the module to be copied \
        \(source.shape)
        """)
      if target === source {
        slot.held = target.detach().clone().requiresGrad_(target.requiresGrad)
      }
      let copy = slot.held!
      if !source.requiresGrad { copy.requiresGrad = false }
      if copy.dtype == source.dtype {
        noGrad { copy.copy_(source) }
      } else {
        copy.adopt(source.detach().clone(), op: #function)
      }
      copy.requiresGrad = source.requiresGrad
    }
    for (module, source) in zip(modules, other.modules) {
      module.isTraining = source.isTraining
      if let extra = source.extraState { module.setExtraState(extra.detach().clone()) }
    }
    return self
  }
}
