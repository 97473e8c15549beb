// The tensors in a value of any type: what hooks see of the arguments and the result of a call.

import Autograd
import Synchronization

/// The tensors in `value`, in order: of a tensor, and of optionals, arrays, dictionaries (in the
/// order of their keys, if those are strings), tuples and structs of tensors, in any nesting.
func tensors<Value>(in value: Value) -> [Tensor] {
  guard holdsTensors(Value.self) else { return [] }
  var found: [Tensor] = []
  var copy = value
  withUnsafeMutablePointer(to: &copy) {
    visitTensors(Value.self, UnsafeMutableRawPointer($0)) { found.append($0) }
  }
  return found
}

/// `value` with other tensors in the places of its own.
func replacingTensors<Value>(in value: Value, by next: () -> Tensor) -> Value {
  guard holdsTensors(Value.self) else { return value }
  var copy = value
  withUnsafeMutablePointer(to: &copy) {
    visitTensors(Value.self, UnsafeMutableRawPointer($0)) { $0 = next() }
  }
  return copy
}

/// Calls `body` with each tensor in the value of type `type` at `address`.
private func visitTensors(
  _ type: Any.Type, _ address: UnsafeMutableRawPointer, _ body: (inout Tensor) -> Void
) {
  if !holdsTensors(type) { return }
  if type == Tensor.self {
    body(&address.assumingMemoryBound(to: Tensor.self).pointee)
  } else if let container = type as? any TensorContainer.Type {
    container.visit(address, body)
  } else {
    for field in Field.all(of: type) where field.isStrong {
      visitTensors(field.type, address + field.offset, body)
    }
  }
}

/// Whether there can be a tensor in a value of this type.
private func holdsTensors(_ type: Any.Type) -> Bool {
  let id = ObjectIdentifier(type)
  if let known = holdingTypes.withLock({ $0[id] }) { return known }
  var seen: Set<ObjectIdentifier> = []
  var rest = [type]
  var holds = false
  while !holds, let type = rest.popLast() {
    guard seen.insert(ObjectIdentifier(type)).inserted else { continue }
    if type == Tensor.self {
      holds = true
    } else if let container = type as? any TensorContainer.Type {
      rest.append(container.content)
    } else if Field.isStructOrTuple(type) {
      rest += Field.all(of: type).filter(\.isStrong).map(\.type)
    }
  }
  holdingTypes.withLock { [holds] in $0[id] = holds }
  return holds
}

private let holdingTypes = Mutex<[ObjectIdentifier: Bool]>([:])

// MARK: - Containers

/// A type whose values contain those of another, in a way that its fields do not tell.
private protocol TensorContainer {
  static var content: Any.Type { get }
  static func visit(_ address: UnsafeMutableRawPointer, _ body: (inout Tensor) -> Void)
}

extension TensorContainer {
  fileprivate static func visit<Content>(
    in content: inout Content, _ body: (inout Tensor) -> Void
  ) {
    withUnsafeMutablePointer(to: &content) {
      visitTensors(Content.self, UnsafeMutableRawPointer($0), body)
    }
  }
}

extension Optional: TensorContainer {
  fileprivate static var content: Any.Type { Wrapped.self }

  fileprivate static func visit(
    _ address: UnsafeMutableRawPointer, _ body: (inout Tensor) -> Void
  ) {
    let place = address.assumingMemoryBound(to: Self.self)
    guard var value = place.pointee else { return }
    visit(in: &value, body)
    place.pointee = value
  }
}

extension Array: TensorContainer {
  fileprivate static var content: Any.Type { Element.self }

  fileprivate static func visit(
    _ address: UnsafeMutableRawPointer, _ body: (inout Tensor) -> Void
  ) {
    let place = address.assumingMemoryBound(to: Self.self)
    for i in place.pointee.indices { visit(in: &place.pointee[i], body) }
  }
}

extension Dictionary: TensorContainer {
  fileprivate static var content: Any.Type { Value.self }

  fileprivate static func visit(
    _ address: UnsafeMutableRawPointer, _ body: (inout Tensor) -> Void
  ) {
    let place = address.assumingMemoryBound(to: Self.self)
    for key in place.pointee.keys.sorted(by: { keyName($0) < keyName($1) }) {
      visit(in: &place.pointee[key]!, body)
    }
  }
}
