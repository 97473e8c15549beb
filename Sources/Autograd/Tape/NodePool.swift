#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the nodes of a thread come from and go to: it frees graphs without recursion, however deep they
/// are, and keeps some nodes for the next graph, which is likely to be as large.
///
/// A node that goes would free its sources, and these theirs, each from the deinit of the one before:
/// a chain of a million would overflow the stack. The sources are one way down, tensors that a rule
/// has captured are another. So a node hands over its edges instead of dropping them, and the first
/// one to do so on a thread drops those of all that go in consequence, one after the other.
final class NodePool {
  /// Nodes that are kept, a megabyte of them.
  private static let limit = 4096

  /// Nodes that nobody refers to, with nothing in them.
  @exclusivity(unchecked) private var free: [Node] = []
  /// Edges of nodes that have gone.
  @exclusivity(unchecked) private var edges: [Edge] = []
  @exclusivity(unchecked) private var isDropping = false

  private static let key = {
    var key = pthread_key_t()
    let code = pthread_key_create(&key) { pool in
      #if canImport(Darwin)
        Unmanaged<NodePool>.fromOpaque(pool).release()
      #else
        Unmanaged<NodePool>.fromOpaque(pool!).release()
      #endif
    }
    require(code == 0, "no room for a thread-local variable")
    return key
  }()

  /// The pool of this thread.
  private static var current: NodePool {
    if let pool = pthread_getspecific(key) {
      return Unmanaged<NodePool>.fromOpaque(pool).takeUnretainedValue()
    }
    let pool = NodePool()
    pthread_setspecific(key, Unmanaged.passRetained(pool).toOpaque())
    return pool
  }

  /// A node without edges.
  static func node() -> Node { current.free.popLast() ?? Node() }

  /// Takes back a node that nobody else refers to.
  static func retire(_ node: consuming Node) {
    let pool = current
    pool.empty(consume node)
    pool.dropEdges()
  }

  /// Drops the edges of a node that is going.
  static func drop(edgesOf node: Node) {
    let pool = current
    node.handOver(to: &pool.edges)
    pool.dropEdges()
  }

  private func empty(_ node: consuming Node) {
    node.handOver(to: &edges)
    node.clear()
    if free.count < NodePool.limit { free.append(node) }
  }

  private func dropEdges() {
    if isDropping { return }
    isDropping = true
    // What dies with an edge adds its own edges to the list.
    while let edge = edges.popLast() {
      var source = edge.source
      _ = consume edge
      if isKnownUniquelyReferenced(&source) { empty(source) }
    }
    isDropping = false
  }
}
