import Autograd
import Foundation

/// Held while a test sets the number of threads, of which the process has only one.
private let lock = NSRecursiveLock()

/// Runs `body` with `count` threads for each op. Tests that run in parallel wait for each other.
public func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
  lock.lock()
  defer { lock.unlock() }
  let before = Threads.count
  defer { Threads.count = before }
  Threads.count = count
  return try body()
}

/// Runs `body` on a thread with a stack of 512 KB, the size that macOS gives to every thread but
/// the main one. Code that recurses along a deep graph overflows it.
public func onSmallStack(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    body()
    done.signal()
  }
  thread.stackSize = 512 << 10
  thread.start()
  done.wait()
}
