// (h), continued: networks of sequences.

import Autograd
import NN
import Optim

extension Training {
  static func sequenceNetworks() -> [Training] {
    [
      Training(classifier: "lstm-28-128-b64", net: { LSTMClassifier() }, input: [64, 28, 28]),
      Training(
        "transformer-encoder-d256-l64-b16",
        net: {
          TransformerEncoderLayer(
            256, 8, dimFeedforward: 1024, dropout: 0, activation: .gelu, batchFirst: true)
        },
        input: [16, 64, 256], target: { .randn([16, 64, 256]) }, loss: { mseLoss($0, $1) },
        optimizer: { Adam($0, lr: 1e-3) }),
      Training(
        "gpt-d128-l64-b16", net: { GPT(words: 65, width: 128, heads: 4, length: 64) },
        batch: {
          let (words, next) = (Tensor.randint(65, [16, 64]), Tensor.randint(65, [16 * 64]))
          return { net in crossEntropy(net(words).flatten(0, 1), next) }
        }, optimizer: { AdamW($0, lr: 1e-3) }),
    ]
  }
}

private final class LSTMClassifier: Module {
  let lstm = LSTM(28, 128, batchFirst: true)
  let head = Linear(128, 10)

  override func forward(_ x: Tensor) -> Tensor {
    head(lstm(x).output.select(dim: 1, index: -1))
  }
}

private final class GPT: Module {
  let wte, wpe: Embedding
  let blocks: [Block]
  let ln: LayerNorm
  let head: Linear

  init(words: Int, width: Int, heads: Int, length: Int) {
    wte = Embedding(words, width)
    wpe = Embedding(length, width)
    blocks = (0..<2).map { _ in Block(width, heads: heads) }
    ln = LayerNorm(width)
    head = Linear(width, words, bias: false)
  }

  override func forward(_ words: Tensor) -> Tensor {
    var x = wte(words) + wpe.weight
    for block in blocks { x = block(x) }
    return head(ln(x))
  }
}

private final class Block: Module {
  let heads: Int
  let ln1: LayerNorm
  let qkv, proj: Linear
  let ln2: LayerNorm
  let mlp: Sequential

  init(_ width: Int, heads: Int) {
    self.heads = heads
    ln1 = LayerNorm(width)
    qkv = Linear(width, 3 * width)
    proj = Linear(width, width)
    ln2 = LayerNorm(width)
    mlp = Sequential(Linear(width, 4 * width), GELU(), Linear(4 * width, width))
  }

  override func forward(_ x: Tensor) -> Tensor {
    let parts = qkv(ln1(x)).chunk(3, dim: -1).map {
      $0.unflatten(dim: -1, sizes: [heads, -1]).transpose(1, 2)
    }
    let y = scaledDotProductAttention(parts[0], parts[1], parts[2], isCausal: true)
    let x = x + proj(y.transpose(1, 2).flatten(2))
    return x + mlp(ln2(x))
  }
}
