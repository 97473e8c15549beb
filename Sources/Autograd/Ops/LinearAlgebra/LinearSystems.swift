// Linear systems and inverses by LU decomposition. A matrix is decomposed once: derivatives of
// every order solve systems with the same factors.

// MARK: - Linear systems

extension Tensor {
  /// The solution X of A·X = B, where this tensor is A, [..., n, n].
  ///
  /// A singular matrix stops the program.
  ///
  /// - Parameters:
  ///   - b: B, [..., n, m]; batch dimensions broadcast. B may also be a vector [n], or one vector
  ///     per matrix, of the shape of A without its last dimension.
  ///   - left: whether to solve A·X = B; otherwise X·A = B.
  /// - Returns: X, of the shape of B.
  public func solve(_ b: Tensor, left: Bool = true) -> Tensor {
    requireSquare(op: #function)
    let isVector = hasVectors(in: b)
    require(
      left || !isVector,
      "solve: expected a matrix B for X·A = B, got shape \(b.shape); unsqueeze it")
    let right = isVector ? b.unsqueeze(-1) : b
    requireRightHandSide(right, left: left, op: #function)
    let factors = detach().luFactors(op: #function)
    requireNonsingular(factors, "call lstsq for a least-squares solution", op: #function)
    if !left { return solution(factors, right.mT, transposed: true, op: #function).mT }
    let x = solution(factors, right, transposed: false, op: #function)
    return isVector ? x.squeeze(-1) : x
  }

  /// The solution of A·X = B, or of Aᵀ·X = B if `transposed`, for this matrix A with known factors.
  func solution(_ factors: LUFactors, _ b: Tensor, transposed: Bool, op: StaticString) -> Tensor {
    factors.solve(b, transposed: transposed, op: op)
      .wrt(b, op: op) { [a = Saved(self, op: op)] g in
        a.value.solution(factors, g, transposed: !transposed, op: op)
      }
      .wrt(self, op: op) { [a = Saved(self, op: op)] g, y in
        let gb = a.value.solution(factors, g, transposed: !transposed, op: op)
        return transposed ? -y.matmul(gb.mT) : -gb.matmul(y.mT)
      }
  }
}

// MARK: - Inverses

extension Tensor {
  /// The inverses of square matrices [..., n, n].
  ///
  /// A singular matrix stops the program; ``invEx()`` reports it instead. To solve a linear system,
  /// ``solve(_:left:)`` is faster and more accurate.
  public func inv() -> Tensor { inverted(op: #function) }

  /// The inverses; a singular matrix stops the program with a message of `op`.
  func inverted(op: StaticString) -> Tensor {
    requireSquare(op: op)
    let factors = detach().luFactors(op: op)
    requireNonsingular(factors, "call pinv for a pseudo-inverse, or invEx", op: op)
    return inverse(factors, op: op)
  }

  /// The inverses of square matrices, with a status for each matrix instead of an error.
  ///
  /// - Returns: the inverses, and int32 `info` [...]: 0, or the 1-based index of the first pivot
  ///   that is 0. The inverse of such a matrix consists of infinities and NaN.
  public func invEx() -> (inverse: Tensor, info: Tensor) {
    requireSquare(op: #function)
    let factors = detach().luFactors(op: #function)
    return (inverse(factors, op: #function), batch(op: #function).tensor(factors.info))
  }

  private func inverse(_ factors: LUFactors, op: StaticString) -> Tensor {
    factors.solve(.eye(size(-1), dtype: dtype), transposed: false, op: op)
      .wrt(self, op: op) { g, y in -y.mT.matmul(g).matmul(y.mT) }
  }
}

// MARK: - Tensor inverse

extension Tensor {
  /// The inverse of this tensor as a linear map between tensors.
  ///
  /// The first `ind` dimensions are the rows and must have as many elements as the others together.
  /// `tensordot` of the inverse and this tensor over `ind` dimensions is the identity.
  ///
  /// - Parameter ind: the number of leading dimensions that are the rows.
  /// - Returns: the inverse; its shape has the dimensions from `ind` on first, then those before.
  public func tensorinv(ind: Int = 2) -> Tensor {
    requireFloating(op: #function)
    require(
      ind > 0 && ind <= ndim,
      "tensorinv: expected ind in 1 … \(ndim) for the shape \(shape), got \(ind)")
    let (rows, columns) = (Array(shape[..<ind]), Array(shape[ind...]))
    let n = Layout.count(of: rows)
    require(
      n == Layout.count(of: columns),
      """
      tensorinv: expected as many elements before dimension \(ind) of the shape \(shape) as from \
      there on, got \(n) and \(Layout.count(of: columns))
      """)
    return reshape([n, n]).inv().reshape(columns + rows)
  }

  /// The solution X of tensordot(A, X, X.ndim) = B, where this tensor is A.
  ///
  /// - Parameters:
  ///   - b: B.
  ///   - dims: dimensions of A to move to its end first, in this order.
  /// - Returns: X; its shape is that of A after the first `b.ndim` dimensions.
  public func tensorsolve(_ b: Tensor, dims: [Int] = []) -> Tensor {
    requireFloating(op: #function)
    let moved = dims.map { shape.dimension($0, op: #function) }
    let order = shape.indices.filter { !moved.contains($0) } + moved
    require(
      order.count == ndim,
      "tensorsolve: expected distinct dimensions of the shape \(shape), got \(dims)")
    let a = moved.isEmpty ? self : permute(order)
    let columns = Array(a.shape.dropFirst(b.ndim))
    let n = Layout.count(of: columns)
    require(
      a.numel == n * n && b.numel == n,
      """
      tensorsolve: expected as many rows as columns, got \(b.numel) rows for a right-hand side of \
      shape \(b.shape), and columns of shape \(columns) in the shape \(a.shape)
      """)
    return a.reshape([n, n]).solve(b.reshape([n])).reshape(columns)
  }
}
