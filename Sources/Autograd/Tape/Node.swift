import Synchronization

/// How a tensor was computed: an edge to each input that requires a gradient, with the rule for its
/// gradient.
///
/// Edges point from results to sources, so a graph is kept as long as a tensor computed through it.
/// A leaf has no edges; it keeps the accumulated gradient.
final class Node {
  enum State: UInt8 { case leaf, recorded, released }

  private static let clock = Atomic<Int>(0)

  /// The number of this node in order of creation. Sources are created first, so descending ids are
  /// a topological order.
  private(set) var id = 0
  private(set) var op: StaticString = ""
  private(set) var layout = Layout([])
  private(set) var dtype = DType.float32
  /// The accumulated gradient of a leaf, or after `retainGrad()`. Guarded by a lock, because threads
  /// may share a leaf.
  @exclusivity(unchecked) private var gradient: Tensor?
  /// Whether a node that is not a leaf keeps its gradient.
  var retainsGrad = false

  // Accesses to these never overlap: code that runs during one (freeing what a rule saved) uses
  // other nodes only. Checking that at run time took 15 % of a recorded 4×4 product and its
  // backward pass.
  @exclusivity(unchecked) private(set) var state = State.leaf
  // 32 bits are enough for a slot: more nodes would fill a terabyte.
  @exclusivity(unchecked) private var slotBits: UInt32 = 0
  /// The thread whose backward pass has this node; 0 if none.
  private let claimant = Atomic<UInt>(0)
  // Most ops have one or two inputs; these edges need no allocation.
  @exclusivity(unchecked) private(set) var first: Edge?
  @exclusivity(unchecked) private(set) var second: Edge?
  @exclusivity(unchecked) private(set) var others: [Edge] = []
  /// The storage of the output, for rules that use it. The tensor itself would refer to this node:
  /// a reference cycle.
  @exclusivity(unchecked) private var output: Storage?
  @exclusivity(unchecked) private var outputVersion = 0

  /// The node of a leaf.
  static func leaf(_ tensor: Tensor) -> Node { NodePool.node().begin("leaf", tensor, .leaf) }

  /// The node of a result of `op`; its edges are appended next.
  @inline(__always)
  static func recorded(_ op: StaticString, _ tensor: Tensor) -> Node {
    NodePool.node().begin(op, tensor, .recorded)
  }

  @inline(__always)
  private func begin(_ op: StaticString, _ tensor: Tensor, _ state: State) -> Node {
    id = Node.clock.wrappingAdd(1, ordering: .relaxed).newValue
    self.op = op
    layout = tensor.layout
    dtype = tensor.dtype
    self.state = state
    return self
  }

  var shape: [Int] { layout.shape }

  /// Makes this the node of a leaf whose elements, and hence gradient, are of another type.
  func convert(to dtype: DType) {
    var converted = grad?.detach().to(dtype)
    self.dtype = dtype
    withGradient { swap(&$0, &converted) }
  }

  /// Calls `body` with the accumulated gradient, which no other thread reads or changes meanwhile.
  ///
  /// `body` must not free tensors: what is freed with them, such as captures of a user's rule, may
  /// run any code, which may want the same lock.
  func withGradient<R>(_ body: (inout Tensor?) -> R) -> R {
    GradientLock.hold(for: self) { body(&gradient) }
  }

  @inline(__always)
  func append(_ edge: consuming Edge) {
    // The engine's topological order relies on this.
    require(
      edge.source.id < id,
      edge.source === self
        ? "\(opName(op)): wrt: a tensor has no derivative with respect to itself; name an input"
        : """
        \(opName(op)): the input became a leaf, or was computed, after the output; set \
        requiresGrad before the tensor is used
        """)
    if first == nil {
      first = edge
    } else if second == nil {
      second = edge
    } else {
      others.append(edge)
    }
  }

  /// Keeps the storage of the output for rules that use it.
  func keep(output tensor: Tensor) {
    if output != nil { return }
    output = tensor.storage
    outputVersion = tensor.storage.version
  }

  /// Calls `body` with the source of each edge.
  @inline(__always)
  func forEachSource(_ body: (Node) -> Void) {
    if let source = first?.source { body(source) }
    if let source = second?.source { body(source) }
    for edge in others { body(edge.source) }
  }

  /// Calls `body` with the source and the rule of each edge; it may take the rule.
  @inline(__always)
  func forEachEdge(_ body: (Node, inout Rule) -> Void) {
    if let source = first?.source { body(source, &first!.rule) }
    if let source = second?.source { body(source, &second!.rule) }
    for i in others.indices { body(others[i].source, &others[i].rule) }
  }

