// Pairwise distances between two sets of points.

/// How Euclidean distances are computed: PyTorch's `compute_mode`.
public enum EuclideanMode: Sendable {
  /// By a matrix product if one of the sets has more than 25 points, otherwise by differences.
  case automatic
  /// √(x² − 2·x·y + y²) by a matrix product: fast, but inaccurate for points that are close
  /// together.
  case product
  /// √Σ(x − y)², which needs memory for each coordinate of each pair.
  case differences
}

extension Tensor {
  /// The p-norm distances between all pairs of points of two sets: [..., m, k] and [..., n, k] →
  /// [..., m, n].
  ///
  /// Batch dimensions broadcast. Derivatives of every order are 0 at equal points. Both tensors are
  /// floating-point, of one dtype.
  /// - Parameters:
  ///   - other: the second set.
  ///   - p: the order of the norm, at least 0; it may be ∞.
  ///   - mode: how distances with p = 2 are computed.
  public func cdist(_ other: Tensor, p: Double = 2, mode: EuclideanMode = .automatic) -> Tensor {
    requireFloating(op: #function)
    requireSameNumericType(other, op: #function)
    require(
      ndim >= 2 && other.ndim >= 2 && size(-1) == other.size(-1),
      """
      cdist: expected points with as many coordinates, [..., m, k] and [..., n, k], got shapes \
      \(shape) and \(other.shape)
      """)
    require(p >= 0, "cdist: expected p of at least 0, got \(p)")
    if size(-1) == 0 {
      // Without coordinates all distances are 0.
      return sum(dim: -1, keepdim: true) + other.sum(dim: -1).unsqueeze(-2)
    }
    let isLarge = size(-2) > 25 || other.size(-2) > 25
    if p == 2, mode == .product || mode == .automatic && isLarge { return scaledEuclidean(other) }
    let differences = unsqueeze(-2) - other.unsqueeze(-3)
    if differences.numel == 0 { return differences.sum(dim: -1) }
    // Equal points are left out of the norm, because its second derivative at 0 is NaN.
    let isEqual = (differences .== 0).all(dim: -1)
    return differences.maskedFill(isEqual.unsqueeze(-1), 1).norm(p, dim: -1).maskedFill(isEqual, 0)
  }

  /// Euclidean distances by a matrix product; of scaled points if squares leave the range of the
  /// dtype.
  private func scaledEuclidean(_ other: Tensor) -> Tensor {
    if let scale = noGrad({ detach().productScale(other.detach()) }) {
      return (self / scale).euclidean(other / scale) * scale
    }
    return euclidean(other)
  }

  /// √(x² − 2·x·y + y²).
  private func euclidean(_ other: Tensor) -> Tensor {
    let y = noGrad {
      // The squares are two more columns of the factors, so that one product adds everything up.
      let squares = square().sum(dim: -1, keepdim: true)
      let others = other.square().sum(dim: -1, keepdim: true)
      let a = Autograd.cat([self * -2, squares, Tensor.onesLike(squares)], dim: -1)
      let b = Autograd.cat([other, Tensor.onesLike(others), others], dim: -1)
      return a.matmul(b.mT).clampMin(0).sqrt()
    }
    // The gradient Σ ratio·(x − z) over the points z of the other set, as matrix products.
    return
      y
      .wrt(self, op: "cdist") {
        [x = Saved(self, op: "cdist"), z = Saved(other, op: "cdist")] g, y in
        let ratio = g.quotient(byDistance: y)
        return x.value * ratio.sum(dim: -1, keepdim: true) - ratio.matmul(z.value)
      }
      .wrt(other, op: "cdist") {
        [x = Saved(self, op: "cdist"), z = Saved(other, op: "cdist")] g, y in
        let ratio = g.quotient(byDistance: y).mT
        return z.value * ratio.sum(dim: -1, keepdim: true) - ratio.matmul(x.value)
      }
  }

  /// A power of two near the largest coordinate, if squares leave the range of the dtype.
  private func productScale(_ other: Tensor) -> Tensor? {
    if numel == 0 || other.numel == 0 { return nil }
    let most = Autograd.stack([abs().amax(), other.abs().amax()])
    // Each term of the product is at most 4 times a sum of squares.
    if (most.amax().square() * Double(4 * size(-1))).isWithinRange { return nil }
    return most.binaryMagnitude([0], op: "cdist").reshape([])
  }

  /// g / y; 0 where y is 0.
  private func quotient(byDistance y: Tensor) -> Tensor {
    let isZero = y .== 0
    return maskedFill(isZero, 0) / y.maskedFill(isZero, 1)
  }
}
