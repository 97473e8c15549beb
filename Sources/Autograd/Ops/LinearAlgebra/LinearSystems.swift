// Systems of linear equations and inverses, by LU decomposition. A matrix is decomposed once: the
// derivatives, of any order, are further systems with the same factors.

// MARK: - Systems

extension Tensor {
  /// The solution X of A·X = B for this square matrix A.
  ///
  /// A singular matrix is an error.
  ///
  /// - Parameters:
  ///   - b: B, [..., n, m]; batch dimensions broadcast. A vector [n], or one for each matrix, of the shape of
  ///     A without its last dimension, is solved for as such.
  ///   - left: whether A stands on the left; X·A = B otherwise.
  /// - Returns: X, of the shape of B.
  public func solve(_ b: Tensor, left: Bool = true) -> Tensor {
    requireSquare(op: #function)
    let isVector = takesAsVectors(b)
    require(
      left || !isVector,
      "solve: X·A = B wants matrices for B, but its shape is \(b.shape); unsqueeze it")
    let right = isVector ? b.unsqueeze(-1) : b
    requireRightSide(right, left: left, op: #function)
    let factors = detach().luFactors(op: #function)
    requireNonsingular(factors, "call lstsq for a solution of least squares", op: #function)
    if !left { return solution(factors, right.mT, transposed: true, op: #function).mT }
    let x = solution(factors, right, transposed: false, op: #function)
    return isVector ? x.squeeze(-1) : x
  }

  /// The solution of A·X = B, or of Aᵀ·X = B, for this matrix A, whose factors are known.
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
  /// The inverses of square matrices.
  ///
  /// A singular matrix is an error; ``invEx()`` tells instead. To solve equations, ``solve(_:left:)`` is faster
  /// and more accurate.
  public func inv() -> Tensor { inverted(op: #function) }

  /// The inverses; stops in the name of `op` where there is none.
  func inverted(op: StaticString) -> Tensor {
    requireSquare(op: op)
    let factors = detach().luFactors(op: op)
    requireNonsingular(factors, "call pinv for a pseudo-inverse, or invEx", op: op)
    return inverse(factors, op: op)
  }

  /// The inverses of square matrices, and where there is none.
  ///
  /// - Returns: the inverses, and for each matrix, int32, 0, or the number of the first pivot, from 1, that is
  ///   0. Such a matrix has infinities and NaN in the place of an inverse.
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

// MARK: - Inverses of linear maps between tensors

extension Tensor {
  /// The inverse of this tensor as a linear map: the product over the dimensions after `ind` equals that
  /// over those before it, and `tensordot` of the inverse and this tensor over `ind` dimensions is the identity.
  ///
  /// - Parameter ind: the number of dimensions in front that are the rows.
  /// - Returns: the dimensions from `ind` on, then those before.
  public func tensorinv(ind: Int = 2) -> Tensor {
    requireFloating(op: #function)
    require(
      ind > 0 && ind <= ndim,
      "tensorinv: ind is \(ind); for the shape \(shape) it lies in 1 … \(ndim)")
    let (rows, columns) = (Array(shape[..<ind]), Array(shape[ind...]))
    let n = Layout.count(of: rows)
    require(
      n == Layout.count(of: columns),
      """
      tensorinv: the shape \(shape) is no square map: \(n) elements before dimension \(ind) against \
      \(Layout.count(of: columns)) from there on
      """)
    return reshape([n, n]).inv().reshape(columns + rows)
  }

  /// The solution X of tensordot(A, X, X.ndim) = B for this tensor A.
  ///
  /// - Parameters:
  ///   - b: B.
  ///   - dims: dimensions of A that are moved to its end first, in this order.
  /// - Returns: X, whose shape is that of A after the dimensions of B.
  public func tensorsolve(_ b: Tensor, dims: [Int] = []) -> Tensor {
    requireFloating(op: #function)
    let moved = dims.map { shape.dimension($0, op: #function) }
    let order = shape.indices.filter { !moved.contains($0) } + moved
    require(
      order.count == ndim,
      "tensorsolve: the dimensions \(dims) of the shape \(shape) name one twice")
    let a = moved.isEmpty ? self : permute(order)
    let columns = Array(a.shape.dropFirst(b.ndim))
    let n = Layout.count(of: columns)
    require(
      a.numel == n * n && b.numel == n,
      """
      tensorsolve: a right side of shape \(b.shape) leaves \(columns) of the shape \(a.shape), which is \
      no square map: \(b.numel) elements against \(n)
      """)
    return a.reshape([n, n]).solve(b.reshape([n])).reshape(columns)
  }
}
