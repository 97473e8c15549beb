import Autograd

/// Modules in a row: each gets what the one before it returns.
///
/// ```swift
/// let net = Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
/// ```
///
/// Their names are their positions: "0", "1", ….
public final class Sequential: Module {
  private var stages: [Module]

  /// The given modules in a row.
  public init(_ modules: [Module]) { stages = modules }

  /// The given modules in a row.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// The number of modules.
  public var count: Int { stages.count }

  /// The module at position `index`.
  public subscript(index: Int) -> Module {
    get { stages[position(index)] }
    set { stages[position(index)] = newValue }
  }

  /// Adds a module at the end.
  public func append(_ module: Module) { stages.append(module) }

  private func position(_ index: Int) -> Int {
    require(
      stages.indices.contains(index),
      "Sequential: there is no module \(index) among \(count), from 0 on")
    return index
  }

  public override var namedChildren: [(name: String, module: Module)] {
    stages.enumerated().map { ("\($0)", $1) }
  }

  public override func forward(_ x: Tensor) -> Tensor { stages.reduce(x) { $1($0) } }
}
