import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite(.ownGenerator) struct EmbeddingBagTests {
  /// torch.manual_seed(0); nn.EmbeddingBag(4, 3, padding_idx=1)
  @Test func theTableStartsWherePyTorchDoes() {
    manualSeed(0)
    let bag = EmbeddingBag(4, 3, paddingIdx: 1)
    expectClose(
      bag.weight.detach()[0..<2], [1.54099607468, -0.293428897858, -2.17878937721, 0, 0, 0],
      tolerance: 1e-6)
    #expect(bag.namedParameters.map(\.name) == ["weight"])
    #expect("\(bag)" == "EmbeddingBag(4, 3, mode: mean, paddingIdx: 1)")
    #expect(bag(Tensor([[0, 1], [2, 3]])).shape == [2, 3])
    #expect(bag(Tensor([0, 1, 2]), offsets: Tensor([0, 2])).shape == [2, 3])
  }

  @Test func bagsAreSumsMeansAndMaxima() {
    let w = Tensor([[1, -2], [3, 0], [-1, 5], [7, 7]], dtype: .float64)
    let (input, offsets) = (Tensor([0, 1, 2, 2, 3]), Tensor([0, 2, 2]))
    func bag(_ mode: EmbeddingBagMode, paddingIdx: Int? = nil) -> [Double] {
      embeddingBag(input, w, offsets: offsets, mode: mode, paddingIdx: paddingIdx).values
    }
    #expect(bag(.sum) == [4, -2, 0, 0, 5, 17])
    #expect(bag(.mean) == [2, -1, 0, 0, 5.0 / 3, 17.0 / 3])
    #expect(bag(.max) == [3, 0, 0, 0, 7, 7])
    #expect(bag(.sum, paddingIdx: -1) == [4, -2, 0, 0, -2, 10])
    #expect(bag(.mean, paddingIdx: 2) == [2, -1, 0, 0, 7, 7])
    #expect(bag(.max, paddingIdx: 3) == [3, 0, 0, 0, -1, 5])
    let weighted = embeddingBag(
      input, w, offsets: Tensor([0, 2, 5]), mode: .sum,
      perSampleWeights: Tensor([1, 2, 0, 0, -1], dtype: .float64), includeLastOffset: true)
    #expect(weighted.values == [7, -2, -7, -7])
    #expect(EmbeddingBag.fromPretrained(w, mode: .max)(Tensor([[0, 1]])).values == [3, 0])
  }

  /// Widths from one element to several registers; bags of any size, also none; a row that does not
  /// count, and factors. Against sums of rows picked by plain Swift.
  @Test(arguments: [1, 4, 15, 16, 33, 64, 130, 300])
  func sumsOfAnyWidth(width: Int) {
    let (rows, indices) = (23, (0..<90).map { $0 * $0 % 23 })
    let starts = [0, 3, 3, 40, 41, 90]
    let table = Tensor((0..<rows * width).map { Double($0 % 17) }, shape: [rows, width])
      .to(.float32)
    let factors = Tensor((0..<90).map { Double($0 % 3) }).to(.float32)
    for (mode, padding, weights) in [
      (EmbeddingBagMode.sum, nil, nil), (.mean, nil, nil), (.mean, 4, nil), (.sum, 4, factors),
    ] as [(EmbeddingBagMode, Int?, Tensor?)] {
      var expected = [Double](repeating: 0, count: 5 * width)
      var slopes = [Double](repeating: 0, count: rows * width)
      for bag in 0..<5 {
        let used = (starts[bag]..<starts[bag + 1]).filter { indices[$0] != padding }
        let divisor = mode == .mean ? Double(max(1, used.count)) : 1
        for i in used {
          let factor = (weights?.values[i] ?? 1) / divisor
          for j in 0..<width {
            expected[bag * width + j] += factor * Double((indices[i] * width + j) % 17)
            slopes[indices[i] * width + j] += factor * Double(bag + 1)
          }
        }
      }
      let results = [1, 3].map { threads in
        withThreads(threads) {
          let w = table.clone()
          w.requiresGrad = true
          let y = embeddingBag(
            Tensor(indices), w, offsets: Tensor(starts), mode: mode, perSampleWeights: weights,
            includeLastOffset: true, paddingIdx: padding)
          y.backward(
            gradient: Tensor([1, 2, 3, 4, 5]).to(.float32).unsqueeze(1).expand(5, width))
          return (y.values, w.grad!.values)
        }
      }
      #expect(results[0] == results[1])
      expectClose(Tensor(results[0].0), expected, tolerance: 1e-4)
      expectClose(Tensor(results[0].1), slopes, tolerance: 1e-4)
    }
  }

  @Test func wrongArgumentsStop() async {
    let flat = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(3, 2)(Tensor([0, 1]))
    }
    expectMessage(flat, "embeddingBag: expected indices [bags, size of a bag], or [indices] with")
    let offsets = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmbeddingBag(3, 2)(Tensor([0, 1]), offsets: Tensor([1, 2]))
    }
    expectMessage(offsets, "embeddingBag: the offsets must ascend from 0")
    let weights = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = embeddingBag(Tensor([[0, 1]]), .ones(3, 2), perSampleWeights: .ones(1, 2))
    }
    expectMessage(weights, "embeddingBag: perSampleWeights are for mode .sum")
  }
}
