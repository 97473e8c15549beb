import Autograd
import NN

private var x: Tensor { .ones(3, 4) }

extension MisuseCase {
  static let attention = [
    MisuseCase("MultiheadAttention(embedDim)") { MultiheadAttention($0, 2) },
    MisuseCase("MultiheadAttention(numHeads)") { MultiheadAttention(4, $0) },
    MisuseCase("MultiheadAttention(kdim)") { MultiheadAttention(4, 2, kdim: $0) },
    MisuseCase("MultiheadAttention(vdim)") { MultiheadAttention(4, 2, vdim: $0) },
    MisuseCase("TransformerEncoderLayer(dModel)") {
      TransformerEncoderLayer($0, 2, dimFeedforward: 2)
    },
    MisuseCase("TransformerEncoderLayer(nhead)") {
      TransformerEncoderLayer(4, $0, dimFeedforward: 2)
    },
    MisuseCase("TransformerEncoderLayer(dimFeedforward)") {
      TransformerEncoderLayer(4, 2, dimFeedforward: $0)
    },
    MisuseCase("TransformerEncoder(numLayers)") {
      TransformerEncoder(TransformerEncoderLayer(4, 2, dimFeedforward: 2), numLayers: $0)
    },
    MisuseCase("TransformerDecoderLayer(dModel)") {
      TransformerDecoderLayer($0, 2, dimFeedforward: 2)
    },
    MisuseCase("TransformerDecoderLayer(nhead)") {
      TransformerDecoderLayer(4, $0, dimFeedforward: 2)
    },
    MisuseCase("TransformerDecoderLayer(dimFeedforward)") {
      TransformerDecoderLayer(4, 2, dimFeedforward: $0)
    },
    MisuseCase("TransformerDecoder(numLayers)") {
      TransformerDecoder(TransformerDecoderLayer(4, 2, dimFeedforward: 2), numLayers: $0)
    },
    MisuseCase("Transformer(dModel)") {
      Transformer(dModel: $0, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 2)
    },
    MisuseCase("Transformer(nhead)") {
      Transformer(dModel: 4, nhead: $0, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 2)
    },
    MisuseCase("Transformer(numEncoderLayers)") {
      Transformer(dModel: 4, nhead: 2, numEncoderLayers: $0, numDecoderLayers: 1, dimFeedforward: 2)
    },
    MisuseCase("Transformer(numDecoderLayers)") {
      Transformer(dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: $0, dimFeedforward: 2)
    },
    MisuseCase("Transformer(dimFeedforward)") {
      Transformer(dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: $0)
    },
    MisuseCase("generateSquareSubsequentMask(sz)") {
      Transformer.generateSquareSubsequentMask($0)
    },
    MisuseCase("rotaryEmbedding(dim)") { rotaryEmbedding(x, dim: $0) },
    MisuseCase("rotaryEmbedding(offset)") { rotaryEmbedding(x, offset: $0) },
    MisuseCase("rotaryEmbedding(sequenceDim)") { rotaryEmbedding(x, sequenceDim: $0) },
    MisuseCase("RotaryEmbedding(dim)") { RotaryEmbedding($0)(x) },
    MisuseCase("RotaryEmbedding(sequenceDim)") { RotaryEmbedding(4, sequenceDim: $0)(x) },
    MisuseCase("callAsFunction(offset)", op: "RotaryEmbedding") {
      RotaryEmbedding(4)(x, offset: $0)
    },
    MisuseCase("sinusoidalPositions(length)") { sinusoidalPositions($0, 4) },
    MisuseCase("sinusoidalPositions(dim)") { sinusoidalPositions(3, $0) },
    MisuseCase("sinusoidalPositions(offset)") { sinusoidalPositions(3, 4, offset: $0) },
    MisuseCase("SinusoidalPositions(dim)") { SinusoidalPositions($0)(x) },
    MisuseCase("callAsFunction(offset)", op: "SinusoidalPositions") {
      SinusoidalPositions(4)(x, offset: $0)
    },
  ]
}
