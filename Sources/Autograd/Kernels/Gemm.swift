import CKernels

// Matrix products of any strides, without copies.

extension Tensor {
  /// The inner product of this vector and `b`, of the same length and floating-point type; off the
  /// tape.
  func innerProduct(_ b: Tensor) -> Tensor {
    let function = Kernels.table(dtype).pointee.dot!
    let (x, z, y) = (compacted(), b.compacted(), Tensor(uninitialized: [], dtype))
    let sum = Kernels.reduction(.sum, dtype, op: "dot")
    reduceInBlocks(sum, (x, z), numel, 1, into: y) { part, _, result in
      let first = part.lowerBound
      function(Int64(part.count), x.address(first), z.address(first), result)
    }
    return y
  }
}

/// The product of two matrices, or of two batches of equal size, with any strides.
///
/// The kernel computes each element of c with the same bits wherever c is split, so the split may
/// depend on the number of threads.
struct MatrixProduct {
  private let m: Int, n: Int, k: Int
  private let a: Factor, b: Factor
  private let c: Tensor
  private let accumulate: Bool

  /// A batch of matrices as the kernel takes it.
  private struct Factor {
    let tensor: Tensor
    let row: Int, column: Int
    /// The distance between matrices, if it is the same for all.
    private let step: Int
    /// Else the position of the first element of each matrix, relative to the base.
    private let offsets: [Int]?

    init(_ tensor: Tensor, rank: Int) {
      let layout = tensor.layout
      self.tensor = tensor
      row = layout.stride(rank - 2)
      column = layout.stride(rank - 1)
      if rank <= 3 || layout.isContiguous {
        step = rank == 2 ? 0 : layout.stride(rank - 3)
        offsets = nil
      } else {
        step = 0
        offsets = Factor.offsets(layout.shape.dropLast(2), layout.explicitStrides)
      }
    }

    /// The position of the first element of matrix `i`, relative to the base.
    func offset(_ i: Int) -> Int { offsets?[i] ?? i * step }

    /// The positions of the elements of a shape in row-major order.
    private static func offsets(_ shape: ArraySlice<Int>, _ strides: [Int]) -> [Int] {
      zip(shape, strides).reduce([0]) { offsets, dim in
        offsets.flatMap { start in (0..<dim.0).map { start + $0 * dim.1 } }
      }
    }
  }

  /// c [..., m, n] = a [..., m, k] · b [..., k, n] (+ c if `accumulate`), all of one floating-point
  /// type; the batch dimensions are equal, and c is contiguous.
  static func run(_ a: Tensor, _ b: Tensor, into c: Tensor, accumulate: Bool = false) {
    guard c.numel > 0 else { return }
    MatrixProduct(a, b, c, accumulate).run(batch: c.shape.dropLast(2).reduce(1, *))
  }

  private init(_ a: Tensor, _ b: Tensor, _ c: Tensor, _ accumulate: Bool) {
    let rank = c.ndim
    m = c.shape[rank - 2]
    n = c.shape[rank - 1]
    k = a.shape[rank - 1]
    self.a = Factor(a, rank: rank)
    self.b = Factor(b, rank: rank)
    self.c = c
    self.accumulate = accumulate
  }

  private func run(batch: Int) {
    // In floating point, against overflow: an expanded factor may be larger than memory.
    let work = (Double(m) * Double(n) * Double(max(k, 1)) + Cost.ofProduct) * Double(batch)
    let threads = Int(min(Double(Threads.count), work / Cost.ofThreadInMultiplications))
    if threads <= 1 {
      run(0..<batch, rows: 0..<m, columns: 0..<n)
    } else if batch >= threads {
      split(batch, threads) { run($0, rows: 0..<m, columns: 0..<n) }
    } else if m >= n {
      split(m, threads) { run(0..<batch, rows: $0, columns: 0..<n) }
    } else {
      split(n, threads) { run(0..<batch, rows: 0..<m, columns: $0) }
    }
  }

  private func split(_ units: Int, _ threads: Int, _ body: (Range<Int>) -> Void) {
    launch(self, units: units, atLeast: (units + threads - 1) / threads, body)
  }

  /// Computes these rows and columns of c for the matrices `batch`.
  private func run(_ batch: Range<Int>, rows: Range<Int>, columns: Range<Int>) {
    let kernels = Kernels.table(c.dtype)
    let (height, width) = (Int64(rows.count), Int64(columns.count))
    let bytes = Int(kernels.pointee.gemm_workspace(height, width, Int64(k)))
    guard let workspace = Memory.allocate(bytes) else {
      fail("matmul: out of memory for a workspace of \(bytes) bytes")
    }
    defer { Memory.release(workspace, bytes) }
    for i in batch {
      kernels.pointee.gemm(
        height, width, Int64(k),
        a.tensor.address(a.offset(i) + rows.lowerBound * a.row), Int64(a.row),
        Int64(a.column),
        b.tensor.address(b.offset(i) + columns.lowerBound * b.column), Int64(b.row),
        Int64(b.column),
        c.address((i * m + rows.lowerBound) * n + columns.lowerBound), Int64(n),
        accumulate ? 1 : 0, workspace)
    }
  }
}
