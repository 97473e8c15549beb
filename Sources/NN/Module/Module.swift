import Autograd

/// A part of a model: parameters, buffers, submodules, and the function that it computes with them.
///
/// ```swift
/// final class Net: Module {
///   let fc1 = Linear(784, 128)
///   let fc2 = Linear(128, 10)
///   override func forward(_ x: Tensor) -> Tensor { fc2(fc1(x).relu()) }
/// }
/// ```
///
/// Nothing is registered by hand. Parameters and buffers are the stored properties marked
/// ``Parameter`` and ``Buffer``; children are the stored properties that are modules, or optionals,
/// arrays, tuples or dictionaries of modules (in the order of their keys): an array replaces
/// `nn.ModuleList`, a dictionary `nn.ModuleDict`. They are found by reflection each time they are
/// listed, superclasses first, in the order of declaration. Names are PyTorch's: the path of
/// properties in snake case, separated by dots (`layers.0.running_mean`), so that weights saved by
/// PyTorch fit.
///
/// A module of several inputs defines a `callAsFunction` of its own: see
/// ``call(_:body:)``.
open class Module: CustomStringConvertible {
  /// Whether the module is in training mode, which changes layers such as ``Dropout``; set by
  /// ``train(_:)`` and ``eval()``.
  public private(set) var isTraining = true

  /// A module in training mode.
  public init() {}

  /// The function that the module computes, from one tensor to one tensor; override it.
  ///
  /// A module of another signature does not override it; see `call(_:body:)`.
  open func forward(_ x: Tensor) -> Tensor {
    fail(
      """
      \(type(of: self)): this module does not compute one tensor from one tensor; override \
      forward(_:), or call it with the arguments that its callAsFunction takes
      """)
  }

  /// Whether the module computes one tensor from one tensor, by `forward(_:)`; true unless
  /// overridden.
  ///
  /// A module of another signature overrides it with false. ``Sequential`` then refuses the module
  /// when it is built, rather than when it is called.
  open var mapsTensorToTensor: Bool { true }

  /// Calls the module: `net(x)` is ``forward(_:)``.
  public func callAsFunction(_ x: Tensor) -> Tensor { call(x) { forward($0) } }

  /// Runs `body`, the computation of this module, on the module's inputs. Every call of a module
  /// goes through this function, so that whatever observes calls sees inputs and outputs here.
  ///
  /// A module whose signature is not one tensor to one tensor calls it in its own `callAsFunction`:
  ///
  /// ```swift
  /// final class Gate: Module {
  ///   let weights = Linear(8, 8)
  ///   override var mapsTensorToTensor: Bool { false }
  ///   func callAsFunction(_ x: Tensor, _ condition: Tensor?) -> Tensor {
  ///     call(x, condition) { x, condition in
  ///       condition.map { x * weights($0).sigmoid() } ?? x
  ///     }
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - inputs: the arguments of the call, of any types.
  ///   - body: the computation; it uses the inputs that it is given.
  /// - Returns: the result of `body`.
  public final func call<each Input, Output>(
    _ inputs: repeat each Input, body: (repeat each Input) throws -> Output
  ) rethrows -> Output {
    try body(repeat each inputs)
  }

  /// The modules that this one contains directly, with their names; found by reflection unless
  /// overridden.
  open var namedChildren: [(name: String, module: Module)] { Members(of: self).children }

  /// The settings that `description` lists between the parentheses: PyTorch's `extra_repr`.
  open var extraRepr: String { "" }
}

// MARK: - The tree

