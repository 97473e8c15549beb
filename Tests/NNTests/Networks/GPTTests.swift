import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct GPTTests {
  @Test(arguments: [DType.float32, .float64]) func trainsLikePyTorch(_ dtype: DType) throws {
    try NetworkFixture("gpt", dtype).check {
      GPT()
    } loss: {
      crossEntropy($0, $1)
    }
  }
}

private final class GPT: Module {
  let wte = Embedding(13, 8)
  let wpe = Embedding(9, 8)
  let blocks = [Block(8, heads: 2), Block(8, heads: 2)]
  let ln = LayerNorm(8)
  let head = Linear(8, 13, bias: false)

  override init() {
    super.init()
    head.weight = wte.weight
  }

  override func forward(_ words: Tensor) -> Tensor {
    var x = wte(words) + wpe.weight.narrow(dim: 0, start: 0, length: words.size(1))
    for block in blocks { x = block(x) }
    return head(ln(x)).transpose(1, 2)
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
    mlp = Sequential(
      Linear(width, 4 * width), GELU(approximate: .tanh), Linear(4 * width, width))
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
