import CKernels

// Every kernel starts here. A launch keeps its operands alive until it is done, and splits the work
// by cost.

/// Costs, relative to an element of a simple element-wise kernel.
enum Cost {
  /// An element that is loaded, computed with and stored.
  static let element = 1
  /// A step of a sequential computation, which waits for the step before.
  static let chained = 2
  /// An exponential, or about a dozen comparisons.
  static let exponential = 4
  /// The least work for which another thread pays off.
  static let ofThread = 32_768
  /// The same, in multiplications of a matrix product, which are much faster than elements.
  static let ofThreadInMultiplications = 0x1p18
  /// A product of matrices besides its multiplications, in these.
  static let ofProduct = 0x1p10
}

/// Calls `body`, which runs a kernel, for parts of `0..<units`, on several threads if there is
/// enough work.
///
/// The parts depend on the number of threads, so a kernel must compute each unit in the same way
/// whatever part it is in.
///
/// - Parameters:
///   - operands: the tensors that the kernel reads and writes; kept alive until it is done.
///   - units: the number of independent rows, blocks or elements.
///   - cost: the cost of one unit; see ``Cost``.
@inline(__always)
func launch<Operands>(
  _ operands: Operands, units: Int, cost: Int = Cost.element, _ body: (Range<Int>) -> Void
) {
  launch(operands, units: units, atLeast: max(1, Cost.ofThread / max(1, cost)), body)
}

/// Calls `body` for parts of `0..<units`; each thread gets at least `grain` units.
@inline(__always)
func launch<Operands>(
  _ operands: Operands, units: Int, atLeast grain: Int, _ body: (Range<Int>) -> Void
) {
  withExtendedLifetime(operands) {
    if units > grain {
      split(units, grain, body)
    } else if units > 0 {
      body(0..<units)
    }
  }
}

private func split(_ units: Int, _ grain: Int, _ body: (Range<Int>) -> Void) {
  let parts = min(Threads.count, 65_535, (units + grain - 1) / grain)
  if parts <= 1 { return body(0..<units) }
  // Multiples of a cache line's elements, so that no two threads write to the same line. If there
  // are few large units, they are distributed one by one.
  let multiple = grain < 64 ? 1 : 64
  let length = ((units + parts - 1) / parts + multiple - 1) / multiple * multiple
  withoutActuallyEscaping(body) { body in
    withUnsafePointer(to: Job(units: units, length: length, body: body)) { job in
      ck_parallel(
        Int32(parts), { job, part in job!.assumingMemoryBound(to: Job.self).pointee.run(part) },
        UnsafeMutableRawPointer(mutating: job))
    }
  }
}

/// A range of which each thread runs a part.
private struct Job {
  let units: Int
  let length: Int
  let body: (Range<Int>) -> Void

  func run(_ part: Int32) {
    let start = Int(part) * length
    if start < units { body(start..<min(start + length, units)) }
  }
}

// MARK: - Element-wise kernels

/// Runs `kernel` over `shape` in any order; the output is the first operand.
func launch(
  _ kernel: ck_map_fn, over shape: [Int], count: Int, _ operands: [Operand],
  parameters: Parameters = Parameters()
) {
  guard count > 0 else { return }
  withNest(collapsing: shape, operands) { nest in
    ck_put_neighbours_first(nest)
    launch(
      operands, units: count / nest.rowLength, atLeast: nest.fewestRows(elements: Cost.ofThread)
    ) { part in
      nest.run(kernel, part, operands, parameters, by: ck_run_map)
    }
  }
}

// The arguments outlive the call, so their lifetimes are not extended here: counting references to
// three tensors takes as long as the kernel of a small op.
extension Tensor {
  /// Overwrites the elements with `kernel` applied to `a`; both must be short, see
  /// ``isShort(with:)``.
  @inline(__always)
  func launchShort(_ kernel: ck_map_fn, _ a: Tensor, _ parameters: Parameters) {
    ck_map1(kernel, Int64(numel), base, a.base, parameters)
  }

  /// Overwrites the elements with `kernel` applied to `a` and `b`; all must be short.
  @inline(__always)
  func launchShort(_ kernel: ck_map_fn, _ a: Tensor, _ b: Tensor, _ parameters: Parameters) {
    ck_map2(kernel, Int64(numel), base, a.base, 1, b.base, 1, parameters)
  }

  /// Overwrites the elements with `kernel` applied to `a`, `b` and `c`; all must be short.
  @inline(__always)
  func launchShort(
    _ kernel: ck_map_fn, _ a: Tensor, _ b: Tensor, _ c: Tensor, _ parameters: Parameters
  ) {
    ck_map3(kernel, Int64(numel), base, a.base, b.base, c.base, parameters)
  }

  /// Overwrites the elements with `kernel` applied to `a` and one number, or to the number and `a`
  /// if `isReversed`.
  @inline(__always)
  func launchShort(
    _ kernel: ck_map_fn, _ a: Tensor, number: UnsafeMutableRawPointer, isReversed: Bool
  ) {
    if isReversed {
      ck_map2(kernel, Int64(numel), base, number, 0, a.base, 1, Parameters())
    } else {
      ck_map2(kernel, Int64(numel), base, a.base, 1, number, 0, Parameters())
    }
  }

  /// Whether both tensors are contiguous, of the same shape, and too small for a loop nest or
  /// threads to pay off.
  @inline(__always)
  func isShort(with other: Tensor) -> Bool {
    numel <= Cost.ofThread && isContiguous && other.isContiguous && shape == other.shape
  }
}

// MARK: - Addresses

extension Tensor {
  /// The address of the first element.
  var base: UnsafeMutableRawPointer { storage.pointer + layout.offset * dtype.itemSize }

  /// The address of element `position` of a contiguous tensor.
  func address(_ position: Int) -> UnsafeMutableRawPointer { base + position * dtype.itemSize }

  /// The address of element `position` of a contiguous tensor of `T`.
  func pointer<T>(_ position: Int = 0, as type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    base.assumingMemoryBound(to: type) + position
  }
}
