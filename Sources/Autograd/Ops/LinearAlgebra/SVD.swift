// Singular value decompositions.

extension Tensor {
  /// The singular value decomposition A = U·diag(S)·Vh of matrices [..., m, n].
  ///
  /// U and V = Vhᵀ have orthonormal columns, unique up to common signs where singular values are distinct and
  /// not 0. Only there do they have a derivative, which elsewhere comes out infinite or NaN; that
  /// of S exists everywhere. The columns that `fullMatrices` adds have no derivative.
  ///
  /// - Parameter fullMatrices: whether U is [..., m, m] and Vh [..., n, n]; else U is [..., m, k] and Vh
  ///   [..., k, n] with k = min(m, n).
  /// - Returns: U, S [..., k], descending, and Vh.
  public func svd(fullMatrices: Bool = true) -> (u: Tensor, s: Tensor, vh: Tensor) {
    requireMatrix(op: #function)
    let (m, n) = (size(-2), size(-1))
    let k = Swift.min(m, n)
    let sizes = fullMatrices ? (m, n) : (k, k)
    let triplets = singularTriplets(sizes, op: #function)
    return (triplets.u, singularValues(triplets, op: #function), triplets.v.mT)
  }

  /// The singular values of matrices [..., m, n], descending; their derivative exists everywhere.
  public func svdvals() -> Tensor {
    requireMatrix(op: #function)
    let k = isRecording ? Swift.min(size(-2), size(-1)) : 0
    return singularValues(singularTriplets((k, k), op: #function), op: #function)
  }

  /// Singular values and vectors, packed into one row of numbers for each matrix: one tensor on the tape.
  private struct Triplets {
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

    /// The same parts of another tensor.
    func of(_ packed: Tensor) -> Triplets {
      Triplets(packed: packed, m: m, n: n, uCount: uCount, vCount: vCount)
    }

    /// The first k columns of U and V.
    var reduced: (u: Tensor, v: Tensor) {
      (u.narrow(dim: -1, start: 0, length: k), v.narrow(dim: -1, start: 0, length: k))
    }
  }

  /// The singular values as a tensor of their own: their derivative U·diag(g)·Vᵀ wants no distinct ones.
  private func singularValues(_ triplets: Triplets, op: StaticString) -> Tensor {
    let start = triplets.uCount * triplets.m
    let packed = triplets.packed
    return packed.alias(packed.layout.sliced(packed.ndim - 1, start: start, length: triplets.k))
      .copied()
      .wrt(self, op: op) { [packed = Saved(packed, op: op)] g in
        let (u, v) = triplets.of(packed.value).reduced
        return (u * g.unsqueeze(-2)).matmul(v.mT)
      }
  }

  private func singularTriplets(_ columns: (u: Int, v: Int), op: StaticString) -> Triplets {
    let packed = detach().singularTriplets(u: columns.u, v: columns.v, op: op)
    // Without the tensor, which would be a cycle.
    let parts = Triplets(
      packed: Tensor.empty([0]), m: size(-2), n: size(-1), uCount: columns.u, vCount: columns.v)
    packed.wrt(self, op: op) { g, y in Tensor.svdGradient(parts.of(y), parts.of(g)) }
    return parts.of(packed)
  }

  /// The gradient of A = U·S·Vᵀ from those of U, S and V (J. Townsend, "Differentiating the singular value
  /// decomposition", 2016): with Fᵢⱼ = 1 / (sⱼ² − sᵢ²) and K(X) = X − Xᵀ,
  /// U·((F∘K(Uᵀ·gU))·S + S·(F∘K(Vᵀ·gV)) + gS)·Vᵀ and what leads out of the spaces of U and V.
  private static func svdGradient(_ y: Triplets, _ g: Triplets) -> Tensor {
    let (s, (u, v), (gu, gv)) = (y.s, y.reduced, g.reduced)
    let eye = Tensor.eye(y.k, dtype: s.dtype)
    let squares = s * s
    let distances = squares.unsqueeze(-2) - squares.unsqueeze(-1) + eye
    let skew = { (x: Tensor) in (x - x.mT) / distances }
    let (ut, vt) = (u.mT.matmul(gu), v.mT.matmul(gv))
    let inner =
      skew(ut) * s.unsqueeze(-2) + s.unsqueeze(-1) * skew(vt) + eye * g.s.unsqueeze(-1)
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
