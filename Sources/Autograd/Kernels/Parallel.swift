import CKernels
import Synchronization

/// How many threads an op may use.
///
/// Results do not depend on it, not in a single bit: reductions run over blocks of fixed size.
public enum Threads {
  private static let stored = Atomic<Int>(
    max(1, Environment.int("AUTOGRAD_NUM_THREADS") ?? processorCount()))

  /// The number of threads; all processors unless set here or by the environment variable
  /// `AUTOGRAD_NUM_THREADS`. PyTorch's `torch.set_num_threads`.
  public static var count: Int {
    get { stored.load(ordering: .relaxed) }
    set {
      require(newValue >= 1, "Threads.count: at least one thread is needed, not \(newValue)")
      stored.store(newValue, ordering: .relaxed)
    }
  }
}

/// Runs `body` over the parts of `0..<count`, on several threads if `count` is more than `grain`.
///
/// Where the range is cut depends on the number of threads, so `body` must give each element the same
/// result wherever the cuts are.
func parallelFor(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
  let parts = min(Threads.count, 65_535, (count + grain - 1) / max(grain, 1))
  if parts <= 1 {
    if count > 0 { body(0..<count) }
    return
  }
  // Whole multiples of a cache line's worth of elements, so that no two threads write to one line; a few
  // large pieces of work are dealt out one by one.
  let unit = grain < 64 ? 1 : 64
  let length = ((count + parts - 1) / parts + unit - 1) / unit * unit
  withoutActuallyEscaping(body) { body in
    withUnsafePointer(to: Job(count: count, length: length, body: body)) { job in
      ck_parallel(
        Int32(parts), { job, part in job!.assumingMemoryBound(to: Job.self).pointee.run(part) },
        UnsafeMutableRawPointer(mutating: job))
    }
  }
}

/// A range of which each thread runs a part.
private struct Job {
  let count: Int
  let length: Int
  let body: (Range<Int>) -> Void

  func run(_ part: Int32) {
    let start = Int(part) * length
    if start < count { body(start..<min(start + length, count)) }
  }
}
