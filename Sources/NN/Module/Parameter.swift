import Autograd

/// A property of a module that holds a tensor to be learned.
///
/// The tensor is set to require a gradient. A parameter that may be absent is an optional:
///
/// ```swift
/// final class Scale: Module {
///   @Parameter var weight: Tensor
///   @Parameter var bias: Tensor?
///   init(_ size: Int, bias: Bool = true) {
///     weight = .ones([size])
///     self.bias = bias ? .zeros([size]) : nil
///   }
/// }
/// ```
///
/// Its name in a state dict is that of the property in PyTorch's spelling (see ``Module``), or a
/// name of its own: `@Parameter("wQ") var query = Tensor.zeros([8])`. A parameter with a name of its
/// own and without an initial value is set after `super.init()`, or by its wrapper:
/// `_query = Parameter(wrappedValue: x, "wQ")`.
@propertyWrapper
public final class Parameter<Value: TensorOrNil> {
  private var value: Value?
  let name: String?
  /// How the tensor is computed, if it is; see ``registerParametrization(_:_:_:unsafe:)``.
  // Reads and writes never overlap, see `Module.hooks`.
  @exclusivity(unchecked) private(set) var parametrizations: ParametrizationList?

  /// The tensor. A new one is set to require a gradient, so it must be a leaf; an optimizer that
  /// was made before still updates the old one.
  ///
  /// If it is computed by a parametrisation, a new one is given to that, which changes the tensors
  /// that it is computed from.
  public var wrappedValue: Value {
    get {
      if let parametrizations { return .holding(parametrizations.value) }
      return requireSet(value, "Parameter", name ?? "")
    }
    set {
      if let parametrizations { return parametrizations.assign(newValue.tensor) }
      value = newValue
      newValue.tensor?.requiresGrad = true
    }
  }

  /// A parameter that starts as `wrappedValue`.
  public convenience init(wrappedValue: Value) { self.init(value: wrappedValue, name: nil) }

  /// A parameter that starts as `wrappedValue`, under the name `name`.
  public convenience init(wrappedValue: Value, _ name: String) {
    self.init(value: wrappedValue, name: name)
  }

  /// A parameter under the name `name`, to be set before it is used.
  public convenience init(_ name: String) { self.init(value: nil, name: name) }

  private init(value: Value?, name: String?) {
    self.value = value
    self.name = name
    value?.tensor?.requiresGrad = true
  }
}

extension Parameter where Value: ExpressibleByNilLiteral {
  /// A parameter under the name `name` that starts absent.
  public convenience init(_ name: String) { self.init(wrappedValue: nil, name) }
}

/// A property of a module that holds a tensor which is not learned, such as a running mean.
///
/// A buffer that is not persistent is left out of the state dict. The initial value of such a
/// property stands beside it, or the initializer assigns the wrapper itself:
///
/// ```swift
/// @Buffer var runningMean: Tensor
/// @Buffer(persistent: false) var mask = Tensor.ones([8, 8])
/// // in init: _positions = Buffer(wrappedValue: positions, persistent: false)
/// ```
///
/// As a ``Parameter`` it may have a name of its own: `@Buffer("posEnc")`.
@propertyWrapper
public final class Buffer<Value: TensorOrNil> {
  private var value: Value?
  let name: String?
  let isPersistent: Bool

  /// The tensor.
  public var wrappedValue: Value {
    get { requireSet(value, "Buffer", name ?? "") }
    set { value = newValue }
  }

  /// A buffer that starts as `wrappedValue`.
  public convenience init(wrappedValue: Value, persistent: Bool = true) {
    self.init(value: wrappedValue, name: nil, persistent)
  }

  /// A buffer that starts as `wrappedValue`, under the name `name`.
  public convenience init(wrappedValue: Value, _ name: String, persistent: Bool = true) {
    self.init(value: wrappedValue, name: name, persistent)
  }

  /// A buffer under the name `name`, to be set before it is used.
  public convenience init(_ name: String, persistent: Bool = true) {
    self.init(value: nil, name: name, persistent)
  }

  private init(value: Value?, name: String?, _ isPersistent: Bool) {
    self.value = value
    self.name = name
    self.isPersistent = isPersistent
  }
}

extension Buffer where Value: ExpressibleByNilLiteral {
  /// A buffer under the name `name` that starts absent.
  public convenience init(_ name: String, persistent: Bool = true) {
    self.init(wrappedValue: nil, name, persistent: persistent)
  }
}

// MARK: - Optional tensors

/// `Tensor` or `Tensor?`: the types that ``Parameter`` and ``Buffer`` wrap.
public protocol TensorOrNil {
  /// The tensor, if there is one.
  var tensor: Tensor? { get }
  /// The value that holds `tensor`.
  static func holding(_ tensor: Tensor) -> Self
}

extension Tensor: TensorOrNil {
  /// This tensor.
  public var tensor: Tensor? { self }
  /// The tensor itself.
  public static func holding(_ tensor: Tensor) -> Tensor { tensor }
}

extension Optional: TensorOrNil where Wrapped == Tensor {
  /// The tensor, if there is one.
  public var tensor: Tensor? { self }
  /// The tensor as an optional.
  public static func holding(_ tensor: Tensor) -> Tensor? { tensor }
}

// MARK: - For reflection

/// A ``Parameter`` or ``Buffer`` of any type.
protocol TensorSlot: AnyObject {
  /// The name of its own, if it has one.
  var name: String? { get }
  /// The tensor; setting it does not change whether a gradient is required.
  var held: Tensor? { get set }
}

/// A ``Parameter`` of any type.
protocol AnyParameter: TensorSlot {
  /// How the tensor is computed, if it is.
  var parametrizations: ParametrizationList? { get }
  /// Makes the tensor the value of `list`.
  func parametrize(by list: ParametrizationList)
  /// Makes the tensor `tensor` again.
  func endParametrization(with tensor: Tensor)
}

/// A ``Buffer`` of any type.
protocol AnyBuffer: TensorSlot {
  var isPersistent: Bool { get }
}

extension Parameter: AnyParameter {
  var held: Tensor? {
    get { wrappedValue.tensor }
    set { if let newValue { value = .holding(newValue) } }
  }

  func parametrize(by list: ParametrizationList) {
    parametrizations = list
    value = nil
  }

  func endParametrization(with tensor: Tensor) {
    parametrizations = nil
    value = .holding(tensor)
  }
}

extension Buffer: AnyBuffer {
  var held: Tensor? {
    get { wrappedValue.tensor }
    set { if let newValue { wrappedValue = .holding(newValue) } }
  }
}
