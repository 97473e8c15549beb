import Autograd
import TestSupport
import Testing

@testable import NN

/// Layer normalisation: the kernels and the ops that they stand for.
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

  /// The rounding of some sums of a few thousand numbers, by halves or parts.
  private func isClose(_ a: Tensor?, _ b: Tensor?) -> Bool {
    guard let a, let b else { return false }
    let unit = a.dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne
    let size = b.values.reduce(1) { max($0, abs($1)) }
    return a.shape == b.shape && a.dtype == b.dtype
      && zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 200 * unit * size }
  }

  /// Rows around the sizes of registers, of parts, and of the blocks that the gradient of the weight sums up.
  private static let shapes = [
    [1, 2], [3, 7], [5, 16], [130, 33], [66, 64], [9, 1030], [2, 2500],
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

  @Test func anyLayout() {
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

  @Test func nothing() {
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

  /// The numbers are far from 0, where the mean of the squares less the square of the mean would be lost.
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

  @Test func typesArePromoted() {
    let x = leaf([2, 3], .float32, seed: 1)
    let weight = leaf([3], .float64, seed: 2)
    let y = layerNorm(x, [3], weight: weight)
    #expect(y.dtype == .float64)
    y.sum().backward()
    #expect(x.grad?.dtype == .float32 && weight.grad?.dtype == .float64)
  }
}
