import Autograd

/// Why a case cannot be run: the library does not have a name or an argument.
public struct NotSupported: Error {
  public let reason: String
  public init(_ reason: String) { self.reason = reason }
}

/// A string that is no case of the library's enum; the compiler would reject it.
struct NoSuchCase: Error {
  let value: Value
}

/// A call of a PyTorch function in a case. An adapter takes the arguments out of it. If arguments
/// remain, the case is not supported.
///
/// `call[1, "dim"]` is the argument at position 1 or with the name `dim`, in the type that the
/// context requires; `call[1, "dim", or: 0]` has a default. The input is `call.x`.
public final class Call {
  let arguments: [Value]
  let keywords: [String: Value]
  /// The form of the op, where PyTorch's database lists several.
  let variant: String?
  private let find: (String) throws -> Tensor
  private var used: Set<String> = []

  /// `find` gives the tensor of a name in the group's file.
  init(
    _ arguments: [Value], _ keywords: [String: Value], variant: String? = nil,
    find: @escaping (String) throws -> Tensor
  ) {
    self.arguments = arguments
    self.keywords = keywords
    self.variant = variant
    self.find = find
  }

  /// The input, a tensor.
  var x: Tensor { get throws { try self[0, "input"] } }

  /// A required argument.
  subscript<T: Argument>(_ position: Int?, _ name: String = "") -> T {
    get throws {
      guard let value = value(position, name) else {
        throw NotSupported("the argument \(name.isEmpty ? "\(position!)" : name) is missing")
      }
      return try T(value, self)
    }
  }

  /// An optional argument.
  subscript<T: Argument>(_ position: Int?, _ name: String, or missing: T) -> T {
    get throws { try value(position, name).map { try T($0, self) } ?? missing }
  }

  /// An argument that has only a name.
  subscript<T: Argument>(_ name: String) -> T { get throws { try self[nil, name] } }

  /// An optional argument that has only a name.
  subscript<T: Argument>(_ name: String, or missing: T) -> T {
    get throws { try self[nil, name, or: missing] }
  }

  /// A number of its own type, for parameters of type `some TensorScalar`.
  func number(_ position: Int?, _ name: String = "", or missing: (any TensorScalar)? = nil) throws
    -> any TensorScalar
  {
    guard let value = value(position, name) ?? missing.map({ Value($0.scalar) }) else {
      throw NotSupported("the argument \(name) is missing")
    }
    guard let number = value.number else { throw NotSupported("\(name): not a number") }
    return number
  }

  /// The arguments from `position` on, or the one list at `position`, as in `x.view(2, 3)` and
  /// `x.view((2, 3))`.
  func rest<T: Argument>(from position: Int, _ name: String = "") throws -> [T] {
    if arguments.count == position + 1, arguments[position].elements != nil {
      return try self[position, name]
    }
    if arguments.count <= position, keywords[name] != nil { return try self[nil, name] }
    return try (position..<Swift.max(position, arguments.count)).map { try self[$0] }
  }

  /// Whether there is such an argument.
  func has(_ position: Int?, _ name: String = "") -> Bool {
    position.map { $0 < arguments.count } ?? false || keywords[name] != nil
  }

  /// Whether the argument is a tensor.
  func isTensor(_ position: Int, _ name: String = "") -> Bool {
    let value = position < arguments.count ? arguments[position] : keywords[name]
    if case .tensor = value { return true } else { return false }
  }

  /// Whether the argument is a list or a tuple.
  func isList(_ position: Int, _ name: String = "") -> Bool {
    (position < arguments.count ? arguments[position] : keywords[name])?.elements != nil
  }

  /// The argument as the file has it.
  func value(_ position: Int?, _ name: String) -> Value? {
    if let position, position < arguments.count {
      used.insert("\(position)")
      return arguments[position]
    }
    used.insert(name)
    return keywords[name]
  }

  /// Ignores arguments that do not affect values, such as `device`.
  func ignore(_ names: String...) { used.formUnion(names) }

  /// Stops unless every argument has been taken.
  func checkEveryArgumentIsUsed() throws {
    for position in arguments.indices where !used.contains("\(position)") {
      throw NotSupported("the argument at position \(position)")
    }
    for name in keywords.keys.sorted() where !used.contains(name) {
      throw NotSupported("the argument `\(name)`")
    }
  }

  fileprivate func tensor(_ key: String) throws -> Tensor { try find(key) }
}

// MARK: - Types of arguments

/// A type that an adapter can ask for.
protocol Argument {
  init(_ value: Value, _ call: Call) throws
}

extension Tensor {
  fileprivate static func argument(_ value: Value, _ call: Call) throws -> Tensor {
    guard case .tensor(let key) = value else {
      throw NotSupported("expected a tensor, got \(value)")
    }
    return try call.tensor(key)
  }
}

// A class without a required initializer conforms by a factory.
extension Argument where Self == Tensor {
  init(_ value: Value, _ call: Call) throws { self = try Tensor.argument(value, call) }
}

extension Tensor: Argument {}

extension Int: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value {
    case .int(let i): self = i
    case .bool(let b): self = b ? 1 : 0
    case .tensor(let key):
      let x = try call.tensor(key)
      guard x.numel == 1, !x.dtype.isFloatingPoint else { throw NotSupported("a tensor as an int") }
      self = x.item(as: Int.self)
    default: throw NotSupported("expected an integer, got \(value)")
    }
  }
}

extension Double: Argument {
  init(_ value: Value, _ call: Call) throws {
    guard let number = value.double else { throw NotSupported("expected a number, got \(value)") }
    self = number
  }
}

extension Bool: Argument {
  init(_ value: Value, _ call: Call) throws {
    guard case .bool(let flag) = value else { throw NotSupported("expected a bool, got \(value)") }
    self = flag
  }
}

extension String: Argument {
  init(_ value: Value, _ call: Call) throws {
    guard case .string(let text) = value else {
      throw NotSupported("expected a string, got \(value)")
    }
    self = text
  }
}

extension DType: Argument {
  init(_ value: Value, _ call: Call) throws {
    guard case .dtype(let dtype) = value else {
      throw NotSupported("expected a dtype, got \(value)")
    }
    self = dtype
  }
}

extension Optional: Argument where Wrapped: Argument {
  init(_ value: Value, _ call: Call) throws {
    if case .none = value { self = nil } else { self = try Wrapped(value, call) }
  }
}

/// A list, a tuple, or one element in place of either.
extension Array: Argument where Element: Argument {
  init(_ value: Value, _ call: Call) throws {
    self = try (value.elements ?? [value]).map { try Element($0, call) }
  }
}

extension Value {
  init(_ scalar: Scalar) {
    switch scalar {
    case .bool(let b): self = .bool(b)
    case .int(let i): self = .int(Int(i))
    case .float(let x): self = .float(x)
    }
  }

  /// The number in its own type.
  var number: (any TensorScalar)? {
    switch self {
    case .bool(let b): b
    case .int(let i): i
    case .float(let x): x
    default: nil
    }
  }
}
