/// The parameters, buffers and children among the stored properties of one module.
struct Members {
  private(set) var parameters: [(name: String, slot: any AnyParameter)] = []
  private(set) var buffers: [(name: String, slot: any AnyBuffer)] = []
  private(set) var children: [(name: String, module: Module)] = []

  init(of module: Module) {
    let classes = sequence(first: Mirror(reflecting: module), next: \.superclassMirror)
    for mirror in Array(classes).reversed() {
      for case (let label?, let value) in mirror.children {
        // A wrapped property is stored under its name with an underscore in front.
        visit(value, String(label.trimmingPrefix("_")).snakeCased)
      }
    }
  }

  /// Adds the members in `value`, under `name`; false if its type cannot contain any.
  @discardableResult
  private mutating func visit(_ value: Any, _ name: String) -> Bool {
    switch value {
    case let module as Module: children.append((name, module))
    case let slot as any AnyParameter: parameters.append((name, slot))
    case let slot as any AnyBuffer: buffers.append((name, slot))
    default: return visitParts(of: Mirror(reflecting: value), name)
    }
    return true
  }

  private mutating func visitParts(of mirror: Mirror, _ name: String) -> Bool {
    switch mirror.displayStyle {
    case .optional:
      for (_, value) in mirror.children { return visit(value, name) }
    case .collection, .tuple:
      for (i, part) in mirror.children.enumerated() {
        // The elements of an array have one type, so the first decides: it may be one of a million
        // numbers.
        if !visit(part.value, name.dot("\(i)")) && mirror.displayStyle == .collection {
          return false
        }
      }
    case .dictionary:
      let pairs = mirror.children.map { Mirror(reflecting: $0.value).children.map(\.value) }
      let named = pairs.compactMap { pair in (pair[0] as? String).map { ($0, pair[1]) } }
      for (key, value) in named.sorted(by: { $0.0 < $1.0 }) {
        if !visit(value, name.dot(key)) { return false }
      }
    default:
      return false
    }
    return true
  }
}

extension String {
  /// The name in PyTorch's spelling: `runningMean` becomes `running_mean`.
  ///
  /// An underscore goes before a capital that begins a word: one after a small letter or a digit,
  /// or the last of several that a small letter follows (`baseURLPath`: `base_url_path`).
  var snakeCased: String {
    let letters = Array(self)
    var name = ""
    for (i, letter) in letters.enumerated() {
      if letter.isUppercase, i > 0, letters[i - 1] != "_" {
        let endsWord = !letters[i - 1].isUppercase
        let beginsWord = i + 1 < letters.count && letters[i + 1].isLowercase
        if endsWord || beginsWord { name += "_" }
      }
      name += letter.lowercased()
    }
    return name
  }
}
