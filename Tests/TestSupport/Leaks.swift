import CKernels

/// How many more storages this thread holds after `body` than before.
///
/// The count is the thread's own, so that tests may run in parallel.
public func leakedStorages(_ body: () throws -> Void) rethrows -> Int64 {
  let before = ck_live_blocks()
  try body()
  return ck_live_blocks() - before
}
