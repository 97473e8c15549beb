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
  /// What algorithms of collections take apart; `list[1...]` is a list again.
  public typealias SubSequence = Slice<ModuleList>

  private var modulesInOrder: [Module]

  /// A list of the given modules.
  public required init(_ modules: [Module]) {
    modulesInOrder = modules
    super.init()
    for (i, module) in modules.enumerated() { check(module, at: i) }
  }

  /// A list of the given modules.
  public convenience init(_ modules: Module...) { self.init(modules) }

  deinit {
    // Lists in lists are taken apart one after the other: a deep tree would overflow the stack.
    var rest = modulesInOrder
    modulesInOrder = []
    while var module = rest.popLast() {
      if isKnownUniquelyReferenced(&module), let list = module as? ModuleList {
        rest += list.modulesInOrder
        list.modulesInOrder = []
      }
    }
  }

  /// The position of the first module: 0.
  public var startIndex: Int { 0 }
  /// The number of modules.
  public var endIndex: Int { modulesInOrder.count }

  /// The module at position `index`, which counts from the end if it is negative: `list[-1]` is the
  /// last.
  public subscript(index: Int) -> Module {
    get { modulesInOrder[position(index)] }
    set {
      let position = position(index)
      check(newValue, at: position)
      modulesInOrder[position] = newValue
    }
  }

  /// A list of the same type with the modules in `range`, which this one shares: `net[1..<3]`.
  ///
  /// As in Python, negative bounds count from the end, `net[(-2)...]`, and bounds beyond the ends
  /// count as the ends.
  public subscript(range: Range<Int>) -> Self {
    modules(from: range.lowerBound, to: range.upperBound)
  }

  /// A list of the same type with the modules in `range`, such as `1...`, which this one shares.
  public subscript<Bounds: RangeExpression<Int>>(range: Bounds) -> Self {
    switch range {
    case let range as PartialRangeFrom<Int>: modules(from: range.lowerBound, to: count)
    case let range as PartialRangeUpTo<Int>: modules(from: 0, to: range.upperBound)
    case let range as PartialRangeThrough<Int>: modules(from: 0, through: range.upperBound)
    case let range as ClosedRange<Int>:
      modules(from: range.lowerBound, through: range.upperBound)
    default: self[range.relative(to: 0..<count)]
    }
  }

  /// All the modules, in a list of the same type.
  public subscript(range: UnboundedRange) -> Self { modules(from: 0, to: count) }

  private func modules(from start: Int, through last: Int) -> Self {
    // Past the last module there is no index to count from the end.
    modules(from: start, to: last == -1 || last == .max ? count : last + 1)
  }

  private func modules(from start: Int, to end: Int) -> Self {
    func position(_ bound: Int) -> Int {
      Swift.min(Swift.max(bound < 0 ? bound + count : bound, 0), count)
    }
    let (start, end) = (position(start), position(end))
    return Self(start < end ? Array(modulesInOrder[start..<end]) : [])
  }

  /// Adds a module at the end.
  public func append(_ module: Module) {
    check(module, at: count)
    modulesInOrder.append(module)
  }

  private func position(_ index: Int) -> Int {
    require(
      index >= -count && index < count,
      """
      \(Self.self): index \(index) is out of range for \(count) modules; use 0 to count - 1, or -1 \
      to -count from the end
      """)
    return index < 0 ? index + count : index
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
