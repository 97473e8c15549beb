import Autograd
import NN
import TestSupport
import Testing

private let inf = Double.infinity

@Suite struct InfiniteLogitTests {
  private func leaf(_ x: [Double], _ dtype: DType = .float64) -> Tensor {
    Tensor(x, dtype: dtype, requiresGrad: true)
  }

  // MARK: - Two classes

  /// Long enough for whole registers.
  private static let logits = [inf, inf, inf, -inf, -inf, -inf, .nan, 1]
  private static let targets = [1, 0, 0.25, 1, 0, 0.25, 1, 0.5]
  private static let losses = [0, inf, inf, inf, 0, inf, .nan, 0.813261687518223]
  private static let slopes = [0, 1, 0.75, -1, 0, -0.25, .nan, 0.231058578630005]

  @Test(arguments: [DType.float32, .float64], [false, true])
  func ofTwoClasses(dtype: DType, withWeights: Bool) {
    let (x, y) = (leaf(Self.logits, dtype), leaf(Self.targets, dtype))
    let ones = withWeights ? Tensor.ones([8], dtype: dtype) : nil
    let tolerance = dtype == .float32 ? 1e-6 : 1e-13
    let losses = binaryCrossEntropyWithLogits(
      x, y, weight: ones, posWeight: ones, reduction: .none)
    expectClose(losses, Self.losses, tolerance: tolerance)
    let g = Tensor.ones([8], dtype: dtype)
    expectClose(
      grad(of: losses, wrt: x, gradient: g, retainGraph: true), Self.slopes, tolerance: tolerance,
      "slope")
    expectClose(
      grad(of: losses, wrt: y, gradient: g, retainGraph: true),
      [-inf, -inf, -inf, inf, inf, inf, .nan, -1], tolerance: tolerance, "slope of the target")
    let recorded = grad(of: losses, wrt: x, gradient: g, createGraph: true)
    expectClose(recorded, Self.slopes, tolerance: tolerance, "recorded slope")
    let second = grad(of: recorded, wrt: x, gradient: g)
    expectClose(
      second, [0, 0, 0, 0, 0, 0, .nan, 0.196611933241482], tolerance: tolerance, "second")
  }

  @Test func positiveWeightsOfTwoClasses() {
    let x = leaf([-inf, -inf, inf, 1])
    let (y, posWeight) = (leaf([1, 1, 0.5, 1]), leaf([0, 2, 0, 0]))
    let losses = binaryCrossEntropyWithLogits(x, y, posWeight: posWeight, reduction: .none)
    #expect(losses.values == [0, inf, inf, 0])
    let first = grad(of: losses.sum(), wrt: x, createGraph: true)
    #expect(first.values == [0, -2, 0.5, 0])
    #expect(grad(of: first.sum(), wrt: x).values == [0, 0, 0, 0])
  }

  @Test func weightZeroOfTwoClasses() {
    let (x, y) = (leaf([inf, -inf, inf]), Tensor([0, 1, 1], dtype: .float64))
    let losses = binaryCrossEntropyWithLogits(
      x, y, weight: Tensor([0, 0, 1], dtype: .float64), reduction: .none)
    #expect(losses.values == [0, 0, 0])
    #expect(grad(of: losses.sum(), wrt: x).values == [0, 0, 0])
  }

  @Test func logarithmsOfSigmoids() {
    let x = leaf([inf, -inf])
    #expect(x.logSigmoid().values == [0, -inf])
    #expect(grad(of: x.logSigmoid().sum(), wrt: x).values == [0, 1])
    #expect(x.softplus().values == [inf, 0])
    #expect(grad(of: x.softplus().sum(), wrt: x).values == [1, 0])
  }

  /// As in PyTorch, logarithms are at least −100.
  @Test(arguments: [DType.float32, .float64])
  func certainProbabilities(dtype: DType) {
    let (p, y) = (leaf([0, 1, 0, 1, 0], dtype), Tensor([0, 1, 1, 0, 0.5], dtype: dtype))
    let losses = binaryCrossEntropy(p, y, reduction: .none)
    #expect(losses.values == [0, 0, 100, 100, 50])
    let slopes = grad(of: losses.sum(), wrt: p)
    #expect(slopes.allclose(Tensor([0, 0, -1e12, 1e12, -5e11], dtype: dtype)))
  }

  // MARK: - Several classes

