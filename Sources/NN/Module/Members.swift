import Autograd

/// The parameters, buffers and children among the stored properties of one module.
///
/// They are found through optionals, collections, dictionaries, tuples, structs and enums, in any
/// nesting. A weak or unowned reference leads to no child: it refers to a module that another one
/// contains.
struct Members {
  private(set) var parameters: [(name: String, slot: any AnyParameter)] = []
  private(set) var buffers: [(name: String, slot: any AnyBuffer)] = []
  private(set) var children: [(name: String, module: Module)] = []
  /// The parameters that are computed by parametrisations; these are among the children.
  private(set) var parametrized: [(name: String, slot: any AnyParameter)] = []

  private let owner: Any.Type
  private var names: Set<String> = []
  /// The parts of the paths to the values that have been seen, each with the position of the part
  /// before it. Most values are no members, and need no path.
  private var parts: [(name: String, before: Int?)] = []

  init(of module: Module) {
    owner = type(of: module)
    if let list = module as? ParametrizationList {
      parameters = list.slots
      return
    }
    if let container = module as? any ParameterContainer {
      for (name, slot) in container.namedSlots {
        let part = add(name, after: nil)
        add(slot, under: claim(part))
      }
      addParametrizations()
      return
    }
    // Without recursion, since a list made of enums can be long.
    var rest = Array(properties(of: module, owner, under: nil).reversed())
    while let (value, part) = rest.popLast() {
      switch MemberKind(type(of: value)) {
      case .module: children.append((claim(part), value as! Module))
      case .parameter:
        let slot = value as! any AnyParameter
        add(slot, under: claim(part, slot.name))
      case .buffer:
        let slot = value as! any AnyBuffer
        buffers.append((claim(part, slot.name), slot))
      case .named:
        let named = value as! any AnyNamed
        parts[part].name = named.name
        rest.append((named.content, part))
      case .container: rest += contents(of: value, part).reversed()
      case .nothing: break
      }
    }
    addParametrizations()
  }

  private mutating func add(_ slot: any AnyParameter, under name: String) {
    if slot.parametrizations == nil {
      parameters.append((name, slot))
    } else {
      parametrized.append((name, slot))
    }
  }

  private mutating func addParametrizations() {
    for (name, slot) in parametrized {
      children.append(("parametrizations." + name, slot.parametrizations!))
    }
  }

  // MARK: Paths

  private mutating func add(_ name: String, after before: Int?) -> Int {
    parts.append((name, before))
    return parts.count - 1
  }

  private func path(_ part: Int) -> String {
    var names: [String] = []
    var next: Int? = part
    while let i = next {
      require(
        !parts[i].name.isEmpty && !parts[i].name.contains("."),
        """
        \(owner): a member has the name "\(parts[i].name)", but a name must not be empty or contain \
        a dot, which separates the names in a path
        """)
      names.append(parts[i].name)
      next = parts[i].before
    }
    return names.reversed().joined(separator: ".")
  }

  /// The path of a member, which no other member may have.
  private mutating func claim(_ part: Int, _ name: String? = nil) -> String {
    if let name { parts[part].name = name }
    let path = path(part)
    require(
      names.insert(path).inserted,
      """
      \(owner): two members have the name "\(path)"; give one another name, by @Named("…"), \
      @Parameter("…") or @Buffer("…")
      """)
    return path
  }

  // MARK: Contents

  private typealias Item = (value: Any, part: Int)

