#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Orders the accesses of threads to the gradient of a leaf that they share.
///
/// There is a fixed number of locks, so that a node need not have its own. A mutex of the system
/// sleeps while another thread adds large gradients, and the thread sanitizer knows it.
enum GradientLock {
  private static let shift = 58  // 2^(64 - 58) locks

  nonisolated(unsafe) private static let locks = {
    let count = 1 << (64 - shift)
    let locks = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: count)
    for i in 0..<count { pthread_mutex_init(locks + i, nil) }
    return locks
  }()

  /// Runs `body` while this thread holds the lock of `node`.
  static func hold<R>(for node: Node, _ body: () -> R) -> R {
    // The product's high bits depend on all bits of the address.
    let address = UInt64(UInt(bitPattern: ObjectIdentifier(node)))
    let lock = locks + Int((address &* 0x9E37_79B9_7F4A_7C15) >> shift)
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}
