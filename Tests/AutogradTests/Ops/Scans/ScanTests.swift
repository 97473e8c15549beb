import TestSupport
import Testing

@testable import Autograd

/// Cumulative sums, products and log-sum-exps, differences and integrals. The numbers are
/// PyTorch's.
@Suite struct ScanTests {
  private let x = Tensor([[1.0, 2, 3], [4, 5, 6]], dtype: .float64)

  private func gradient(_ values: [Double], _ f: (Tensor) -> Tensor) -> [Double] {
    let x = Tensor(values, dtype: .float64, requiresGrad: true)
    return grad(of: f(x).sum(), wrt: x).values
  }

  /// Whether the numbers agree to 1e-11, a few roundings of logarithms near 1e5 in float64.
  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-11 }
  }

  // MARK: - Scans

  @Test func cumulativeSums() {
    #expect(x.cumsum(dim: 0).values == [1, 2, 3, 5, 7, 9])
    #expect(x.cumsum(dim: -1).values == [1, 3, 6, 4, 9, 15])
    #expect(Tensor.zeros([2, 0]).cumsum(dim: 1).shape == [2, 0])
    #expect(gradient([1, 2, 3]) { $0.cumsum(dim: 0) } == [3, 2, 1])
  }

  @Test func cumulativeProducts() {
    #expect(x.cumprod(dim: 0).values == [1, 2, 3, 4, 10, 18])
    #expect(x.cumprod(dim: 1).values == [1, 2, 6, 4, 20, 120])
    #expect(Tensor([2, 3], dtype: .uint8).cumprod(dim: 0).dtype == .int64)
    #expect(gradient([1, 0, 3, 0, 2]) { $0.cumprod(dim: 0) } == [1, 4, 0, 0, 0])
  }

  /// The derivative of a recurrence is its transpose, whose derivative is the recurrence: three
  /// orders test both.
  @Test func derivativesOfEveryOrder() throws {
    for zeros in [[], [1], [0, 2]] {
      var values = [1.5, -0.5, 2, 0.75]
      for i in zeros { values[i] = 0 }
      for op: @Sendable (Tensor) -> Tensor in [
        { $0.cumprod(dim: 0) }, { $0.logcumsumexp(dim: 0) },
      ] {
        let leaf = Tensor(values, dtype: .float64, requiresGrad: true)
        try gradgradcheck(
          { x in grad(of: op(x[0]).square().sum(), wrt: x[0], createGraph: true) }, [leaf])
      }
    }
  }

  /// Numbers of very different size keep their digits, and −∞ adds nothing.
  @Test func cumulativeLogSumExps() {
    let inf = Double.infinity
    let y = Tensor([1, 200, -300, 2, inf, 1], dtype: .float64).logcumsumexp(dim: 0).values
    #expect(y == [1, 200, 200, 200, inf, inf])
    #expect(Tensor([-inf, -inf]).logcumsumexp(dim: 0).values == [-inf, -inf])
    let slopes = gradient([1, -inf, 1, inf, 2]) { $0.logcumsumexp(dim: 0) }
    #expect(agree(Array(slopes[..<3]), [2.5, 0, 0.5]) && slopes[3].isNaN && slopes[4] == 0)
    // The first result is its element. PyTorch's derivatives are NaN.
    #expect(agree(gradient([-inf, 1, 1]) { $0.logcumsumexp(dim: 0) }, [1, 1.5, 0.5]))
    #expect(agree(gradient([-inf, -inf, 1]) { $0.logcumsumexp(dim: 0)[2...] }, [0, 0, 1]))
    let undefined = gradient([-inf, -inf, 1]) { $0.logcumsumexp(dim: 0) }
    #expect(undefined[0].isNaN && undefined[1].isNaN && undefined[2] == 1)
    #expect(agree(gradient([1e5, 1e5]) { $0.logcumsumexp(dim: 0) }, [1.5, 0.5]))
  }

  /// Products of the others are finite where an element is 0 or infinite.
  @Test func derivativesAtZeroAndInfinity() {
    let inf = Double.infinity
    #expect(gradient([inf, 2, 3]) { $0.prod() } == [6, inf, inf])
    #expect(gradient([0, 2, 3]) { $0.prod() } == [6, 0, 0])
    let x = Tensor([-inf, 1, 1], dtype: .float64, requiresGrad: true)
    for f: (Tensor) -> Tensor in [
      { $0.logsumexp() }, { $0.logcumsumexp(dim: 0)[2] }, { $0.softmax(dim: 0)[2] },
    ] {
      let g = grad(of: f(x), wrt: x, createGraph: true)
      #expect(g.values.allSatisfy { $0.isFinite })
      #expect(grad(of: g[1], wrt: x).values.allSatisfy { $0.isFinite })
    }
  }

  // MARK: - Differences and integrals

  @Test func differences() {
    #expect(x.diff(dim: 0).values == [3, 3, 3] && x.diff(n: 2).values == [0, 0])
    #expect(x.diff(n: 9).shape == [2, 0])
    let ends = Tensor([[0.0], [0]], dtype: .float64)
    #expect(x.diff(prepend: ends, append: ends).values == [1, 1, 1, -3, 4, 1, 1, -6])
    #expect(Tensor([true, false, false]).diff().array(of: Bool.self) == [true, false])
    #expect(Tensor([1, 2, 5]).diff(prepend: Tensor([1.5])).values == [-0.5, 1, 3])
  }

  @Test func integrals() {
    let points = Tensor([0.0, 1, 3], dtype: .float64)
    #expect(x.trapezoid().values == [4, 10] && x.trapezoid(points).values == [6.5, 15.5])
    #expect(x.cumulativeTrapezoid(dx: 2).values == [3, 8, 9, 20])
    #expect(Tensor([1, 2, 5]).trapezoid(Tensor([1, 2, 4])).item() == 8.5)
    #expect(Tensor.zeros([2, 0]).trapezoid().values == [0, 0])
    #expect(Tensor.zeros([2, 1]).cumulativeTrapezoid().shape == [2, 0])
  }

  @Test func slopes() {
    let y = Tensor([1.0, 2, 5], dtype: .float64)
    #expect(y.gradient()[0].values == [1, 2, 3])
    #expect(y.gradient(edgeOrder: 2)[0].values == [0, 2, 4])
    let squares = Tensor([1.0, 2, 4], dtype: .float64)
    // Exact for a parabola at any points.
    #expect(
      squares.square().gradient(spacing: [squares], edgeOrder: 2)[0].values == [2, 4, 8])
    #expect(
      x.gradient(spacing: [1, 0.5]).map(\.values) == [
        Array(repeating: 3, count: 6), [2, 2, 2, 2, 2, 2],
      ])
    #expect(Tensor(1.0).gradient().isEmpty)
  }

  @Test func invalidArgumentsStop() async {
    let spacing = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).gradient(spacing: [1]) }
    expectMessage(
      spacing,
      """
      gradient: expected 2 spacings, one for each of the dimensions [0, 1] of the shape [2, 3], \
      got 1
      """)
    let points = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).trapezoid(Tensor([1.0, 2])) }
    expectMessage(
      points,
      """
      trapezoid: expected 3 points x, one for each sample along dimension 1 of the shape [2, 3], \
      got 2, of shape [2]
      """)
    let scan = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, 2]).logcumsumexp(dim: 0) }
    expectMessage(scan, "logcumsumexp: not defined for int64 tensors")
  }
}
