import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite(.ownGenerator) struct EmbeddingLayerTests {
  /// torch.manual_seed(0); nn.Embedding(3, 2, padding_idx=-2)
  @Test func theTableStartsWherePyTorchDoes() {
    manualSeed(0)
    let layer = Embedding(3, 2, paddingIdx: -2)
    expectClose(
      layer.weight.detach(),
      [
        1.540996074676514, -0.293428897857666, 0.0, 0.0, -1.084522366523743, -1.398595452308655,
      ], tolerance: 1e-6)
    #expect(layer.namedParameters.map(\.name) == ["weight"])
    #expect(layer(Tensor([[0, 1], [2, 0]])).shape == [2, 2, 2])
    layer(Tensor([0, 1])).sum().backward()
    #expect(layer.weight.grad!.values == [1, 1, 0, 0, 0, 0])
    #expect(
      "\(Embedding(3, 2, paddingIdx: -2, maxNorm: 1))"
        == "Embedding(3, 2, paddingIdx: 1, maxNorm: 1.0)")
  }

  /// F.embedding(torch.tensor([[0, 2], [2, 3]]), w, padding_idx=-1, scale_grad_by_freq=True)
  @Test func gradientsAreDividedByFrequency() {
    let w = seq([4, 2])
    embedding(Tensor([[0, 2], [2, 3]]), w, paddingIdx: -1, scaleGradByFreq: true)
      .square().sum().backward()
    expectClose(
      w.grad,
      [
        -0.254545454545455, 1.018181818181818, 0.0, 0.0, 0.836363636363636, 0.109090909090909,
        0.0, 0.0,
      ])
  }

  /// w = seq(4, 2) * 3; F.embedding(torch.tensor([0, 2, 2, 1]), w, max_norm=1.0, norm_type=1.0)
  @Test func normsAreBounded() {
    let w = Tensor(
      (seq([4, 2]) * 3).values, shape: [4, 2], dtype: .float64, requiresGrad: true)
    let y = embedding(Tensor([0, 2, 2, 1]), w, maxNorm: 1, normType: 1)
    expectClose(
      y,
      [
        -0.19999998952381, 0.79999995809524, 0.884615322238663, 0.115384607248521,
        0.884615322238663, 0.115384607248521, 0.399999963333337, -0.599999945000005,
      ])
    expectClose(
      w.detach(),
      [
        -0.19999998952381, 0.79999995809524, 0.399999963333337, -0.599999945000005,
        0.884615322238663, 0.115384607248521, -0.927272727272727, 0.981818181818182,
      ])
    y.sum().backward()
    #expect(w.grad!.values == [1, 1, 1, 1, 2, 2, 0, 0])
  }

  @Test func aGivenTableIsSharedAndFrozen() {
    let table = Tensor([[1.0, 2], [3, 4]])
    let frozen = Embedding.fromPretrained(table)
    #expect(frozen.weight.sharesStorage(with: table) && !frozen.weight.requiresGrad)
    #expect(frozen(Tensor([1])).values == [3, 4])
    #expect(Embedding.fromPretrained(table, freeze: false, paddingIdx: 0).weight.requiresGrad)
    #expect(table.values == [1, 2, 3, 4])
  }

  @Test func whatIsNoIndexStops() async {
    let real = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(3, 2)(Tensor([1.0]))
    }
    expectMessage(real, "embedding: indices must be integers, but they are float32")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Embedding(3, 2, paddingIdx: 3)
    }
    expectMessage(padding, "Embedding: paddingIdx 3 is out of range for 3 rows")
  }
}
