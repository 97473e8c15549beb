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
