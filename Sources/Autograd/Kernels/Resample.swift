import CKernels

/// Weighted sums along a dimension: output i is Σ weights[e] · x[indices[e]] over e from starts[i] to
/// starts[i + 1]. The rows of a sparse matrix of [outputs, inputs].
package struct Taps: Sendable {
  /// The size of the dimension before.
  package let inputs: Int
  private let starts, indices: [Int]
  private let weights: [Double]

  /// The number of sums.
  package var outputs: Int { starts.count - 1 }

  /// - Parameter rows: for each output the inputs and their weights.
  package init(inputs: Int, rows: [[(index: Int, weight: Double)]]) {
    self.inputs = inputs
    starts = rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    indices = rows.flatMap { $0.map(\.index) }
    weights = rows.flatMap { $0.map(\.weight) }
  }

  /// The transposed matrix.
  package var transposed: Taps {
    var rows = Array(repeating: [(index: Int, weight: Double)](), count: inputs)
    for i in 0..<outputs {
      for e in starts[i]..<starts[i + 1] { rows[indices[e]].append((i, weights[e])) }
    }
    return Taps(inputs: outputs, rows: rows)
  }

  /// The sums of `x` along dimension `d`. Off the tape.
  package func sums(of x: Tensor, _ d: Int, op: StaticString) -> Tensor {
    let function = Kernels.table(x.dtype).pointee.resample!
    var shape = x.shape
    shape[d] = outputs
    let y = Tensor(uninitialized: shape, x.dtype, op: op)
    let outer = shape.prefix(d).reduce(1, *)
    let inner = shape.dropFirst(d + 1).reduce(1, *)
    let source = x.compacted()
    let (starts, indices) = (Tensor(self.starts), Tensor(self.indices))
    let weights = Tensor(self.weights, dtype: x.dtype)
    let isSingle = self.starts.enumerated().allSatisfy { $0 == $1 }
    let taps = max(1, self.indices.count / max(1, outputs))
    if y.numel > 0 {
      launch((source, y, starts, indices, weights), units: outer * outputs, cost: inner * taps) {
        part in
        var call = ck_resample()
        (call.begin, call.end) = (Int64(part.lowerBound), Int64(part.upperBound))
        (call.n, call.outputs, call.inner) = (Int64(inputs), Int64(outputs), Int64(inner))
        call.is_single = isSingle ? 1 : 0
        call.start = UnsafePointer(starts.pointer())
        call.index = UnsafePointer(indices.pointer())
        call.weight = UnsafeRawPointer(weights.base)
        call.x = UnsafeRawPointer(source.base)
        call.y = y.base
        function(&call)
      }
    }
    return y
  }
}
