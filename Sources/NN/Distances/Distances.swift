import Autograd

/// The cosine of the angle between vectors along dimension `dim`: PyTorch's `cosine_similarity`.
///
/// Σ x1·x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)). The derivative of a norm below `eps` is that of the
/// norm, as in PyTorch.
///
/// - Parameters:
///   - x1: vectors of real numbers.
///   - x2: vectors; the two shapes broadcast.
///   - dim: the dimension of the vectors in the broadcast shape, which is dropped.
///   - eps: a lower bound of the norms, so that the quotient stays finite.
public func cosineSimilarity(
  _ x1: Tensor, _ x2: Tensor, dim: Int = 1, eps: Double = 1e-8
) -> Tensor {
  let dtype = DType.promote(x1.dtype, x2.dtype)
  require(
    dtype.isFloatingPoint,
    "cosineSimilarity: not defined for \(x1.dtype) and \(x2.dtype); cast one with to(.float32)")
  return named(#function) {
    let vectors = broadcastTensors([x1.to(dtype), x2.to(dtype)])
    vectors[0].requireDimension(dim, op: #function)
    require(eps >= 0, "cosineSimilarity: eps must not be negative, but it is \(eps)")
    let directions = vectors.map { x in x / clampedNorm(x.norm(dim: dim, keepdim: true), eps) }
    return (directions[0] * directions[1]).sum(dim: dim)
  }
}

/// max(norm, eps), with the derivative of the norm also where `eps` is larger.
private func clampedNorm(_ norm: Tensor, _ eps: Double) -> Tensor {
  noGrad { norm.clampMin(eps) }.wrt(norm) { g in g }
}

/// Vectors along dimension `dim`, divided by their p-norms: PyTorch's `normalize`.
///
/// x / max(‖x‖ₚ, eps).
///
/// - Parameters:
///   - input: vectors of real numbers.
///   - p: the exponent of the norm.
///   - dim: the dimension of the vectors.
///   - eps: a lower bound of the norms, so that the quotient stays finite.
public func normalize(
  _ input: Tensor, p: Double = 2, dim: Int = 1, eps: Double = 1e-12
) -> Tensor {
  input.requireDimension(dim, op: #function)
  return named(#function) { input / input.norm(p, dim: dim, keepdim: true).clampMin(eps) }
}

/// The p-norm of the difference of vectors along the last dimension: PyTorch's `pairwise_distance`.
///
/// ‖x1 − x2 + eps‖ₚ.
///
/// - Parameters:
///   - x1: vectors of real numbers.
///   - x2: vectors; the two shapes broadcast.
///   - p: the exponent of the norm.
///   - eps: is added to each difference, so that the derivative of equal vectors is finite.
///   - keepdim: whether the last dimension stays, with size 1.
public func pairwiseDistance(
  _ x1: Tensor, _ x2: Tensor, p: Double = 2, eps: Double = 1e-6, keepdim: Bool = false
) -> Tensor {
  named(#function) { (x1 - x2 + eps).norm(p, dim: -1, keepdim: keepdim) }
}

/// The p-norm distances of all pairs of rows, the first with those after it, then the second, …:
/// PyTorch's `pdist`.
///
/// They are the elements above the diagonal of `Tensor.cdist(_:p:mode:)`. Derivatives are 0 at equal
/// rows.
///
/// - Parameters:
///   - input: [rows, coordinates].
///   - p: the exponent of the norm, at least 0; it may be ∞.
/// - Returns: [rows · (rows − 1) / 2].
public func pdist(_ input: Tensor, p: Double = 2) -> Tensor {
  require(
    input.ndim == 2 && input.dtype.isFloatingPoint,
    """
    pdist: expected a floating-point tensor [rows, coordinates], got \(input.dtype) of the shape \
    \(input.shape)
    """)
  require(p >= 0, "pdist: expected p of at least 0, got \(p)")
  let n = input.shape[0]
  let upper = noGrad { Tensor.triuIndices(n, n, offset: 1) }
  let pairs = upper.unbind(dim: 0).map { input.indexSelect(dim: 0, index: $0).unsqueeze(1) }
  return pairs[0].cdist(pairs[1], p: p, mode: .differences).reshape([n * max(n - 1, 0) / 2])
}
