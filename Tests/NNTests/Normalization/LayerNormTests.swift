import Autograd
import TestSupport
import Testing

@testable import NN

/// Layer normalisation: the kernels against their composition.
@Suite struct LayerNormTests {
  private func numbers(_ shape: [Int], _ dtype: DType, seed: UInt64) -> Tensor {
    var random = SplitMix(seed: seed)
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in random.uniform() * 4 - 1 }, shape: shape, dtype: dtype)
  }

  private func leaf(_ shape: [Int], _ dtype: DType, seed: UInt64) -> Tensor {
    let x = numbers(shape, dtype, seed: seed)
    x.requiresGrad = true
    return x
  }

  /// Allows for the rounding of sums of a few thousand numbers in different orders.
  private func isClose(_ a: Tensor?, _ b: Tensor?) -> Bool {
    guard let a, let b else { return false }
    let unit = a.dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne
    let size = b.values.reduce(1) { max($0, abs($1)) }
    return a.shape == b.shape && a.dtype == b.dtype
      && zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 200 * unit * size }
  }

  @Test(arguments: [DType.float32, .float64]) func aSenselessEpsIsNotIgnored(_ dtype: DType) {
    let x = Tensor([1.0, 2, 3, 6], dtype: dtype)
    // The variance is 3.5; a large mean is another path of the kernel.
    for offset in [0.0, 1000] {
      for eps in [-Double.infinity, -4, .nan] {
        let y = layerNorm(x + offset, [4], eps: eps)
        #expect(y.values.allSatisfy { $0.isNaN })
      }
      let y = layerNorm(x + offset, [4], eps: -1.25)
      #expect(isClose(y, Tensor([-4.0 / 3, -2.0 / 3, 0, 2], dtype: dtype)))
    }
  }

  /// Rows around the sizes of registers, of the parts of sums, and of the blocks that the gradient
  /// of the weight is summed in.
  private static let shapes = [
    [1, 2], [3, 7], [37, 1], [130, 3], [5, 16], [16, 32], [130, 33], [66, 64], [9, 1030],
    [2, 2500],
  ]

  @Test(arguments: [DType.float32, .float64], shapes)
  func theFusedFormMeansItsComposition(_ dtype: DType, _ shape: [Int]) {
    let x = leaf(shape, dtype, seed: 1)
    let g = numbers(shape, dtype, seed: 2)
    for (weight, bias) in [
      (leaf([shape[1]], dtype, seed: 3), leaf([shape[1]], dtype, seed: 4)),
      (leaf([shape[1]], dtype, seed: 5), nil), (nil, leaf([shape[1]], dtype, seed: 6)), (nil, nil),
    ] {
      let inputs = [x, weight, bias].compactMap { $0 }
      let fused = layerNorm(x, [shape[1]], weight: weight, bias: bias, eps: 1e-2)
      let composed = composedLayerNorm(x, 1, weight, bias, 1e-2)
      #expect(isClose(fused, composed))
      let expected = grad(of: composed, wrt: inputs, gradient: g)
      let found = grad(of: fused, wrt: inputs, gradient: g, retainGraph: true)
      let recorded = grad(of: fused, wrt: inputs, gradient: g, createGraph: true)
      for i in inputs.indices {
        #expect(isClose(found[i], expected[i]), "fused, input \(i)")
        #expect(isClose(recorded[i], expected[i]), "recorded, input \(i)")
      }
    }
  }

  @Test func permutedInputs() {
    let x = leaf([4, 3, 5], .float64, seed: 7)
    let turned = x.permute([2, 0, 1])
    let weight = leaf([3, 4], .float64, seed: 8)
    let y = layerNorm(turned, [4, 3], weight: weight.mT)
    let expected = composedLayerNorm(turned, 2, weight.mT, nil, 1e-5)
    #expect(isClose(y, expected))
    let g = numbers([3, 4, 5], .float64, seed: 9).permute([2, 1, 0])
    let found = grad(of: y, wrt: [x, weight], gradient: g, retainGraph: true)
    let slopes = grad(of: expected, wrt: [x, weight], gradient: g)
    #expect(isClose(found[0], slopes[0]) && isClose(found[1], slopes[1]))
  }

  @Test func emptyTensors() {
    for shape in [[0, 3], [3, 0]] {
      let x = leaf(shape, .float32, seed: 1)
      let weight = leaf([shape[1]], .float32, seed: 2)
      let y = layerNorm(x, [shape[1]], weight: weight, bias: weight)
      #expect(y.shape == shape)
      y.sum().backward()
      #expect(x.grad?.shape == shape)
      #expect(weight.grad?.values == Array(repeating: 0, count: shape[1]))
    }
  }

  /// The numbers are far from 0, so that the mean square minus the squared mean would have no
  /// digits left.
  @Test func aLargeMeanDoesNotHideTheVariance() {
    let x = Tensor((0..<1000).map { 4096 + Float($0 % 2) }, shape: [1, 1000])
    let y = layerNorm(x, [1000], eps: 0)
    #expect(y.values.enumerated().allSatisfy { abs($1 - Double($0 % 2 * 2 - 1)) <= 1e-6 })
  }

  @Test func aNaNStaysInItsRow() {
    let x = Tensor([[1, Double.nan, 2], [.infinity, 0, 1], [1, 2, 3]])
    let y = layerNorm(x, [3])
    #expect(y[0..<2].values.allSatisfy { $0.isNaN })
    #expect(y[2].values.allSatisfy { $0.isFinite })
  }

  @Test func dtypesArePromoted() {
    let x = leaf([2, 3], .float32, seed: 1)
    let weight = leaf([3], .float64, seed: 2)
    let y = layerNorm(x, [3], weight: weight)
    #expect(y.dtype == .float64)
    y.sum().backward()
    #expect(x.grad?.dtype == .float32 && weight.grad?.dtype == .float64)
  }

  /// PyTorch 2.13: F.layer_norm(x, [3, 2], seq(3, 2), seq(3, 2, k=3))
  @Test func layerNormOverTwoDimensions() {
    let x = seq([2, 3, 2])
    let y = layerNorm(x, [3, 2], weight: seq([3, 2]), bias: seq([3, 2], k: 3))
    #expect(y.shape == [2, 3, 2])
    y.pow(3).sum().backward()
    let value: [Double] = [
      -0.003392115463, 0.874164026687, 0.426509926539, -0.021771170776, 0.418559282635,
      0.220748433194, -0.003392115463, 0.874164026687, 0.426509926539, -0.021771170776,
      0.418559282635, 0.220748433194,
    ]
    expectClose(y, value, tolerance: 1e-11)
    let xGrad: [Double] = [
      0.244005516194, 1.7580000506, -0.697282661344, 0.656606166467, -1.40797104706,
      -0.553358024858, 0.244005516194, 1.7580000506, -0.697282661344, 0.656606166467,
      -1.40797104706, -0.553358024858,
    ]
    expectClose(x.grad, xGrad, tolerance: 1e-11)
  }

  @Test func threadsDoNotChangeABit() {
    func bits(_ x: Tensor) -> [UInt32] { x.array(of: Float.self).map(\.bitPattern) }
    func slope(
      of function: (Tensor) -> Tensor, at x: Tensor, gradient: Tensor? = nil
    ) -> Tensor {
      let x = x.clone()
      x.requiresGrad = true
      return grad(of: function(x), wrt: x, gradient: gradient ?? x.detach())
    }
    let ops: [(Tensor) -> Tensor] = [
      { layerNorm($0, [1001], weight: $0[0], bias: $0[1]) },
      { slope(of: { layerNorm($0, [1001]) }, at: $0) },
      { x in slope(of: { layerNorm(x, [1001], weight: $0) }, at: x[0], gradient: x) },
    ]
    let x = numbers([300, 1001], .float32, seed: 7)
    for (i, op) in ops.enumerated() {
      let single = withThreads(1) { bits(op(x)) }
      for threads in [2, 3, 8] {
        #expect(withThreads(threads) { bits(op(x)) } == single, "op \(i) with \(threads) threads")
      }
    }
  }
}
