import CKernels

// Matrix decompositions: the matrices of a batch are distributed to threads, and the error codes of
// kernels become messages. All off the tape.

/// The matrices of a batch, for loops over them and for messages.
struct MatrixBatch {
  /// The batch dimensions.
  let shape: [Int]
  let op: StaticString

  var count: Int { shape.reduce(1, *) }

  /// The results of `body` for the index of each matrix. `work` is the number of multiplications
  /// per matrix.
  func map<Operands>(
    _ operands: Operands, work: Double, _ body: (Int) -> Int64
  ) -> [Int64] {
    let fewest = Cost.ofThreadInMultiplications / (work + 1)
    return [Int64](unsafeUninitializedCapacity: count) { results, filled in
      launch(operands, units: count, atLeast: Int(Swift.min(Swift.max(1, fewest), 0x1p30))) {
        for i in $0 { results[i] = body(i) }
      }
      filled = count
    }
  }

  /// The name of a matrix in messages.
  func name(_ index: Int) -> String {
    if shape.isEmpty { return "the matrix" }
    var rest = index
    let position = shape.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }
    return "the matrix \(Array(position.reversed())) of the batch"
  }

  /// Stops if a kernel reported an error.
  func requireSuccess(_ results: [Int64]) {
    guard let index = results.firstIndex(where: { $0 < 0 }) else { return }
    switch Int(results[index]) {
    case Int(CK_NOT_FINITE):
      fail(
        """
        \(opName(op)): expected finite elements, but \(name(index)) has infinities or NaN; \
        find them with isfinite()
        """)
    case Int(CK_NO_CONVERGENCE):
      fail("\(opName(op)): no convergence for \(name(index)); check its scaling")
    default:
      fail("\(opName(op)): out of memory for a workspace")
    }
  }

  /// The results of kernels as an int32 tensor.
  func tensor(_ results: [Int64]) -> Tensor { Tensor(results, shape: shape, dtype: .int32) }
}

extension Layout {
  /// The position of the first element of each matrix of a batch, in row-major order; the
  /// dimensions before the last `rank` broadcast to `batch`.
  func offsets(of batch: [Int], rank: Int = 2) -> [Int] {
    let strides = broadcast(to: batch + shape.suffix(rank)).explicitStrides
    return zip(batch, strides).reduce([0]) { offsets, dim in
      offsets.flatMap { start in (0..<dim.0).map { start + $0 * dim.1 } }
    }
  }
}

extension Tensor {
  private var kernels: ck_decompositions { Kernels.table(dtype).pointee.decompositions }

  /// The batch dimensions of matrices.
  func batch(op: StaticString) -> MatrixBatch {
    MatrixBatch(shape: Array(shape.dropLast(2)), op: op)
  }
}

// MARK: - Cholesky and LU

extension Tensor {
  /// The Cholesky factors L, and for each matrix the order of the first leading minor that is not
  /// positive, or 0. Only the lower triangle is read.
  func choleskyFactor(op: StaticString) -> (factor: Tensor, info: [Int64]) {
    let (n, batch, function, y) = (size(-1), batch(op: op), kernels.cholesky!, copied())
    let info = batch.map(y, work: Double(n * n * n) / 6) {
      function(Int64(n), y.address($0 * n * n), Int64(n))
    }
    batch.requireSuccess(info)
    return (y, info)
  }

  /// The LU factors with partial pivoting, or without.
  func luFactors(pivoting: Bool = true, op: StaticString) -> LUFactors {
    let (m, n, batch, function, y) = (size(-2), size(-1), batch(op: op), kernels.lu!, copied())
    let k = Swift.min(m, n)
    let pivots = Tensor(uninitialized: batch.shape + [k], .int32)
    let info = batch.map((y, pivots), work: Double(m) * Double(n) * Double(k) / 2) {
      function(
        Int64(m), Int64(n), y.address($0 * m * n), Int64(n), pivots.pointer($0 * k),
        pivoting ? 1 : 0)
    }
    batch.requireSuccess(info)
    return LUFactors(lu: y, pivots: pivots, info: info)
  }
}

/// P·L·U: L, without its unit diagonal, and U in one matrix, and for each row the index, from 1, of
/// the row that it was exchanged with.
struct LUFactors {
  let lu: Tensor
  let pivots: Tensor
  /// For each matrix the index, from 1, of the first pivot that is 0, or 0 if there is none.
  let info: [Int64]

