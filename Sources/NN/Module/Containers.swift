import Autograd

/// A list of modules: parts of the module that holds it, to be called as that one pleases.
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
  public required init(_ modules: [Module]) { modulesInOrder = modules }

  /// A list of the given modules.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// The position of the first module: 0.
  public var startIndex: Int { 0 }
  /// The number of modules.
  public var endIndex: Int { modulesInOrder.count }

  /// The module at position `index`.
  public subscript(index: Int) -> Module {
    get { modulesInOrder[checked(index)] }
    set { modulesInOrder[checked(index)] = newValue }
  }

  /// Adds a module at the end.
  public func append(_ module: Module) { modulesInOrder.append(module) }

  private func checked(_ index: Int) -> Int {
    require(
      indices.contains(index),
      "\(Self.self): there is no module \(index) among \(count), from 0 on")
    return index
  }

  public override var namedChildren: [(name: String, module: Module)] {
    modulesInOrder.enumerated().map { ("\($0)", $1) }
  }
}

/// Modules in a row: each gets what the one before it returns.
///
/// ```swift
/// let net = Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
/// ```
///
/// Their names are their positions: "0", "1", ….
public final class Sequential: ModuleList {
  public override func forward(_ x: Tensor) -> Tensor { reduce(x) { $1($0) } }
}
