// Ranks, pseudo-inverses and norms from singular values.

// MARK: - Rank

extension Tensor {
  /// The ranks of matrices [..., m, n]: the number of singular values above max(atol, rtol · the
  /// largest).
  ///
  /// - Parameters:
  ///   - atol: the absolute tolerance, 0 by default.
  ///   - rtol: the relative tolerance; by default max(m, n) times the machine epsilon of the dtype,
  ///     or 0 if `atol` is positive.
  ///   - hermitian: whether the matrices are symmetric; then the absolute values of the eigenvalues
  ///     are used, which is faster, and only the lower triangle is read.
  /// - Returns: the ranks, int64 [...].
  public func matrixRank(atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false)
    -> Tensor
  {
    matrixRank(
      atol: atol.map { Tensor($0, dtype: .float64) },
      rtol: rtol.map { Tensor($0, dtype: .float64) },
      hermitian: hermitian)
  }

  /// The ranks of matrices with a tolerance for each matrix; the tolerances broadcast to the batch
  /// dimensions.
  public func matrixRank(atol: Tensor?, rtol: Tensor?, hermitian: Bool = false) -> Tensor {
    requireMatrix(op: #function)
    if hermitian { requireSquare(op: #function) }
    return noGrad {
      let a = detach()
      let s = hermitian ? a.eigenvalues(op: #function).abs() : a.singularValues(op: #function)
      return areNegligible(s, atol, rtol).logicalNot().to(.int64).sum(dim: -1)
    }
  }

  /// max(atol, rtol · `largest`), up to which singular values are treated as 0; the default of
  /// `rtol` is that of ``matrixRank(atol:rtol:hermitian:)``.
  func singularTolerance(_ largest: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor {
    let atol = atol?.detach().to(largest.dtype)
    let size = Double(Swift.max(size(-2), size(-1)))
    let standard = Tensor(dtype.epsilon * size, dtype: largest.dtype)
    let relative =
      rtol?.detach().to(largest.dtype) ?? atol.map { Autograd.where($0 .> 0, 0, standard) }
      ?? standard
    return atol.map { (relative * largest).maximum($0) } ?? relative * largest
  }

  /// Which of the singular values `s` are treated as 0.
  func areNegligible(_ s: Tensor, _ atol: Tensor?, _ rtol: Tensor?) -> Tensor {
    let largest = s.size(-1) == 0 ? s.sum(dim: -1) : s.amax(dim: -1)
    return s .<= singularTolerance(largest, atol, rtol).unsqueeze(-1)
  }
}

// MARK: - Pseudo-inverse

extension Tensor {
  /// The Moore–Penrose pseudo-inverses of matrices, [..., m, n] → [..., n, m].
  ///
  /// Singular values up to max(atol, rtol · the largest) are treated as 0. The derivative assumes
  /// constant rank. PyTorch's `pinverse` is `pinv(rtol: 1e-15)`.
  ///
  /// - Parameters:
  ///   - atol: the absolute tolerance, 0 by default.
  ///   - rtol: the relative tolerance; by default max(m, n) times the machine epsilon of the dtype,
  ///     or 0 if `atol` is positive.
  ///   - hermitian: whether the matrices are symmetric, which is faster.
  public func pinv(atol: Double? = nil, rtol: Double? = nil, hermitian: Bool = false) -> Tensor {
    pinv(
      atol: atol.map { Tensor($0, dtype: .float64) },
      rtol: rtol.map { Tensor($0, dtype: .float64) },
      hermitian: hermitian)
  }

  /// The pseudo-inverses of matrices with a tolerance for each matrix; the tolerances broadcast to
  /// the batch dimensions.
  public func pinv(atol: Tensor?, rtol: Tensor?, hermitian: Bool = false) -> Tensor {
    requireMatrix(op: #function)
    if hermitian { requireSquare(op: #function) }
    // In float64: the terms of the derivative cancel, so the last digits of the inverse matter.
    let inverse = noGrad {
      let a = detach().to(.float64)
      let fullRank = hermitian ? nil : a.inverseOfFullRank(of: self, atol, rtol, op: "pinv")
      return (fullRank ?? a.inverseBySingularValues(of: self, atol, rtol, hermitian)).to(dtype)
    }
    return inverse.wrt(self) { [a = Saved(self)] g, y in a.value.pinvGradient(y, g) }
  }

  private func inverseBySingularValues(
    of original: Tensor, _ atol: Tensor?, _ rtol: Tensor?, _ hermitian: Bool
  ) -> Tensor {
    var (u, s, vh): (Tensor, Tensor, Tensor)
    if hermitian {
      (s, u) = eigendecomposition(op: "pinv")
      vh = u.mT
    } else {
      (u, s, vh) = singularValueDecomposition(op: "pinv")
    }
    let isZero = original.areNegligible(s.abs(), atol, rtol)
    let reciprocals = s.maskedFill(isZero, 1).reciprocal().maskedFill(isZero, 0)
    return vh.mT.matmul(reciprocals.unsqueeze(-1) * u.mT)
  }

  /// The pseudo-inverses by QR decomposition, several times as fast as by singular values; nil
  /// unless it is certain that no singular value is negligible. The tolerances are for the dtype of
  /// `original`.
  func inverseOfFullRank(
    of original: Tensor, _ atol: Tensor?, _ rtol: Tensor?, op: StaticString
  ) -> Tensor? {
    let isTall = size(-2) >= size(-1)
    guard numel > 0 else { return nil }
    let (q, r) = (isTall ? self : mT).qrDecomposition(op: op)
    let inverse = r.solveTriangular(.eye(r.size(-1), dtype: dtype), upper: true)
    // ‖R‖ is an upper bound of the largest singular value, 1 / ‖R⁻¹‖ a lower bound of the smallest.
    let smallest = inverse.norm(dim: [-2, -1]).reciprocal()
    let tolerance = original.singularTolerance(r.norm(dim: [-2, -1]), atol, rtol)
    guard (smallest .> tolerance).all().item(as: Bool.self) else { return nil }
    let pseudo = inverse.matmul(q.mT)
    return isTall ? pseudo : pseudo.mT
  }

  /// The gradient of this matrix from the gradient g of its pseudo-inverse P (G. Golub and V.
  /// Pereyra, 1973): −Pᵀ·g·Pᵀ + (1 − A·P)·gᵀ·P·Pᵀ + Pᵀ·P·gᵀ·(1 − P·A).
  func pinvGradient(_ p: Tensor, _ g: Tensor) -> Tensor {
    let (pt, gt) = (p.mT, g.mT)
    // At most two factors P before one of A: a third may overflow.
    let left = gt.matmul(p).matmul(pt)
    let right = pt.matmul(p.matmul(gt))
    let first = left - matmul(p).matmul(left)
    let second = right - right.matmul(p.matmul(self))
    return first + second - pt.matmul(g).matmul(pt)
  }
}

// MARK: - Norms

extension Tensor {
  /// The nuclear norm, or that of order 2 or −2, of matrices in two dimensions, from their singular
  /// values; 0 for empty matrices.
  func singularNorm(_ order: MatrixNorm, rows: Int, columns: Int, keepdim: Bool, op: StaticString)
    -> Tensor
  {
    let s = movedim([rows, columns], [-2, -1]).singularValues(op: op)
    let isEmpty = s.size(-1) == 0
    require(
      order != .p(-2) || !isEmpty,
      "\(opName(op)): expected matrices with elements for order -2, got shape \(shape)"
    )
    let norms =
      order == .nuclear || isEmpty
      ? s.sum(dim: -1) : order == .p(2) ? s.amax(dim: -1) : s.amin(dim: -1)
    guard keepdim else { return norms }
    return norms.unsqueeze(Swift.min(rows, columns)).unsqueeze(Swift.max(rows, columns))
  }
}
