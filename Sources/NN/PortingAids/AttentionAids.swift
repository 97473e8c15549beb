// Porting aids: attention and transformers. See Modules.swift.

import Autograd

// MARK: - Functions

@available(
  *, unavailable,
  message: "use scaledDotProductAttention(q, k, v, attnMask:dropoutP:isCausal:scale:enableGQA:)"
)
public func scaled_dot_product_attention(
  _ query: Tensor, _ key: Tensor, _ value: Tensor, attn_mask: Tensor? = nil, dropout_p: Double = 0,
  is_causal: Bool = false, scale: Double? = nil, enable_gqa: Bool = false
) -> Tensor { fatalError() }

@available(
  *, unavailable, message: "drop the labels of the first three: scaledDotProductAttention(q, k, v)"
)
public func scaledDotProductAttention(
  query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor? = nil, dropoutP: Double = 0,
  isCausal: Bool = false, scale: Double? = nil, enableGQA: Bool = false
) -> Tensor { fatalError() }

// MARK: - Names

@available(*, unavailable, renamed: "MultiheadAttention")
public typealias MultiHeadAttention = MultiheadAttention

@available(*, unavailable, message: "use RotaryEmbedding")
public typealias RoPE = RotaryEmbedding

@available(*, unavailable, message: "use RotaryEmbedding")
public typealias RotaryPositionalEmbeddings = RotaryEmbedding

@available(*, unavailable, message: "use SinusoidalPositions")
public typealias PositionalEncoding = SinusoidalPositions

// MARK: - Arguments

extension MultiheadAttention {
  @available(*, unavailable, message: "drop the labels: MultiheadAttention(512, 8)")
  public convenience init(
    embedDim: Int, numHeads: Int, dropout: Double = 0, batchFirst: Bool = false
  ) { fatalError() }

  @available(
    *, unavailable, message: "drop the labels: MultiheadAttention(512, 8, batchFirst: true)"
  )
  public convenience init(
    embed_dim: Int, num_heads: Int, dropout: Double = 0, batch_first: Bool = false
  ) { fatalError() }

  @available(
    *, unavailable,
    message: "drop the labels of the first three: attention(q, k, v, needWeights: false)"
  )
  public func callAsFunction(
    query: Tensor, key: Tensor, value: Tensor, keyPaddingMask: Tensor? = nil,
    needWeights: Bool = true, attnMask: Tensor? = nil
  ) -> (output: Tensor, weights: Tensor?) { fatalError() }
}

extension TransformerEncoderLayer {
  @available(*, unavailable, message: "drop the labels: TransformerEncoderLayer(512, 8)")
  public convenience init(
    dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    batchFirst: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "drop the labels: TransformerEncoderLayer(512, 8)")
  public convenience init(
    d_model: Int, nhead: Int, dim_feedforward: Int = 2048, dropout: Double = 0.1,
    batch_first: Bool = false
  ) { fatalError() }
}

extension TransformerDecoderLayer {
  @available(*, unavailable, message: "drop the labels: TransformerDecoderLayer(512, 8)")
  public convenience init(
    dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    batchFirst: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "drop the labels: TransformerDecoderLayer(512, 8)")
  public convenience init(
    d_model: Int, nhead: Int, dim_feedforward: Int = 2048, dropout: Double = 0.1,
    batch_first: Bool = false
  ) { fatalError() }
}

extension TransformerEncoder {
  @available(*, unavailable, message: "label the number: TransformerEncoder(layer, numLayers: 6)")
  public convenience init(_ encoderLayer: TransformerEncoderLayer, _ numLayers: Int) {
    fatalError()
  }

  @available(*, unavailable, message: "use numLayers: TransformerEncoder(layer, numLayers: 6)")
  public convenience init(_ encoderLayer: TransformerEncoderLayer, num_layers: Int) {
    fatalError()
  }
}

extension TransformerDecoder {
  @available(*, unavailable, message: "label the number: TransformerDecoder(layer, numLayers: 6)")
  public convenience init(_ decoderLayer: TransformerDecoderLayer, _ numLayers: Int) {
    fatalError()
  }

  @available(*, unavailable, message: "use numLayers: TransformerDecoder(layer, numLayers: 6)")
  public convenience init(_ decoderLayer: TransformerDecoderLayer, num_layers: Int) {
    fatalError()
  }
}

extension Transformer {
  @available(*, unavailable, message: "label the numbers: Transformer(dModel: 512, nhead: 8)")
  public convenience init(_ dModel: Int, _ nhead: Int, _ numEncoderLayers: Int = 6) {
    fatalError()
  }

  @available(*, unavailable, message: "use Transformer.generateSquareSubsequentMask(_:)")
  public static func generate_square_subsequent_mask(_ sz: Int) -> Tensor { fatalError() }

  @available(
    *, unavailable, message: "it belongs to the type: Transformer.generateSquareSubsequentMask(n)"
  )
  public func generateSquareSubsequentMask(_ sz: Int) -> Tensor { fatalError() }
}
