import TestSupport
import Testing

@testable import Autograd

/// Quantiles of many elements, whose ranks are not float32 numbers, and of infinities.
@Suite struct QuantileTests {
  private let million = 1 << 20

  @Test func ranksAreExact() {
    for last in [1 << 24, (1 << 24) + 1, (1 << 24) + 3, (1 << 40) + 1] {
      for (q, rank) in [(1, Double(last)), (0.5, Double(last) / 2), (0.25, Double(last) / 4)] {
        for dtype in [DType.float32, .float64] {
          let ranks = Tensor([q], dtype: dtype).quantileRanks(Tensor(last), of: last, dtype)
          #expect(ranks.item() == rank, "\(last)·\(q)")
        }
      }
    }
    #expect(Tensor([0.1]).quantileRanks(Tensor(10), of: 10, .float32).item() == 1)
  }

  /// One value for each interpolation at a rank of n + 1/2.
  @Test func manyElements() {
    let x = Tensor.arange(0, million + 2, dtype: .float32)
    let middle = Double(million / 2)
    let found = QuantileInterpolation.allCases.map { x.quantile(0.5, interpolation: $0).item() }
    #expect(found == [middle + 0.5, middle, middle + 1, middle + 0.5, middle])
    #expect(x.quantile(1).item() == Double(million + 1))
    #expect(x.nanquantile(1).item() == Double(million + 1))
    #expect(x.nanquantile(0.5).item() == middle + 0.5)
  }

  /// As in PyTorch: equal neighbours are interpolated too, and ∞ − ∞ is NaN.
  @Test func infinities() {
    let inf = Double.infinity
    #expect(Tensor([inf, inf]).quantile(0.5).item().isNaN)
    #expect(Tensor([-inf, inf]).quantile(0.5).item().isNaN)
    #expect(Tensor([1, inf]).quantile(0).item() == 1)
    #expect(Tensor([1, inf]).quantile(0.5).item().isNaN)
    #expect(Tensor([1, inf]).quantile(0.5, interpolation: .higher).item() == inf)
  }

  @Test func theGradientOfManyElements() {
    let x = Tensor.arange(0, million + 2, dtype: .float32)
    x.requiresGrad = true
    let q = Tensor([0.5], requiresGrad: true)
    let slopes = grad(of: x.quantile(q).sum(), wrt: [x, q])
    #expect(slopes[0]?[million / 2..<million / 2 + 2].values == [0.5, 0.5])
    #expect(slopes[1]?.values == [Double(million + 1)])
  }
}
