import Autograd

/// Attention of several heads, each with its own projections of queries, keys and values
/// (Vaswani et al., Attention is all you need, 2017).
///
/// ```swift
/// let attention = MultiheadAttention(512, 8, batchFirst: true)
/// let (y, _) = attention(x, x, x, needWeights: false)
/// ```
///
/// Inputs are [length, batch, features], with `batchFirst` [batch, length, features], or
/// [length, features]. Parameters, their names and initial values are PyTorch's: the same seed gives
/// the same weights.
///
/// Pass `needWeights: false` unless the weights are needed: only then are they never in memory; see
/// ``scaledDotProductAttention(_:_:_:attnMask:dropoutP:isCausal:scale:enableGQA:generator:)``.
public final class MultiheadAttention: Module {
  /// The projections of query, key and value, one below the other, [3·embedDim, embedDim]; nil if
  /// keys or values have another number of features.
  @Parameter public var inProjWeight: Tensor?
  /// The projection of queries, [embedDim, embedDim], if ``inProjWeight`` is nil.
  @Parameter public var qProjWeight: Tensor?
  /// The projection of keys, [embedDim, kdim], if ``inProjWeight`` is nil.
  @Parameter public var kProjWeight: Tensor?
  /// The projection of values, [embedDim, vdim], if ``inProjWeight`` is nil.
  @Parameter public var vProjWeight: Tensor?
  /// The biases of the projections, [3·embedDim]; nil in a layer without them.
  @Parameter public var inProjBias: Tensor?
  /// A key that is added to those of each sequence, [1, 1, embedDim]; nil in a layer without one.
  @Parameter public var biasK: Tensor?
  /// The value of ``biasK``, [1, 1, embedDim].
  @Parameter public var biasV: Tensor?
  /// The projection of the heads' outputs.
  public let outProj: Linear

  let embedDim: Int
  let numHeads: Int
  let dropout: Double
  let addZeroAttn: Bool
  let batchFirst: Bool

  /// A layer of `numHeads` heads.
  ///
  /// - Parameters:
  ///   - embedDim: the features of queries and results; `numHeads` divides it.
  ///   - numHeads: the number of heads.
  ///   - dropout: the probability with which a weight is dropped in training.
  ///   - bias: whether the projections have a bias.
  ///   - addBiasKV: whether a learned key and its value are added to each sequence.
  ///   - addZeroAttn: whether a key of zeros with a value of zeros is added to each sequence.
  ///   - kdim: the features of keys; `embedDim` if nil.
  ///   - vdim: the features of values; `embedDim` if nil.
  ///   - batchFirst: whether inputs and results are [batch, length, features].
  ///   - dtype: the element type of the parameters.
  public init(
    _ embedDim: Int, _ numHeads: Int, dropout: Double = 0, bias: Bool = true,
    addBiasKV: Bool = false, addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil,
    batchFirst: Bool = false, dtype: DType = .default
  ) {
    let op: StaticString = "MultiheadAttention"
    require(
      embedDim > 0 && numHeads > 0 && embedDim % numHeads == 0,
      """
      MultiheadAttention: embedDim and numHeads must be positive, and embedDim a multiple of \
      numHeads, but they are \(embedDim) and \(numHeads)
      """)
    requireProbability(dropout, op: op)
    let (rows, overflow) = embedDim.multipliedReportingOverflow(by: 3)
    require(!overflow, "MultiheadAttention: embedDim is too large: \(embedDim)")
    self.embedDim = embedDim
    self.numHeads = numHeads
    self.dropout = dropout
    self.addZeroAttn = addZeroAttn
    self.batchFirst = batchFirst
    func parameter(_ shape: [Int]) -> Tensor { .uninitialized(shape, dtype, op: op) }
    let (kdim, vdim) = (kdim ?? embedDim, vdim ?? embedDim)
    if kdim == embedDim && vdim == embedDim {
      inProjWeight = parameter([rows, embedDim])
    } else {
      require(
        kdim > 0 && vdim > 0,
        "MultiheadAttention: kdim and vdim must be positive, but they are \(kdim) and \(vdim)")
      qProjWeight = parameter([embedDim, embedDim])
      kProjWeight = parameter([embedDim, kdim])
      vProjWeight = parameter([embedDim, vdim])
    }
    inProjBias = bias ? parameter([rows]) : nil
    outProj = named(op) { Linear(embedDim, embedDim, bias: bias, dtype: dtype) }
    biasK = addBiasKV ? parameter([1, 1, embedDim]) : nil
    biasV = addBiasKV ? parameter([1, 1, embedDim]) : nil
    super.init()
    resetParameters()
  }