  /// Whether a rule uses the output.
  var keepsOutput: Bool { output != nil }

  /// Runs `body` while this node does not hold the storage of its output `tensor`, which `body` may
  /// examine or replace.
  func withoutOutput<R>(_ tensor: Tensor, _ body: () -> R) -> R {
    // A modified output stays, so that the version check detects it.
    guard let kept = output.take() else { return body() }
    guard kept.version == outputVersion else {
      output = kept
      return body()
    }
    _ = consume kept
    defer {
      // This node may come from a tensor with another layout.
      layout = tensor.layout
      keep(output: tensor)
    }
    return body()
  }

  /// Keeps a copy of the output if it lies in `storage`, which is about to be overwritten.
  func keepCopyOfOutput(in storage: Storage) {
    guard let kept = output, kept === storage, kept.version == outputVersion else { return }
    let all = Tensor(kept, Layout([kept.byteCount / dtype.itemSize]), dtype)
    output = all.copied().storage
    outputVersion = output!.version
  }

  /// The output as a tensor with this node.
  func reattachedOutput() -> Tensor {
    let y = Tensor(output!, layout, dtype, node: self)
    Saved.check(y, outputVersion, op)
    return y
  }

  /// Frees the rules and what they saved. The edges stay, so that another backward pass detects
  /// that the graph was released and stops with a message.
  func release() {
    guard state == .recorded else { return }
    state = .released
    first?.rule = .released
    second?.rule = .released
    for i in others.indices { others[i].rule = .released }
    output = nil
  }

  /// Drops the edges and calls `retire` with each source that has no other reference.
  @inline(__always)
  func dropEdges(_ retire: (Node) -> Void) {
    func drop(_ edge: inout Edge) {
      // The rule first: it may refer to the source.
      edge.rule = .released
      if isKnownUniquelyReferenced(&edge.source) { retire(edge.source) }
    }
    if first == nil { return }
    drop(&first!)
    first = nil
    if second == nil { return }
    drop(&second!)
    second = nil
    for i in others.indices { drop(&others[i]) }
    if !others.isEmpty { others = [] }
  }

  /// Resets everything but the edges, which have been dropped.
  @inline(__always)
  func clear() {
    gradient = nil
    retainsGrad = false
    output = nil
  }

  deinit {
    if first != nil { NodePool.drop(edgesOf: self) }
  }
}

// MARK: - Claims

extension Node {
  enum Claim { case new, held, refused }

  /// Reserves this node for the backward passes of `thread`: `.held` if it was reserved already,
  /// `.refused` if another thread has it.
  @inline(__always)
  func claim(by thread: UInt) -> Claim {
    // A leaf is met again and again, and a failed exchange costs as much as a successful one.
    if isClaimed(by: thread) { return .held }
    return claimant.compareExchange(
      expected: 0, desired: thread, successOrdering: .acquiring, failureOrdering: .relaxed
    ).exchanged ? .new : .refused
  }

  @inline(__always)
  func isClaimed(by thread: UInt) -> Bool { claimant.load(ordering: .relaxed) == thread }

  /// The position of this node in the innermost pass of the thread that has claimed it; no other
  /// thread reads it.
  @inline(__always)
  var slot: Int {
    get { Int(slotBits) }
    set { slotBits = UInt32(newValue) }
  }

  /// Ends the claim of this thread.
  @inline(__always)
  func unclaim() { claimant.store(0, ordering: .releasing) }

  /// Stops unless this node, which another thread has claimed, is a leaf.
  func requireLeaf() {
    require(
      state == .leaf,
      """
      backward: another thread runs a backward pass through a result of \(opName(op)), of shape \
      \(shape), that this pass reaches too; threads may share leaves, but not results: compute it \
      in each thread, or run the passes one after the other
      """)
  }
}

/// The connection of a result to one of its sources.
struct Edge {
  var source: Node
  var rule: Rule
}

/// How the gradient of an input is computed.
enum Rule {
  /// From the gradient of the output.
  case input((Tensor) -> Tensor)
  /// From the gradient of the output and the output itself.
  case output((Tensor, Tensor) -> Tensor)
  /// From the gradient of the output and a saved tensor, of the given version when saved.
  case saving((Tensor, Tensor) -> Tensor, Tensor, version: Int)
  /// The input of a view: the closure returns the same view of a tensor of the input's shape, into
  /// which the gradient is added.
  case window((Tensor) -> Tensor)
  /// Released by a backward pass that did not retain the graph.
  case released
}

extension Rule {
  /// Returns the rule and leaves `.released` in its place.
  mutating func take() -> Rule {
    var taken = Rule.released
    swap(&self, &taken)
    return taken
  }
}
