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
      return areNegligible(s, atol, rtol).logicalNot().to(.int64).sum(dim: -1)
    }
  }

  /// max(atol, rtol · `largest`), up to which singular values count as 0; `rtol` has the default that
  /// ``matrixRank(atol:rtol:hermitian:)`` states.
  func singularTolerance(_ largest: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor {
    let atol = atol?.detach().to(largest.dtype)
    let size = Double(Swift.max(size(-2), size(-1)))
    let usual = Tensor(dtype.epsilon * size, dtype: largest.dtype)
    let relative =
      rtol?.detach().to(largest.dtype) ?? atol.map { Autograd.where($0 .> 0, 0, usual) } ?? usual
    return atol.map { (relative * largest).maximum($0) } ?? relative * largest
  }

  /// Which of the singular values `s` count as 0.
  func areNegligible(_ s: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor {
    let largest = s.size(-1) == 0 ? s.sum(dim: -1) : s.amax(dim: -1)
    return s .<= singularTolerance(largest, atol, rtol).unsqueeze(-1)
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
    // The derivative is products of the inverse that cancel: for float32 its last digits matter.
    let inverse = noGrad {
      let a = detach().to(.float64)
      let simple = hermitian ? nil : a.inverseOfFullRank(of: self, atol, rtol)
      return (simple ?? a.inverseBySingularValues(of: self, atol, rtol, hermitian)).to(dtype)
    }
    return inverse.wrt(self) { [a = Saved(self)] g, y in a.value.pinvGradient(y, g) }
  }

  private func inverseBySingularValues(
    of original: Tensor, _ atol: Tensor?, _ rtol: Tensor?, _ hermitian: Bool
  ) -> Tensor {
    var (u, s, vh): (Tensor, Tensor, Tensor)
    if hermitian {
      (s, u) = eigh()
      vh = u.mT
    } else {
      (u, s, vh) = svd(fullMatrices: false)
    }
    let isZero = original.areNegligible(s.abs(), atol, rtol)
    let reciprocals = s.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0)
    return vh.mT.matmul(reciprocals.unsqueeze(-1) * u.mT)
  }

  /// The pseudo-inverses by QR decomposition, which is several times as fast, if it is certain that no
  /// singular value is negligible. `original` has the dtype that the tolerances are for.
  func inverseOfFullRank(of original: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor? {
    let isTall = size(-2) >= size(-1)
    guard numel > 0 else { return nil }
    let (q, r) = (isTall ? self : mT).qr()
    let inverse = r.solveTriangular(.eye(r.size(-1), dtype: dtype), upper: true)
    // ‖R‖ is not less than the largest singular value, 1 / ‖R⁻¹‖ not more than the smallest.
    let smallest = inverse.norm(dim: [-2, -1]).reciprocal()
    let tolerance = original.singularTolerance(r.norm(dim: [-2, -1]), atol, rtol)
    guard (smallest .> tolerance).all().item(as: Bool.self) else { return nil }
    let pseudo = inverse.matmul(q.mT)
    return isTall ? pseudo : pseudo.mT
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

extension Tensor {
  /// The nuclear norm of the matrices in two dimensions, or that of order 2 or −2, by their singular values;
  /// the largest of none is 0.
  func singularNorm(_ order: MatrixNorm, rows: Int, columns: Int, keepdim: Bool, op: StaticString)
    -> Tensor
  {
    let s = movedim([rows, columns], [-2, -1]).svdvals()
    let isEmpty = s.size(-1) == 0
    require(
      order != .p(-2) || !isEmpty,
      "\(opName(op)): matrices in the shape \(shape) have no smallest singular value, as none at all"
    )
    let norms =
      order == .nuclear || isEmpty
      ? s.sum(dim: -1) : order == .p(2) ? s.amax(dim: -1) : s.amin(dim: -1)
    guard keepdim else { return norms }
    return norms.unsqueeze(Swift.min(rows, columns)).unsqueeze(Swift.max(rows, columns))
  }
}
