import Autograd

/// A list of modules, whose owner decides how they are called.
///
/// ```swift
/// let blocks = ModuleList((0..<4).map { _ in Linear(16, 16) })
/// func forward(_ x: Tensor) -> Tensor { blocks.reduce(x) { x, block in x + block(x).relu() } }
/// ```
///
/// Their names are their positions: "0", "1", ….
public class ModuleList: Module, RandomAccessCollection, MutableCollection {
  private var modulesInOrder: [Module]

  /// A list of the given modules.
  public required init(_ modules: [Module]) {
    modulesInOrder = modules
    super.init()
    for (i, module) in modules.enumerated() { check(module, at: i) }
  }

  /// A list of the given modules.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// The position of the first module: 0.
  public var startIndex: Int { 0 }
  /// The number of modules.
  public var endIndex: Int { modulesInOrder.count }

  /// The module at position `index`.
  public subscript(index: Int) -> Module {
    get { modulesInOrder[checked(index)] }
    set {
      check(newValue, at: index)
      modulesInOrder[checked(index)] = newValue
    }
  }

  /// Adds a module at the end.
  public func append(_ module: Module) {
    check(module, at: count)
    modulesInOrder.append(module)
  }

  private func checked(_ index: Int) -> Int {
    require(
      indices.contains(index),
      "\(Self.self): index \(index) is out of range for \(count) modules")
    return index
  }

  /// Stops if this list cannot hold `module`.
  func check(_ module: Module, at index: Int) {}

  public override var mapsTensorToTensor: Bool { false }

  public override var namedChildren: [(name: String, module: Module)] {
    modulesInOrder.enumerated().map { ("\($0)", $1) }
  }
}

/// Modules in sequence: each takes the output of the one before it.
///
/// ```swift
/// let net = Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
/// ```
///
/// Their names are their positions: "0", "1", …. A module that does not compute one tensor from one
/// tensor (``Module/mapsTensorToTensor``) is refused.
public final class Sequential: ModuleList {
  override func check(_ module: Module, at index: Int) {
    require(
      module.mapsTensorToTensor,
      """
      Sequential: module \(index), \(type(of: module)), does not compute one tensor from one \
      tensor; call it in the forward(_:) of a module of your own
      """)
  }

  public override var mapsTensorToTensor: Bool { true }

  public override func forward(_ x: Tensor) -> Tensor { reduce(x) { $1($0) } }
}