  /// Draws the projections of queries, keys and values and the added key again, and sets all biases
  /// to 0.
  public func resetParameters() {
    for weight in [inProjWeight, qProjWeight, kProjWeight, vProjWeight] {
      if let weight { xavierUniform_(weight) }
    }
    if let inProjBias { zeros_(inProjBias) }
    if let bias = outProj.bias { zeros_(bias) }
    if let biasK { xavierNormal_(biasK) }
    if let biasV { xavierNormal_(biasV) }
  }

  public override var extraRepr: String {
    """
    \(embedDim), \(numHeads), dropout: \(dropout), bias: \(inProjBias != nil), \
    addBiasKV: \(biasK != nil), addZeroAttn: \(addZeroAttn), kdim: \(featuresOfKeys), \
    vdim: \(featuresOfValues), batchFirst: \(batchFirst)
    """
  }

  public override var mapsTensorToTensor: Bool { false }

  var featuresOfKeys: Int { kProjWeight?.size(1) ?? embedDim }
  var featuresOfValues: Int { vProjWeight?.size(1) ?? embedDim }

  /// The result for queries, keys and values, and the weights if they are needed.
  ///
  /// A query whose keys are all excluded gives 0 before the output projection without weights, and
  /// NaN with them, as in PyTorch.
  ///
  /// - Parameters:
  ///   - query: [L, batch, embedDim], with `batchFirst` [batch, L, embedDim], or [L, embedDim].
  ///   - key: S instead of L, and kdim instead of embedDim.
  ///   - value: as the key, with vdim.
  ///   - keyPaddingMask: [batch, S], or [S] without a batch. A key is excluded where a bool mask is
  ///     true; another mask is added to the scores.
  ///   - needWeights: whether the weights are returned.
  ///   - attnMask: [L, S] or [batch·numHeads, L, S]. A key is excluded for a query where a bool mask
  ///     is true, unlike in
  ///     ``scaledDotProductAttention(_:_:_:attnMask:dropoutP:isCausal:scale:enableGQA:generator:)``;
  ///     another mask is added to the scores.
  ///   - averageAttnWeights: whether the weights are the mean over the heads.
  ///   - isCausal: that the mask is the causal one, which is then not read if neither weights nor a
  ///     `keyPaddingMask` need it. Unlike in PyTorch the mask may be nil.
  /// - Returns: the result, of the shape of `query`, and the weights [batch, L, S], or
  ///   [batch, numHeads, L, S], without the batch if the inputs have none; with an added key S grows
  ///   by 1. The weights are those after dropout.
  public func callAsFunction(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, keyPaddingMask: Tensor? = nil,
    needWeights: Bool = true, attnMask: Tensor? = nil, averageAttnWeights: Bool = true,
    isCausal: Bool = false
  ) -> (output: Tensor, weights: Tensor?) {
    call(query, key, value, keyPaddingMask, attnMask) {
      query, key, value, keyPaddingMask, attnMask in
      requireInputs(query, key, value)
      let hasBatch = query.ndim == 3
      let isShared = (key === query, value === key)
      func batched(_ x: Tensor) -> Tensor { hasBatch ? x : x.unsqueeze(batchFirst ? 0 : 1) }
      let q = batched(query)
      let k = isShared.0 ? q : batched(key)
      let v = isShared.1 ? k : batched(value)
      var mask = AttentionMasks(
        q, k, numHeads: numHeads, batchFirst: batchFirst, added: biasK != nil, addZeroAttn)
      mask.add(
        keyPaddingMask: hasBatch ? keyPaddingMask : keyPaddingMask?.unsqueeze(0), attnMask,
        isCausal: isCausal, needWeights: needWeights)
      let heads = projected(q, k, v)
      let (y, weights) =
        needWeights
        ? withWeights(heads, mask.mask, averageAttnWeights) : (withoutWeights(heads, mask), nil)
      let output = outProj(merged(y))
      let batchDim = batchFirst ? 0 : 1
      return (
        hasBatch ? output : output.squeeze(batchDim), hasBatch ? weights : weights?.squeeze(0)
      )
    }
  }
}

// MARK: - Projections

extension MultiheadAttention {
  private typealias Heads = (q: Tensor, k: Tensor, v: Tensor)

