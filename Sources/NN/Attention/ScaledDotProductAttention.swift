import Autograd

/// Attention, softmax(scale·q·kᵀ + mask)·v: PyTorch's `scaled_dot_product_attention` (Vaswani et al.,
/// Attention is all you need, 2017).
///
/// ```swift
/// let y = scaledDotProductAttention(q, k, v, isCausal: true)  // [batch, heads, length, features]
/// ```
///
/// The matrix of weights, [..., L, S], is never in memory, neither forward nor backward (Dao et al.,
/// FlashAttention, 2022), unless there is dropout or the mask requires a gradient. A query that no
/// key takes part for, because the mask excludes all of them, has the result 0, as in PyTorch.
///
/// The leading dimensions broadcast. The same seed drops the same weights as in PyTorch.
///
/// - Parameters:
///   - query: q, [..., L, E].
///   - key: k, [..., S, E].
///   - value: v, [..., S, V].
///   - attnMask: broadcasts to [..., L, S]. Where a bool mask is true, the key takes part for the
///     query, unlike in ``MultiheadAttention``; a mask of the dtype of the query is added to the
///     scores.
///   - dropoutP: the probability with which a weight is dropped; always applied, so pass 0 outside
///     training.
///   - isCausal: whether query i sees keys 0 … i only, also if L and S differ; not together with a
///     mask.
///   - scale: what the products are multiplied by; 1/√E if nil.
///   - enableGQA: whether each head of keys and values, in the dimension before the last two, serves
///     a group of neighbouring heads of queries; their number must divide that of the queries.
///   - generator: what the dropout draws from.
/// - Returns: [..., L, V].
public func scaledDotProductAttention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, attnMask: Tensor? = nil, dropoutP: Double = 0,
  isCausal: Bool = false, scale: Double? = nil, enableGQA: Bool = false,
  generator: Generator = .default
) -> Tensor {
  requireAttention(query, key, value, attnMask, isCausal: isCausal)
  requireProbability(dropoutP, op: "scaledDotProductAttention")
  if enableGQA {
    requireGroups(query, key, value)
    if query.size(-3) != key.size(-3) || key.size(-3) != value.size(-3) {
      return groupedAttention(query, key, value, attnMask) {
        scaledDotProductAttention(
          $0, $1, $2, attnMask: $3, dropoutP: dropoutP, isCausal: isCausal, scale: scale,
          generator: generator)
      }
    }
  }
  let options = AttentionOptions(
    isCausal: isCausal, scale: scale ?? 1 / Double(max(1, query.size(-1))).squareRoot(),
    dropoutP: dropoutP, generator: generator)
  return attention(query, key, value, attnMask.map { additive($0, query.dtype) }, options)
}

/// How ``scaledDotProductAttention(_:_:_:attnMask:dropoutP:isCausal:scale:enableGQA:generator:)``
/// computes.
struct AttentionOptions {
  let isCausal: Bool
  let scale: Double
  let dropoutP: Double
  let generator: Generator
}

/// Attention with a mask that is added; the arguments have been checked.
private func attention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: Tensor?, _ options: AttentionOptions
) -> Tensor {
  let op: StaticString = "scaledDotProductAttention"
  let batch = [k, v].reduce(Array(q.shape.dropLast(2))) {
    broadcastShape($0, Array($1.shape.dropLast(2)), op: op)
  }
  if let mask {
    let shape = batch + [q.size(-2), k.size(-2)]
    require(
      broadcastShape(shape, mask.shape, op: op) == shape,
      """
      scaledDotProductAttention: the mask of shape \(mask.shape) does not broadcast to the shape of \
      the scores, \(shape); expand the query
      """)
  }
  let isEmpty = batch.contains(0) || [q, k, v].contains { $0.numel == 0 }
  let maskIsLearned = GradMode.isEnabled && mask?.requiresGrad == true
  if options.dropoutP > 0 || isEmpty || maskIsLearned {
    return composedAttention(q, k, v, mask, options)
  }
  return fusedAttention(q, k, v, mask, options, batch)
}

private func fusedAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: Tensor?, _ options: AttentionOptions,
  _ batch: [Int]
) -> Tensor {
  let op: StaticString = "scaledDotProductAttention"
  let kernel = Attention(batch: batch, scale: options.scale, isCausal: options.isCausal)
  let (y, logSums) = kernel.forward(.init(q, k, v, mask: mask), op: op)
  let sources = [q, k, v]
  guard GradMode.isEnabled, sources.contains(where: { $0.requiresGrad }) else { return y }
  // The output's elements in a tensor without history, since a rule must not keep the output.
  let (output, saved) = (Saved(y.detach(), op: op), sources.map { Saved($0, op: op) })
  let savedMask = mask.map { Saved($0, op: op) }
  let shared = SharedGradients(wanted: sources.map(\.requiresGrad))
  for (i, source) in sources.enumerated() {
    y.wrt(
      source, op: op,
      fused: { g in
        shared.take(i, for: g) { wanted in
          let inputs = Attention.Inputs(
            saved[0].value, saved[1].value, saved[2].value, mask: savedMask?.value)
          return kernel.gradients(
            g, of: inputs, y: output.value, logSums: logSums, wanted: wanted, op: op)
        }
      },
      meaning: { x in
        func input(_ j: Int) -> Tensor { j == i ? x : saved[j].value }
        return composedAttention(input(0), input(1), input(2), savedMask?.value, options)
      })
  }
  return y
}