  /// What `value`, which is no member, contains.
  private mutating func contents(of value: Any, _ part: Int) -> [Item] {
    let type = type(of: value)
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .enum:
      // The path does not tell the case.
      return mirror.children.map { ($0.value, part) }
    case .collection:
      // What is learned of the first element holds for all of its type.
      if let first = mirror.children.first { noteIfPlain(first.value) }
      return mirror.children.enumerated().compactMap { i, child in
        if MemberKind(Swift.type(of: child.value)) == .nothing { return nil }
        return (child.value, add("\(i)", after: part))
      }
    case .tuple:
      return mirror.children.map { child in
        let label = child.label ?? ""
        // An element without a label is called ".0".
        let name = label.hasPrefix(".") ? String(label.dropFirst()) : label.snakeCased
        return (child.value, add(name, after: part))
      }
    case .dictionary:
      return dictionaryItems(mirror).map { key, value in (value, add(key, after: part)) }
    case .set:
      if mirror.children.contains(where: { holdsMembers(Swift.type(of: $0.value)) }) {
        fail(
          """
          \(owner): the property \(path(part)) is a set, which has no order, so that its members \
          have no names; use an array
          """)
      }
      return []
    case .struct where !isSealed(type):
      noteIfPlain(value)
      return properties(of: value, type, under: part)
    case .class:
      requireNoMembers(in: mirror, of: type, part)
      return []
    default:
      requireNothingHidden(type, part)
      return []
    }
  }

  /// Notes that there is nothing in values of the type of `value`, if that is a struct without any
  /// property that can hold a member.
  private func noteIfPlain(_ value: Any) {
    let type = type(of: value)
    let isStruct = Mirror(reflecting: value).displayStyle == .struct
    if isStruct, MemberProperties(of: type).list.isEmpty { MemberKind.noteNothing(in: type) }
  }

  /// The values of the stored properties of `value`, less the weak and unowned ones: a reference to
  /// a module that is gone must not even be read.
  private mutating func properties(of value: Any, _ type: Any.Type, under part: Int?) -> [Item] {
    let properties = MemberProperties(of: type)
    if properties.list.isEmpty { return [] }
    let places = places(in: Mirror(reflecting: value))
    if properties.hasOwnMirror || places.count != properties.countOfAll {
      guard let part else {
        fail(
          """
          \(owner): its members cannot be found, since its customMirror does not show them; drop it
          """)
      }
      // Such as those of Foundation, which are no containers of modules.
      requireNothingHidden(type, part)
      return []
    }
    var items: [Item] = []
    for property in properties.list {
      let (children, index) = places[property.index]
      let value = children[index].value
      if let name = property.lazyName { requireMade(name, value) }
      if let part, property.name == "wrapped_value", parts[part].name.hasPrefix("_") {
        // A property wrapper is stored under the name of the property with an underscore in front.
        parts[part].name = String(parts[part].name.dropFirst()).snakeCased
        items.append((value, part))
      } else {
        items.append((value, add(property.name, after: part)))
      }
    }
    return items
  }

  private typealias Place = (children: Mirror.Children, index: Mirror.Children.Index)

  /// Where the values of the stored properties stand in a mirror, superclasses first.
  private func places(in mirror: Mirror) -> [Place] {
    Array(sequence(first: mirror, next: \.superclassMirror)).reversed().flatMap { mirror in
      mirror.children.indices.map { (mirror.children, $0) }
    }
  }

  /// The values of a dictionary with their keys as names: in the order of whole numbers, or else of
  /// names.
  private func dictionaryItems(_ mirror: Mirror) -> [(name: String, value: Any)] {
    let pairs = mirror.children.map { Mirror(reflecting: $0.value).children.map(\.value) }
    let items = pairs.map { pair in (key: pair[0], name: keyName(pair[0]), value: pair[1]) }
    let sorted = items.sorted { a, b in
      if let a = a.key as? any BinaryInteger, let b = b.key as? any BinaryInteger {
        return Int(clamping: a) < Int(clamping: b)
      }
      return a.name < b.name
    }
    return sorted.map { ($0.name, $0.value) }
  }

  // MARK: Members that cannot be found

  private func requireMade(_ property: String, _ value: Any) {
    let mirror = Mirror(reflecting: value)
    let isMade = mirror.displayStyle != .optional || !mirror.children.isEmpty
    require(
      isMade || !holdsMembers(type(of: value)),
      """
      \(owner): the lazy property \(property) has not been made yet, so its parameters cannot be \
      listed; use the property once before, or make it in the initializer
      """)
  }

  /// Stops if a value whose mirror does not show what it contains can contain members.
  private func requireNothingHidden(_ type: Any.Type, _ part: Int) {
    require(
      !holdsMembers(type),
      """
      \(owner): the property \(path(part)) is of type \(type), which does not show what it \
      contains, so the parameters in it are not found; use an array, or a struct without a \
      customMirror
      """)
  }

  /// Stops if an object that is no module has a property of members: by its declared type, or, where
  /// that is `Any` or a protocol, by its value.
  private func requireNoMembers(in object: Mirror, of type: Any.Type, _ part: Int) {
    let fields = Field.all(of: type)
    let places = places(in: object)
    let isShown = places.count == fields.count && !(type is any CustomReflectable.Type)
    let found = fields.enumerated().first { i, field in
      guard field.isStrong, MemberKind(field.type) != .nothing else { return false }
      return holdsMembers(field.type)
        || isShown && showsMember(places[i].children[places[i].index].value)
    }
    guard let field = found?.element else { return }
    fail(
      """
      \(owner): the property \(path(part)) is an object of \(type), which is no Module, so the \
      parameters in its property \(field.name) are not found; make \(type) a subclass of Module \
      or a struct, or refer to it by a weak property if its parameters do not belong to this module
      """)
  }

  /// Whether a value is a member, or one stands in it, if it is an optional or an array.
  private func showsMember(_ value: Any) -> Bool {
    var rest = [value]
    while let value = rest.popLast() {
      let type = type(of: value)
      if MemberKind(type) == .nothing { continue }
      if holdsMembers(type) { return true }
      let mirror = Mirror(reflecting: value)
      if mirror.displayStyle == .optional || mirror.displayStyle == .collection {
        rest += mirror.children.map(\.value)
      }
    }
    return false
  }
}
