/// The memory of one or more tensors: views share it, hence its version.
final class Storage {
  /// 64-byte aligned.
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  /// Counts the in-place changes, so that a rule can check whether what it saved has changed.
  var version: UInt32 = 0

  /// Uninitialised memory for `count` elements of `dtype`.
  init(count: Int, dtype: DType) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.itemSize)
    require(!overflow, "a tensor of \(count) \(dtype) elements is larger than the address space")
    guard let memory = Memory.allocate(bytes) else {
      fail("no memory for a tensor of \(count) \(dtype) elements (\(bytes) bytes)")
    }
    pointer = memory
    byteCount = bytes
  }

  deinit { Memory.release(pointer, byteCount) }
}