/// Attention in ordinary ops, with a mask that is added.
func composedAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: Tensor?, _ options: AttentionOptions
) -> Tensor {
  var scores = (q * options.scale).matmul(k.mT)
  if let mask { scores = scores + mask }
  if options.isCausal {
    let isHidden = Tensor.ones([q.size(-2), k.size(-2)], dtype: .bool).triu(diagonal: 1)
    scores = scores.maskedFill(isHidden, -Double.infinity)
  }
  var weights: Tensor
  if mask != nil, scores.numel > 0 {
    // Queries without a key: their softmax is NaN.
    let isEmpty = noGrad { scores.detach().amax(dim: -1, keepdim: true) .== -Double.infinity }
    weights = scores.maskedFill(isEmpty, 0).softmax(dim: -1).maskedFill(isEmpty, 0)
  } else {
    weights = scores.softmax(dim: -1)
  }
  if options.dropoutP > 0 {
    weights = dropout(weights, p: options.dropoutP, generator: options.generator)
  }
  return weights.matmul(v)
}

/// A mask that is added: 0 where a bool mask is true, −∞ elsewhere.
private func additive(_ mask: Tensor, _ dtype: DType) -> Tensor {
  if mask.dtype != .bool { return mask }
  return Tensor.zeros(mask.shape, dtype: dtype).maskedFill(!mask, -Double.infinity)
}

// MARK: - Groups of heads

/// `attention` for queries of more heads than the keys and values have.
private func groupedAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: Tensor?,
  _ attention: (Tensor, Tensor, Tensor, Tensor?) -> Tensor
) -> Tensor {
  let (heads, groups) = (q.size(-3), k.size(-3))
  guard groups == v.size(-3), groups > 0, mask.map({ $0.ndim < 3 || $0.size(-3) == 1 }) ?? true
  else {
    return attention(q, repeated(k, heads), repeated(v, heads), mask)
  }
  // The heads of a group are a dimension along which keys and values broadcast.
  func divided(_ x: Tensor, _ sizes: [Int]) -> Tensor {
    x.reshape(x.shape.dropLast(3) + sizes + x.shape.suffix(2))
  }
  let y = attention(
    divided(q, [groups, heads / groups]), divided(k, [groups, 1]), divided(v, [groups, 1]),
    mask.map { $0.ndim < 3 ? $0 : divided($0, [1, 1]) })
  return y.reshape(y.shape.dropLast(4) + [heads] + y.shape.suffix(2))
}

/// x with each head repeated until there are `heads`.
private func repeated(_ x: Tensor, _ heads: Int) -> Tensor {
  let count = x.size(-3)
  if count == heads || count == 0 { return x }
  let (leading, size) = (Array(x.shape.dropLast(3)), Array(x.shape.suffix(2)))
  return x.unsqueeze(-3).expand(leading + [count, heads / count] + size)
    .reshape(leading + [heads] + size)
}

// MARK: - Checks

private func requireAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: Tensor?, isCausal: Bool
) {
  require(
    q.ndim >= 2 && k.ndim >= 2 && v.ndim >= 2,
    """
    scaledDotProductAttention: expected a query [..., L, E], a key [..., S, E] and a value \
    [..., S, V], got the shapes \(q.shape), \(k.shape) and \(v.shape)
    """)
  require(
    q.dtype.isFloatingPoint && q.dtype == k.dtype && q.dtype == v.dtype,
    """
    scaledDotProductAttention: expected query, key and value of one floating-point dtype, got \
    \(q.dtype), \(k.dtype) and \(v.dtype); cast them with to(_:)
    """)
  require(
    q.size(-1) == k.size(-1),
    """
    scaledDotProductAttention: the query, of shape \(q.shape), has \(q.size(-1)) features, but the \
    key, of shape \(k.shape), has \(k.size(-1)); they must have the same number
    """)
  require(
    k.size(-2) == v.size(-2),
    """
    scaledDotProductAttention: the key, of shape \(k.shape), has \(k.size(-2)) positions, but the \
    value, of shape \(v.shape), has \(v.size(-2)); they must have the same number
    """)
  guard let mask else { return }
  require(
    !isCausal,
    """
    scaledDotProductAttention: isCausal: true does not go with a mask; pass one of the two, or a \
    mask that is causal itself
    """)
  require(
    mask.dtype == .bool || mask.dtype == q.dtype,
    """
    scaledDotProductAttention: the mask must be bool, or \(q.dtype) as the query, but it is \
    \(mask.dtype); cast it with to(.bool)
    """)
}

private func requireGroups(_ q: Tensor, _ k: Tensor, _ v: Tensor) {
  require(
    q.ndim >= 3 && k.ndim >= 3 && v.ndim >= 3,
    """
    scaledDotProductAttention: enableGQA needs a dimension of heads before the last two, got the \
    shapes \(q.shape), \(k.shape) and \(v.shape)
    """)
  let heads = q.size(-3)
  require(
    [k, v].allSatisfy { $0.size(-3) > 0 && heads % $0.size(-3) == 0 },
    """
    scaledDotProductAttention: the \(k.size(-3)) heads of the key and the \(v.size(-3)) of the value \
    must divide the \(heads) heads of the query
    """)
}
