import Autograd

/// How ``embeddingBag(_:_:offsets:maxNorm:normType:scaleGradByFreq:mode:perSampleWeights:includeLastOffset:paddingIdx:)``
/// combines the vectors of a bag.
public enum EmbeddingBagMode: Sendable {
  /// Their sum, weighted if there are weights.
  case sum
  /// Their mean.
  case mean
  /// The greatest element of each column.
  case max
}

// MARK: - The function

/// Sums, means or maxima of bags of rows of a table: PyTorch's `embedding_bag`. The result is [bags,
/// width]; that of an empty bag is 0.
///
/// - Parameters:
///   - input: indices of any integer type: [bags, size of a bag], or [indices] with `offsets`.
///   - weight: the table, [rows, width].
///   - offsets: where each bag begins, [bags]; ascending from 0.
///   - maxNorm: if given, rows that are used and whose norm is larger are scaled to this norm first,
///     in place and off the tape.
///   - normType: the p of the norm that `maxNorm` bounds.
///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is used;
///     not with `.max`.
///   - mode: how the rows of a bag are combined.
///   - perSampleWeights: a factor for each index, of the shape of `input`; with `.sum` only.
///   - includeLastOffset: whether `offsets` also has the end of the last bag.
///   - paddingIdx: a row that counts in no bag; counted from the end if negative.
public func embeddingBag(
  _ input: Tensor, _ weight: Tensor, offsets: Tensor? = nil, maxNorm: Double? = nil,
  normType: Double = 2, scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean,
  perSampleWeights: Tensor? = nil, includeLastOffset: Bool = false, paddingIdx: Int? = nil
) -> Tensor {
  require(
    weight.ndim == 2,
    "embeddingBag: the table must have the shape [rows, width], not \(weight.shape)")
  require(
    input.dtype.isInteger, "embeddingBag: indices must be integers, but they are \(input.dtype)")
  require(
    perSampleWeights == nil
      || mode == .sum && perSampleWeights!.shape == input.shape
        && perSampleWeights!.dtype == weight.dtype,
    """
    embeddingBag: perSampleWeights are for mode .sum, of the shape \(input.shape) and of the type of the \
    table
    """)
  require(
    !scaleGradByFreq || mode != .max, "embeddingBag: scaleGradByFreq is not for mode .max")
  let bags = Bags(input, offsets, includeLastOffset: includeLastOffset)
  if mode != .max, maxNorm == nil, !scaleGradByFreq, weight.dtype.isFloatingPoint,
    perSampleWeights?.requiresGrad != true,
    let rows = BagsOfRows(
      input.detach().reshape([input.numel]), starts: bags.starts, rows: weight.shape[0],
      factor: perSampleWeights?.detach().reshape([input.numel]),
      skipped: paddingIdx.map { wrapped($0, rows: weight.shape[0], op: "embeddingBag") },
      isMean: mode == .mean)
  {
    let count = weight.shape[0]
    return rows.sums(of: weight).wrt(
      weight, fused: { g in rows.gradient(g, rows: count) },
      meaning: { weight in
        combined(
          input, weight, bags, maxNorm: nil, normType: normType, scaleGradByFreq: false,
          mode: mode, perSampleWeights: perSampleWeights, paddingIdx: paddingIdx)
      })
  }
  return combined(
    input, weight, bags, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
    mode: mode, perSampleWeights: perSampleWeights, paddingIdx: paddingIdx)
}

/// ``embeddingBag(_:_:offsets:maxNorm:normType:scaleGradByFreq:mode:perSampleWeights:includeLastOffset:paddingIdx:)``
/// in ordinary ops.
private func combined(
  _ input: Tensor, _ weight: Tensor, _ bags: Bags, maxNorm: Double?, normType: Double,
  scaleGradByFreq: Bool, mode: EmbeddingBagMode, perSampleWeights: Tensor?, paddingIdx: Int?
) -> Tensor {
  var (index, bag) = (input.reshape([input.numel]).to(.int64), bags.ofEach)
  var factors = perSampleWeights?.reshape([input.numel])
  if let paddingIdx {
    let padding = wrapped(paddingIdx, rows: weight.shape[0], op: "embeddingBag")
    let kept = noGrad { (index .!= padding).nonzero().reshape([-1]) }
    index = index.indexSelect(dim: 0, index: kept)
    bag = bag.indexSelect(dim: 0, index: kept)
    factors = factors?.indexSelect(dim: 0, index: kept)
  }
  var rows = embedding(
    index, weight, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq)
  if let factors { rows = rows * factors.unsqueeze(1) }
  if mode == .max { return bags.maxima(of: rows, bag) }
  let sums = Tensor.zeros([bags.count, weight.shape[1]], dtype: weight.dtype)
    .indexAdd(dim: 0, index: bag, source: rows)
  if mode == .sum { return sums }
  let counts = noGrad { bag.bincount(minlength: bags.count).clampMin(1).to(weight.dtype) }
  return sums / counts.unsqueeze(1)
}

