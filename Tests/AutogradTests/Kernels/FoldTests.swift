import TestSupport
import Testing

@testable import Autograd

/// Sums of windows, against loops in plain Swift.
@Suite struct FoldTests {
  @Test func sumsOfWindows() {
    for shape in [[9], [3, 9], [9, 4], [2, 9, 3], [2, 70_001], [70_001]] {
      let d = shape.firstIndex { $0 >= 9 }!
      let long = shape[d] > 20 ? [(17, 1), (17, 5)] : []
      for (size, step) in [(1, 1), (3, 1), (3, 2), (2, 5), (9, 1), (9, 4)] + long {
        let windows = Tensor.zeros(shape).unfold(dim: d, size: size, step: step).shape
        var random = SplitMix(seed: 1)
        let count = windows.reduce(1, *)
        let g = Tensor(
          (0..<count).map { _ in Double(random.next() % 9) }, shape: windows, dtype: .float32)
        var expected = [Double](repeating: 0, count: shape.reduce(1, *))
        let strides = Layout.rowMajorStrides(shape)
        for (i, value) in g.values.enumerated() {
          var at = coordinates(i, in: windows)
          let element = at.removeLast()
          at[d] = at[d] * step + element
          expected[zip(at, strides).reduce(0) { $0 + $1.0 * $1.1 }] += value
        }
        for threads in [1, 3] {
          let y = withThreads(threads) { g.sumOfWindows(in: shape, d, step: step) }
          #expect(y.values == expected, "\(shape) \(size) \(step)")
        }
      }
    }
  }
}
