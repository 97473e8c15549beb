// What is below a module. A tree may be deep, so nothing here recurses.

import Autograd

extension Module {
  /// The modules that this one contains directly, each once.
  public var children: [Module] { distinctChildren.map(\.module) }

  /// The modules that this one contains directly, each once and under its first name.
  var distinctChildren: [(name: String, module: Module)] {
    var seen: Set<ObjectIdentifier> = []
    return namedChildren.filter { seen.insert(ObjectIdentifier($0.module)).inserted }
  }

  /// This module and all below it, each once, parents first.
  public var modules: [Module] {
    var found: [Module] = []
    walkOnce { module, _ in found.append(module) }
    return found
  }

  /// This module, under the empty name, and all below it, each once and under its first path.
  public var namedModules: [(name: String, module: Module)] {
    var found: [(name: String, module: Module)] = []
    walkOnce { module, path in found.append((path.joined(separator: "."), module)) }
    return found
  }

  /// The parameters of this module and all below it, each once.
  public var parameters: [Tensor] { namedParameters.map(\.tensor) }

  /// The parameters of this module and all below it, each once and under its first path.
  public var namedParameters: [(name: String, tensor: Tensor)] {
    unique { $0.parameters.map { ($0.name, $0.slot.held) } }
  }

  /// The buffers of this module and all below it, each once.
  public var buffers: [Tensor] { namedBuffers.map(\.tensor) }

  /// The buffers of this module and all below it, each once and under its first path.
  public var namedBuffers: [(name: String, tensor: Tensor)] {
    unique { $0.buffers.map { ($0.name, $0.slot.held) } }
  }

  /// The parameters with a prefix, or in another selection.
  ///
  /// - Parameters:
  ///   - prefix: what every name begins with, and a dot; nothing if empty.
  ///   - recurse: whether those of the modules below are included.
  ///   - removeDuplicate: whether a parameter with several paths is listed once, under the first.
  public func namedParameters(
    prefix: String = "", recurse: Bool, removeDuplicate: Bool = true
  ) -> [(name: String, tensor: Tensor)] {
    selected(prefix, recurse, removeDuplicate) { $0.parameters.map { ($0.name, $0.slot.held) } }
  }

  /// The buffers with a prefix, or in another selection; the arguments are those of
  /// ``namedParameters(prefix:recurse:removeDuplicate:)``.
  public func namedBuffers(
    prefix: String = "", recurse: Bool, removeDuplicate: Bool = true
  ) -> [(name: String, tensor: Tensor)] {
    selected(prefix, recurse, removeDuplicate) { $0.buffers.map { ($0.name, $0.slot.held) } }
  }

  private func unique(
    _ tensors: (Members) -> [(String, Tensor?)]
  ) -> [(name: String, tensor: Tensor)] {
    selected("", true, true, tensors)
  }

  private func selected(
    _ prefix: String, _ recurse: Bool, _ removeDuplicate: Bool,
    _ tensors: (Members) -> [(String, Tensor?)]
  ) -> [(name: String, tensor: Tensor)] {
    var seen: Set<ObjectIdentifier> = []
    var found: [(name: String, tensor: Tensor)] = []
    let start = prefix.isEmpty ? [] : [prefix]
    var seenModules: Set<ObjectIdentifier> = []
    walk { module, path in
      let isNew = seenModules.insert(ObjectIdentifier(module)).inserted
      guard isNew || !removeDuplicate else { return false }
      for case (let name, let tensor?) in tensors(Members(of: module)) {
        let isNew = seen.insert(ObjectIdentifier(tensor)).inserted
        guard isNew || !removeDuplicate else { continue }
        found.append(((start + path + [name]).joined(separator: "."), tensor))
      }
      return recurse
    }
    return found
  }

  // MARK: Going through the tree

  /// Visits this module and all below it, each once, by its first path, parents first.
  private func walkOnce(_ visit: (_ module: Module, _ path: [String]) -> Void) {
    var seen: Set<ObjectIdentifier> = []
    walk { module, path in
      guard seen.insert(ObjectIdentifier(module)).inserted else { return false }
      visit(module, path)
      return true
    }
  }

  /// Goes through this module and all below it, by every path. Stops if a module contains itself.
  ///
  /// - Parameters:
  ///   - entering: called before the children, with the names on the way; its result tells whether
  ///     to go to the children.
  ///   - leaving: called after the children, with the number of modules above.
  ///   - children: the modules to go to from one.
  func walk(
    entering: (_ module: Module, _ path: [String]) -> Bool = { _, _ in true },
    leaving: (_ module: Module, _ depth: Int) -> Void = { _, _ in },
    childrenOf children: (Module) -> [(name: String, module: Module)] = { $0.namedChildren }
  ) {
    var path: [String] = []
    var ancestors: Set<ObjectIdentifier> = []
    var open: [(module: Module, children: [(name: String, module: Module)], next: Int)] = []
    func enter(_ module: Module) {
      require(
        !ancestors.contains(ObjectIdentifier(module)),
        """
        \(type(of: module)): it contains itself, by the path \(path.joined(separator: ".")); make \
        the property that refers to the parent weak or unowned, or pass the parent as an argument
        """)
      if entering(module, path) {
        ancestors.insert(ObjectIdentifier(module))
        open.append((module, children(module), 0))
      } else {
        _ = path.popLast()
      }
    }
    enter(self)
    while !open.isEmpty {
      let i = open.count - 1
      if open[i].next < open[i].children.count {
        let (name, child) = open[i].children[open[i].next]
        open[i].next += 1
        path.append(name)
        enter(child)
      } else {
        let module = open.removeLast().module
        ancestors.remove(ObjectIdentifier(module))
        leaving(module, i)
        _ = path.popLast()
      }
    }
  }
}
