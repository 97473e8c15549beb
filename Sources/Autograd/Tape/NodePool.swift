#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the nodes of a thread come from and go to: it frees graphs without recursion, however deep
/// they are, and keeps some nodes for the next graph, which is likely to be as large.
///
/// A node that goes would free its sources, and these theirs, each from the deinit of the one
/// before: a chain of a million would overflow the stack. The sources are one way down, tensors
/// that a rule has captured are another. So a node that nobody refers to any more is put on a list,
/// and the first one on a thread empties all that come to stand there in consequence, one after the
/// other.
final class NodePool {
  /// Nodes that are kept, a megabyte of them.
  private static let limit = 4096

  /// Nodes that nobody refers to, with nothing in them.
  @exclusivity(unchecked) private var free: [Node] = []
  /// Nodes that nobody refers to, to be emptied.
  @exclusivity(unchecked) private var retired: [Node] = []
  @exclusivity(unchecked) private var isEmptying = false

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

  /// Calls `body` with the pool of this thread.
  @inline(__always)
  private static func withCurrent<R>(_ body: (NodePool) -> R) -> R {
    // Unmanaged: the thread holds its pool, and every node comes and goes through here.
    if let pool = pthread_getspecific(key) {
      return Unmanaged<NodePool>.fromOpaque(pool)._withUnsafeGuaranteedRef(body)
    }
    let pool = Unmanaged.passRetained(NodePool())
    pthread_setspecific(key, pool.toOpaque())
    return pool._withUnsafeGuaranteedRef(body)
  }

  /// A node without edges.
  static func node() -> Node { withCurrent { $0.free.popLast() ?? Node() } }

  /// Takes back a node that nobody else refers to.
  static func retire(_ node: inout Node?) {
    withCurrent { pool in
      pool.retired.append(node.take()!)
      pool.emptyRetired()
    }
  }

  /// Drops the edges of a node that goes without having been retired.
  static func drop(edgesOf node: Node) {
    withCurrent { pool in
      node.dropEdges { pool.retired.append($0) }
      pool.emptyRetired()
    }
  }

  private func emptyRetired() {
    if isEmptying { return }
    isEmptying = true
    var surplus = 0
    while let node = retired.popLast() {
      node.dropEdges { retired.append($0) }
      node.clear()
      if free.count < NodePool.limit { free.append(consume node) } else { surplus += 1 }
    }
    isEmptying = false
    // Fewer are still in the processor's caches, where their order matters little.
    if surplus > 2 * NodePool.limit { Memory.joinFreeBlocks() }
  }
}
