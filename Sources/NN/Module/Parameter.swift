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
@propertyWrapper
public final class Parameter<Value: TensorOrNil> {
  private var value: Value

  /// The tensor. A new one is set to require a gradient, so it must be a leaf; an optimizer that
  /// was made before still updates the old one.
  public var wrappedValue: Value {
    get { value }
    set {
      value = newValue
      newValue.tensor?.requiresGrad = true
    }
  }

  /// A parameter that starts as `wrappedValue`.
  public init(wrappedValue: Value) {
    value = wrappedValue
    wrappedValue.tensor?.requiresGrad = true
  }
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
@propertyWrapper
public final class Buffer<Value: TensorOrNil> {
  /// The tensor.
  public var wrappedValue: Value
  let isPersistent: Bool

  /// A buffer that starts as `wrappedValue`.
  public init(wrappedValue: Value, persistent: Bool = true) {
    self.wrappedValue = wrappedValue
    isPersistent = persistent
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

/// A ``Parameter`` of any type.
protocol AnyParameter: AnyObject {
  /// The tensor; setting it does not change whether a gradient is required.
  var held: Tensor? { get set }
}

/// A ``Buffer`` of any type.
protocol AnyBuffer: AnyObject {
  var held: Tensor? { get set }
  var isPersistent: Bool { get }
}

extension Parameter: AnyParameter {
  var held: Tensor? {
    get { value.tensor }
    set { if let newValue { value = .holding(newValue) } }
  }
}

extension Buffer: AnyBuffer {
  var held: Tensor? {
    get { wrappedValue.tensor }
    set { if let newValue { wrappedValue = .holding(newValue) } }
  }
}
