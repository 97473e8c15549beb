import CKernels
import Synchronization

/// The memory of one or more tensors: views share it, hence its version.
final class Storage {
  /// 64-byte aligned.
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  /// Counts the in-place changes, so that a rule can tell whether what it saved is still what it was.
  var version: UInt32 = 0

  /// Storages alive in the process, for tests that look for leaks.
  static var live: Int { liveCount.load(ordering: .relaxed) }
  private static let liveCount = Atomic<Int>(0)
  /// Counting costs an atomic operation for each storage: only tests switch it on, before the first one.
  static let isCounting = Environment.flag("AUTOGRAD_COUNT_STORAGES")

  /// Uninitialised memory for `count` elements of `dtype`.
  init(count: Int, dtype: DType) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.itemSize)
    require(!overflow, "a tensor of \(count) \(dtype) elements is larger than the address space")
    guard let memory = ck_allocate(bytes) else {
      fail("no memory for a tensor of \(count) \(dtype) elements (\(bytes) bytes)")
    }
    pointer = memory
    byteCount = bytes
    if Storage.isCounting { Storage.liveCount.wrappingAdd(1, ordering: .relaxed) }
  }

  deinit {
    ck_release(pointer, byteCount)
    if Storage.isCounting { Storage.liveCount.wrappingSubtract(1, ordering: .relaxed) }
  }
}
