import Synchronization

/// How many threads an op may use.
///
/// Results are bit-identical for any number: reductions run over blocks of fixed size.
public enum Threads {
  private static let stored = Atomic<Int>(
    max(1, Environment.int("AUTOGRAD_NUM_THREADS") ?? processorCount()))

  /// The number of threads: PyTorch's `torch.set_num_threads`.
  ///
  /// By default the value of the environment variable `AUTOGRAD_NUM_THREADS`, else the number of
  /// processors.
  public static var count: Int {
    get { stored.load(ordering: .relaxed) }
    set {
      require(newValue >= 1, "Threads.count: expected 1 or more, got \(newValue)")
      stored.store(newValue, ordering: .relaxed)
    }
  }
}