/// Bags of indices.
private struct Bags {
  /// The position of the first index of each bag, and the number of indices.
  let starts: [Int]

  /// The number of bags.
  var count: Int { starts.count - 1 }

  /// The bag of each index, int64.
  var ofEach: Tensor {
    let bags = zip(starts, starts.dropFirst()).enumerated().flatMap { bag, range in
      Array(repeating: bag, count: range.1 - range.0)
    }
    return Tensor(bags, shape: [bags.count])
  }

  init(_ input: Tensor, _ offsets: Tensor?, includeLastOffset: Bool) {
    guard let offsets else {
      require(
        input.ndim == 2,
        """
        embeddingBag: expected indices [bags, size of a bag], or [indices] with offsets; got the shape \
        \(input.shape)
        """)
      starts = (0...input.shape[0]).map { $0 * input.shape[1] }
      return
    }
    require(
      input.ndim == 1 && offsets.ndim == 1 && offsets.dtype.isInteger,
      """
      embeddingBag: with offsets, indices and offsets are lists of integers; got the shapes \
      \(input.shape) and \(offsets.shape)
      """)
    var starts = offsets.array(of: Int.self)
    if !includeLastOffset { starts.append(input.numel) }
    require(
      !starts.isEmpty && starts[0] == 0 && starts.last! <= input.numel
        && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 },
      """
      embeddingBag: the offsets must ascend from 0 to at most the number of indices, \(input.numel), but \
      they are \(offsets.array(of: Int.self))
      """)
    // Indices after the last offset count in the last bag.
    if includeLastOffset, starts.count > 1 { starts[starts.count - 1] = input.numel }
    self.starts = starts
  }

  /// The greatest elements of the rows of each bag, where `bag` ascends.
  func maxima(of rows: Tensor, _ bag: Tensor) -> Tensor {
    let numbers = bag.array(of: Int.self)
    var lists = Array(repeating: [Int](), count: count)
    for (row, bag) in numbers.enumerated() { lists[bag].append(row) }
    let longest = lists.map(\.count).max() ?? 0
    if longest == 0 { return rows.new(zeros: [count, rows.shape[1]]) }
    let places = lists.flatMap { $0 + Array(repeating: -1, count: longest - $0.count) }
    let isMissing = Tensor(places.map { $0 < 0 }, shape: [count, longest, 1])
    let index = Tensor(places.map { max($0, 0) }, shape: [count * longest])
    let padded = rows.indexSelect(dim: 0, index: index)
      .reshape([count, longest, rows.shape[1]]).maskedFill(isMissing, -Double.infinity)
    let isEmpty = Tensor(lists.map(\.isEmpty), shape: [count, 1])
    return padded.max(dim: 1).values.maskedFill(isEmpty, 0)
  }
}

extension DType {
  fileprivate var isInteger: Bool { !isFloatingPoint && self != .bool }
}

extension Tensor {
  fileprivate func new(zeros shape: [Int]) -> Tensor { .zeros(shape, dtype: dtype) }
}

// MARK: - The layer

/// Sums, means or maxima of bags of vectors from a table:
/// ``embeddingBag(_:_:offsets:maxNorm:normType:scaleGradByFreq:mode:perSampleWeights:includeLastOffset:paddingIdx:)``.
///
/// ```swift
/// let bag = EmbeddingBag(30_000, 512, mode: .sum)
/// bag(tokens)                    // [bags, size of a bag]
/// bag(tokens, offsets: offsets)  // bags of any size
/// ```
///
/// The vectors start standard normal, the one of `paddingIdx` as 0, as in PyTorch.
public final class EmbeddingBag: Module {
  /// The table, [rows, width].
  @Parameter public var weight: Tensor

  let paddingIdx: Int?
  let maxNorm: Double?
  let normType: Double
  let scaleGradByFreq, includeLastOffset: Bool
  let mode: EmbeddingBagMode

