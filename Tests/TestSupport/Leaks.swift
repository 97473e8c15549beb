import CKernels
import Foundation

/// How many storages more this thread holds after `body` than before.
///
/// The count is the thread's own, so that tests may run beside each other.
func leakedStorages(_ body: () throws -> Void) rethrows -> Int64 {
  let before = ck_live_blocks()
  try body()
  return ck_live_blocks() - before
}

/// Runs `body` on a thread with a stack of 512 KB, as a thread that is not the main one has on macOS: what
/// recurses along a deep graph does not get far there.
func onSmallStack(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    body()
    done.signal()
  }
  thread.stackSize = 512 << 10
  thread.start()
  done.wait()
}
