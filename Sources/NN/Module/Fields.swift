// What `Mirror` does not tell of a stored property: whether it is `weak` or `unowned`, and its
// declared type.

/// A stored property of a class, struct or tuple type.
struct Field {
  let name: String
  /// The declared type; that of a weak reference is an optional.
  let type: Any.Type
  /// Whether it keeps what it refers to alive: false if `weak` or `unowned`.
  let isStrong: Bool
  /// The distance of the value from the beginning of a struct or tuple, in bytes.
  let offset: Int

  /// Whether `type` is a struct or tuple type.
  static func isStructOrTuple(_ type: Any.Type) -> Bool { [0x200, 0x301].contains(kind(type)) }

  /// Whether `type` is a class, struct or tuple type, which ``all(of:)`` can be asked for.
  static func hasFields(_ type: Any.Type) -> Bool {
    let kind = kind(type)
    return kind == 0x200 || kind == 0x301 || kind == 0 || kind > 0x7FF
  }

  /// The first word of a type's metadata: 0x200 for a struct, 0x301 for a tuple, and 0 or an address
  /// for a class.
  private static func kind(_ type: Any.Type) -> UInt {
    unsafeBitCast(type, to: UnsafePointer<UInt>.self).pointee
  }

  /// The stored properties of `type`, superclasses first, in the order of the children of mirrors.
  static func all(of type: Any.Type) -> [Field] {
    (0..<fieldCount(type)).map { i in
      var description = FieldDescription()
      let fieldType = fieldType(type, index: i, description: &description)
      defer { description.free?(description.name) }
      return Field(
        name: description.name.map { String(cString: $0) } ?? "", type: fieldType,
        isStrong: description.isStrong, offset: fieldOffset(type, index: i))
    }
  }
}

// The functions of the standard library that its own reflection uses. It exports them, but does not
// declare them in public.

@_silgen_name("swift_reflectionMirror_recursiveCount")
private func fieldCount(_ type: Any.Type) -> Int

@_silgen_name("swift_reflectionMirror_recursiveChildMetadata")
private func fieldType(
  _ type: Any.Type, index: Int, description: UnsafeMutablePointer<FieldDescription>
) -> Any.Type

@_silgen_name("swift_reflectionMirror_recursiveChildOffset")
private func fieldOffset(_ type: Any.Type, index: Int) -> Int

/// What the standard library says of a field.
private struct FieldDescription {
  var name: UnsafePointer<CChar>?
  var free: (@convention(c) (UnsafePointer<CChar>?) -> Void)?
  var isStrong = true
  var isVariable = true
}