  /// A table of `numEmbeddings` vectors of size `embeddingDim`.
  ///
  /// - Parameters:
  ///   - numEmbeddings: the number of rows.
  ///   - embeddingDim: the width.
  ///   - maxNorm: the norm to which longer vectors are scaled in place when they are used.
  ///   - normType: the p of the norm that `maxNorm` bounds.
  ///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is
  ///     used.
  ///   - mode: how the rows of a bag are combined.
  ///   - includeLastOffset: whether offsets also have the end of the last bag.
  ///   - paddingIdx: a row that starts as 0 and counts in no bag; counted from the end if negative.
  ///   - dtype: the element type of the table.
  public convenience init(
    _ numEmbeddings: Int, _ embeddingDim: Int, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false,
    paddingIdx: Int? = nil, dtype: DType = .default
  ) {
    self.init(
      .uninitialized([numEmbeddings, embeddingDim], dtype, op: "EmbeddingBag"), maxNorm, normType,
      scaleGradByFreq, mode, includeLastOffset, paddingIdx)
    resetParameters()
  }

  private init(
    _ weight: Tensor, _ maxNorm: Double?, _ normType: Double, _ scaleGradByFreq: Bool,
    _ mode: EmbeddingBagMode, _ includeLastOffset: Bool, _ paddingIdx: Int?
  ) {
    require(
      weight.ndim == 2,
      "EmbeddingBag: the table must have the shape [rows, width], not \(weight.shape)")
    self.paddingIdx = paddingIdx.map { wrapped($0, rows: weight.shape[0], op: "EmbeddingBag") }
    self.maxNorm = maxNorm
    self.normType = normType
    self.scaleGradByFreq = scaleGradByFreq
    self.mode = mode
    self.includeLastOffset = includeLastOffset
    self.weight = weight
  }

  /// A layer whose table is `weight`, [rows, width], of which it shares the elements.
  ///
  /// - Parameters:
  ///   - weight: the table.
  ///   - freeze: whether the table stays as it is in training.
  ///   - maxNorm: the norm to which longer vectors are scaled in place when they are used.
  ///   - normType: the p of the norm that `maxNorm` bounds.
  ///   - scaleGradByFreq: whether the gradient of a row is divided by the number of times it is
  ///     used.
  ///   - mode: how the rows of a bag are combined.
  ///   - includeLastOffset: whether offsets also have the end of the last bag.
  ///   - paddingIdx: a row that counts in no bag, left as it is; counted from the end if negative.
  public static func fromPretrained(
    _ weight: Tensor, freeze: Bool = true, maxNorm: Double? = nil, normType: Double = 2,
    scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false,
    paddingIdx: Int? = nil
  ) -> EmbeddingBag {
    let layer = EmbeddingBag(
      weight.detach(), maxNorm, normType, scaleGradByFreq, mode, includeLastOffset, paddingIdx)
    layer.weight.requiresGrad = !freeze
    return layer
  }

  /// Draws the vectors again.
  public func resetParameters() {
    normal_(weight)
    if let paddingIdx { noGrad { _ = weight.select(dim: 0, index: paddingIdx).zero_() } }
  }

  public override var extraRepr: String {
    var text = "\(weight.size(0)), \(weight.size(1)), mode: \(mode)"
    if let maxNorm { text += ", maxNorm: \(maxNorm)" }
    if normType != 2 { text += ", normType: \(normType)" }
    if scaleGradByFreq { text += ", scaleGradByFreq: true" }
    if includeLastOffset { text += ", includeLastOffset: true" }
    if let paddingIdx { text += ", paddingIdx: \(paddingIdx)" }
    return text
  }

  public override func forward(_ x: Tensor) -> Tensor { combined(x, nil, nil) }

  /// The bags of the indices `x` that begin at `offsets`, with a factor for each index if there are
  /// weights.
  public func callAsFunction(
    _ x: Tensor, offsets: Tensor?, perSampleWeights: Tensor? = nil
  ) -> Tensor {
    call(x, offsets, perSampleWeights) { combined($0, $1, $2) }
  }

  private func combined(_ x: Tensor, _ offsets: Tensor?, _ weights: Tensor?) -> Tensor {
    embeddingBag(
      x, weight, offsets: offsets, maxNorm: maxNorm, normType: normType,
      scaleGradByFreq: scaleGradByFreq, mode: mode, perSampleWeights: weights,
      includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
  }
}
