// Cofactors, the derivatives of determinants. None divides by a singular value or a determinant,
// so they are accurate for singular matrices, also where rounding hides that a matrix is singular.

extension Tensor {
  /// The cofactors of these matrices, det(A)·A⁻ᵀ, with LU factors and determinants that are known.
  func cofactors(_ factors: LUFactors, _ determinants: Tensor) -> Tensor {
    let value = noGrad { () -> Tensor in
      // A determinant that has overflowed or lost digits says nothing about the cofactors.
      if !determinants.areNormal || factors.info.contains(where: { $0 > 0 }) {
        return RotatedDiagonal(detach()).cofactors
      }
      let diagonal = Tensor.eye(size(-1), dtype: dtype).scaled(by: determinants)
      return factors.solve(diagonal, transposed: true, op: "det")
    }
    // The second derivative of the determinant is symmetric.
    return value.wrt(self, op: "det") { [a = Saved(self, op: "det")] g in
      a.value.cofactorSlope(along: g)
    }
  }

  /// The derivative of the cofactors of these matrices in the direction `h`.
  private func cofactorSlope(along h: Tensor) -> Tensor {
    noGrad { RotatedDiagonal(detach()).cofactorSlope(along: h.detach()) }
      .wrt(h, op: "det") { [a = Saved(self, op: "det")] g in a.value.cofactorSlope(along: g) }
      .wrt(self, op: "det") { [a = Saved(self, op: "det"), h = Saved(h, op: "det")] g in
        pullback(g, at: a.value) { $0.composedCofactorSlope(along: h.value) }
      }
  }

  /// The meaning of ``cofactorSlope(along:)`` in ops with derivatives of every order.
  private func composedCofactorSlope(along h: Tensor) -> Tensor {
    let s = noGrad { RotatedDiagonal(detach()).s }
    let determinants = det()
    let isRegular =
      size(-1) == 0
      || (s.select(dim: -1, index: -1) .> s.select(dim: -1, index: 0) * 1e-5).areAllTrue
    if !isRegular || !determinants.areNormal { return cofactorSlopeByProducts(along: h) }
    // d(det(A)·A⁻ᵀ) = det(A)·(tr(A⁻¹·dA)·A⁻ᵀ − (A⁻¹·dA·A⁻¹)ᵀ)
    let inverse = inverted(op: "det")
    let turned = inverse.matmul(h)
    let trace = turned.diagonal(dim1: -2, dim2: -1).sum(dim: -1)
    return (inverse.scaled(by: trace) - turned.matmul(inverse)).mT.scaled(by: determinants)
  }

  /// Whether all elements are finite and have all digits of the dtype.
  private var areNormal: Bool {
    let sizes = detach().abs()
    return sizes.ge(dtype.leastNormalMagnitude).logicalAnd(sizes.isfinite()).areAllTrue
  }

  /// The derivative of the cofactors of these matrices in the direction `h`, as that of the
  /// determinant without divisions of matrices that are almost diagonal.
  private func cofactorSlopeByProducts(along h: Tensor) -> Tensor {
    // The slope of one element, 1, does not depend on it.
    let nothing = Tensor.zerosLike(self).flat(in: self)
    if size(-1) < 2 { return nothing }
    let rotated = noGrad { RotatedDiagonal(detach()) }
    let almostDiagonal = rotated.u.mT.matmul(self).matmul(rotated.vh.mT)
    let turned = rotated.u.mT.matmul(h).matmul(rotated.vh.mT)
    let slope = pullback(turned, at: almostDiagonal) { a in
      pullback(rotated.signs, at: a) { $0.determinantByProducts() }
    }
    return rotated.u.matmul(slope).matmul(rotated.vh) + nothing
  }

  /// The determinants of these matrices by sums of products alone (R. Bird, 2011): a polynomial of
  /// the elements, with the derivatives of one. Each of n − 1 products with the matrix is that of
  /// the triangle above the diagonal; the diagonal is replaced by minus the sum of what follows.
  private func determinantByProducts() -> Tensor {
    let n = size(-1)
    let below = Tensor.ones([n, n], dtype: dtype).tril(diagonal: -1)
    let eye = Tensor.eye(n, dtype: dtype)
    let product = (1..<n).reduce(self) { x, _ in
      let sums = x.diagonal(dim1: -2, dim2: -1).unsqueeze(-2).matmul(below)
      return (x.triu(diagonal: 1) - eye * sums).matmul(self)
    }
    let corner = product.select(dim: -2, index: 0).select(dim: -1, index: 0)
    return n % 2 == 0 ? -corner : corner
  }

  /// Each matrix multiplied by one factor.
  func scaled(by factors: Tensor) -> Tensor { self * factors.unsqueeze(-1).unsqueeze(-1) }

  /// The product of all elements of each row but the one itself.
  fileprivate var productsOfOthers: Tensor {
    let n = size(-1)
    if n == 0 { return self }
    let before = productsBefore
    return before * flip(-1).productsBefore.flip(-1)
  }

  /// The product of the elements before each element of a row.
  private var productsBefore: Tensor {
    let first = narrow(dim: -1, start: 0, length: 1)
    let rest = narrow(dim: -1, start: 0, length: size(-1) - 1)
    return Autograd.cat([Tensor.onesLike(first), rest.cumprod(dim: -1)], dim: -1)
  }
}

/// Matrices as U·diag(s)·Vᵀ. Their determinants are det(U)·det(V)·Π s, the signs times the
/// determinants of diagonal matrices, to which the derivatives are rotated.
private struct RotatedDiagonal {
  let u: Tensor, s: Tensor, vh: Tensor
  /// det(U)·det(V).
  let signs: Tensor

  init(_ a: Tensor) {
    // Matrices with elements that are not finite have no singular values; NaN signs stand for them.
    let isFinite = noGrad { a.detach().isfinite().all(dim: [-2, -1]) }
    let finite = a.maskedFill(isFinite.logicalNot().unsqueeze(-1).unsqueeze(-1), 0)
    (u, s, vh) = finite.singularValueDecomposition(op: "det")
    let (u, vh) = (u.detach(), vh.detach())
    signs = noGrad {
      Autograd.where(isFinite, u.det().sign() * vh.det().sign(), Double.nan)
    }
  }

  var cofactors: Tensor {
    (u * s.productsOfOthers.unsqueeze(-2)).matmul(vh).scaled(by: signs)
  }

  /// For a diagonal matrix the derivative of the cofactors in the direction h is Σⱼ pᵢⱼ·hⱼⱼ on
  /// the diagonal and −pᵢⱼ·hⱼᵢ elsewhere, where pᵢⱼ is the product of all s but sᵢ and sⱼ.
  func cofactorSlope(along h: Tensor) -> Tensor {
    let n = s.size(-1)
    let isDiagonal = Tensor.eye(n, dtype: .bool)
    let rows = s.unsqueeze(-2).expand(s.shape + [n]).maskedFill(isDiagonal, 1)
    let products = rows.productsOfOthers.maskedFill(isDiagonal, 0)
    let turned = u.mT.matmul(h).matmul(vh.mT)
    let diagonal = turned.diagonal(dim1: -2, dim2: -1).unsqueeze(-1)
    let sums = products.matmul(diagonal) * Tensor.eye(n, dtype: s.dtype)
    return u.matmul(sums - products * turned.mT).matmul(vh).scaled(by: signs)
  }
}
