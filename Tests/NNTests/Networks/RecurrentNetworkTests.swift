import Autograd
import NN
import TestSupport
import Testing

@Suite(.ownGenerator) struct RecurrentNetworkTests {
  @Test(arguments: [DType.float32, .float64]) func lstm(_ dtype: DType) throws {
    try NetworkFixture("lstm", dtype).check {
      LSTMClassifier()
    } loss: {
      crossEntropy($0, $1)
    }
  }

  @Test(arguments: [DType.float32, .float64]) func gru(_ dtype: DType) throws {
    try NetworkFixture("gru", dtype).check {
      GRUClassifier()
    } output: {
      $0($1[0], start: $1[1])
    } loss: {
      crossEntropy($0, $1)
    }
  }

  @Test(arguments: [DType.float32, .float64]) func bidirectional(_ dtype: DType) throws {
    try NetworkFixture("tagger", dtype).check {
      Tagger()
    } loss: {
      crossEntropy($0, $1)
    }
  }
}

private final class LSTMClassifier: Module {
  let lstm = LSTM(5, 8, batchFirst: true)
  let head = Linear(8, 3)

  override func forward(_ x: Tensor) -> Tensor {
    head(lstm(x).output.select(dim: 1, index: -1))
  }
}

private final class GRUClassifier: Module {
  let gru = GRU(5, 7, numLayers: 2)
  let head = Linear(7, 3)

  func callAsFunction(_ x: Tensor, start: Tensor) -> Tensor {
    let (_, hidden) = gru(x, start)
    return head(hidden.select(dim: 0, index: -1))
  }
}

private final class Tagger: Module {
  let embedding = Embedding(11, 6, paddingIdx: 0)
  let lstm = LSTM(6, 5, numLayers: 2, batchFirst: true, bidirectional: true)
  let head = Linear(10, 4)

  override func forward(_ words: Tensor) -> Tensor {
    head(lstm(embedding(words)).output).transpose(1, 2)
  }
}
