import Autograd
import NN
import TestSupport

extension OpCase {
  /// Attention, its layers with each option, and positions.
  static let attention: [OpCase] = functions + layers + transformers + positions

  private static let functions: [OpCase] = [
    OpCase("fusedAttention", [.real([2, 3]), .real([3, 3]), .real([3, 2])]) {
      scaledDotProductAttention($0[0], $0[1], $0[2])
    },
    OpCase("fusedAttention", "causal", [.real([2, 3, 2]), .real([2, 3, 2]), .real([2, 3, 1])]) {
      scaledDotProductAttention($0[0], $0[1], $0[2], isCausal: true, scale: 1.5)
    },
    OpCase(
      "fusedAttention", "bool mask",
      [.real([3, 2]), .real([2, 3, 2]), .real([3, 2]), .mask([2, 3, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "fusedAttention", "float mask",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .constant([1, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "fusedAttention", "groups of heads",
      [.real([4, 2, 2]), .real([2, 3, 2]), .real([2, 3, 1])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], enableGQA: true) },
    OpCase("fusedAttention", "of long sequences", [.real([70, 3]), .real([210, 3])]) {
      scaledDotProductAttention($0[0], $0[1], $0[1], isCausal: true)
    },
    OpCase(
      "composedAttention", "mask with a gradient",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .real([2, 3])]
    ) { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: $0[3]) },
    OpCase(
      "composedAttention", "query without a key",
      [.real([2, 2]), .real([3, 2]), .real([3, 2]), .real([2, 3])]
    ) {
      let mask = $0[3].maskedFill(Tensor([[true], [false]]), -Double.infinity)
      return scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: mask)
    },
    OpCase("composedAttention", "dropout", [.real([2, 2]), .real([3, 2]), .real([3, 2])]) {
      scaledDotProductAttention(
        $0[0], $0[1], $0[2], dropoutP: 0.4, generator: Generator(seed: 1))
    },
  ]

  // MARK: - Layers

  /// A layer with fixed weights of the dtype of `x`, which require no gradient.
  private static func made<M: Module>(for x: Tensor, _ make: () -> M) -> M {
    Generator.withDefault(Generator(seed: 4), make).to(x.dtype).requiresGrad(false)
  }

  /// The output, and the weights if they are there, as one tensor.
  private static func joined(_ result: (output: Tensor, weights: Tensor?)) -> Tensor {
    cat([result.output.reshape([-1])] + (result.weights.map { [$0.reshape([-1])] } ?? []))
  }

  private static let parameters: [Sample] = [
    .real([12, 4], in: -0.6...0.6), .real([12], in: -0.3...0.3), .real([4, 4], in: -0.6...0.6),
  ]
  private static func named(_ x: ArraySlice<Tensor>) -> [String: Tensor] {
    let x = Array(x)
    return ["in_proj_weight": x[0], "in_proj_bias": x[1], "out_proj.weight": x[2]]
  }

  private static let layers: [OpCase] = [
    OpCase("MultiheadAttention", "self-attention", [.real([3, 2, 4])] + parameters) { x in
      let layer = made(for: x[0]) { MultiheadAttention(4, 2, dtype: .float64) }
      return functionalCall(layer, named(x[1...])) {
        joined(layer(x[0], x[0], x[0], averageAttnWeights: false))
      }
    },
    OpCase("MultiheadAttention", "without weights", [.real([3, 2, 4])] + parameters) { x in
      let layer = made(for: x[0]) { MultiheadAttention(4, 2, dtype: .float64) }
      return functionalCall(layer, named(x[1...])) {
        layer(x[0], x[0], x[0], needWeights: false, isCausal: true).output
      }
    },
    OpCase(
      "MultiheadAttention", "masks",
      [.real([2, 2, 4]), .real([2, 3, 4]), .mask([2, 3]), .constant([2, 3])]
    ) { x in
      let layer = made(for: x[0]) { MultiheadAttention(4, 2, batchFirst: true, dtype: .float64) }
      let padding = x[2].logicalAnd(Tensor([false, true, true]))
      return joined(layer(x[0], x[1], x[1], keyPaddingMask: padding, attnMask: x[3]))
    },
    OpCase(
      "MultiheadAttention", "added keys",
      [.real([2, 4]), .real([3, 3]), .real([3, 2]), .real([1, 1, 4]), .real([1, 1, 4])]
    ) { x in
      let layer = made(for: x[0]) {
        MultiheadAttention(
          4, 2, bias: false, addBiasKV: true, addZeroAttn: true, kdim: 3, vdim: 2,
          dtype: .float64)
      }
      return functionalCall(layer, ["bias_k": x[3], "bias_v": x[4]]) {
        joined(layer(x[0], x[1], x[2]))
      }
    },
    OpCase("MultiheadAttention", "dropout", [.real([2, 4]), .real([3, 4])]) { x in
      let layer = made(for: x[0]) { MultiheadAttention(4, 2, dropout: 0.3, dtype: .float64) }
      return drawing {
        joined(layer(x[0], x[1], x[1])) + layer(x[0], x[1], x[1], needWeights: false).output.sum()
      }
    },
  ]

  private static func drawing(_ body: () -> Tensor) -> Tensor {
    Generator.withDefault(Generator(seed: 2), body)
  }

  private static let transformers: [OpCase] = [
    OpCase("TransformerEncoderLayer", [.real([3, 4])]) { x in
      made(for: x[0]) {
        TransformerEncoderLayer(
          4, 2, dimFeedforward: 3, dropout: 0, activation: .gelu, dtype: .float64)
      }(x[0])
    },
    OpCase("TransformerEncoderLayer", "norm first, causal, gelu", [.real([1, 3, 4])]) { x in
      let layer = made(for: x[0]) {
        TransformerEncoderLayer(
          4, 2, dimFeedforward: 3, dropout: 0, activation: .function { $0.tanh() },
          batchFirst: true, normFirst: true, bias: false, dtype: .float64)
      }
      return layer(x[0], isCausal: true)
    },
    OpCase("TransformerEncoderLayer", "dropout", [.real([2, 2, 4])]) { x in
      let layer = made(for: x[0]) {
        TransformerEncoderLayer(
          4, 2, dimFeedforward: 3, dropout: 0.3, activation: .gelu, dtype: .float64)
      }
      return drawing { layer(x[0]) }
    },
    OpCase("TransformerDecoderLayer", [.real([2, 4]), .real([3, 4])]) { x in
      let layer = made(for: x[0]) {
        TransformerDecoderLayer(
          4, 2, dimFeedforward: 3, dropout: 0, activation: .gelu, dtype: .float64)
      }
      return layer(
        x[0], x[1], memoryKeyPaddingMask: Tensor([true, false, false]), tgtIsCausal: true)
    },
    OpCase("TransformerDecoderLayer", "norm first", [.real([2, 2, 4]), .real([2, 3, 4])]) { x in
      let layer = made(for: x[0]) {
        TransformerDecoderLayer(
          4, 2, dimFeedforward: 3, dropout: 0, activation: .gelu, batchFirst: true,
          normFirst: true, bias: false, dtype: .float64)
      }
      return layer(x[0], x[1], memoryMask: Tensor([[true, false, false], [false, false, true]]))
    },
    OpCase("Transformer", [.real([3, 1, 4]), .real([2, 1, 4])]) { x in
      let net = made(for: x[0]) {
        Transformer(
          dModel: 4, nhead: 2, numEncoderLayers: 2, numDecoderLayers: 1, dimFeedforward: 3,
          dropout: 0,
          activation: .gelu, dtype: .float64)
      }
      let mask = Transformer.generateSquareSubsequentMask(2)
      return net(x[0], x[1], tgtMask: mask)
    },
  ]

  // MARK: - Positions

  private static let positions: [OpCase] = [
    OpCase("rotaryEmbedding", [.real([3, 4])]) { rotaryEmbedding($0[0], offset: 2).square() },
    OpCase("rotaryEmbedding", "halves, some features", [.real([3, 2, 5])]) {
      rotaryEmbedding($0[0], dim: 4, base: 10, pairs: .halves, sequenceDim: 0).square()
    },
    OpCase("SinusoidalPositions", [.real([3, 2, 3])]) { SinusoidalPositions(3)($0[0]).square() },
  ]
}