  /// A class of probability 0 may be impossible.
  @Test func ofProbabilities() {
    for shape in [[1, 3], [3], [1, 3, 1]] {
      let x = leaf([-inf, 0.3, -0.4]).reshape(shape).detach()
      x.requiresGrad = true
      let y = Tensor([0, 0.75, 0.25], shape: shape, dtype: .float64, requiresGrad: true)
      let loss = crossEntropy(x, y)
      expectClose(loss, [0.578186048885458])
      let first = grad(of: loss, wrt: x, createGraph: true)
      expectClose(first, [0, -0.0818122278318338, 0.0818122278318338])
      let second = grad(of: first.square().sum(), wrt: x, retainGraph: true)
      expectClose(second, [0, -0.0725552964124254, 0.0725552964124254])
      let slopes = grad(of: loss, wrt: y)
      expectClose(slopes, [inf, 0.403186048885458, 1.10318604888546])
    }
  }

  @Test func smoothedProbabilities() {
    let x = leaf([-inf, 0.3, -0.4])
    let y = Tensor([0, 0.75, 0.25], dtype: .float64)
    #expect(crossEntropy(x, y, labelSmoothing: 0.1).item() == inf)
    // An impossible class of weight 0.
    let weight = Tensor([0, 1, 2], dtype: .float64)
    for target in [y, Tensor(1), Tensor(0)] {
      let loss = crossEntropy(x, target, weight: weight, labelSmoothing: 0.1, reduction: .sum)
      #expect(loss.isfinite().item() == 1, "\(target)")
      let first = grad(of: loss, wrt: x, createGraph: true)
      #expect(first.isfinite().all().item() == 1, "\(first)")
      #expect(grad(of: first.square().sum(), wrt: x).isfinite().all().item() == 1)
    }
  }

  /// What has the weight 0 adds nothing.
  @Test func classesOfWeightZero() {
    let weight = Tensor([0, 1, 1], dtype: .float64)
    let x = Tensor([[-inf, 1, 2], [0, 1, 2]], dtype: .float64, requiresGrad: true)
    let target = Tensor([0, 1])
    for loss in [
      { crossEntropy($0, target, weight: weight) },
      { nllLoss($0.logSoftmax(dim: 1), target, weight: weight) },
    ] as [(Tensor) -> Tensor] {
      let value = loss(x)
      expectClose(value, [1.40760596444438])
      let first = grad(of: value, wrt: x, createGraph: true)
      expectClose(
        first, [0, 0, 0, 0.0900305731703805, -0.755271528945202, 0.665240955774822])
      #expect(grad(of: first.square().sum(), wrt: x).isfinite().all().item() == 1)
    }
  }

  /// Its first, and every higher, derivative is 0, whatever it holds.
  @Test(arguments: [inf, -inf, .nan], [0, 0.2])
  func ignoredRows(value: Double, smoothing: Double) {
    for weight in [nil, Tensor([1, 0.5, 2], dtype: .float64)] {
      for reduction in [Reduction.none, .sum, .mean] {
        // Rows of [2, 3], and positions of [1, 3, 2].
        for isBehind in [false, true] {
          let rows = Tensor([[value, 1, 2], [0.5, 1, 2]], dtype: .float64)
          let x = isBehind ? rows.mT.unsqueeze(0).clone() : rows
          x.requiresGrad = true
          let target = Tensor([-100, 1], shape: isBehind ? [1, 2] : [2])
          let loss = crossEntropy(
            x, target, weight: weight, labelSmoothing: smoothing, reduction: reduction)
          #expect(loss.isfinite().all().item() == 1)
          let first = grad(of: loss.sum(), wrt: x, createGraph: true)
          let row = { (g: Tensor) in isBehind ? g.squeeze(0).mT[0] : g[0] }
          #expect(row(first).values == [0, 0, 0])
          #expect(first.isfinite().all().item() == 1)
          let second = grad(of: first.square().sum(), wrt: x)
          #expect(row(second).values == [0, 0, 0])
          #expect(second.isfinite().all().item() == 1)
          let logs = crossEntropy(x, target, weight: weight, reduction: reduction)
          #expect(logs.isfinite().all().item() == 1)
          let nll = nllLoss(x, target, weight: weight, reduction: reduction)
          #expect(nll.isfinite().all().item() == 1)
          #expect(row(grad(of: nll.sum(), wrt: x)).values == [0, 0, 0])
        }
      }
    }
  }

  @Test func withoutClassesAllRowsAreIgnored() {
    let (x, target) = (Tensor.zeros([2, 0], requiresGrad: true), Tensor([-100, -100]))
    for weight in [nil, Tensor.ones([0])] {
      #expect(nllLoss(x, target, weight: weight, reduction: .none).values == [0, 0])
      #expect(crossEntropy(x, target, weight: weight, reduction: .none).values == [0, 0])
      #expect(grad(of: crossEntropy(x, target, weight: weight), wrt: x).shape == [2, 0])
    }
  }
}
