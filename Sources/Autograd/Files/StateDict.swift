/// Named tensors, in order: the state of a module, or the content of a file.
///
/// ```swift
/// try saveSafetensors(net.stateDict(), to: "net.safetensors")
/// try net.loadStateDict(loadSafetensors("net.safetensors"))
/// ```
public struct StateDict: RandomAccessCollection, ExpressibleByDictionaryLiteral {
  /// A name and its tensor.
  public typealias Element = (name: String, tensor: Tensor)

  private var entries: [Element] = []
  private var positions: [String: Int] = [:]

  /// Text that is stored beside the tensors in a safetensors file.
  public var metadata: [String: String] = [:]

  /// An empty state dict.
  public init() {}

  /// The given tensors, in order; each name must occur once.
  public init(_ entries: some Sequence<(String, Tensor)>) {
    for (name, tensor) in entries {
      require(
        positions[name] == nil,
        "StateDict: the name \"\(name)\" occurs twice; give each tensor its own")
      self[name] = tensor
    }
  }

  /// The tensors of a dictionary, sorted by name.
  public init(_ tensors: [String: Tensor]) {
    self.init(tensors.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// The tensors of a dictionary literal, in its order.
  public init(dictionaryLiteral entries: (String, Tensor)...) { self.init(entries) }

  /// The tensor of the given name; a new name is appended, and nil removes one.
  public subscript(name: String) -> Tensor? {
    get { positions[name].map { entries[$0].tensor } }
    set {
      switch (positions[name], newValue) {
      case (let position?, let tensor?):
        entries[position].tensor = tensor
      case (nil, let tensor?):
        positions[name] = entries.count
        entries.append((name, tensor))
      case (let position?, nil):
        entries.remove(at: position)
        positions[name] = nil
        for i in position..<entries.count { positions[entries[i].name] = i }
      case (nil, nil):
        break
      }
    }
  }

  /// The names, in order.
  public var names: [String] { entries.map(\.name) }

  // MARK: RandomAccessCollection

  public var startIndex: Int { 0 }
  public var endIndex: Int { entries.count }
  public subscript(position: Int) -> Element { entries[position] }
}

extension StateDict: CustomStringConvertible {
  /// The names with their shapes and types, a line each.
  public var description: String {
    map { "\($0.name): \($0.tensor.dtype) \($0.tensor.shape)" }.joined(separator: "\n")
  }
}
