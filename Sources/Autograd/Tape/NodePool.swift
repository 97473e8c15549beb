#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The nodes of a thread: frees graphs of any depth without recursion, and keeps some nodes for the
/// next graph, which is likely to be as large.
///
/// If a node released its sources in its deinit, and these theirs, a chain of a million nodes would
/// overflow the stack; tensors that rules captured recurse likewise. Instead, an unreferenced node
/// is put on a list, and the outermost call on the thread empties the nodes on the list in a loop,
/// which may add further ones.
final class NodePool {
  /// The number of nodes that are kept, about a megabyte.
  private static let limit = 4096

  /// Empty nodes for reuse.
  @exclusivity(unchecked) private var free: [Node] = []
  /// Unreferenced nodes that have not been emptied.
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
    require(code == 0, "NodePool: pthread_key_create failed with code \(code)")
    return key
  }()

  /// Calls `body` with the pool of this thread.
  @inline(__always)
  private static func withCurrent<R>(_ body: (NodePool) -> R) -> R {
    // Unmanaged: the thread owns its pool, and reference counting would slow down every node.
    if let pool = pthread_getspecific(key) {
      return Unmanaged<NodePool>.fromOpaque(pool)._withUnsafeGuaranteedRef(body)
    }
    let pool = Unmanaged.passRetained(NodePool())
    pthread_setspecific(key, pool.toOpaque())
    return pool._withUnsafeGuaranteedRef(body)
  }

  /// A number other than 0 that no other living thread has.
  static var thread: UInt { withCurrent { UInt(bitPattern: ObjectIdentifier($0)) } }

  /// A node without edges.
  static func node() -> Node { withCurrent { $0.free.popLast() ?? Node() } }

  /// Takes back an unreferenced node.
  static func retire(_ node: inout Node?) {
    withCurrent { pool in
      pool.retired.append(node.take()!)
      pool.emptyRetired()
    }
  }

  /// Drops the edges of a node that is freed without having been retired.
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
    // Fewer blocks are still in the processor's caches, where their order matters little.
    if surplus > 2 * NodePool.limit { Memory.joinFreeBlocks() }
  }
}
