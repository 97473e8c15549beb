import Autograd
import TestSupport
import Testing

@testable import NN

/// The attention kernels against their composition.
@Suite struct AttentionKernelTests {
  /// Queries, keys, features and features of values, around the sizes of registers and blocks.
  private static let sizes = [
    [1, 1, 1, 1], [1, 300, 40, 40], [5, 3, 2, 7], [17, 33, 9, 5], [64, 64, 16, 16],
    [65, 197, 12, 20], [130, 113, 3, 130], [3, 500, 64, 1], [140, 400, 8, 8],
  ]

  private func numbers(_ shape: [Int], _ dtype: DType, _ seed: UInt64) -> Tensor {
    var random = SplitMix(seed: seed)
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in random.uniform() * 4 - 2 }, shape: shape, dtype: dtype)
  }

  private func leaf(_ shape: [Int], _ dtype: DType, _ seed: UInt64) -> Tensor {
    let x = numbers(shape, dtype, seed)
    x.requiresGrad = true
    return x
  }

  private enum Masking: CaseIterable { case none, causal, full, perKey, bool }

  /// A few hundred products of numbers up to 4 are summed, in another order.
  @Test(arguments: [DType.float32, .float64], sizes)
  func theKernelMeansTheComposition(_ dtype: DType, _ size: [Int]) {
    let unit = dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne
    let (q, k, v) = (
      leaf([2, 2, size[0], size[2]], dtype, 1), leaf([2, 2, size[1], size[2]], dtype, 2),
      leaf([2, 2, size[1], size[3]], dtype, 3)
    )
    let g = numbers([2, 2, size[0], size[3]], dtype, 4)
    for masking in Masking.allCases {
      var mask: Tensor?
      switch masking {
      case .none, .causal: break
      case .full: mask = numbers([2, 2, size[0], size[1]], dtype, 5)
      case .perKey: mask = numbers([2, 1, 1, size[1]], dtype, 6)
      case .bool: mask = numbers([2, size[0], size[1]], .float64, 7) .< 0.5
      }
      let isCausal = masking == .causal
      let y = scaledDotProductAttention(q, k, v, attnMask: mask, isCausal: isCausal, scale: 0.4)
      let found = grad(of: y, wrt: [q, k, v], gradient: g)
      if let bool = mask, bool.dtype == .bool {
        mask = Tensor.zeros(bool.shape, dtype: dtype).maskedFill(!bool, -Double.infinity)
      }
      let options = AttentionOptions(
        isCausal: isCausal, scale: 0.4, dropoutP: 0, generator: .default)
      let composed = composedAttention(q, k, v, mask, options)
      #expect(distance(y, composed) <= 100 * unit, "\(masking)")
      let expected = grad(of: composed, wrt: [q, k, v], gradient: g)
      for (i, (a, b)) in zip(found, expected).enumerated() {
        #expect(distance(a, b) <= 400 * unit, "\(masking), the gradient of input \(i)")
      }
    }
  }

  /// Blocks and chunks depend on the sizes only; a single head has its keys in chunks.
  @Test(arguments: [[1, 300, 520], [3, 130, 300], [16, 65, 70]])
  func anyNumberOfThreadsGivesTheSameBits(_ size: [Int]) {
    let (q, k, v) = (
      leaf([size[0], size[1], 64], .float32, 1), leaf([size[0], size[2], 64], .float32, 2),
      leaf([size[0], size[2], 64], .float32, 3)
    )
    func run(_ isCausal: Bool) -> [[Double]] {
      let y = scaledDotProductAttention(q, k, v, isCausal: isCausal)
      return ([y] + grad(of: (y * y).sum(), wrt: [q, k, v]).map { $0! }).map(\.values)
    }
    for isCausal in [false, true] {
      let one = withThreads(1) { run(isCausal) }
      for threads in [2, 3, 5] { #expect(withThreads(threads) { run(isCausal) } == one) }
    }
  }

  @Test func aPassMayAskForSomeInputs() {
    let x = (0..<3).map { leaf([2, 5, 4], .float64, UInt64($0)) }
    let y = scaledDotProductAttention(x[0], x[1], x[2])
    let all = grad(of: y.square().sum(), wrt: x, retainGraph: true)
    for i in 0..<3 {
      let one = grad(of: y.square().sum(), wrt: x[i], retainGraph: true)
      #expect(one.values == all[i]!.values)
    }
    // One tensor in all three places.
    let same = scaledDotProductAttention(x[0], x[0], x[0]).sum()
    let apart = x[0].detach().clone().requiresGrad_()
    let parts = [apart, apart.clone(), apart.clone()]
    let other = grad(of: scaledDotProductAttention(parts[0], parts[1], parts[2]).sum(), wrt: apart)
    expectClose(grad(of: same, wrt: x[0]), other.values)
  }
}
