import CKernels

// Evenly spaced numbers.

extension Tensor {
  /// The `count` numbers start + i·step, computed in float64 and rounded to `dtype`, which is
  /// floating-point.
  static func range(_ count: Int, from start: Double, by step: Double, _ dtype: DType) -> Tensor {
    Tensor(range: count, start, step, dtype)
  }

  /// The `count` numbers start + i·step, computed in int64 and cast to `dtype`, an integer type.
  static func range(_ count: Int, from start: Int64, by step: Int64, _ dtype: DType) -> Tensor {
    Tensor(range: count, start, step, dtype)
  }

  private convenience init<T: BitwiseCopyable>(
    range count: Int, _ start: T, _ step: T, _ dtype: DType
  ) {
    self.init(uninitialized: [count], dtype, op: "arange")
    let function = Kernels.table(dtype).pointee.range!
    withUnsafePointer(to: start) { start in
      withUnsafePointer(to: step) { step in
        launch(self, units: count) { part in
          let first = part.lowerBound
          function(Int64(part.count), Int64(first), start, step, address(first))
        }
      }
    }
  }

  /// `count` numbers from `start` to `end`, both included, computed in `dtype`, which is
  /// floating-point.
  static func evenlySpaced(
    _ count: Int, from start: Double, to end: Double, _ dtype: DType, op: StaticString
  ) -> Tensor {
    let y = Tensor(uninitialized: [count], dtype, op: op)
    let function = Kernels.table(dtype).pointee.linspace!
    launch(y, units: count) { part in
      let first = part.lowerBound
      function(Int64(part.count), Int64(first), Int64(count), start, end, y.address(first))
    }
    return y
  }
}
