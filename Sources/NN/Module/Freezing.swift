import Autograd

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
