// Parameters that are computed from other parameters: PyTorch's `torch.nn.utils.parametrize`.

import Autograd

/// A module that computes a parameter from others, and can be asked the other way round.
///
/// A parametrisation of one tensor overrides `forward(_:)`:
///
/// ```swift
/// final class Symmetric: Module, Parametrization {
///   override func forward(_ x: Tensor) -> Tensor { x.triu() + x.triu(diagonal: 1).mT }
///   func rightInverse(_ value: Tensor) -> [Tensor]? { [value.triu()] }
/// }
/// let layer = registerParametrization(Linear(3, 3), "weight", Symmetric())
/// ```
///
/// One of several tensors implements ``value(from:)``. A module that is no `Parametrization` can be
/// registered too; it has no right inverse.
public protocol Parametrization: Module {
  /// The parameter, computed from the originals; by default the call of the module with the only
  /// one.
  func value(from originals: [Tensor]) -> Tensor

  /// Originals from which the parameter `value` is computed; nil, the default, if there are none to
  /// be had. It is called without recording.
  ///
  /// They are what the originals are when a parametrisation is registered, or when the parameter is
  /// assigned.
  func rightInverse(_ value: Tensor) -> [Tensor]?
}

extension Parametrization {
  public func value(from originals: [Tensor]) -> Tensor {
    require(
      originals.count == 1,
      """
      \(type(of: self)): there are \(originals.count) original tensors; implement value(from:)
      """)
    return self(originals[0])
  }

  public func rightInverse(_ value: Tensor) -> [Tensor]? { nil }
}

/// How one parameter of a module is computed: the original tensors, which are the parameters now, and
/// the parametrisations, each a function of the result of the one before.
///
/// It is a child of the module, `parametrizations.weight`. The originals are named `original`, or
/// `original0`, `original1`, … if the parameter is computed from several; the parametrisations are
/// named by their positions.
public final class ParametrizationList: Module {
  /// The parametrisations, in the order in which they are applied.
  public private(set) var parametrizations: [Module]
  private let originalSlots: [Parameter<Tensor>]
  /// Whether the value is kept after its first use.
  private var isCaching = false
  private var cached: (value: Tensor, originals: [Tensor], isRecorded: Bool)?

  /// A list that starts with one parametrisation, of the parameter `tensor`.
  fileprivate init(_ parametrization: Module, of tensor: Tensor) {
    parametrizations = [parametrization]
    let inverse = noGrad { (parametrization as? any Parametrization)?.rightInverse(tensor) }
    let originals: [Tensor]
    switch inverse {
    case nil: originals = [tensor]
    case let inverse? where inverse.count == 1 && inverse[0].shape == tensor.shape:
      // The same object, so that an optimizer goes on with it.
      noGrad { if inverse[0] !== tensor { tensor.copy_(inverse[0]) } }
      originals = [tensor]
    case let inverse?:
      originals = inverse.map { $0.detach().clone() }
    }
    let isLearned = tensor.requiresGrad
    originalSlots = originals.enumerated().map { i, original in
      Parameter(wrappedValue: original, originals.count == 1 ? "original" : "original\(i)")
    }
    for original in originals { original.requiresGrad = isLearned }
    super.init()
  }

  /// The tensors that the parameter is computed from.
  public var originals: [Tensor] { originalSlots.map(\.wrappedValue) }

  /// The originals with their names, for reflection.
  var slots: [(name: String, slot: any AnyParameter)] { originalSlots.map { ($0.name!, $0) } }

  public override var mapsTensorToTensor: Bool { false }

  public override var namedChildren: [(name: String, module: Module)] {
    parametrizations.enumerated().map { ("\($0)", $1) }
  }

  // MARK: Values

  /// The parameter.
  var value: Tensor {
    let originals = originals
    if let cached, cached.isRecorded == GradMode.isEnabled,
      zip(cached.originals, originals).allSatisfy({ $0 === $1 })
    {
      return cached.value
    }
    let value = computed(from: originals)
    if isCaching { cached = (value, originals, GradMode.isEnabled) }
    return value
  }

  private func computed(from originals: [Tensor]) -> Tensor {
    let first = (parametrizations[0] as? any Parametrization)?.value(from: originals)
    return parametrizations.dropFirst().reduce(first ?? parametrizations[0](originals[0])) {
      $1($0)
    }
  }

  /// Changes the originals so that the parameter becomes `tensor`.
  func assign(_ tensor: Tensor?) {
    guard let tensor else {
      fail("\(type(of: parametrizations[0])): a parameter with a parametrisation cannot be nil")
    }
    noGrad {
      var values = [tensor.detach()]
      for step in parametrizations.reversed() {
        guard let inverse = (step as? any Parametrization)?.rightInverse(values[0]) else {
          fail(
            """
            \(type(of: step)): a parameter with this parametrisation cannot be assigned, since it \
            has no right inverse; implement rightInverse(_:), or change the originals
            """)
        }
        values = inverse
      }
      for (slot, value) in zip(originalSlots, values) { slot.wrappedValue.copy_(value) }
      cached = nil
    }
  }

  fileprivate func append(_ parametrization: Module) {
    parametrizations.append(parametrization)
    cached = nil
  }

  /// Keeps the value from now on until this is called with false.
  fileprivate func cache(_ isCaching: Bool) -> Bool {
    defer { self.isCaching = isCaching }
    cached = nil
    return self.isCaching
  }
}

// MARK: - Registration

