import Autograd

// MARK: - The function

/// The rows of a table at given indices: PyTorch's `embedding`.
///
/// ```swift
/// let y = embedding(tokens, table, paddingIdx: 0)
/// ```
///
/// The gradient of the table is dense; PyTorch's `sparse` does not exist.
///
/// - Parameters:
///   - input: indices of any integer type and shape.
///   - weight: the table, [rows, width].
///   - paddingIdx: a row that gets no gradient; counted from the end if negative.
///   - maxNorm: if given, rows that are used and whose norm is larger are scaled to this norm
///     first, in place and off the tape.
///   - normType: the p of the norm that `maxNorm` bounds.
///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is used.
/// - Returns: a tensor of shape `input.shape + [width]`.
public func embedding(
  _ input: Tensor, _ weight: Tensor, paddingIdx: Int? = nil, maxNorm: Double? = nil,
  normType: Double = 2, scaleGradByFreq: Bool = false
) -> Tensor {
  require(
    weight.ndim == 2,
    "embedding: the table must have the shape [rows, width], not \(weight.shape)")
  require(
    !input.dtype.isFloatingPoint && input.dtype != .bool,
    "embedding: indices must be integers, but they are \(input.dtype); cast them with to(.int64)")
  let count = weight.shape[0]
  let index = input.reshape([input.numel])
  if let maxNorm { boundNorms(ofRows: index, in: weight, maxNorm, normType) }
  var rows = weight.indexSelect(dim: 0, index: index, op: #function)
  if scaleGradByFreq {
    let uses = index.bincount(minlength: count).indexSelect(dim: 0, index: index).unsqueeze(1)
    rows = noGrad { rows.clone() }.wrt(rows) { g in g / uses }
  }
  if let paddingIdx {
    let padding = wrapped(paddingIdx, rows: count, op: "embedding")
    rows = `where`((index .== padding).unsqueeze(1), rows.detach(), rows)
  }
  return rows.reshape(input.shape + [weight.shape[1]])
}

/// Scales the rows at `index` whose norm is larger than `maxNorm`, in place.
private func boundNorms(ofRows index: Tensor, in weight: Tensor, _ maxNorm: Double, _ p: Double) {
  noGrad {
    let used = index.unique().values
    let rows = weight.indexSelect(dim: 0, index: used, op: "embedding")
    let norm = rows.norm(p, dim: 1, keepdim: true)
    // PyTorch's margin, which keeps the scaled norm within the bound.
    let scale = `where`(norm .> maxNorm, maxNorm / (norm + 1e-7), 1)
    weight[used] = rows * scale
  }
}

/// The row `index` of a table, counted from the start.
func wrapped(_ index: Int, rows: Int, op: String) -> Int {
  require(
    index >= -rows && index < rows, "\(op): paddingIdx \(index) is out of range for \(rows) rows")
  return index < 0 ? index + rows : index
}

// MARK: - The layer

/// A table of vectors that is indexed by integers, of any shape: [...] → [..., width], by
/// ``embedding(_:_:paddingIdx:maxNorm:normType:scaleGradByFreq:)``.
///
/// ```swift
/// let table = Embedding(30_000, 512, paddingIdx: 0)
/// let vectors = table(tokens)
/// ```
///
/// The vectors start standard normal, the one of `paddingIdx` as 0, as in PyTorch.
public final class Embedding: Module {
  /// The table, [rows, width].
  @Parameter public var weight: Tensor

  let paddingIdx: Int?
  let maxNorm: Double?
  let normType: Double
  let scaleGradByFreq: Bool

  /// A table of `numEmbeddings` vectors of size `embeddingDim`.
  ///
  /// - Parameters:
  ///   - numEmbeddings: the number of rows.
  ///   - embeddingDim: the width.
  ///   - paddingIdx: a row that starts as 0 and gets no gradient; counted from the end if negative.
  ///   - maxNorm: the norm to which longer vectors are scaled in place when they are used.
  ///   - normType: the p of the norm that `maxNorm` bounds.
  ///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is
  ///     used.
  ///   - dtype: the element type of the table.
  public convenience init(
    _ numEmbeddings: Int, _ embeddingDim: Int, paddingIdx: Int? = nil, maxNorm: Double? = nil,
    normType: Double = 2, scaleGradByFreq: Bool = false, dtype: DType = .default
  ) {
    self.init(
      .uninitialized([numEmbeddings, embeddingDim], dtype, op: "Embedding"), paddingIdx, maxNorm,
      normType,
      scaleGradByFreq)
    resetParameters()
  }

  private init(
    _ weight: Tensor, _ paddingIdx: Int?, _ maxNorm: Double?, _ normType: Double,
    _ scaleGradByFreq: Bool
  ) {
    require(
      weight.ndim == 2,
      "Embedding: the table must have the shape [rows, width], not \(weight.shape)")
    self.paddingIdx = paddingIdx.map { wrapped($0, rows: weight.shape[0], op: "Embedding") }
    self.maxNorm = maxNorm
    self.normType = normType
    self.scaleGradByFreq = scaleGradByFreq
    self.weight = weight
  }

  /// A layer whose table is `weight`, [rows, width], of which it shares the elements.
  ///
  /// - Parameters:
  ///   - weight: the table.
  ///   - freeze: whether the table stays as it is in training.
  ///   - paddingIdx: a row that gets no gradient, left as it is; counted from the end if negative.
  ///   - maxNorm: the norm to which longer vectors are scaled in place when they are used.
  ///   - normType: the p of the norm that `maxNorm` bounds.
  ///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is
  ///     used.
  public static func fromPretrained(
    _ weight: Tensor, freeze: Bool = true, paddingIdx: Int? = nil, maxNorm: Double? = nil,
    normType: Double = 2, scaleGradByFreq: Bool = false
  ) -> Embedding {
    let layer = Embedding(weight.detach(), paddingIdx, maxNorm, normType, scaleGradByFreq)
    layer.weight.requiresGrad = !freeze
    return layer
  }

  /// Draws the vectors again.
  public func resetParameters() {
    normal_(weight)
    if let paddingIdx { noGrad { _ = weight.select(dim: 0, index: paddingIdx).zero_() } }
  }

  public override var extraRepr: String {
    var text = "\(weight.size(0)), \(weight.size(1))"
    if let paddingIdx { text += ", paddingIdx: \(paddingIdx)" }
    if let maxNorm { text += ", maxNorm: \(maxNorm)" }
    if normType != 2 { text += ", normType: \(normType)" }
    if scaleGradByFreq { text += ", scaleGradByFreq: true" }
    return text
  }

  public override func forward(_ x: Tensor) -> Tensor {
    embedding(
      x, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType,
      scaleGradByFreq: scaleGradByFreq)
  }
}
