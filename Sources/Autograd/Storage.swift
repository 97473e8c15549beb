/// The memory of a tensor and its views, which therefore share its version.
final class Storage {
  /// 64-byte aligned.
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  /// The number of in-place changes. Rules compare it to detect that a saved tensor was modified.
  var version = 0

  /// Uninitialised memory for `count` elements of `dtype`.
  init(count: Int, dtype: DType, op: StaticString = "Tensor") {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.itemSize)
    require(
      !overflow,
      "\(opName(op)): \(count) \(dtype) elements exceed the address space; use a smaller shape")
    guard let memory = Memory.allocate(bytes) else {
      fail("\(opName(op)): out of memory: \(count) \(dtype) elements need \(bytes) bytes")
    }
    pointer = memory
    byteCount = bytes
  }

  deinit { Memory.release(pointer, byteCount) }
}
