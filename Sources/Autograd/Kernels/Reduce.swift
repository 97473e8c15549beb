import CKernels

// Reductions of [outer, n, inner], with the reduced dimensions in the middle.

extension Tensor {
  /// This tensor as [outer, n, inner], contiguous, with the dimensions `dims` (sorted, unique) in
  /// the middle.
  func grouped(over dims: [Int]) -> (tensor: Tensor, outer: Int, n: Int, inner: Int) {
    let n = dims.reduce(1) { $0 * shape[$1] }
    if let first = dims.first, let last = dims.last, last - first == dims.count - 1 {
      var (outer, inner) = (1, 1)
      for size in shape[..<first] { outer *= size }
      for size in shape[(last + 1)...] { inner *= size }
      return (compacted(), outer, n, inner)
    }
    let kept = shape.indices.filter { !dims.contains($0) }
    let order = alias(layout.permuted(kept + dims)).compacted()
    return (order, kept.reduce(1) { $0 * shape[$1] }, n, 1)
  }

  /// The shape after a reduction over `dims`: without them, or with size 1 there if `keepdim`.
  func reducedShape(_ dims: [Int], keepdim: Bool) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(keepdim ? ndim : ndim - dims.count)
    for d in shape.indices {
      if !dims.contains(d) {
        result.append(shape[d])
      } else if keepdim {
        result.append(1)
      }
    }
    return result
  }

  /// This tensor as [outer, n, inner] if it is contiguous and the dimensions `dims` (sorted, unique)
  /// are neighbours, else nil.
  func split(by dims: [Int]) -> (outer: Int, n: Int, inner: Int)? {
    guard isContiguous, let first = dims.first, dims[dims.count - 1] - first == dims.count - 1
    else { return isContiguous && dims.isEmpty ? (numel, 1, 1) : nil }
    var (outer, n, inner) = (1, 1, 1)
    for d in shape.indices {
      if d < first {
        outer *= shape[d]
      } else if d < first + dims.count {
        n *= shape[d]
      } else {
        inner *= shape[d]
      }
    }
    return (outer, n, inner)
  }

  /// `kernel` over the dimensions `dims` (sorted, unique); off the tape.
  func reduced(
    _ kernel: ReductionKernel, _ dims: [Int], keepdim: Bool, op: StaticString
  ) -> Tensor {
    let function = Kernels.reduction(kernel, dtype, op: op)
    let target = reducedShape(dims, keepdim: keepdim)
    if let (outer, n, inner) = split(by: dims) {
      let y = Tensor(uninitialized: target, dtype)
      if outer == 1 {
        reduceInBlocks(function, self, n, inner, row: inner, into: y)
      } else {
        launch((self, y), units: outer, cost: n * inner) { part in
          function(
            Int64(part.count), Int64(n), Int64(inner), Int64(n * inner), Int64(inner),
            address(part.lowerBound * n * inner), y.address(part.lowerBound * inner))
        }
      }
      return y
    }
    if numel == 0 {
      let y = Tensor(uninitialized: target, dtype)
      let count = Int64(y.numel)
      withExtendedLifetime((self, y)) { function(1, 0, count, 0, count, base, y.base) }
      return y
    }
    var axes = MemoryAxes(self, reducing: dims)
    // A sum over several dimensions that are not neighbours is a sum of sums.
    while let step = axes.nextStep() {
      let y = Tensor(uninitialized: [step.count * step.inner], dtype)
      if step.count == 1 {
        reduceInBlocks(function, step.x, step.n, step.inner, row: step.row, into: y)
      } else {
        launch((step.x, y), units: step.count, cost: step.n * step.inner) { part in
          step.forEachRun(part) { start, count, block, position in
            function(
              Int64(count), Int64(step.n), Int64(step.inner), Int64(block), Int64(step.row),
              step.x.address(position), y.address(start * step.inner))
          }
        }
      }
      axes.finish(y)
    }
    return axes.arranged(axes.tensor, target)
  }

  /// The identity element of `kernel` in this tensor's dtype, 0-d: the reduction of no elements.
  func identity(of kernel: ReductionKernel, op: StaticString) -> Tensor {
    Tensor(uninitialized: [0], dtype).reduced(kernel, [0], keepdim: false, op: op)
  }

  /// The extremes along the dimensions `dims` (sorted, adjacent, none of size 0), and their indices
  /// in row-major order over them; off the tape.
  func extremes(
    _ kernel: ExtremeKernel, _ dims: [Int], keepdim: Bool
  ) -> (values: Tensor, indices: Tensor) {
    let function = Kernels.extreme(kernel, dtype)
    let target = reducedShape(dims, keepdim: keepdim)
    let values = Tensor(uninitialized: target, dtype)
    let indices = Tensor(uninitialized: target, .int64)
    // The index counts over all dimensions in row-major order, whatever their order in memory.
    let axes =
      isContiguous || dims.count { shape[$0] > 1 } != 1 ? nil : MemoryAxes(self, reducing: dims)
    let step = axes?.nextStep() ?? contiguousStep(over: dims)
    let (n, inner) = (step.n, step.inner)
    func run(_ count: Int, _ columns: Int, block: Int, at position: Int, to first: Int) {
      function(
        Int64(count), Int64(n), Int64(columns), Int64(block), Int64(step.row),
        step.x.address(position), values.address(first), indices.pointer(first))
    }
    if step.count == 1 {
      launch((step.x, values, indices), units: inner, cost: n) { columns in
        run(1, columns.count, block: 0, at: columns.lowerBound, to: columns.lowerBound)
      }
    } else {
      launch((step.x, values, indices), units: step.count, cost: n * inner) { part in
        step.forEachRun(part) { start, count, block, position in
          run(count, inner, block: block, at: position, to: start * inner)
        }
      }
    }
    return axes.map { ($0.arranged(values, target), $0.arranged(indices, target)) }
      ?? (values, indices)
  }

  private func contiguousStep(over dims: [Int]) -> MemoryAxes.Step {
    let (x, outer, n, inner) = grouped(over: dims)
    return MemoryAxes.Step(
      x: x, outer: [(outer, n * inner)], count: outer, n: n, inner: inner, row: inner)
  }
}

