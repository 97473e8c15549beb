import Autograd

/// Modules under names, whose owner decides how they are called, in the order in which they were
/// added.
///
/// ```swift
/// let heads: ModuleDict = ["left": Linear(16, 2), "right": Linear(16, 3)]
/// heads["left"]!(x)
/// ```
///
/// Their names in paths are their keys.
public final class ModuleDict: Module, ExpressibleByDictionaryLiteral {
  private var modulesInOrder: [(name: String, module: Module)] = []

  /// Modules in the order of a literal.
  public init(dictionaryLiteral elements: (String, Module)...) {
    super.init()
    for (name, module) in elements { self[name] = module }
  }

  /// Modules in the order of their names.
  public convenience init(_ modules: [String: Module]) {
    self.init()
    update(modules)
  }

  /// The names, in order.
  public var keys: [String] { modulesInOrder.map(\.name) }
  /// The modules, in order.
  public var values: [Module] { modulesInOrder.map(\.module) }
  /// The names and modules, in order.
  public var items: [(name: String, module: Module)] { modulesInOrder }
  /// The number of modules.
  public var count: Int { modulesInOrder.count }
  /// Whether there is no module.
  public var isEmpty: Bool { modulesInOrder.isEmpty }

  /// The module of a name; nil if there is none, and nil removes it. A new name goes to the end.
  public subscript(name: String) -> Module? {
    get { modulesInOrder.first { $0.name == name }?.module }
    set {
      modulesInOrder.put(newValue.map { (name, $0) }, name, of: "ModuleDict") { $0.name }
    }
  }

  /// Adds or replaces modules, in the order of their names.
  public func update(_ modules: [String: Module]) {
    for (name, module) in modules.sorted(by: { $0.key < $1.key }) { self[name] = module }
  }

  /// Removes all modules.
  public func clear() { modulesInOrder = [] }

  public override var mapsTensorToTensor: Bool { false }

  public override var namedChildren: [(name: String, module: Module)] { modulesInOrder }
}

// MARK: - Parameters

/// A module that gives its parameters names of their own.
protocol ParameterContainer: Module {
  var namedSlots: [(name: String, slot: any AnyParameter)] { get }
}

/// A list of parameters: their names are their positions, "0", "1", ….
///
/// ```swift
/// let scales = ParameterList((0..<4).map { _ in Tensor.ones([8]) })
/// ```
public final class ParameterList: Module, RandomAccessCollection, MutableCollection {
  private var slots: [Parameter<Tensor>]

  /// A list of the given tensors, which are set to require gradients.
  public init(_ tensors: [Tensor]) { slots = tensors.map { Parameter(wrappedValue: $0) } }

  /// A list of the given tensors, which are set to require gradients.
  public convenience init(_ tensors: Tensor...) { self.init(tensors) }

  /// The position of the first parameter: 0.
  public var startIndex: Int { 0 }
  /// The number of parameters.
  public var endIndex: Int { slots.count }

  /// The parameter at position `index`, which counts from the end if it is negative.
  public subscript(index: Int) -> Tensor {
    get { slots[position(index)].wrappedValue }
    set { slots[position(index)].wrappedValue = newValue }
  }

  /// Adds a parameter at the end.
  public func append(_ tensor: Tensor) { slots.append(Parameter(wrappedValue: tensor)) }

  private func position(_ index: Int) -> Int {
    require(
      index >= -count && index < count,
      """
      ParameterList: index \(index) is out of range for \(count) parameters; use 0 to count - 1, or -1 \
      to -count from the end
      """)
    return index < 0 ? index + count : index
  }

  public override var mapsTensorToTensor: Bool { false }

  public override var extraRepr: String {
    enumerated().map { "(\($0)): \(text($1))" }.joined(separator: "\n")
  }
}

extension ParameterList: ParameterContainer {
  var namedSlots: [(name: String, slot: any AnyParameter)] {
    slots.enumerated().map { ("\($0)", $1) }
  }
}

/// Parameters under names, in the order in which they were added.
///
/// ```swift
/// let scales: ParameterDict = ["left": .ones([8]), "right": .ones([4])]
/// ```
///
/// Their names in paths are their keys.
public final class ParameterDict: Module, ExpressibleByDictionaryLiteral {
  private var slots: [(name: String, slot: Parameter<Tensor>)] = []

  /// Parameters in the order of a literal.
  public init(dictionaryLiteral elements: (String, Tensor)...) {
    super.init()
    for (name, tensor) in elements { self[name] = tensor }
  }

  /// Parameters in the order of their names.
  public convenience init(_ tensors: [String: Tensor]) {
    self.init()
    update(tensors)
  }

  /// The names, in order.
  public var keys: [String] { slots.map(\.name) }
  /// The parameters, in order.
  public var values: [Tensor] { slots.map(\.slot.wrappedValue) }
  /// The names and parameters, in order.
  public var items: [(name: String, tensor: Tensor)] { slots.map { ($0, $1.wrappedValue) } }
  /// The number of parameters.
  public var count: Int { slots.count }
  /// Whether there is no parameter.
  public var isEmpty: Bool { slots.isEmpty }

  /// The parameter of a name; nil if there is none, and nil removes it. A new name goes to the end.
  public subscript(name: String) -> Tensor? {
    get { slots.first { $0.name == name }?.slot.wrappedValue }
    set {
      slots.put(
        newValue.map { (name, Parameter(wrappedValue: $0)) }, name, of: "ParameterDict"
      ) { $0.name }
    }
  }

  /// Adds or replaces parameters, in the order of their names.
  public func update(_ tensors: [String: Tensor]) {
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { self[name] = tensor }
  }

  /// Removes all parameters.
  public func clear() { slots = [] }

  public override var mapsTensorToTensor: Bool { false }

  public override var extraRepr: String {
    items.map { "(\($0)): \(text($1))" }.joined(separator: "\n")
  }
}

extension ParameterDict: ParameterContainer {
  var namedSlots: [(name: String, slot: any AnyParameter)] { slots.map { ($0, $1) } }
}

private func text(_ tensor: Tensor) -> String { "Parameter of \(tensor.dtype), \(tensor.shape)" }

extension Array {
  /// Replaces the element of a name, adds it at the end, or removes it if it is nil.
  fileprivate mutating func put(
    _ element: Element?, _ name: String, of type: String, nameOf: (Element) -> String
  ) {
    require(
      !name.isEmpty && !name.contains("."),
      """
      \(type): the name "\(name)" must not be empty or contain a dot, which separates the names in a path
      """)
    let place = firstIndex { nameOf($0) == name }
    switch (place, element) {
    case (let place?, let element?): self[place] = element
    case (let place?, nil): remove(at: place)
    case (nil, let element?): append(element)
    case (nil, nil): break
    }
  }
}
