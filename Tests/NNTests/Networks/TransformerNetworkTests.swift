import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct TransformerNetworkTests {
  @Test(arguments: [DType.float32, .float64]) func encoder(_ dtype: DType) throws {
    try NetworkFixture("encoder", dtype).check {
      Encoder()
    } output: {
      $0($1[0], padding: $1[1])
    } loss: {
      crossEntropy($0, $1)
    }
  }

  @Test(arguments: [DType.float32, .float64]) func decoder(_ dtype: DType) throws {
    try NetworkFixture("decoder", dtype).check {
      Decoder()
    } output: {
      $0($1[0], memory: $1[1])
    } loss: {
      mseLoss($0, $1)
    }
  }
}

private final class Encoder: Module {
  let encoder = TransformerEncoder(
    TransformerEncoderLayer(
      8, 2, dimFeedforward: 12, dropout: 0, activation: .gelu, batchFirst: true, normFirst: true),
    numLayers: 2, norm: LayerNorm(8))
  let head = Linear(8, 3)

  func callAsFunction(_ x: Tensor, padding: Tensor) -> Tensor {
    head(encoder(x, srcKeyPaddingMask: padding).select(dim: 1, index: 0))
  }
}

private final class Decoder: Module {
  let decoder = TransformerDecoder(
    TransformerDecoderLayer(8, 2, dimFeedforward: 12, dropout: 0, batchFirst: true),
    numLayers: 2)

  func callAsFunction(_ x: Tensor, memory: Tensor) -> Tensor {
    let mask = Transformer.generateSquareSubsequentMask(x.size(1), dtype: x.dtype)
    return decoder(x, memory, tgtMask: mask)
  }
}
