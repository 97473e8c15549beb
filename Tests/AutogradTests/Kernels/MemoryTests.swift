import CKernels
import Foundation
import TestSupport
import Testing

/// The allocator, and copies by index.
@Suite struct MemoryTests {
  // MARK: - The allocator

  private static let sizes = [
    0, 1, 63, 64, 65, 80, 81, 96, 127, 128, 129, 4095, 4096, 65_536, 65_537, 1 << 20,
    2 << 20, 5_000_001,
  ]

  @Test func blocksAreAlignedAndWritable() throws {
    for size in Self.sizes {
      let block = try #require(ck_allocate(size))
      #expect(UInt(bitPattern: block) % 64 == 0)
      memset(block, 0xFF, size)
      ck_release(block, size)
    }
  }

  @Test func hugeSizesReturnNil() {
    #expect(ck_allocate(1 << 60) == nil)
    #expect(ck_allocate(.max) == nil)
  }

  @Test(.enabled(if: ck_is_caching() != 0)) func aReleasedBlockIsUsedAgain() throws {
    for size in Self.sizes where size <= 65_536 {
      let first = try #require(ck_allocate(size))
      ck_release(first, size)
      let second = try #require(ck_allocate(size))
      #expect(first == second, "\(size)")
      ck_release(second, size)
    }
  }

  @Test func blocksHoldEverySizeOfTheirClass() throws {
    // A released block is reused for the other sizes of its size class.
    for size in 1...5000 {
      let block = try #require(ck_allocate(size))
      memset(block, 0xFF, size)
      ck_release(block, size)
    }
  }

  @Test func blocksDoNotOverlap() throws {
    var random = SplitMix(seed: 1)
    var blocks: [(start: UnsafeMutableRawPointer, size: Int, mark: UInt8)] = []
    for i in 0..<3000 {
      if !blocks.isEmpty, random.next() % 3 == 0 {
        let block = blocks.remove(at: Int(random.next() % UInt64(blocks.count)))
        let bytes = UnsafeRawBufferPointer(start: block.start, count: block.size)
        #expect(bytes.first == block.mark && bytes.last == block.mark)
        ck_release(block.start, block.size)
      } else {
        let size = Int(random.next() % 9000) + 1
        let start = try #require(ck_allocate(size))
        memset(start, Int32(UInt8(truncatingIfNeeded: i)), size)
        blocks.append((start, size, UInt8(truncatingIfNeeded: i)))
      }
    }
    for block in blocks { ck_release(block.start, block.size) }
  }

  @Test func smallBlocksPassThroughTheSharedCache() {
    // More than a thread's own cache holds, so that some go through the shared cache.
    let count = 2000
    nonisolated(unsafe) let blocks = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(
      capacity: count)
    defer { blocks.deallocate() }
    for round in 0..<3 {
      for i in 0..<count {
        blocks[i] = ck_allocate(64)!
        blocks[i].storeBytes(of: i + round, as: Int.self)
      }
      #expect(Set((0..<count).map { blocks[$0] }).count == count)
      #expect((0..<count).allSatisfy { blocks[$0].load(as: Int.self) == $0 + round })
      onSmallStack { for i in 0..<count { ck_release(blocks[i], 64) } }
    }
  }

  @Test func theSharedCacheIsBounded() throws {
    let size = 100 << 20
    let blocks = try (0..<8).map { _ in try #require(ck_allocate(size)) }
    for block in blocks { ck_release(block, size) }
    #expect(ck_cached_bytes() <= 512 << 20)
  }

  @Test func threadsAllocateIndependently() {
    DispatchQueue.concurrentPerform(iterations: 16) { thread in
      let before = ck_live_blocks()
      var random = SplitMix(seed: UInt64(thread))
      for _ in 0..<300 {
        let size = Int(random.next() % 200_000) + 1
        let block = ck_allocate(size)!
        memset(block, Int32(thread), size)
        let bytes = UnsafeRawBufferPointer(start: block, count: size)
        #expect(bytes[0] == UInt8(thread) && bytes[size - 1] == UInt8(thread))
        ck_release(block, size)
      }
      #expect(ck_live_blocks() == before)
    }
  }

  @Test func aBlockMayBeReleasedByAnotherThread() {
    for size in [64, 100_000] {
      nonisolated(unsafe) let block = ck_allocate(size)!
      onSmallStack { ck_release(block, size) }
    }
    // When a thread ends, its cache moves to the shared one.
    let block = ck_allocate(64)!
    memset(block, 1, 64)
    ck_release(block, 64)
  }
}
