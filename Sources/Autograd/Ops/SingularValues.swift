// What singular values tell: ranks, pseudo-inverses, norms.

// MARK: - Rank

extension Tensor {
  /// The ranks of matrices [..., m, n]: how many singular values exceed max(atol, rtol · the largest).
  ///
  /// - Parameters:
  ///   - atol: 0 unless given.
  ///   - rtol: max(m, n) times the distance from 1 to the next number of the dtype unless given, or 0 if
  ///     `atol` is given and positive.
  ///   - hermitian: whether the matrices are symmetric; of which the magnitudes of the eigenvalues, found
  ///     faster from the lower triangle, stand for singular values.
  /// - Returns: int64, [...].
  public func matrixRank(atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false)
    -> Tensor
  {
    matrixRank(
      atol: atol.map { Tensor($0, dtype: .float64) },
      rtol: rtol.map { Tensor($0, dtype: .float64) },
      hermitian: hermitian)
  }

  /// The ranks of matrices, with tolerances for each matrix: tensors that broadcast to the batch dimensions.
  public func matrixRank(atol: Tensor?, rtol: Tensor?, hermitian: Bool = false) -> Tensor {
    requireMatrix(op: #function)
    if hermitian { requireSquare(op: #function) }
    return noGrad {
      let a = detach()
      let s = hermitian ? a.eigvalsh().abs() : a.svdvals()
      return (s .> tolerance(s, atol, rtol)).to(.int64).sum(dim: -1)
    }
  }

  /// max(atol, rtol · the largest of the singular values `s`), with a dimension of size 1 at the end.
  private func tolerance(_ s: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor {
    let relative = rtol?.detach().to(dtype) ?? defaultTolerance(atol?.detach())
    let largest = s.size(-1) == 0 ? s.sum(dim: -1) : s.amax(dim: -1)
    let scaled = relative * largest
    return (atol.map { scaled.maximum($0.detach().to(dtype)) } ?? scaled).unsqueeze(-1)
  }

  private func defaultTolerance(_ atol: Tensor?) -> Tensor {
    let epsilon = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let usual = Tensor(epsilon * Double(Swift.max(size(-2), size(-1))), dtype: dtype)
    return atol.map { `where`($0 .> 0, 0, usual) } ?? usual
  }
}

// MARK: - Pseudo-inverse

extension Tensor {
  /// The Moore–Penrose pseudo-inverses of matrices [..., m, n]; [..., n, m]. PyTorch's `pinverse` is
  /// `pinv(rtol: 1e-15)`.
  ///
  /// Singular values up to max(atol, rtol · the largest) count as 0. The derivative is that at constant rank.
  ///
  /// - Parameters:
  ///   - atol: 0 unless given.
  ///   - rtol: max(m, n) times the distance from 1 to the next number of the dtype unless given, or 0 if
  ///     `atol` is given and positive.
  ///   - hermitian: whether the matrices are symmetric; it is faster.
  public func pinv(atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false) -> Tensor {
    pinv(
      atol: atol.map { Tensor($0, dtype: .float64) },
      rtol: rtol.map { Tensor($0, dtype: .float64) },
      hermitian: hermitian)
  }

  /// The pseudo-inverses of matrices, with tolerances for each matrix: tensors that broadcast to the batch
  /// dimensions.
  public func pinv(atol: Tensor?, rtol: Tensor?, hermitian: Bool = false) -> Tensor {
    requireMatrix(op: #function)
    if hermitian { requireSquare(op: #function) }
    let inverse = noGrad {
      let a = detach()
      var (u, s, vh): (Tensor, Tensor, Tensor)
      if hermitian {
        (s, u) = a.eigh()
        vh = u.mT
      } else {
        (u, s, vh) = a.svd(fullMatrices: false)
      }
      let isZero = s.abs() .<= tolerance(s.abs(), atol, rtol)
      let reciprocals = s.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0)
      return vh.mT.matmul(reciprocals.unsqueeze(-1) * u.mT)
    }
    return inverse.wrt(self) { [a = Saved(self)] g, y in a.value.pinvGradient(y, g) }
  }

  /// The gradient of this matrix from that of its pseudo-inverse P (G. Golub and V. Pereyra, 1973):
  /// −Pᵀ·g·Pᵀ + (1 − A·P)·gᵀ·P·Pᵀ + Pᵀ·P·gᵀ·(1 − P·A).
  func pinvGradient(_ p: Tensor, _ g: Tensor) -> Tensor {
    let (pt, gt) = (p.mT, g.mT)
    let left = gt.matmul(p)
    let right = p.matmul(gt)
    let first = left.matmul(pt) - matmul(p.matmul(left).matmul(pt))
    let second = pt.matmul(right) - pt.matmul(right.matmul(p)).matmul(self)
    return first + second - pt.matmul(g).matmul(pt)
  }
}

// MARK: - Norms

/// A norm of matrices by their singular values.
enum SingularNorm {
  /// The sum of the singular values.
  case nuclear
  /// The largest singular value, and the smallest.
  case largest, smallest
}

extension Tensor {
  /// A norm of the matrices in the dimensions `rows` and `columns`, by their singular values.
  func singularNorm(
    _ kind: SingularNorm, rows: Int, columns: Int, keepdim: Bool, op: StaticString
  ) -> Tensor {
    requireFloating(op: op)
    let (i, j) = (shape.dimension(rows, op: op), shape.dimension(columns, op: op))
    require(
      ndim >= 2 && i != j,
      "\(opName(op)): a matrix has two dimensions; name two of the shape \(shape)")
    let s = movedim([i, j], [-2, -1]).svdvals()
    require(
      kind == .nuclear || s.size(-1) > 0,
      "\(opName(op)): a matrix of the shape \(shape) has no singular values to choose from")
    let norm =
      switch kind {
      case .nuclear: s.sum(dim: -1)
      case .largest: s.amax(dim: -1)
      case .smallest: s.amin(dim: -1)
      }
    guard keepdim else { return norm }
    let (first, second) = (Swift.min(i, j), Swift.max(i, j))
    return norm.unsqueeze(first).unsqueeze(second)
  }
}
