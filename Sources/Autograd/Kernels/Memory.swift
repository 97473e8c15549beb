import CKernels

/// Where the memory of tensors and graphs comes from.
enum Memory {
  /// `byteCount` bytes, uninitialised and 64-byte aligned; nil if there are not that many.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? { ck_allocate(byteCount) }

  /// Gives back what ``allocate(_:)`` returned for the same number of bytes.
  static func release(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) {
    ck_release(pointer, byteCount)
  }

  /// Joins the many small blocks that a large graph has just freed, so that the next large graph
  /// lies in order in memory.
  static func joinFreeBlocks() { ck_join_free_memory() }
}
