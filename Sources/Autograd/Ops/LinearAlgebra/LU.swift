// LU decomposition with partial pivoting.

extension Tensor {
  /// The LU decomposition A = P·L·U of matrices [..., m, n]: a permutation, a lower triangular
  /// matrix with unit diagonal, and an upper triangular matrix.
  ///
  /// - Parameter pivot: whether to exchange rows for accuracy. Without it, a pivot may be 0
  ///   although the matrix is not singular. PyTorch supports `pivot=False` on GPUs only, and
  ///   returns an empty P.
  /// - Returns: P [..., m, m], which has no derivative, L [..., m, k] and U [..., k, n], with k =
  ///   min(m, n).
  public func lu(pivot: Bool = true) -> (p: Tensor, l: Tensor, u: Tensor) {
    let (factors, packed) = luDecomposition(pivot: pivot, op: #function)
    let (lower, upper) = packed.unpackedLU
    return (Tensor.permutations(factors.pivots, rows: size(-2), dtype: dtype), lower, upper)
  }

  /// The LU decomposition of matrices [..., m, n] in packed form, for
  /// ``luSolve(pivots:_:left:adjoint:)``.
  ///
  /// A pivot of 0 stops the program, because no system could be solved; ``lu(pivot:)`` accepts
  /// singular matrices.
  ///
  /// - Parameter pivot: whether to exchange rows for accuracy.
  /// - Returns: L, without its unit diagonal, and U in one matrix [..., m, n]; and int32 pivots
  ///   [..., min(m, n)]: for each row in turn, the 1-based index of the row it was exchanged with.
  public func luFactor(pivot: Bool = true) -> (lu: Tensor, pivots: Tensor) {
    let (factors, packed) = luDecomposition(pivot: pivot, op: #function)
    requireNonsingular(factors, "call lu", op: #function)
    return (packed, factors.pivots)
  }

  /// Stops if a pivot is 0; `fix` says what to do instead.
  func requireNonsingular(_ factors: LUFactors, _ fix: String, op: StaticString) {
    guard let index = factors.info.firstIndex(where: { $0 > 0 }) else { return }
    fail(
      """
      \(opName(op)): \(batch(op: op).name(index)) is singular: pivot \(factors.info[index]) of \
      \(Swift.min(size(-2), size(-1))) is 0; \(fix)
      """)
  }

  private func luDecomposition(pivot: Bool, op: StaticString) -> (LUFactors, Tensor) {
    requireMatrix(op: op)
    let factors = detach().luFactors(pivoting: pivot, op: op)
    let packed = factors.lu.alias().wrt(self, op: op) { [pivots = factors.pivots] g, y in
      let p = Tensor.permutations(pivots, rows: g.size(-2), dtype: g.dtype)
      return p.matmul(g.luGradient(y))
    }
    return (factors, packed)
  }

  /// L and U from packed factors.
  private var unpackedLU: (l: Tensor, u: Tensor) {
    let k = Swift.min(size(-2), size(-1))
    let ones = Tensor.eye(size(-2), k, dtype: dtype)
    return (
      narrow(dim: -1, start: 0, length: k).tril(diagonal: -1) + ones,
      narrow(dim: -2, start: 0, length: k).triu()
    )
  }

  /// The gradient of Pᵀ·A from this gradient of the packed factors `y`. For the square part it is
  /// L⁻ᵀ·(tril(Lᵀ·gL, −1) + triu(gU·Uᵀ))·U⁻ᵀ; the other rows of L are A·U⁻¹, the other columns of U
  /// are L⁻¹·A.
  private func luGradient(_ y: Tensor) -> Tensor {
    let (m, n) = (size(-2), size(-1))
    let k = Swift.min(m, n)
    let square = { (x: Tensor) in
      x.narrow(dim: -2, start: 0, length: k).narrow(dim: -1, start: 0, length: k)
    }
    let rows = { (x: Tensor) in x.narrow(dim: -2, start: k, length: m - k) }
    let columns = { (x: Tensor) in x.narrow(dim: -1, start: k, length: n - k) }
    let (l, u) = square(y).unpackedLU
    var lower = l.mT.matmul(square(self).tril(diagonal: -1))
    var upper = square(self).triu().matmul(u.mT)
    if n > k { lower = lower - columns(self).matmul(columns(y).mT) }
    if m > k { upper = upper - rows(y).mT.matmul(rows(self)) }
    let middle = lower.tril(diagonal: -1) + upper.triu()
    // Solves X·Uᵀ = B, then Lᵀ·X = B.
    let right = u.mT.solveTriangular(middle, upper: false, left: false)
    var parts = [l.mT.solveTriangular(right, upper: true, unitriangular: true)]
    if n > k {
      parts.append(l.mT.solveTriangular(columns(self), upper: true, unitriangular: true))
    }
    let top = parts.count == 1 ? parts[0] : Autograd.cat(parts, dim: -1)
    if m == k { return top }
    return Autograd.cat(
      [top, u.mT.solveTriangular(rows(self), upper: false, left: false)], dim: -2)
  }

  /// The permutation matrices P [..., rows, rows] of pivots [..., k], for A = P·L·U.
  private static func permutations(_ pivots: Tensor, rows: Int, dtype: DType) -> Tensor {
    let (batch, k) = (Array(pivots.shape.dropLast()), pivots.size(-1))
    let numbers = pivots.array(of: Int.self)
    let count = batch.reduce(1, *)
    var ones = [Bool](repeating: false, count: count * rows * rows)
    for matrix in 0..<count {
      var order = Array(0..<rows)
      for i in 0..<k { order.swapAt(i, numbers[matrix * k + i] - 1) }
      for (column, row) in order.enumerated() { ones[(matrix * rows + row) * rows + column] = true }
    }
    return Tensor(ones, shape: batch + [rows, rows], dtype: dtype)
  }

  /// The solution X of A·X = B, where this tensor holds the packed LU factors of A.
  ///
  /// Batch dimensions broadcast. A pivot of 0 gives infinities and NaN, as in PyTorch.
  ///
  /// - Parameters:
  ///   - pivots: int32, [..., n], from ``luFactor(pivot:)``.
  ///   - b: B, [..., n, m], or [..., m, n] if `left` is false.
  ///   - left: whether to solve A·X = B; otherwise X·A = B.
  ///   - adjoint: whether to use Aᵀ in place of A.
  /// - Returns: X, of the shape of B.
  public func luSolve(pivots: Tensor, _ b: Tensor, left: Bool = true, adjoint: Bool = false)
    -> Tensor
  {
    requireSquare(op: #function)
    requireRightHandSide(b, left: left, op: #function)
    require(
      pivots.dtype == .int32 && pivots.shape == Array(shape.dropLast()),
      """
      luSolve: expected int32 pivots of shape \(Array(shape.dropLast())) for factors of shape \
      \(shape), got \(pivots.dtype) of shape \(pivots.shape); take both from luFactor
      """)
    let n = size(-1)
    require(
      pivots.array(of: Int.self).allSatisfy { 1 <= $0 && $0 <= n },
      "luSolve: expected pivots in 1 … \(n), got others; take them from luFactor")
    if !left { return luSolve(pivots: pivots, b.mT, adjoint: !adjoint).mT }
    let p = Tensor.permutations(pivots, rows: n, dtype: dtype)
    if adjoint {
      let half = mT.solveTriangular(b, upper: false)
      return p.matmul(mT.solveTriangular(half, upper: true, unitriangular: true))
    }
    let half = solveTriangular(p.mT.matmul(b), upper: false, unitriangular: true)
    return solveTriangular(half, upper: true)
  }
}
