import CKernels

// The seam to the kernels of evenly spaced numbers.

/// Elements that one thread should have at least.
private let grain = 32_768

extension Tensor {
  /// The `count` numbers start + i·step, calculated in float64 and rounded to `dtype`, of real numbers.
  static func range(_ count: Int, from start: Double, by step: Double, _ dtype: DType) -> Tensor {
    Tensor(range: count, start, step, dtype)
  }

  /// The `count` numbers start + i·step, calculated in int64 and cast to `dtype`, of integers.
  static func range(_ count: Int, from start: Int64, by step: Int64, _ dtype: DType) -> Tensor {
    Tensor(range: count, start, step, dtype)
  }

  private convenience init<T: BitwiseCopyable>(
    range count: Int, _ start: T, _ step: T, _ dtype: DType
  ) {
    self.init(uninitialized: [count], dtype)
    let kernel = Kernels.table(dtype).pointee.range!
    withUnsafePointer(to: start) { start in
      withUnsafePointer(to: step) { step in
        forEachPart { n, first, y in kernel(n, first, start, step, y) }
      }
    }
  }

  /// `count` numbers from `start` to `end`, both included, calculated in `dtype`, of real numbers.
  static func evenlySpaced(_ count: Int, from start: Double, to end: Double, _ dtype: DType)
    -> Tensor
  {
    let y = Tensor(uninitialized: [count], dtype)
    let kernel = Kernels.table(dtype).pointee.linspace!
    y.forEachPart { n, first, y in kernel(n, first, Int64(count), start, end, y) }
    return y
  }

  /// Calls `body` with the length of a part, where it starts, and its first element, until all are done.
  private func forEachPart(_ body: (Int64, Int64, UnsafeMutableRawPointer) -> Void) {
    nonisolated(unsafe) let y = base
    let item = dtype.itemSize
    parallelFor(numel, grain: grain) { part in
      body(Int64(part.count), Int64(part.lowerBound), y + part.lowerBound * item)
    }
  }
}
