import Autograd
import NN
import TestSupport
import Testing

/// Cross entropy with dimensions behind the classes, where the kernels work on columns.
@Suite struct CrossEntropyColumnsTests {
  private struct Sample {
    let x: Tensor
    let target: Tensor
    let weight: Tensor
    let g: Tensor

    init(_ shape: [Int], _ dtype: DType) {
      var random = SplitMix(seed: UInt64(shape.reduce(1, *)))
      func numbers(_ shape: [Int]) -> Tensor {
        let count = shape.reduce(1, *)
        return Tensor(
          (0..<count).map { _ in 8 * random.uniform() - 4 }, shape: shape, dtype: dtype)
      }
      let places = [shape[0]] + shape[2...]
      x = numbers(shape)
      x.requiresGrad = true
      g = numbers(places)
      weight = numbers([shape[1]]).abs()
      let count = places.reduce(1, *)
      target = Tensor(
        (0..<count).map { _ in Int(random.next() % UInt64(shape[1] + 1)) - 1 }, shape: places)
    }

    /// The losses and the gradient of the logits, which may be given in another layout.
    func results(
      _ x: Tensor, smoothing: Double, weighted: Bool
    ) -> (loss: Tensor, slope: Tensor) {
      let loss = crossEntropy(
        x, target, weight: weighted ? weight : nil, ignoreIndex: -1, labelSmoothing: smoothing,
        reduction: .none)
      return (loss, grad(of: loss, wrt: x, gradient: g))
    }
  }

  /// Probabilities, among them zeros, also at logits of −∞.
  @Test(arguments: [[2, 3, 7], [2, 5, 8], [1, 4, 3, 3], [2, 130, 65], [2, 3, 200]])
  func probabilitiesAgreeWithTheComposition(shape: [Int]) {
    let sample = Sample(shape, .float64)
    let labels = sample.x.detach().roll(1).relu()
    // No row is impossible as a whole.
    labels.narrow(dim: 1, start: 0, length: 1).fill_(0.5)
    func results(_ loss: (Tensor) -> Tensor) -> (loss: Tensor, slope: Tensor) {
      let y = loss(sample.x)
      return (y, grad(of: y, wrt: sample.x, gradient: sample.g))
    }
    let expected = results { -($0.logSoftmax(dim: 1) * labels).sum(dim: 1) }
    for threads in [1, 3] {
      let found = withThreads(threads) {
        results { crossEntropy($0, labels, reduction: .none) }
      }
      expectClose(found.loss, expected.loss.values, tolerance: 1e-11)
      expectClose(found.slope, expected.slope.values, tolerance: 1e-11)
    }
    let impossible = sample.x.detach().maskedFill(labels.eq(0), -Double.infinity)
    #expect(!crossEntropy(impossible, labels).item().isNaN)
  }

  private static let shapes = [
    [2, 3, 1], [3, 5, 2], [2, 3, 7], [2, 5, 8], [1, 4, 3, 3], [2, 130, 65], [70, 2, 9],
    [2, 3, 200], [1, 1, 16], [2, 3, 0],
  ]

  @Test(arguments: shapes, [0, 0.2, 1])
  func columnsAgreeWithTheComposition(shape: [Int], smoothing: Double) {
    for weighted in [false, true] {
      let sample = Sample(shape, .float64)
      let (loss, slope) = sample.results(sample.x, smoothing: smoothing, weighted: weighted)
      let logs = sample.x.logSoftmax(dim: 1)
      let factors = weighted ? sample.weight : .ones([shape[1]], dtype: .float64)
      let perClass = factors.reshape([shape[1]] + Array(repeating: 1, count: shape.count - 2))
      let isKept = sample.target.ge(0).unsqueeze(1)
      let index = sample.target.clamp(min: 0).unsqueeze(1)
      let hit = (logs * perClass).gather(dim: 1, index: index) * (1 - smoothing)
      let spread = (logs * perClass).sum(dim: 1, keepdim: true) * (smoothing / Double(shape[1]))
      let expected = (-(hit + spread) * isKept).squeeze(1)
      expectClose(loss, expected.values)
      expectClose(slope, grad(of: expected, wrt: sample.x, gradient: sample.g).values, "slope")
    }
  }

  @Test(arguments: shapes, [DType.float32, .float64])
  func classesAtTheEndInMemory(shape: [Int], dtype: DType) {
    let sample = Sample(shape, dtype)
    let last = sample.x.detach().movedim(1, -1).contiguous().movedim(-1, 1)
    last.requiresGrad = true
    let (columns, rows) = (
      sample.results(sample.x, smoothing: 0.1, weighted: true),
      sample.results(last, smoothing: 0.1, weighted: true)
    )
    let tolerance = dtype == .float32 ? 1e-4 : 1e-13
    #expect(columns.loss.allclose(rows.loss, rtol: tolerance, atol: tolerance))
    #expect(columns.slope.allclose(rows.slope, rtol: tolerance, atol: tolerance))
  }

  @Test(arguments: [[2, 21, 64, 64], [100, 21, 16], [3000, 21, 1]], [DType.float32, .float64])
  func bitsDoNotDependOnThreads(shape: [Int], dtype: DType) {
    let sample = Sample(shape, dtype)
    let results = [1, 2, 3].map { threads in
      withThreads(threads) { sample.results(sample.x, smoothing: 0.1, weighted: true) }
    }
    for other in results[1...] {
      #expect(other.loss.equal(results[0].loss))
      #expect(other.slope.equal(results[0].slope))
    }
  }

  /// In columns as in rows: impossible classes, NaN, and ignored positions.
  @Test func infiniteLogits() {
    let inf = Double.infinity
    let rows = Tensor(
      [
        [-inf, 0, 1], [-inf, 0, 1], [inf, 0, 1], [.nan, 0, 1], [-inf, -inf, -inf], [.nan, inf, 1],
      ],
      dtype: .float64)
    let target = Tensor([1, 0, 1, 1, 1, -100, -100, -100, -100, 2])
    let x = cat([rows, rows[0..<3], rows[0..<1]]).mT.unsqueeze(0).contiguous()
    x.requiresGrad = true
    #expect(x.shape == [1, 3, 10])
    let loss = crossEntropy(x, target.unsqueeze(0), reduction: .none)
    expectClose(
      loss, [1.31326168751822, inf, .nan, .nan, .nan, 0, 0, 0, 0, 0.313261687518223])
    let slopes = grad(of: loss.sum(), wrt: x).squeeze(0).mT
    expectClose(slopes[0], [0, -0.731058578630005, 0.731058578630005])
    expectClose(slopes[1], [-1, 0.268941421369995, 0.731058578630005])
    #expect(slopes[2..<5].isnan().all().item() == 1)
    #expect(slopes[5..<9].eq(0).all().item() == 1)
    #expect(slopes[9].isfinite().all().item() == 1)
  }
}
