// Singular value decomposition.

extension Tensor {
  /// The singular value decomposition A = U·diag(S)·Vh of matrices [..., m, n].
  ///
  /// U and V = Vhᵀ have orthonormal columns. They are unique, up to common signs, and have a
  /// derivative only where the singular values are distinct and not 0; elsewhere their gradient is
  /// infinite or NaN. The derivative of S always exists. The extra columns of `fullMatrices` have
  /// no derivative.
  ///
  /// - Parameter fullMatrices: whether U is [..., m, m] and Vh [..., n, n]; otherwise U is [..., m,
  ///   k] and Vh [..., k, n], with k = min(m, n).
  /// - Returns: U, S [..., k] in descending order, and Vh.
  public func svd(fullMatrices: Bool = true) -> (u: Tensor, s: Tensor, vh: Tensor) {
    singularValueDecomposition(fullMatrices: fullMatrices, op: #function)
  }

  /// ``svd(fullMatrices:)`` on behalf of `op`, which messages name.
  func singularValueDecomposition(
    fullMatrices: Bool = false, op: StaticString
  ) -> (u: Tensor, s: Tensor, vh: Tensor) {
    requireMatrix(op: op)
    let (m, n) = (size(-2), size(-1))
    let k = Swift.min(m, n)
    let sizes = fullMatrices ? (m, n) : (k, k)
    let parts = singularTriplets(sizes, op: op)
    return (parts.u, singularValues(parts, op: op), parts.v.mT)
  }

  /// The singular values of matrices [..., m, n], in descending order; their derivative always
  /// exists.
  public func svdvals() -> Tensor { singularValues(op: #function) }

  /// ``svdvals()`` on behalf of `op`, which messages name.
  func singularValues(op: StaticString) -> Tensor {
    requireMatrix(op: op)
    let k = isRecording ? Swift.min(size(-2), size(-1)) : 0
    return singularValues(singularTriplets((k, k), op: op), op: op)
  }

  /// U, S and V packed into one row per matrix, so that they are one tensor on the tape.
  private struct PackedSVD {
    let packed: Tensor
    /// The sizes of the matrices, and the numbers of columns of U and V.
    let m: Int, n: Int, uCount: Int, vCount: Int

    var k: Int { Swift.min(m, n) }
    var u: Tensor { part(0, uCount, m) }
    var s: Tensor { packed.narrow(dim: -1, start: uCount * m, length: k) }
    var v: Tensor { part(uCount * m + k, vCount, n) }

    private func part(_ start: Int, _ rows: Int, _ width: Int) -> Tensor {
      packed.narrow(dim: -1, start: start, length: rows * width)
        .unflatten(dim: -1, sizes: [rows, width]).mT
    }

    /// The parts of another tensor that is packed in the same way.
    func unpacking(_ packed: Tensor) -> PackedSVD {
      PackedSVD(packed: packed, m: m, n: n, uCount: uCount, vCount: vCount)
    }

    /// The first k columns of U and V.
    var reducedVectors: (u: Tensor, v: Tensor) {
      (u.narrow(dim: -1, start: 0, length: k), v.narrow(dim: -1, start: 0, length: k))
    }
  }

  /// The singular values as a separate tensor, because their derivative U·diag(g)·Vᵀ is finite even
  /// where some are equal.
  private func singularValues(_ parts: PackedSVD, op: StaticString) -> Tensor {
    let start = parts.uCount * parts.m
    let packed = parts.packed
    return packed.alias(packed.layout.sliced(packed.ndim - 1, start: start, length: parts.k))
      .copied()
      .wrt(self, op: op) { [packed = Saved(packed, op: op)] g in
        let (u, v) = parts.unpacking(packed.value).reducedVectors
        return (u * g.unsqueeze(-2)).matmul(v.mT)
      }
  }

  private func singularTriplets(_ columns: (u: Int, v: Int), op: StaticString) -> PackedSVD {
    let packed = detach().singularTriplets(u: columns.u, v: columns.v, op: op)
    // The rule captures the sizes only: capturing the tensor would be a reference cycle.
    let parts = PackedSVD(
      packed: Tensor.empty([0]), m: size(-2), n: size(-1), uCount: columns.u, vCount: columns.v)
    packed.wrt(self, op: op) { g, y in Tensor.svdGradient(parts.unpacking(y), parts.unpacking(g)) }
    return parts.unpacking(packed)
  }

  /// The gradient of A = U·S·Vᵀ from those of U, S and V (J. Townsend, "Differentiating the
  /// singular value decomposition", 2016). With Fᵢⱼ = 1 / (sⱼ² − sᵢ²) and K(X) = X − Xᵀ it is
  /// U·((F∘K(Uᵀ·gU))·S + S·(F∘K(Vᵀ·gV)) + gS)·Vᵀ, plus the parts of gU and gV orthogonal to the
  /// columns of U and V. F is a product, 1 / ((sⱼ − sᵢ)·(sⱼ + sᵢ)), so that close singular values keep
  /// their digits and no square overflows.
  private static func svdGradient(_ y: PackedSVD, _ g: PackedSVD) -> Tensor {
    let (s, (u, v), (gu, gv)) = (y.s, y.reducedVectors, g.reducedVectors)
    let eye = Tensor.eye(y.k, dtype: s.dtype)
    let isDiagonal = Tensor.eye(y.k, dtype: .bool)
    let (columns, rows) = (s.unsqueeze(-2), s.unsqueeze(-1))
    let differences = (columns - rows).maskedFill(isDiagonal, 1)
    let sums = (columns + rows).maskedFill(isDiagonal, 1)
    // The diagonal of K is 0. Masked in the factor too, so that no large numbers cancel there.
    let skew = { (x: Tensor, factor: Tensor) in
      (x - x.mT) * (factor / sums).maskedFill(isDiagonal, 0) / differences
    }
    let (ut, vt) = (u.mT.matmul(gu), v.mT.matmul(gv))
    let inner = skew(ut, columns) + skew(vt, rows) + eye * g.s.unsqueeze(-1)
    var gradient = u.matmul(inner).matmul(v.mT)
    if y.m > y.k {
      let outside = (gu - u.matmul(ut)) / s.unsqueeze(-2)
      gradient = gradient + outside.matmul(v.mT)
    }
    if y.n > y.k {
      let outside = (gv - v.matmul(vt)) / s.unsqueeze(-2)
      gradient = gradient + u.matmul(outside.mT)
    }
    return gradient
  }
}
