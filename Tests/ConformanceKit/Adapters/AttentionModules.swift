import Autograd
import NN

extension Adapter {
  /// Attention as a function.
  static let attentionFunctions: [Adapter] = [
    Adapter(
      "nn.functional.scaled_dot_product_attention",
      "scaledDotProductAttention(q, k, v, attnMask:dropoutP:isCausal:scale:enableGQA:)"
    ) { c in
      // PyTorch's database draws the dropout of its samples after this seed.
      try Generator.withDefault(Generator(seed: 42)) {
        scaledDotProductAttention(
          try c[0, "query"], try c[1, "key"], try c[2, "value"],
          attnMask: try c[3, "attn_mask", or: nil], dropoutP: try c[4, "dropout_p", or: 0],
          isCausal: try c[5, "is_causal", or: false], scale: try c["scale", or: nil],
          enableGQA: try c["enable_gqa", or: false])
      }
    }
  ]

  /// The layers of attention, and transformers.
  static let attentionModules: [String: Make] = [
    "MultiheadAttention": { c, dtype in
      MultiheadAttention(
        try c[0, "embed_dim"], try c[1, "num_heads"], dropout: try c[2, "dropout", or: 0],
        bias: try c[3, "bias", or: true], addBiasKV: try c[4, "add_bias_kv", or: false],
        addZeroAttn: try c[5, "add_zero_attn", or: false], kdim: try c[6, "kdim", or: nil],
        vdim: try c[7, "vdim", or: nil], batchFirst: try c[8, "batch_first", or: false],
        dtype: dtype)
    },
    "TransformerEncoderLayer": { c, dtype in
      TransformerEncoderLayer(
        try c[0, "d_model"], try c[1, "nhead"],
        dimFeedforward: try c[2, "dim_feedforward", or: 2048],
        dropout: try c[3, "dropout", or: 0.1], activation: try c[4, "activation", or: .relu],
        layerNormEps: try c[5, "layer_norm_eps", or: 1e-5],
        batchFirst: try c[6, "batch_first", or: false],
        normFirst: try c[7, "norm_first", or: false],
        bias: try c[8, "bias", or: true], dtype: dtype)
    },
    "TransformerDecoderLayer": { c, dtype in
      TransformerDecoderLayer(
        try c[0, "d_model"], try c[1, "nhead"],
        dimFeedforward: try c[2, "dim_feedforward", or: 2048],
        dropout: try c[3, "dropout", or: 0.1], activation: try c[4, "activation", or: .relu],
        layerNormEps: try c[5, "layer_norm_eps", or: 1e-5],
        batchFirst: try c[6, "batch_first", or: false],
        normFirst: try c[7, "norm_first", or: false],
        bias: try c[8, "bias", or: true], dtype: dtype)
    },
    "Transformer": { c, dtype in
      Transformer(
        dModel: try c[0, "d_model", or: 512], nhead: try c[1, "nhead", or: 8],
        numEncoderLayers: try c[2, "num_encoder_layers", or: 6],
        numDecoderLayers: try c[3, "num_decoder_layers", or: 6],
        dimFeedforward: try c[4, "dim_feedforward", or: 2048],
        dropout: try c[5, "dropout", or: 0.1], activation: try c[6, "activation", or: .relu],
        layerNormEps: try c["layer_norm_eps", or: 1e-5],
        batchFirst: try c["batch_first", or: false], normFirst: try c["norm_first", or: false],
        bias: try c["bias", or: true], dtype: dtype)
    },
  ]

  /// The outputs of a layer of attention; nil for another layer.
  static func attentionOutput(of module: Module, _ inputs: Call) throws -> (any Outputs)? {
    switch module {
    case let module as MultiheadAttention:
      let (y, weights) = module(
        try inputs[0, "query"], try inputs[1, "key"], try inputs[2, "value"],
        keyPaddingMask: try inputs[3, "key_padding_mask", or: nil],
        needWeights: try inputs[4, "need_weights", or: true],
        attnMask: try inputs[5, "attn_mask", or: nil],
        averageAttnWeights: try inputs[6, "average_attn_weights", or: true],
        isCausal: try inputs[7, "is_causal", or: false])
      return [y] + (weights.map { [$0] } ?? [])
    case let module as TransformerEncoderLayer:
      return module(
        try inputs[0, "src"], srcMask: try inputs[1, "src_mask", or: nil],
        srcKeyPaddingMask: try inputs[2, "src_key_padding_mask", or: nil],
        isCausal: try inputs[3, "is_causal", or: false])
    case let module as TransformerDecoderLayer:
      return module(
        try inputs[0, "tgt"], try inputs[1, "memory"], tgtMask: try inputs[2, "tgt_mask", or: nil],
        memoryMask: try inputs[3, "memory_mask", or: nil],
        tgtKeyPaddingMask: try inputs[4, "tgt_key_padding_mask", or: nil],
        memoryKeyPaddingMask: try inputs[5, "memory_key_padding_mask", or: nil])
    case let module as Transformer:
      return module(
        try inputs[0, "src"], try inputs[1, "tgt"], srcMask: try inputs[2, "src_mask", or: nil],
        tgtMask: try inputs[3, "tgt_mask", or: nil],
        memoryMask: try inputs[4, "memory_mask", or: nil],
        srcKeyPaddingMask: try inputs[5, "src_key_padding_mask", or: nil],
        tgtKeyPaddingMask: try inputs[6, "tgt_key_padding_mask", or: nil],
        memoryKeyPaddingMask: try inputs[7, "memory_key_padding_mask", or: nil])
    default: return nil
    }
  }
}

extension TransformerActivation: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "relu": self = .relu
    case "gelu": self = .gelu
    default: throw NoSuchCase(value: value)
    }
  }
}
