import Autograd
import NN
import TestSupport
import Testing

/// The losses of pairs that have kernels, against their compositions.
@Suite struct PairLossTests {
  struct Loss: Sendable, CustomStringConvertible {
    let description: String
    let fused: @Sendable (Tensor, Tensor, Reduction) -> Tensor
    /// The unreduced loss.
    let meaning: @Sendable (Tensor, Tensor) -> Tensor
  }

  static let losses: [Loss] = [
    Loss(
      description: "mseLoss", fused: { mseLoss($0, $1, reduction: $2) },
      meaning: { ($0 - $1) * ($0 - $1) }),
    Loss(
      description: "l1Loss", fused: { l1Loss($0, $1, reduction: $2) },
      meaning: { ($0 - $1).abs() }),
    Loss(
      description: "huberLoss", fused: { huberLoss($0, $1, delta: 0.6, reduction: $2) },
      meaning: {
        let e = ($0 - $1).abs()
        return `where`(e.le(0.6), e * e / 2, 0.6 * (e - 0.3))
      }),
    Loss(
      description: "smoothL1Loss", fused: { smoothL1Loss($0, $1, beta: 0.6, reduction: $2) },
      meaning: {
        let e = ($0 - $1).abs()
        return `where`(e.lt(0.6), e * e / 1.2, e - 0.3)
      }),
    Loss(
      description: "binaryCrossEntropyWithLogits",
      fused: { binaryCrossEntropyWithLogits($0, $1, reduction: $2) },
      meaning: { -$1 * $0.logSigmoid() - (1 - $1) * (-$0).logSigmoid() }),
  ]

  private static func reduced(_ x: Tensor, _ reduction: Reduction) -> Tensor {
    switch reduction {
    case .none: x
    case .sum: x.sum()
    case .mean: x.mean()
    }
  }

  /// An input in -2..<2 and a target in 0..<1.
  private static func pair(_ shape: [Int], _ dtype: DType, seed: UInt64) -> (Tensor, Tensor) {
    var random = SplitMix(seed: seed)
    let count = shape.reduce(1, *)
    let x = (0..<count).map { _ in 4 * random.uniform() - 2 }
    let y = (0..<count).map { _ in random.uniform() }
    return (Tensor(x, shape: shape, dtype: dtype), Tensor(y, shape: shape, dtype: dtype))
  }

  @Test(arguments: losses, [Reduction.none, .sum, .mean])
  func theFusedFormMeansItsComposition(loss: Loss, reduction: Reduction) {
    for shape in [[], [0], [3], [37, 5]] {
      for isTransposed in [false, true] where shape.count == 2 || !isTransposed {
        var (x, y) = Self.pair(shape, .float64, seed: 3)
        if isTransposed { (x, y) = (x.mT, y.mT) }
        x.requiresGrad = true
        y.requiresGrad = true
        let (fused, composed) = (
          loss.fused(x, y, reduction), Self.reduced(loss.meaning(x, y), reduction)
        )
        expectClose(fused, composed.values)
        let g = Self.pair(fused.shape, .float64, seed: 5).0
        for input in [x, y] {
          let expected = grad(of: composed, wrt: input, gradient: g, retainGraph: true).values
          expectClose(
            grad(of: fused, wrt: input, gradient: g, retainGraph: true), expected, "fused")
          expectClose(
            grad(of: fused, wrt: input, gradient: g, createGraph: true), expected, "recorded")
        }
      }
    }
  }

  /// Large enough to be summed in blocks on several threads, with a partial block.
  @Test(arguments: losses, [DType.float32, .float64])
  func aSumHasTheBitsOfTheLossesSummed(loss: Loss, dtype: DType) {
    let (x, y) = Self.pair([200_001], dtype, seed: 11)
    let expected = loss.fused(x, y, .none).sum()
    for threads in [1, 2, 3] {
      let sum = withThreads(threads) { loss.fused(x, y, .sum) }
      // smoothL1Loss divides each loss, which rounds differently from a division of their sum.
      if loss.description == "smoothL1Loss" {
        #expect(sum.allclose(expected, rtol: 1e-6))
      } else {
        #expect(sum.item() == expected.item())
      }
    }
  }

  /// A difference of sigmoid and target would lose all digits.
  @Test func gradientsOfLargeLogitsAreAccurate() {
    let x = Tensor([-40.0, 40, 40, -40], dtype: .float64, requiresGrad: true)
    let y = Tensor([0.0, 1, 0, 1], dtype: .float64)
    binaryCrossEntropyWithLogits(x, y, reduction: .sum).backward()
    let small = 4.24835425529158899e-18
    let slopes = x.grad!.values
    #expect(abs(slopes[0] / small - 1) < 1e-14)
    #expect(abs(slopes[1] / small + 1) < 1e-14)
    #expect(slopes[2...] == [1, -1])
  }

  @Test func inputAndTargetOfTwoTypesAreCast() {
    let x = Tensor([0.5, -1, 2], dtype: .float32, requiresGrad: true)
    let y = Tensor([0, 1, 2.5], dtype: .float64)
    let loss = mseLoss(x, y)
    #expect(loss.dtype == .float64)
    loss.backward()
    #expect(x.grad!.dtype == .float32)
    expectClose(x.grad!.to(.float64), [1.0 / 3, -4.0 / 3, -1.0 / 3], tolerance: 1e-7)
  }

  @Test func aTargetChangedSinceStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (x, y) = (Tensor([1, 2.0], requiresGrad: true), Tensor([0, 1.0]))
      let loss = mseLoss(x, y)
      y.zero_()
      loss.backward()
    }
    expectMessage(result, "mseLoss: a tensor of shape [2] that its backward pass needs")
  }
}
