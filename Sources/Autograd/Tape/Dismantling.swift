#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Frees graphs without recursion, however deep they are.
///
/// A node that goes would free its sources, and these theirs, each from the deinit of the one before:
/// a chain of a million would overflow the stack. The sources are one way down, tensors that a rule
/// has captured are another. So a node hands over its edges instead of dropping them, and the first
/// one to do so on a thread drops those of all that go in consequence, one after the other.
enum Dismantling {
  /// Where a thread's list stands while it is at work on one, else NULL.
  private static let key = {
    var key = pthread_key_t()
    require(pthread_key_create(&key, nil) == 0, "no room for a thread-local variable")
    return key
  }()

  /// Drops the edges that `take` puts on a list.
  static func drop(_ take: (inout [Edge]) -> Void) {
    if let list = pthread_getspecific(key) {
      take(&list.assumingMemoryBound(to: [Edge].self).pointee)
      return
    }
    withUnsafeTemporaryAllocation(of: [Edge].self, capacity: 1) { memory in
      let list = memory.baseAddress!
      list.initialize(to: [])
      take(&list.pointee)
      pthread_setspecific(key, list)
      // What dies with an edge puts its own edges on the list, between two accesses of this loop.
      while let edge = list.pointee.popLast() { _ = consume edge }
      pthread_setspecific(key, nil)
      list.deinitialize(count: 1)
    }
  }
}
