import Autograd

/// A tensor that a module learns, as a property of it.
///
/// The tensor is made to require a gradient. A parameter that may be absent is an optional:
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

  /// The tensor. A new one is made to require a gradient, so it must be a leaf; an optimizer that
  /// was made before still steps the old one.
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

/// A tensor that belongs to a module's state but is not learned, such as a running mean.
///
/// One that is not persistent stays out of the state dict. Swift wants the initial value of such a
/// property beside it, or the wrapper itself in the initializer:
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

/// A tensor, or a tensor that may be absent: what ``Parameter`` and ``Buffer`` wrap.
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

// MARK: - As reflection finds them

/// A ``Parameter`` of any type.
protocol AnyParameter: AnyObject {
  /// Can be set without a change to whether a gradient is required.
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
