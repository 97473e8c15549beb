import CKernels

/// The allocator for tensors and workspaces.
enum Memory {
  /// `byteCount` bytes, uninitialised and 64-byte aligned; nil if there is not enough memory.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? { ck_allocate(byteCount) }

  /// Frees memory from ``allocate(_:)``, given its number of bytes.
  static func release(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) {
    ck_release(pointer, byteCount)
  }

  /// Coalesces the small blocks that a large graph has freed, so that the next large graph is
  /// contiguous in memory.
  static func joinFreeBlocks() { ck_join_free_memory() }
}
