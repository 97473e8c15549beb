import Synchronization

/// How a tensor was computed: its sources, and for each the rule that sends a gradient there.
///
/// Edges point from results to sources, so a graph lives as long as a tensor that was computed
/// through it. A leaf (a tensor that was given, not computed) has no edges; it keeps the gradient
/// instead.
final class Node {
  enum State: UInt8 { case leaf, recorded, released }

  private static let clock = Atomic<Int>(0)

  /// Numbered when made, after everything it was made from: newest first is a topological order.
  private(set) var id = 0
  private(set) var op: StaticString = ""
  private(set) var layout = Layout([])
  private(set) var dtype = DType.float32
  /// The accumulated gradient, of a leaf or after `retainGrad()`.
  var grad: Tensor?
  /// Whether a node that is no leaf keeps its gradient.
  var retainsGrad = false

  // Accesses to these never overlap: what runs inside one (the freeing of what a rule saved)
  // touches other nodes only. Checking that at run time took 15 % of a recorded 4×4 product and its
  // backward.
  @exclusivity(unchecked) private(set) var state = State.leaf
  /// Where this node stands in the running pass of the engine.
  @exclusivity(unchecked) var mark = Mark()
  // Most ops have one or two inputs: those edges take no allocation.
  @exclusivity(unchecked) private(set) var first: Edge?
  @exclusivity(unchecked) private(set) var second: Edge?
  @exclusivity(unchecked) private(set) var others: [Edge] = []
  /// The storage of the output, for rules that want it: held without this node, so that there is no
  /// cycle.
  @exclusivity(unchecked) private var output: Storage?
  @exclusivity(unchecked) private var outputVersion: UInt32 = 0

  struct Mark {
    var pass: UInt32 = 0
    var slot: UInt32 = 0
  }

  /// The node of a leaf.
  static func leaf(_ tensor: Tensor) -> Node { NodePool.node().begin("leaf", tensor, .leaf) }

  /// The node of what `op` computed; its edges follow.
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

  @inline(__always)
  func append(_ edge: consuming Edge) {
    // What the engine's order rests on.
    require(
      edge.source.id < id,
      """
      \(opName(op)): the input became a leaf, or was computed, after the output; set requiresGrad \
      before the tensor is used
      """)
    if first == nil {
      first = edge
    } else if second == nil {
      second = edge
    } else {
      others.append(edge)
    }
  }

  /// Keeps what the rules that want the output will be handed.
  func keep(output tensor: Tensor) {
    if output != nil { return }
    output = tensor.storage
    outputVersion = tensor.storage.version
  }

  /// Hands the source of each edge to `body`.
  @inline(__always)
  func forEachSource(_ body: (Node) -> Void) {
    if let source = first?.source { body(source) }
    if let source = second?.source { body(source) }
    for edge in others { body(edge.source) }
  }

  /// Hands each edge to `body`, with the place to take its rule from.
  @inline(__always)
  func forEachEdge(_ body: (Node, inout Rule) -> Void) {
    if let source = first?.source { body(source, &first!.rule) }
    if let source = second?.source { body(source, &second!.rule) }
    for i in others.indices { body(others[i].source, &others[i].rule) }
  }

  /// Whether a rule will want the output.
  var keepsOutput: Bool { output != nil }

  /// Runs `body` while this node does not hold on to its output, `tensor`, whose storage `body` may
  /// examine or replace.
  func withoutOutput<R>(_ tensor: Tensor, _ body: () -> R) -> R {
    // An output that was modified since stays, so that it does not pass for intact.
    guard let kept = output.take() else { return body() }
    guard kept.version == outputVersion else {
      output = kept
      return body()
    }
    _ = consume kept
    defer {
      // What was written in place may have come from another layout.
      layout = tensor.layout
      keep(output: tensor)
    }
    return body()
  }

  /// The output, on the tape again.
  func reattachedOutput() -> Tensor {
    let y = Tensor(output!, layout, dtype, node: self)
    Saved.check(y, outputVersion, op)
    return y
  }

  /// Frees what the backward pass needs. The way to the sources stays known, so that another pass
  /// can tell that it misses something, and stop with a message.
  func release() {
    guard state == .recorded else { return }
    state = .released
    first?.rule = .released
    second?.rule = .released
    for i in others.indices { others[i].rule = .released }
    output = nil
  }

  /// Drops the edges, and hands the sources that nobody else refers to, to `retire`.
  @inline(__always)
  func dropEdges(_ retire: (Node) -> Void) {
    func drop(_ edge: inout Edge) {
      // The rule first: it may hold on to the source.
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

  /// Forgets everything but the edges, which have been dropped.
  @inline(__always)
  func clear() {
    grad = nil
    retainsGrad = false
    output = nil
  }

  deinit {
    if first != nil { NodePool.drop(edgesOf: self) }
  }
}

/// The way from a result to one of its sources.
struct Edge {
  var source: Node
  var rule: Rule
}

/// What turns the gradient of an output into that of an input.
enum Rule {
  /// From the gradient of the output.
  case input((Tensor) -> Tensor)
  /// From the gradient of the output, and the output itself.
  case output((Tensor, Tensor) -> Tensor)
  /// From the gradient of the output, and a tensor as it was at a version.
  case saving((Tensor, Tensor) -> Tensor, Tensor, version: UInt32)
  /// The op is a window onto its input: the closure finds the window in a tensor of the input's
  /// shape.
  case window((Tensor) -> Tensor)
  /// A backward pass has been here and did not retain the graph.
  case released
}

extension Rule {
  /// The rule, which stays behind as released.
  mutating func take() -> Rule {
    var taken = Rule.released
    swap(&self, &taken)
    return taken
  }
}
