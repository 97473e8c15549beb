import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct EmbeddingTests {
  /// F.embedding(torch.tensor([[0, 2], [2, 1]]), w, padding_idx=1)
  @Test func embeddingWithPadding() {
    let w = seq([3, 2])
    let y = embedding(Tensor([[0, 2], [2, 1]]), w, paddingIdx: 1)
    #expect(y.shape == [2, 2, 2])
    y.square().sum().backward()
    let value: [Double] = [
      -0.127272727273, 0.509090909091, 0.418181818182, 0.054545454545, 0.418181818182,
      0.054545454545, 0.145454545455, -0.218181818182,
    ]
    expectClose(y, value, tolerance: 1e-11)
    let wGrad: [Double] = [
      -0.254545454545, 1.01818181818, 0, 0, 1.67272727273, 0.218181818182,
    ]
    expectClose(w.grad, wGrad, tolerance: 1e-11)
  }
}
