import Autograd

/// An encoder and a decoder that attends to its output (Vaswani et al., Attention is all you need,
/// 2017).
///
/// ```swift
/// let net = Transformer(batchFirst: true)
/// let mask = Transformer.generateSquareSubsequentMask(tgt.size(1))
/// let y = net(src, tgt, tgtMask: mask)
/// ```
///
/// Parameters, their names and initial values are PyTorch's: the same seed gives the same weights.
public final class Transformer: Module {
  /// The encoder.
  public let encoder: TransformerEncoder
  /// The decoder.
  public let decoder: TransformerDecoder

  let dModel: Int
  let batchFirst: Bool

  /// A transformer of `dModel` features.
  ///
  /// - Parameters:
  ///   - dModel: the number of features.
  ///   - nhead: the number of heads; it divides `dModel`.
  ///   - numEncoderLayers: the layers of the encoder.
  ///   - numDecoderLayers: the layers of the decoder.
  ///   - dimFeedforward: the number of features between the linear layers.
  ///   - dropout: the probability of each dropout.
  ///   - activation: the function between the linear layers.
  ///   - customEncoder: an encoder instead of the usual one.
  ///   - customDecoder: a decoder instead of the usual one.
  ///   - layerNormEps: what the normalisations add to the variance.
  ///   - batchFirst: whether inputs are [batch, length, dModel], else [length, batch, dModel];
  ///     [length, dModel] in either case.
  ///   - normFirst: whether the inputs of attention and linear layers are normalised, instead of the
  ///     sums.
  ///   - bias: whether linear layers and normalisations have a bias.
  ///   - dtype: the element type of the parameters.
  public init(
    dModel: Int = 512, nhead: Int = 8, numEncoderLayers: Int = 6, numDecoderLayers: Int = 6,
    dimFeedforward: Int = 2048, dropout: Double = 0.1, activation: TransformerActivation = .relu,
    customEncoder: TransformerEncoder? = nil, customDecoder: TransformerDecoder? = nil,
    layerNormEps: Double = 1e-5, batchFirst: Bool = false, normFirst: Bool = false,
    bias: Bool = true, dtype: DType = .default
  ) {
    requireLayerCount(numEncoderLayers, op: "Transformer")
    requireLayerCount(numDecoderLayers, op: "Transformer")
    let options = TransformerOptions(
      dModel: dModel, nhead: nhead, dimFeedforward: dimFeedforward, dropout: dropout,
      activation: activation, layerNormEps: layerNormEps, batchFirst: batchFirst,
      normFirst: normFirst, bias: bias, dtype: dtype)
    self.dModel = dModel
    self.batchFirst = batchFirst
    encoder =
      customEncoder
      ?? TransformerEncoder(
        TransformerEncoderLayer(options, op: "Transformer"), numLayers: numEncoderLayers,
        norm: options.norm())
    decoder =
      customDecoder
      ?? TransformerDecoder(
        TransformerDecoderLayer(options, op: "Transformer"), numLayers: numDecoderLayers,
        norm: options.norm())
    super.init()
    resetParameters()
  }

  /// Draws the weights of all linear layers and projections again, uniformly by Glorot's rule.
  public func resetParameters() {
    for parameter in parameters where parameter.ndim > 1 { xavierUniform_(parameter) }
  }

  public override var mapsTensorToTensor: Bool { false }

  /// The output of the decoder for `src` and `tgt`.
  ///
  /// - Parameters:
  ///   - src: the sequences of the encoder.
  ///   - tgt: the sequences of the decoder.
  ///   - srcMask: excludes keys of the encoder where it is true, or is added to the scores; see
  ///     ``MultiheadAttention``.
  ///   - tgtMask: the same for the self-attention of the decoder.
  ///   - memoryMask: the same for the attention of the decoder to the encoder's output.
  ///   - srcKeyPaddingMask: the padding of `src`.
  ///   - tgtKeyPaddingMask: the padding of `tgt`.
  ///   - memoryKeyPaddingMask: the padding of the encoder's output.
  ///   - srcIsCausal: whether `srcMask` is the causal mask, which may then be nil; if nil, the mask is
  ///     compared with that.
  ///   - tgtIsCausal: the same of `tgtMask`.
  ///   - memoryIsCausal: that `memoryMask` is the causal mask.
  public func callAsFunction(
    _ src: Tensor, _ tgt: Tensor, srcMask: Tensor? = nil, tgtMask: Tensor? = nil,
    memoryMask: Tensor? = nil, srcKeyPaddingMask: Tensor? = nil, tgtKeyPaddingMask: Tensor? = nil,
    memoryKeyPaddingMask: Tensor? = nil, srcIsCausal: Bool? = nil, tgtIsCausal: Bool? = nil,
    memoryIsCausal: Bool = false
  ) -> Tensor {
    call(
      src, tgt, srcMask, tgtMask, memoryMask, srcKeyPaddingMask, tgtKeyPaddingMask,
      memoryKeyPaddingMask
    ) { src, tgt, srcMask, tgtMask, memoryMask, srcPadding, tgtPadding, memoryPadding in
      requireInputs(src, tgt)
      let memory = encoder(
        src, mask: srcMask, srcKeyPaddingMask: srcPadding, isCausal: srcIsCausal)
      return decoder(
        tgt, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtPadding,
        memoryKeyPaddingMask: memoryPadding, tgtIsCausal: tgtIsCausal,
        memoryIsCausal: memoryIsCausal)
    }
  }

  private func requireInputs(_ src: Tensor, _ tgt: Tensor) {
    let batch = batchFirst ? 0 : 1
    require(
      (2...3).contains(src.ndim) && src.ndim == tgt.ndim && src.size(-1) == dModel
        && tgt.size(-1) == dModel && (src.ndim == 2 || src.size(batch) == tgt.size(batch)),
      """
      Transformer: expected sequences \
      \(batchFirst ? "[batch, length, dModel]" : "[length, batch, dModel]") or [length, dModel] with \
      \(dModel) features and one batch size, got the shapes \(src.shape) and \(tgt.shape)
      """)
  }

  /// The causal mask for sequences of `sz` elements: −∞ above the diagonal, 0 elsewhere.
  public static func generateSquareSubsequentMask(_ sz: Int, dtype: DType = .default) -> Tensor {
    require(
      dtype.isFloatingPoint,
      "generateSquareSubsequentMask: the dtype must be floating-point, but it is \(dtype)")
    return named("generateSquareSubsequentMask") {
      let zeros = Tensor.zeros([sz, sz], dtype: dtype)
      return zeros.maskedFill(
        Tensor.ones([sz, sz], dtype: .bool).triu(diagonal: 1), -Double.infinity)
    }
  }
}
