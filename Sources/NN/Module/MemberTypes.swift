// What can be told from a type alone about the members in its values, and is kept for each type: so
// the million words of an array, or the sizes of a layer, are not looked at one by one.

import Autograd
import Synchronization

/// What a value of some type is to the module that holds it.
enum MemberKind {
  case module, parameter, buffer, named
  /// No member, but one may be inside.
  case container
  /// Neither a member, nor can one be inside.
  case nothing

  private static let known = Mutex<[ObjectIdentifier: MemberKind]>([:])

  init(_ type: Any.Type) {
    let id = ObjectIdentifier(type)
    if let kind = MemberKind.known.withLock({ $0[id] }) {
      self = kind
      return
    }
    self =
      switch type {
      case is Module.Type: .module
      case is any AnyParameter.Type: .parameter
      case is any AnyBuffer.Type: .buffer
      case is any AnyNamed.Type: .named
      default: canContainMembers(type) ? .container : .nothing
      }
    MemberKind.known.withLock { [self] in $0[id] = self }
  }

  /// Notes that there is nothing in the values of a type.
  static func noteNothing(in type: Any.Type) {
    known.withLock { $0[ObjectIdentifier(type)] = .nothing }
  }
}

/// Whether there can be a parameter, a buffer or a module in a value of this type.
private func canContainMembers(_ type: Any.Type) -> Bool {
  func isTrivial<T>(_: T.Type) -> Bool { _isPOD(T.self) }
  // A trivial value refers to no object.
  if isTrivial(type) || plainTypes.contains(ObjectIdentifier(type)) { return false }
  guard let container = type as? any Container.Type else { return true }
  return container.contents.contains { MemberKind($0) != .nothing }
}

/// Whether a value of this type is made to hold a parameter, a buffer or a module: by the types that
/// it contains, or those of its stored properties, in any nesting.
func holdsMembers(_ type: Any.Type) -> Bool {
  let id = ObjectIdentifier(type)
  if let known = holdingTypes.withLock({ $0[id] }) { return known }
  let holds = leadsToMembers(type)
  holdingTypes.withLock { $0[id] = holds }
  return holds
}

private let holdingTypes = Mutex<[ObjectIdentifier: Bool]>([:])

private func leadsToMembers(_ type: Any.Type) -> Bool {
  var seen: Set<ObjectIdentifier> = []
  var rest = [type]
  while let type = rest.popLast() {
    guard seen.insert(ObjectIdentifier(type)).inserted else { continue }
    switch MemberKind(type) {
    case .module, .parameter, .buffer: return true
    case .nothing: continue
    case .container, .named:
      if let container = type as? any Container.Type {
        rest += container.contents
      } else if Field.hasFields(type) {
        rest += Field.all(of: type).filter(\.isStrong).map(\.type)
      }
    }
  }
  return false
}

/// Whether values of this type contain others, though their mirrors do not show them.
func isSealed(_ type: Any.Type) -> Bool { type is any Sealed.Type }

private let plainTypes: Set<ObjectIdentifier> = [
  ObjectIdentifier(Tensor.self), ObjectIdentifier(String.self), ObjectIdentifier(Substring.self),
  ObjectIdentifier(Character.self), ObjectIdentifier(ModuleHooks.self),
]

// MARK: - Stored properties

/// The stored properties of a class or struct in whose values there can be members.
struct MemberProperties {
  let list: [MemberProperty]
  /// The number of all its stored properties.
  let countOfAll: Int
  /// Whether its mirror may show something else.
  let hasOwnMirror: Bool

  private static let known = Mutex<[ObjectIdentifier: MemberProperties]>([:])

  init(of type: Any.Type) {
    let id = ObjectIdentifier(type)
    if let properties = MemberProperties.known.withLock({ $0[id] }) {
      self = properties
      return
    }
    let fields = Field.all(of: type)
    countOfAll = fields.count
    hasOwnMirror = type is any CustomReflectable.Type
    list = fields.enumerated().compactMap { i, field in
      field.isStrong && MemberKind(field.type) != .nothing ? MemberProperty(i, field) : nil
    }
    MemberProperties.known.withLock { [self] in $0[id] = self }
  }
}

/// A stored property in whose values there can be members.
struct MemberProperty {
  /// Its position among the stored properties of the type, superclasses first.
  let index: Int
  /// Its name in paths.
  let name: String
  /// The name of a lazy property, which has a value only after its first use.
  let lazyName: String?

  fileprivate init(_ index: Int, _ field: Field) {
    self.index = index
    let lazyPrefix = "$__lazy_storage_$_"
    if field.name.hasPrefix(lazyPrefix) {
      let property = String(field.name.dropFirst(lazyPrefix.count))
      (lazyName, name) = (property, property.snakeCased)
    } else {
      // A wrapped property is stored under its name with an underscore in front.
      let isWrapped = [.parameter, .buffer].contains(MemberKind(field.type))
      lazyName = nil
      name = (isWrapped ? String(field.name.trimmingPrefix("_")) : field.name).snakeCased
    }
  }
}

// MARK: - Containers

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

extension Result: Container {
  fileprivate static var contents: [Any.Type] { [Success.self] }
}

// MARK: - Containers that do not show their contents

/// A container whose mirror shows something else.
private protocol Sealed: Container {}

extension CollectionOfOne: Sealed {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}

@available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *)
extension InlineArray: Sealed, Container {
  fileprivate static var contents: [Any.Type] { [Element.self] }
}
