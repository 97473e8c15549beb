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
/// ``Parameter`` and ``Buffer``; children are the stored properties that are modules. They are found
/// by reflection each time they are listed, superclasses first, in the order of declaration; also in
/// optionals, arrays, dictionaries (in the order of their keys), tuples, structs and the payloads of
/// enums, in any nesting: an array replaces `nn.ModuleList`, a dictionary `nn.ModuleDict`.
///
/// Names are PyTorch's, so that weights saved by PyTorch fit: the path of properties, positions and
/// keys, separated by dots (`layers.0.running_mean`; neither optionals nor cases of enums are part of
/// it). The name of a property in camel case is written in snake case: `runningMean` is
/// `running_mean`. Any other name stays as it is: `W`, `Wq`, `_h`, `W_q`. Any key of PyTorch can be
/// had by ``Named``, `@Parameter("fcA")` and `@Buffer("fcA")`. Two members of one name stop, since a
/// state dict could not tell them apart.
///
/// Some things are no members, or cannot be found:
///
/// - A `weak` or `unowned` property refers to a module that another one contains, such as its parent.
/// - A `Tensor` that is not marked ``Parameter`` or ``Buffer`` is neither, whether or not it
///   requires a gradient, as in PyTorch.
/// - A closure shows nothing of what it captures, nor does a property that cannot be copied, such as
///   a `Mutex`, or a pointer.
/// - An object of another class stops if it holds modules, and so do containers that do not show
///   what they contain, such as an `InlineArray`.
/// - A set has no order, hence no names, and stops if it holds modules.
/// - A lazy property stops until it has been used, if its type shows that it holds a module.
///
/// A module of several inputs defines a `callAsFunction` of its own: see
/// ``call(_:body:)``.
open class Module: CustomStringConvertible {
  /// Whether the module is in training mode, which changes layers such as ``Dropout``; set by
  /// ``train(_:)`` and ``eval()``.
  public internal(set) var isTraining = true

  /// The hooks, if there are any. A call looks here and nowhere else.
  // Reads and writes never overlap; checking that at run time took 14 ns of a call.
  @exclusivity(unchecked) @usableFromInline final var hooks: ModuleHooks?

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
  // Disfavored, so that a module with another result for one input, such as LSTM, is called by its
  // own function.
  @_disfavoredOverload
  public func callAsFunction(_ x: Tensor) -> Tensor {
    hooks == nil ? forward(x) : callWithHooks(x) { forward($0) }
  }

  /// Runs `body`, the computation of this module, on the module's inputs. Every call of a module
  /// goes through this function, so that hooks see inputs and outputs here. Without hooks it costs a
  /// comparison.
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
  // Inlined into other modules: as a call, two inputs of any types took 77 ns, now 18.
  @inlinable @inline(__always)
  public final func call<each Input, Output>(
    _ inputs: repeat each Input, body: (repeat each Input) throws -> Output
  ) rethrows -> Output {
    if hooks == nil { return try body(repeat each inputs) }
    return try callWithHooks(repeat each inputs, body: body)
  }

  /// The modules that this one contains directly, with their names; found by reflection unless
  /// overridden.
  open var namedChildren: [(name: String, module: Module)] { Members(of: self).children }

  /// The settings that `description` lists between the parentheses: PyTorch's `extra_repr`.
  open var extraRepr: String { "" }

  /// What a state dict keeps of this module besides parameters and buffers, under the name
  /// `_extra_state`; nil if there is nothing. Override it together with ``setExtraState(_:)``.
  ///
  /// It is a tensor, since files hold tensors; PyTorch's may be any object. It must not be nil when a
  /// state dict with such a tensor is loaded, or that is unexpected.
  open var extraState: Tensor? { nil }

  /// Takes the ``extraState`` of a state dict that is loaded.
  open func setExtraState(_ state: Tensor) {
    fail(
      """
      \(type(of: self)): there is an extraState, but nothing that loads it; override \
      setExtraState(_:)
      """)
  }
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
    walk(leaving: { module, _ in body(module) }, childrenOf: { $0.distinctChildren })
    return self
  }

  /// Sets whether the parameters require gradients: `false` freezes them.
  @discardableResult
  public func requiresGrad(_ requiresGrad: Bool = true) -> Self {
    for parameter in parameters { parameter.requiresGrad = requiresGrad }
    return self
  }

  /// Clears the gradients of all parameters.
  ///
  /// - Parameter setToNil: whether they are dropped; else those that are there become zeros.
  public func zeroGrad(setToNil: Bool = true) {
    for parameter in parameters {
      parameter.grad = setToNil ? nil : parameter.grad.map { Tensor.zerosLike($0) }
    }
  }

  /// Converts the floating-point parameters, their gradients, and the floating-point buffers to
  /// `dtype`.
  ///
  /// Parameters stay the same objects, so an optimizer that was made before goes on with the
  /// converted ones, and converts what it keeps for them. A graph that was recorded before and needs
  /// a parameter stops, as after any change in place. Buffers are replaced by new tensors.
  @discardableResult
  public func to(_ dtype: DType) -> Self {
    require(
      dtype.isFloatingPoint,
      "to: a module cannot be converted to \(dtype), only to float32 or float64")
    let slots = modules.map { Members(of: $0) }
    for (_, slot) in slots.flatMap(\.parameters) {
      guard let parameter = slot.held, parameter.dtype != dtype,
        parameter.dtype.isFloatingPoint
      else { continue }
      parameter.adopt(parameter.detach().to(dtype), op: #function)
    }
    // Buffers that two properties share stay shared. The old tensors are kept alive, so that no new
    // one gets their identity.
    var converted: [ObjectIdentifier: (old: Tensor, new: Tensor)] = [:]
    for (_, slot) in slots.flatMap(\.buffers) {
      guard let old = slot.held, old.dtype != dtype, old.dtype.isFloatingPoint else { continue }
      let new = converted[ObjectIdentifier(old)]?.new ?? old.detach().to(dtype)
      converted[ObjectIdentifier(old)] = (old, new)
      slot.held = new
    }
    return self
  }
}

// MARK: - Printing

extension Module {
  /// The module as a tree, a line for each one in it, as PyTorch prints it.
  public var description: String { asInEvaluation(tree) }

  private func tree() -> String {
    var lines: [String] = []
    func indentation(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
    walk { module, path in
      let label = path.last.map { "(\($0)): " } ?? ""
      let settings = module.extraRepr.split(separator: "\n", omittingEmptySubsequences: false)
      let start = "\(indentation(path.count))\(label)\(type(of: module))("
      if module.spansLines {
        lines.append(start)
        if !module.extraRepr.isEmpty {
          lines += settings.map { indentation(path.count + 1) + $0 }
        }
      } else {
        lines.append(start + module.extraRepr + ")")
      }
      return true
    } leaving: { module, depth in
      if module.spansLines { lines.append(indentation(depth) + ")") }
    }
    return lines.joined(separator: "\n")
  }

  /// Whether it has children or several lines of settings.
  private var spansLines: Bool { extraRepr.contains("\n") || !namedChildren.isEmpty }
}
