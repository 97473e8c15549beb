import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct BatchNormTests {
  /// F.batch_norm(x, mean, var, w, b, training=True, momentum=0.3), then without training
  @Test func batchNormUpdatesItsRunningValues() {
    let (x, w, b) = (seq([3, 2, 2]), seq([2]), seq([2], k: 3))
    let mean = Tensor.zeros([2], dtype: .float64)
    let variance = Tensor.ones([2], dtype: .float64)
    let y = batchNorm(
      x, runningMean: mean, runningVar: variance, weight: w, bias: b, training: true, momentum: 0.3)
    #expect(y.shape == [3, 2, 2])
    y.pow(3).sum().backward()
    let value: [Double] = [
      -0.04701959671, -0.306298941604, 0.435790080282, -0.338438012591, -0.269259035191,
      -0.121099409537, -0.53199503581, 0.822904126719, -0.084059503124, 0.06410012253,
      0.6293471035, -0.144880989373,
    ]
    expectClose(y, value, tolerance: 1e-11)
    let xGrad: [Double] = [
      0.010924625699, -0.017146476565, -1.11663394323, -0.159689883374, -0.003074538749,
      0.019673944683, 1.27604074336, 1.27648109508, 0.016976248583, -0.02735380365,
      -0.159375346431, -1.1168226654,
    ]
    expectClose(x.grad, xGrad, tolerance: 1e-11)
    let newMean: [Double] = [
      0.020909090909, 0.002727272727,
    ]
    expectClose(mean, newMean, tolerance: 1e-11)
    let newVariance: [Double] = [
      0.735123966942, 0.720578512397,
    ]
    expectClose(variance, newVariance, tolerance: 1e-11)
    let settled: [Double] = [
      -0.105276559434, -0.199738629907, 0.231051564794, 0.012969986859, -0.186244048411,
      -0.132265722426, -0.041550407625, 0.340092353762, -0.11877114093, -0.064792814945,
      0.285571959278, 0.067490381343,
    ]
    expectClose(
      batchNorm(x, runningMean: mean, runningVar: variance, weight: w, bias: b), settled,
      tolerance: 1e-11)
  }

  /// float32 against float64, for channels of equal elements, of elements that differ in their last
  /// digits, of squares beyond the range of float32, and for long and short runs of a channel.
  @Test func digitsAndRangeAreKept() {
    for inner in [1, 3, 40] {
      var random = SplitMix(seed: 1)
      let numbers = (0..<6 * 4 * inner).map { i -> Float in
        let u = Float(random.next() % 8)
        return [1e8, 1e8 + 8 * u, 1e30 * (u - 3), 1e-3 * u - 5][i / inner % 4]
      }
      let x = Tensor(numbers, shape: [6, 4, inner], requiresGrad: true)
      let exact = x.detach().to(.float64)
      exact.requiresGrad = true
      let g = Tensor((0..<x.numel).map { Float($0 % 7) - 2 }, shape: x.shape)
      let (y, z) = (batchNorm(x, training: true), batchNorm(exact, training: true))
      #expect(y.to(.float64).allclose(z, rtol: 1e-5, atol: 1e-5), "\(inner)")
      y.backward(gradient: g)
      z.backward(gradient: g.to(.float64))
      // The derivative is as large as 1/√eps, and as small as 1e-30.
      for channel in 0..<4 {
        let (a, b) = (
          x.grad!.select(dim: 1, index: channel), exact.grad!.select(dim: 1, index: channel)
        )
        let size = b.abs().amax().item()
        #expect((a.to(.float64) - b).abs().amax().item() <= 2e-4 * size, "\(inner) \(channel)")
      }
    }
  }

  @Test func threadsDoNotChangeABit() {
    for shape in [[70, 5, 400], [900, 130]] {
      let x = Tensor.randn(shape, requiresGrad: true, generator: Generator(seed: 1))
      let weight = Tensor.rand([shape[1]], requiresGrad: true, generator: Generator(seed: 2))
      func results() -> [[Double]] {
        let y = batchNorm(x, weight: weight, training: true)
        return [y.values]
          + grad(of: [y], wrt: [x, weight], gradients: [x.detach()]).map { $0!.values }
      }
      let single = withThreads(1) { results() }
      #expect(withThreads(3) { results() } == single)
    }
  }

  @Test func trainingOnOneValuePerChannelStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = batchNorm(Tensor.ones([1, 3]), training: true)
    }
    expectMessage(result, "batchNorm: training needs more than one value per channel")
  }

  @Test func aGradientMayChangeBetweenPasses() {
    let x = Tensor([[1.0, 2], [4, -3], [0, 5]], requiresGrad: true)
    let y = batchNorm(x, training: true)
    let g = Tensor([[1.0, 0], [0, 2], [0, 0]])
    let first = grad(of: y, wrt: x, gradient: g, retainGraph: true)
    g.mul_(2)
    #expect(grad(of: y, wrt: x, gradient: g).values == (first * 2).values)
  }
}