extension Module {
  /// The modules that this one contains directly, each once.
  public var children: [Module] {
    var seen: Set<ObjectIdentifier> = []
    return namedChildren.map(\.module).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// This module and all below it, each once, parents first.
  public var modules: [Module] { namedModules.map(\.module) }

  /// This module, under the empty name, and all below it, each once and under its first path.
  public var namedModules: [(name: String, module: Module)] {
    var seen: Set<ObjectIdentifier> = []
    return paths().filter { seen.insert(ObjectIdentifier($0.module)).inserted }
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

  private func unique(
    _ tensors: (Members) -> [(String, Tensor?)]
  ) -> [(name: String, tensor: Tensor)] {
    var seen: Set<ObjectIdentifier> = []
    var found: [(name: String, tensor: Tensor)] = []
    for (path, module) in paths() {
      for case (let name, let tensor?) in tensors(Members(of: module))
      where seen.insert(ObjectIdentifier(tensor)).inserted {
        found.append((path.dot(name), tensor))
      }
    }
    return found
  }

  /// Every path to a module from this one, parents first.
  func paths(
    _ path: String = "", below ancestors: [Module] = []
  ) -> [(name: String, module: Module)] {
    require(
      !ancestors.contains { $0 === self },
      """
      \(type(of: self)): it contains itself, by the path \(path); let a closure refer to the \
      parent, or pass it as an argument
      """)
    let below = namedChildren.flatMap { name, child in
      child.paths(path.dot(name), below: ancestors + [self])
    }
    return [(path, self)] + below
  }
}

extension String {
  /// The name `name` in the module that this path leads to.
  func dot(_ name: String) -> String { isEmpty ? name : "\(self).\(name)" }
}

// MARK: - Operations on the whole tree

extension Module {
  /// Puts this module and all below it into training mode, or out of it with `false`.
  @discardableResult
  public func train(_ isTraining: Bool = true) -> Self {
    for module in modules { module.isTraining = isTraining }
    return self
  }

  /// Puts this module and all below it into evaluation mode.
  @discardableResult
  public func eval() -> Self { train(false) }

  /// Calls `body` with every module below this one, then with this one: children before parents.
  @discardableResult
  public func apply(_ body: (Module) -> Void) -> Self {
    for child in children { child.apply(body) }
    body(self)
    return self
  }

  /// Sets whether the parameters require gradients: `false` freezes them.
  @discardableResult
  public func requiresGrad(_ requiresGrad: Bool = true) -> Self {
    for parameter in parameters { parameter.requiresGrad = requiresGrad }
    return self
  }

  /// Drops the gradients of all parameters.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }

  /// Converts the floating-point parameters, their gradients, and the floating-point buffers to
  /// `dtype`.
  ///
  /// The parameters are replaced by new tensors, so convert a model before making its optimizer.
  @discardableResult
  public func to(_ dtype: DType) -> Self {
    require(
      dtype.isFloatingPoint,
      "to: a module cannot be converted to \(dtype), only to float32 or float64")
    // Tensors that two properties share stay shared. The old tensors are kept alive, so that no new
    // one gets their identity.
    var converted: [ObjectIdentifier: (old: Tensor, new: Tensor)] = [:]
    func convert(_ old: Tensor) -> Tensor {
      if !old.dtype.isFloatingPoint || old.dtype == dtype { return old }
      if let known = converted[ObjectIdentifier(old)] { return known.new }
      let new = old.detach().to(dtype)
      new.requiresGrad = old.requiresGrad
      if let grad = old.grad { new.grad = grad.detach().to(dtype) }
      converted[ObjectIdentifier(old)] = (old, new)
      return new
    }
    for module in modules {
      let members = Members(of: module)
      for (_, slot) in members.parameters { slot.held = slot.held.map(convert) }
      for (_, slot) in members.buffers { slot.held = slot.held.map(convert) }
    }
    return self
  }
}

// MARK: - Printing

extension Module {
  /// The module as a tree, a line for each one in it, as PyTorch prints it.
  public var description: String {
    let lines = namedChildren.map { name, child in "(\(name)): \(child)" }
    if lines.isEmpty { return "\(type(of: self))(\(extraRepr))" }
    let body = ((extraRepr.isEmpty ? [] : [extraRepr]) + lines).joined(separator: "\n")
    let indented = body.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return "\(type(of: self))(\n\(indented)\n)"
  }
}
