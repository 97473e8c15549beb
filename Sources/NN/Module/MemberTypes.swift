// What can be told from a type alone about the members in its values. So the million numbers of an
// array need not be looked at.

import Autograd

/// Whether there can be a parameter, a buffer or a module in a value of this type.
func canContainMembers(_ type: Any.Type) -> Bool {
  func isTrivial<T>(_: T.Type) -> Bool { _isPOD(T.self) }
  // A trivial value refers to no object.
  if isTrivial(type) || plainTypes.contains(ObjectIdentifier(type)) { return false }
  guard let container = type as? any Container.Type else { return true }
  return container.contents.contains(where: canContainMembers)
}

/// Whether a value of this type is made to hold a parameter, a buffer or a module.
func holdsMembers(_ type: Any.Type) -> Bool {
  if type is Module.Type || type is any AnyParameter.Type || type is any AnyBuffer.Type {
    return true
  }
  guard let container = type as? any Container.Type else { return false }
  return container.contents.contains(where: holdsMembers)
}

private let plainTypes: Set<ObjectIdentifier> = [
  ObjectIdentifier(Tensor.self), ObjectIdentifier(String.self), ObjectIdentifier(Substring.self),
  ObjectIdentifier(Character.self),
]

/// A type whose values contain those of other types.
private protocol Container {
  static var contents: [Any.Type] { get }
}

extension Optional: Container {
  fileprivate static var contents: [Any.Type] { [Wrapped.self] }
}

extension Array: Container {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}

extension ArraySlice: Container {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}

extension ContiguousArray: Container {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}

extension Set: Container {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}

extension Dictionary: Container {
  fileprivate static var contents: [Any.Type] { [Value.self] }
}

extension Named: Container {
  fileprivate static var contents: [Any.Type] { [Value.self] }
}