/// Makes the parameter `name` of `module` the value of `parametrization`: PyTorch's
/// `register_parametrization`.
///
/// The layer then uses the value, computed at each use, and the tensor that it is computed from is the
/// parameter, `parametrizations.<name>.original`. A second parametrisation is applied to the value of
/// the first. If the parametrisation has a right inverse of several tensors, these are new parameters,
/// so make the optimizer afterwards.
///
/// Stops if there is no such parameter, or if the value has another shape or dtype.
///
/// - Parameters:
///   - module: the module.
///   - name: the name of a parameter of the module itself, as in a state dict.
///   - parametrization: a module from one tensor to one tensor, or a ``Parametrization``.
///   - unsafe: whether shape and dtype are not checked.
/// - Returns: the module.
@discardableResult
public func registerParametrization<M: Module>(
  _ module: M, _ name: String, _ parametrization: Module, unsafe: Bool = false
) -> M {
  parametrization.train(module.isTraining)
  let op: StaticString = #function
  if let slot = Members(of: module).parametrized.first(where: { $0.name == name })?.slot {
    let list = slot.parametrizations!
    if !unsafe {
      let value = noGrad { list.value }
      requireSame(noGrad { parametrization(value) }, as: value, parametrization, op)
    }
    list.append(parametrization)
    return module
  }
  let slot = plainSlot(name, of: module, op)
  let tensor = slot.held!
  let (shape, dtype) = (tensor.shape, tensor.dtype)
  let list = ParametrizationList(parametrization, of: tensor)
  list.train(module.isTraining)
  if !unsafe {
    let value = noGrad { list.value }
    requireSame(value, as: .empty(shape, dtype: dtype), parametrization, op)
  }
  slot.parametrize(by: list)
  return module
}

/// Makes a parameter with parametrisations an ordinary one again.
///
/// - Parameters:
///   - module: the module.
///   - name: the name of the parameter.
///   - leaveParametrized: whether it keeps its value, rather than that of its original; needed if it
///     is computed from several.
/// - Returns: the module.
@discardableResult
public func removeParametrizations<M: Module>(
  _ module: M, _ name: String, leaveParametrized: Bool = true
) -> M {
  guard let slot = Members(of: module).parametrized.first(where: { $0.name == name })?.slot else {
    fail(
      """
      removeParametrizations: \(type(of: module)) has no parameter "\(name)" with a \
      parametrisation; it has \(listed(Members(of: module).parametrized.map(\.name)))
      """)
  }
  let list = slot.parametrizations!
  let originals = list.originals
  require(
    leaveParametrized || originals.count == 1,
    """
    removeParametrizations: "\(name)" is computed from \(originals.count) tensors, so it can only \
    keep its value; pass leaveParametrized: true
    """)
  var tensor = originals[0]
  if leaveParametrized {
    let value = noGrad { list.value }
    if originals.count == 1, value.shape == tensor.shape, value.dtype == tensor.dtype {
      noGrad { tensor.copy_(value) }
    } else {
      tensor = value.detach().clone()
      tensor.requiresGrad = originals.contains { $0.requiresGrad }
    }
  }
  slot.endParametrization(with: tensor)
  return module
}

/// Whether the parameter `name` of `module` itself, or any if nil, has a parametrisation.
public func isParametrized(_ module: Module, _ name: String? = nil) -> Bool {
  Members(of: module).parametrized.contains { name == nil || $0.name == name }
}

/// Runs `body`, in which each parameter with parametrisations in `module` is computed at its first
/// use, and kept: for modules that use one several times, such as a recurrent one. PyTorch's
/// `parametrize.cached`.
///
/// Changes of the originals in `body` are not noticed, unless by an assignment to the parameter.
public func withCachedParametrizations<Result>(
  _ module: Module, _ body: () throws -> Result
) rethrows -> Result {
  let lists = module.modules.compactMap { $0 as? ParametrizationList }
  let old = lists.map { $0.cache(true) }
  defer { for (list, old) in zip(lists, old) { _ = list.cache(old) } }
  return try body()
}

// MARK: - Parts

extension Module {
  /// Runs `body`, in which no parametrisation changes its state, as spectral normalisation does in
  /// training.
  func asInEvaluation<Result>(_ body: () -> Result) -> Result {
    let steps = modules.compactMap { $0 as? ParametrizationList }.flatMap(\.modules)
    let modes = steps.map(\.isTraining)
    for step in steps { step.isTraining = false }
    defer { for (step, mode) in zip(steps, modes) { step.isTraining = mode } }
    return body()
  }
}

/// The place of the parameter `name` of `module` itself.
func plainSlot(_ name: String, of module: Module, _ op: StaticString) -> any AnyParameter {
  let parameters = Members(of: module).parameters
  guard let slot = parameters.first(where: { $0.name == name })?.slot, slot.held != nil else {
    fail(
      """
      \(opName(op)): \(type(of: module)) has no parameter "\(name)" of its own; it has \
      \(listed(parameters.filter { $0.slot.held != nil }.map(\.name)))
      """)
  }
  return slot
}

private func requireSame(
  _ value: Tensor, as expected: Tensor, _ parametrization: Module, _ op: StaticString
) {
  require(
    value.shape == expected.shape && value.dtype == expected.dtype,
    """
    \(opName(op)): \(type(of: parametrization)) makes a tensor of shape \(value.shape) and dtype \
    \(value.dtype) of a parameter of shape \(expected.shape) and dtype \(expected.dtype); keep \
    both, or pass unsafe: true
    """)
}
