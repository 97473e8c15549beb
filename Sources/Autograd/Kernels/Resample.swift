import CKernels

/// Weighted sums along a dimension: output i is Σ weights[e] · x[indices[e]] over e from starts[i] to
/// starts[i + 1]. The rows of a sparse matrix of [outputs, inputs].
package struct Taps: Sendable {
  /// The size of the dimension before.
  package let inputs: Int
  private var starts: [Int64] = [0]
  private var indices: [Int64] = []
  private var weights: [Double] = []

  /// The number of sums.
  package var outputs: Int { starts.count - 1 }

  /// No sums yet; room for as many as given, of two inputs each.
  package init(inputs: Int, expecting outputs: Int) {
    self.inputs = inputs
    starts.reserveCapacity(outputs + 1)
    indices.reserveCapacity(2 * outputs)
    weights.reserveCapacity(2 * outputs)
  }

  /// - Parameter rows: for each output the inputs and their weights.
  package init(inputs: Int, rows: [[(index: Int, weight: Double)]]) {
    self.init(inputs: inputs, expecting: rows.count)
    for row in rows {
      for (index, weight) in row { add(index, weight) }
      finishSum()
    }
  }

  /// Adds an input to the sum that is being made.
  package mutating func add(_ index: Int, _ weight: Double) {
    indices.append(Int64(index))
    weights.append(weight)
  }

  /// Ends a sum.
  package mutating func finishSum() { starts.append(Int64(indices.count)) }

  /// The transposed matrix.
  package var transposed: Taps {
    var result = Taps(inputs: outputs, expecting: 0)
    // Counting sort by input; within one, outputs ascend.
    var next = Array(repeating: Int64(0), count: inputs + 1)
    for index in indices { next[Int(index) + 1] += 1 }
    for i in 0..<inputs { next[i + 1] += next[i] }
    result.starts = next
    result.indices = Array(repeating: 0, count: indices.count)
    result.weights = Array(repeating: 0, count: indices.count)
    for i in 0..<outputs {
      for e in Int(starts[i])..<Int(starts[i + 1]) {
        let place = Int(next[Int(indices[e])])
        result.indices[place] = Int64(i)
        result.weights[place] = weights[e]
        next[Int(indices[e])] += 1
      }
    }
    return result
  }

  /// The sums of `x` along dimension `d`. Off the tape.
  package func sums(of x: Tensor, _ d: Int, op: StaticString) -> Tensor {
    var shape = x.shape
    shape[d] = outputs
    let y = Tensor(uninitialized: shape, x.dtype, op: op)
    let (outer, inner) = (shape[..<d].reduce(1, *), shape[(d + 1)...].reduce(1, *))
    let source = x.compacted()
    if y.numel == 0 { return y }
    let isGrouped = inner == 1 && outer >= fewestGrouped
    let rows = isGrouped ? 1 : outputs
    launch(
      (source, y), units: outer * rows, cost: outputs / rows * inner * cost
    ) { part in
      let first = part.lowerBound * (outputs / rows), last = part.upperBound * (outputs / rows)
      run(first..<last, inner, isGrouped, x.dtype, source.base, y.base)
    }
    return y
  }

  /// The number of inputs of a sum, on average.
  fileprivate var cost: Int { max(1, indices.count / max(1, outputs)) }

  /// Computes the rows `rows` of y [outer · outputs, inner] from x [outer · inputs, inner].
  fileprivate func run(
    _ rows: Range<Int>, _ inner: Int, _ isGrouped: Bool, _ dtype: DType,
    _ x: UnsafeMutableRawPointer, _ y: UnsafeMutableRawPointer
  ) {
    starts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        weights.withUnsafeBufferPointer { weights in
          var call = ck_resample()
          (call.begin, call.end) = (Int64(rows.lowerBound), Int64(rows.upperBound))
          (call.n, call.outputs, call.inner) = (Int64(inputs), Int64(outputs), Int64(inner))
          call.start = starts.baseAddress
          call.index = indices.baseAddress
          call.weight = weights.baseAddress
          call.is_grouped = isGrouped ? 1 : 0
          call.x = UnsafeRawPointer(x)
          call.y = y
          Kernels.table(dtype).pointee.resample!(&call)
        }
      }
    }
  }
}

/// From this number on, rows are computed in groups.
private let fewestGrouped = 8
/// Images of which the steps have at most so many elements go through all steps together.
private let together = 16_384
/// The elements of a step of as many of them as are computed at once, in the first cache.
private let atOnce = 4096

extension Tensor {
  /// The sums along some of the last dimensions, one step after the other. Off the tape.
  ///
  /// - Parameter steps: the sums, and the dimensions along which they are.
  package func sums(_ steps: [(taps: Taps, dim: Int)], op: StaticString) -> Tensor {
    guard let first = steps.map(\.dim).min() else { return self }
    let images = shape[..<first].reduce(1, *)
    // What one image has before and after each step.
    var sizes = [Array(shape[first...])]
    for step in steps {
      sizes.append(sizes[sizes.count - 1])
      sizes[sizes.count - 1][step.dim - first] = step.taps.outputs
    }
    let counts = sizes.map { $0.reduce(1, *) }
    let most = counts.max()!
    if steps.count == 1 || images < fewestGrouped || most > together || most == 0 {
      return steps.reduce(self) { $1.taps.sums(of: $0, $1.dim, op: op) }
    }
    let y = Tensor(uninitialized: shape[..<first] + sizes[steps.count], dtype, op: op)
    let x = compacted()
    let cost = zip(steps, counts.dropFirst()).reduce(0) { $0 + $1.0.taps.cost * $1.1 }
    launch((x, y), units: images, cost: cost) { part in
      let some = Swift.min(part.count, Swift.max(1, atOnce / most))
      let buffers = steps.dropLast().indices.map {
        Tensor(uninitialized: [some * counts[$0 + 1]], dtype)
      }
      withExtendedLifetime(buffers) {
        for start in stride(from: part.lowerBound, to: part.upperBound, by: some) {
          let count = Swift.min(some, part.upperBound - start)
          var from = x.address(start * counts[0])
          for (s, step) in steps.enumerated() {
            let to =
              s == steps.count - 1 ? y.address(start * counts[s + 1]) : buffers[s].base
            let inner = sizes[s][(step.dim - first + 1)...].reduce(1, *)
            step.taps.run(
              0..<count * counts[s + 1] / inner, inner, inner == 1, dtype, from, to)
            from = to
          }
        }
      }
    }
    return y
  }
}