  /// Queries, keys and values of each head, [batch, heads, length, features].
  private func projected(_ query: Tensor, _ key: Tensor, _ value: Tensor) -> Heads {
    var (q, k, v) = projections(query, key, value)
    if let biasK, let biasV {
      (k, v) = (appending(biasK, to: k), appending(biasV, to: v))
    }
    if addZeroAttn {
      let zeros = Tensor.zeros([1, 1, embedDim], dtype: k.dtype)
      (k, v) = (appending(zeros, to: k), appending(zeros, to: v))
    }
    return (divided(q), divided(k), divided(v))
  }

  private func projections(_ query: Tensor, _ key: Tensor, _ value: Tensor) -> Heads {
    func part(_ x: Tensor, _ first: Int, _ count: Int = 1, dim: Int = 0) -> Tensor {
      x.narrow(dim: dim, start: first * embedDim, length: count * embedDim)
    }
    func bias(_ first: Int, _ count: Int = 1) -> Tensor? {
      inProjBias.map { part($0, first, count) }
    }
    guard let weight = inProjWeight else {
      return (
        linear(query, qProjWeight!, bias(0)), linear(key, kProjWeight!, bias(1)),
        linear(value, vProjWeight!, bias(2))
      )
    }
    // One product for what has one input.
    if key === value, query === key {
      let all = linear(query, weight, inProjBias)
      return (part(all, 0, dim: -1), part(all, 1, dim: -1), part(all, 2, dim: -1))
    }
    let q = linear(query, part(weight, 0), bias(0))
    if key === value {
      let both = linear(key, part(weight, 1, 2), bias(1, 2))
      return (q, part(both, 0, dim: -1), part(both, 1, dim: -1))
    }
    return (
      q, linear(key, part(weight, 1), bias(1)), linear(value, part(weight, 2), bias(2))
    )
  }

  /// x with `row`, [1, 1, embedDim], at the end of each sequence.
  private func appending(_ row: Tensor, to x: Tensor) -> Tensor {
    batchFirst
      ? cat([x, row.expand([x.size(0), 1, embedDim])], dim: 1)
      : cat([x, row.expand([1, x.size(1), embedDim])], dim: 0)
  }

  private func divided(_ x: Tensor) -> Tensor {
    let heads = x.unflatten(dim: -1, sizes: [numHeads, embedDim / numHeads])
    return heads.permute(batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3])
  }

  private func merged(_ y: Tensor) -> Tensor {
    y.permute(batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3]).flatten(startDim: 2)
  }

  private var dropoutP: Double { isTraining ? dropout : 0 }

  private func withoutWeights(_ heads: Heads, _ masks: AttentionMasks) -> Tensor {
    scaledDotProductAttention(
      heads.q, heads.k, heads.v, attnMask: masks.mask, dropoutP: dropoutP,
      isCausal: masks.isCausal)
  }

  private func withWeights(
    _ heads: Heads, _ mask: Tensor?, _ averages: Bool
  ) -> (Tensor, Tensor?) {
    let scale = 1 / Double(embedDim / numHeads).squareRoot()
    let scores = (heads.q * scale).matmul(heads.k.mT)
    let weights = (mask.map { scores + $0 } ?? scores).softmax(dim: -1)
    let dropped = NN.dropout(weights, p: dropoutP, training: isTraining)
    return (dropped.matmul(heads.v), averages ? dropped.mean(dim: 1) : dropped)
  }

  private func requireInputs(_ query: Tensor, _ key: Tensor, _ value: Tensor) {
    require(
      (2...3).contains(query.ndim) && key.ndim == query.ndim && value.ndim == query.ndim,
      """
      MultiheadAttention: query, key and value must all have the dimensions \
      \(batchFirst ? "[batch, length, features]" : "[length, batch, features]") or [length, \
      features], but their shapes are \(query.shape), \(key.shape) and \(value.shape)
      """)
    let expected = [embedDim, featuresOfKeys, featuresOfValues]
    let got = [query, key, value].map { $0.size(-1) }
    require(
      got == expected,
      """
      MultiheadAttention: query, key and value must have \(expected[0]), \(expected[1]) and \
      \(expected[2]) features, but they have \(got[0]), \(got[1]) and \(got[2])
      """)
    let batch = batchFirst ? 0 : 1
    require(
      key.shape.dropLast() == value.shape.dropLast()
        && (query.ndim == 2 || query.size(batch) == key.size(batch)),
      """
      MultiheadAttention: query, key and value must have one batch size, and key and value one \
      length, but their shapes are \(query.shape), \(key.shape) and \(value.shape)
      """)
  }
}