/// Reduces `n` rows of `inner` adjacent elements, `row` elements apart, to the one row of `y`.
private func reduceInBlocks(
  _ function: ck_reduce_fn, _ x: Tensor, _ n: Int, _ inner: Int, row: Int, into y: Tensor
) {
  reduceInBlocks(function, x, n, inner, into: y) { rows, columns, result in
    function(
      1, Int64(rows.count), Int64(columns.count), 0, Int64(row),
      x.address(rows.lowerBound * row + columns.lowerBound), result)
  }
}

/// Reduces `n` rows of `inner` elements to the one row of `y`: `block` reduces blocks of rows or of
/// columns, `function` the results of blocks of rows. The bits do not depend on the number of
/// threads: neither do the blocks of rows, nor does a column on the others of its block.
func reduceInBlocks<Operands>(
  _ function: ck_reduce_fn, _ operands: Operands, _ n: Int, _ inner: Int, into y: Tensor,
  _ block: (_ rows: Range<Int>, _ columns: Range<Int>, _ result: UnsafeMutableRawPointer) -> Void
) {
  // Where rows are long, a block has some of them, so that its result is short beside it.
  let rows = max(fewestRows, Cost.ofThread / max(1, inner))
  let blocks = n / rows + 1
  if blocks <= 4 {
    if inner < leastColumns {
      return withExtendedLifetime((operands, y)) { block(0..<n, 0..<inner, y.base) }
    }
    return launch((operands, y), units: inner, cost: n) { columns in
      block(0..<n, columns, y.address(columns.lowerBound))
    }
  }
  let partial = Tensor(uninitialized: [blocks, inner], y.dtype)
  launch((operands, partial), units: blocks, atLeast: 1) { part in
    for i in part {
      block(i * rows..<min(n, (i + 1) * rows), 0..<inner, partial.address(i * inner))
    }
  }
  withExtendedLifetime((partial, y)) {
    function(
      1, Int64(blocks), Int64(inner), Int64(blocks * inner), Int64(inner), partial.base, y.base)
  }
}

/// The rows of a block have at least this number.
private let fewestRows = 8
/// From this number on, columns are divided among threads. It is beyond what kernels treat as
/// narrow, where a column's result depends on the number of columns.
private let leastColumns = 1024
