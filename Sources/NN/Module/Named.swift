import Autograd

/// A property of a module whose members have another name in paths than the property, for the names
/// of a state dict.
///
/// ```swift
/// final class Block: Module {
///   @Named("fcA") var first = Linear(8, 8)
///   @Named("fcB") var others: [Linear]
///   init(count: Int) {
///     super.init()
///     others = (0..<count).map { _ in Linear(8, 8) }
///   }
/// }
/// ```
///
/// The names are `fcA.weight`, `fcB.0.weight`, …. Without it a property in camel case has its name in
/// snake case, and any other keeps its own: see ``Module``. Parameters and buffers take a name
/// themselves: `@Parameter("wQ")`.
///
/// A property without an initial value is set after `super.init()`, or by its wrapper:
/// `_others = Named(wrappedValue: […], "fcB")`.
@propertyWrapper
public struct Named<Value> {
  private var value: Value?
  /// The name in paths.
  let name: String

  /// The value; it must have been set.
  public var wrappedValue: Value {
    get { requireSet(value, "Named", name) }
    set { value = newValue }
  }

  /// A property under the name `name`, with a value.
  public init(wrappedValue: Value, _ name: String) {
    value = wrappedValue
    self.name = name
  }

  /// A property under the name `name`, to be set before it is used.
  public init(_ name: String) { self.name = name }
}

extension Named where Value: ExpressibleByNilLiteral {
  /// An optional property under the name `name`.
  public init(_ name: String) { self.init(wrappedValue: nil, name) }
}

/// A ``Named`` of any type, for reflection.
protocol AnyNamed {
  var name: String { get }
  var content: Any { get }
}

extension Named: AnyNamed {
  var content: Any { wrappedValue }
}

/// The value of a property wrapper; stops if it has none yet.
func requireSet<Value>(_ value: Value?, _ wrapper: String, _ name: String) -> Value {
  guard let value else {
    fail(
      """
      @\(wrapper)("\(name)"): the property is used before it has a value; set it in the initializer, \
      after super.init()
      """)
  }
  return value
}
