import Autograd
import Foundation

/// A value of a case: an argument or a result in Python.
public indirect enum Value: Sendable {
  case none, ellipsis
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case dtype(DType)
  /// The name of a tensor in the group's safetensors file.
  case tensor(String)
  case slice(Value, Value, Value)
  /// A list is an index list, a tuple one index per dimension.
  case list([Value]), tuple([Value])
  case object([String: Value])

  /// The value of a JSON text.
  init(json data: Data) throws {
    self.init(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
  }

  private init(_ any: Any) {
    switch any {
    case is NSNull: self = .none
    case let text as String: self = .string(text)
    case let array as [Any]: self = .list(array.map { Value($0) })
    case let members as [String: Any]: self = .init(members: members.mapValues { Value($0) })
    case let number as NSNumber:
      // A cast to Int or Bool also accepts 1.0, but Python distinguishes 1, 1.0 and True.
      switch number.objCType.pointee {
      case CChar(UInt8(ascii: "c")): self = .bool(number.boolValue)
      case CChar(UInt8(ascii: "d")), CChar(UInt8(ascii: "f")): self = .float(number.doubleValue)
      default: self = .int(number.intValue)
      }
    default: fatalError("\(type(of: any)) is no JSON value")
    }
  }

  /// The value of an object in one of the forms of the README; otherwise the object.
  private init(members: [String: Value]) {
    guard members.count == 1, let (name, value) = members.first else {
      self = .object(members)
      return
    }
    switch (name, value) {
    case ("t", .string(let key)): self = .tensor(key)
    case ("tuple", .list(let values)): self = .tuple(values)
    case ("slice", .list(let parts)) where parts.count == 3:
      self = .slice(parts[0], parts[1], parts[2])
    case ("ellipsis", _): self = .ellipsis
    case ("float", .string(let text)): self = Double(text).map { .float($0) } ?? .object(members)
    case ("dtype", .string(let text)):
      self = DType(named: text).map { .dtype($0) } ?? .object(members)
    default: self = .object(members)
    }
  }
}

extension Value {
  /// The member of an object.
  subscript(name: String) -> Value? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// The elements of a list or a tuple.
  var elements: [Value]? {
    switch self {
    case .list(let values), .tuple(let values): values
    default: nil
    }
  }

  /// The members of an object; none if it is not one. (An empty object of keys that happens to read
  /// like one of the special forms does not occur.)
  var members: [String: Value] { if case .object(let members) = self { members } else { [:] } }

  /// The text of a string.
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number as a `Double`.
  var double: Double? {
    switch self {
    case .int(let i): Double(i)
    case .float(let x): x
    default: nil
    }
  }
}

extension DType {
  init?(named name: String) {
    guard let dtype = DType.allCases.first(where: { $0.description == name }) else { return nil }
    self = dtype
  }
}