  /// The solution X of A·X = B, or Aᵀ·X = B; the batches broadcast.
  func solve(_ b: Tensor, transposed: Bool, op: StaticString) -> Tensor {
    let shape = broadcastShape(lu.shape.dropLast(2) + [], b.shape.dropLast(2) + [], op: op)
    let (n, m) = (b.size(-2), b.size(-1))
    let x = b.alias(b.layout.broadcast(to: shape + [n, m])).copied()
    let batch = MatrixBatch(shape: shape, op: op)
    let factors = lu.layout.offsets(of: shape)
    let rows = pivots.layout.offsets(of: shape, rank: 1)
    let function = Kernels.table(lu.dtype).pointee.decompositions.lu_solve!
    let results = batch.map((lu, pivots, x), work: Double(n) * Double(n) * Double(m)) {
      function(
        Int64(n), Int64(m), lu.address(factors[$0]), Int64(n), pivots.pointer(rows[$0]),
        transposed ? 1 : 0, x.address($0 * n * m))
    }
    batch.requireSuccess(results)
    return x
  }
}

// MARK: - Triangular systems

extension Tensor {
  /// The solution X of T·X = B, or of X·T = B unless `left`, for this T; the batches broadcast.
  func triangularSolution(
    _ b: Tensor, upper: Bool, left: Bool, unitriangular: Bool, op: StaticString
  ) -> Tensor {
    let shape = broadcastShape(Array(self.shape.dropLast(2)), Array(b.shape.dropLast(2)), op: op)
    let x = b.alias(b.layout.broadcast(to: shape + b.shape.suffix(2))).copied()
    let (rows, columns) = (b.size(-2), b.size(-1))
    let offsets = layout.offsets(of: shape)
    let strides = layout.explicitStrides.suffix(2).map { Int64($0) }
    let function = kernels.solve_triangular!
    let n = size(-1)
    let batch = MatrixBatch(shape: shape, op: op)
    let results = batch.map((self, x), work: Double(n) * Double(rows) * Double(columns) / 2) {
      var system = ck_triangular(
        left: left ? 1 : 0, upper: upper ? 1 : 0, unit: unitriangular ? 1 : 0, n: Int64(n),
        m: Int64(left ? columns : rows), t: address(offsets[$0]), t_row: strides[0],
        t_col: strides[1], b: x.address($0 * rows * columns), ldb: Int64(columns))
      return function(&system)
    }
    batch.requireSuccess(results)
    return x
  }
}

// MARK: - QR, eigenvalues, singular values

extension Tensor {
  /// Q·R of each matrix [m, n], packed in one row: the first `columns` columns of Q, then the first
  /// `rows` rows of R.
  func qrFactors(columns: Int, rows: Int, op: StaticString) -> Tensor {
    let (m, n, batch, function, a) = (size(-2), size(-1), batch(op: op), kernels.qr!, copied())
    let y = Tensor(uninitialized: batch.shape + [m * columns + rows * n], dtype)
    let length = m * columns + rows * n
    let info = batch.map((a, y), work: 2 * Double(m) * Double(n) * Double(Swift.min(m, n))) {
      function(
        Int64(m), Int64(n), a.address($0 * m * n), Int64(n),
        columns > 0 ? y.address($0 * length) : nil, Int64(columns))
    }
    batch.requireSuccess(info)
    let r = a.alias(a.layout.sliced(a.ndim - 2, start: 0, length: rows)).triu()
    y.alias(y.layout.sliced(y.ndim - 1, start: m * columns, length: rows * n))
      .assign(r.alias(Layout(batch.shape + [rows * n])))
    return y
  }

  /// The eigenvalues of symmetric matrices [n, n] in row 0, and if `vectors` their eigenvectors in
  /// the rows below.
  func eigenpairs(vectors: Bool, op: StaticString) -> Tensor {
    let (n, batch, function, a) = (size(-1), batch(op: op), kernels.eigh!, copied())
    let rows = vectors ? n + 1 : 1
    let y = Tensor(uninitialized: batch.shape + [rows, n], dtype)
    let info = batch.map((a, y), work: 4 * Double(n) * Double(n) * Double(n)) {
      function(
        Int64(n), a.address($0 * n * n), Int64(n), y.address($0 * rows * n),
        vectors ? y.address(($0 * rows + 1) * n) : nil)
    }
    batch.requireSuccess(info)
    return y
  }

  /// The singular value decomposition of matrices [m, n], packed in one row: `u` columns of U, the
  /// singular values, and `v` columns of V, each column stored as a row.
  func singularTriplets(u: Int, v: Int, op: StaticString) -> Tensor {
    let (m, n, batch, function, a) = (size(-2), size(-1), batch(op: op), kernels.svd!, copied())
    let k = Swift.min(m, n)
    let length = u * m + k + v * n
    let y = Tensor(uninitialized: batch.shape + [length], dtype)
    let info = batch.map((a, y), work: 8 * Double(m) * Double(n) * Double(k)) {
      let first = $0 * length
      return function(
        Int64(m), Int64(n), a.address($0 * m * n), Int64(n), y.address(first + u * m),
        u > 0 ? y.address(first) : nil, Int64(u),
        v > 0 ? y.address(first + u * m + k) : nil, Int64(v))
    }
    batch.requireSuccess(info)
    return y
  }
}
