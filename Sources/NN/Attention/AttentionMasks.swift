import Autograd

/// The masks of ``MultiheadAttention``, as one that is added to the scores
/// [batch, heads, queries, keys].
struct AttentionMasks {
  /// Broadcasts to the scores; nil if every key takes part.
  private(set) var mask: Tensor?
  /// Whether query i sees keys 0 … i only, without a mask.
  private(set) var isCausal = false

  private let batch: Int, heads: Int, queries: Int, keys: Int
  /// The keys that are added to each sequence, which no mask excludes.
  private let addedKeys: Int
  private let dtype: DType

  /// Masks for the inputs q and k, which have a batch.
  init(
    _ q: Tensor, _ k: Tensor, numHeads: Int, batchFirst: Bool, added: Bool, _ addedZeros: Bool
  ) {
    let length = batchFirst ? 1 : 0
    (batch, heads) = (q.size(1 - length), numHeads)
    (queries, keys) = (q.size(length), k.size(length))
    addedKeys = (added ? 1 : 0) + (addedZeros ? 1 : 0)
    dtype = q.dtype
  }

  mutating func add(
    keyPaddingMask: Tensor?, _ attnMask: Tensor?, isCausal: Bool, needWeights: Bool
  ) {
    let isOnlyMask = keyPaddingMask == nil && !needWeights && addedKeys == 0
    if isCausal, isOnlyMask, attnMask?.requiresGrad != true {
      if let attnMask { requireShape(of: attnMask) }
      self.isCausal = true
      return
    }
    if let attnMask {
      requireShape(of: attnMask)
      let added = excluding(attnMask, "attnMask")
      mask = attnMask.ndim == 2 ? added : added.reshape([batch, heads, queries, keys])
    } else if isCausal {
      mask = excluding(Tensor.ones([queries, keys], dtype: .bool).triu(diagonal: 1), "attnMask")
    }
    if let keyPaddingMask {
      require(
        keyPaddingMask.shape == [batch, keys],
        """
        MultiheadAttention: the keyPaddingMask must have the shape [batch, S], [\(batch), \(keys)], \
        or [S] without a batch, but it has \(keyPaddingMask.shape)
        """)
      let padding = excluding(keyPaddingMask, "keyPaddingMask").reshape([batch, 1, 1, keys])
      mask = mask.map { $0 + padding } ?? padding
    }
    if addedKeys > 0 { mask = mask.map { pad($0, [0, addedKeys]) } }
  }

  /// −∞ where a bool mask is true, 0 elsewhere; another mask is added as it is.
  private func excluding(_ mask: Tensor, _ name: String) -> Tensor {
    if mask.dtype == .bool {
      return Tensor.zeros(mask.shape, dtype: dtype).maskedFill(mask, -Double.infinity)
    }
    require(
      mask.dtype.isFloatingPoint,
      """
      MultiheadAttention: the \(name) must be bool, true where a key is excluded, or floating-point, \
      but it is \(mask.dtype); cast it with to(.bool)
      """)
    return mask.to(dtype)
  }

  private func requireShape(of attnMask: Tensor) {
    require(
      attnMask.shape == [queries, keys] || attnMask.shape == [batch * heads, queries, keys],
      """
      MultiheadAttention: the attnMask must have the shape [L, S], [\(queries), \(keys)], or \
      [batch·numHeads, L, S], [\(batch * heads), \(queries), \(keys)], but it has \(attnMask.shape)
      """)
  }
}
