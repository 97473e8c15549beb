import TestSupport
import Testing

@testable import Autograd

/// Softmax and log-softmax: values, infinities, types. The numbers are PyTorch's.
@Suite struct SoftmaxTests {
  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-14 }
  }

  @Test func values() {
    let x = Tensor([1.0, 2, 3], dtype: .float64)
    #expect(
      agree(
        x.softmax(dim: 0).values, [0.09003057317038045, 0.2447284710547976, 0.6652409557748218]))
    #expect(
      agree(
        x.logSoftmax(dim: 0).values,
        [-2.4076059644443806, -1.4076059644443804, -0.4076059644443804]))
    #expect(agree([x.logsumexp().item()], [3.4076059644443806]))
  }

  @Test func anyDimension() {
    let x = Tensor((0..<24).map { Double($0 * $0 % 7) }, shape: [2, 3, 4], dtype: .float64)
    for d in -3..<3 {
      #expect(agree(x.softmax(dim: d).sum(dim: d).values, x.sum(dim: d).values.map { _ in 1 }))
      let difference = x - x.logsumexp(dim: d, keepdim: true)
      #expect(agree(x.logSoftmax(dim: d).values, difference.values))
      #expect(x.softmax(dim: d).shape == x.shape)
    }
    #expect(x.logsumexp(dim: [0, 2]).shape == [3])
  }

  @Test func longRowsUseFullAndPartialRegisters() {
    for n in [1, 3, 7, 8, 9, 31, 64, 65, 1000] {
      let x = Tensor((0..<n).map { Double($0 % 10) }, shape: [n], dtype: .float32)
      let sum = (0..<n).reduce(0) { $0 + Double($1 % 10).exponential }
      #expect(abs(x.logsumexp().item() - sum.logarithm) <= 1e-5)
      #expect(abs(x.softmax(dim: 0).sum().item() - 1) <= 1e-5)
    }
  }

  /// Along a dimension that is not the last, the kernels work on columns: full registers, then the
  /// remainder.
  @Test(arguments: [DType.float32, .float64], [1, 2, 7, 8, 9, 63, 65, 200])
  func columnsAgreeWithRows(_ dtype: DType, _ inner: Int) {
    var random = SplitMix(seed: UInt64(inner))
    let ops: [(Tensor, Int) -> Tensor] = [{ $0.softmax(dim: $1) }, { $0.logSoftmax(dim: $1) }]
    for n in [1, 5, 130] {
      func numbers() -> Tensor {
        let count = 2 * n * inner
        return Tensor(
          (0..<count).map { _ in random.uniform() * 20 - 10 }, shape: [2, n, inner], dtype: dtype)
      }
      let (x, g) = (numbers(), numbers())
      x.requiresGrad = true
      let turned = x.detach().transpose(1, 2).contiguous()
      turned.requiresGrad = true
      for op in ops {
        let (columns, rows) = (op(x, 1), op(turned, 2))
        #expect(isClose(columns, rows.transpose(1, 2)), "[2, \(n), \(inner)]")
        let slopes = grad(of: rows, wrt: turned, gradient: g.transpose(1, 2))
        #expect(
          isClose(grad(of: columns, wrt: x, gradient: g), slopes.transpose(1, 2)),
          "gradient of [2, \(n), \(inner)]")
      }
    }
  }

  private func isClose(_ a: Tensor, _ b: Tensor) -> Bool {
    let unit = a.dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne
    // Sums of up to 130 numbers up to 10, in another order.
    return a.shape == b.shape
      && zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 500 * unit * (1 + abs($1)) }
  }

  @Test func columnsKeepTheirInfinities() {
    let inf = Double.infinity
    let rows = Tensor([
      [-inf, -inf], [inf, 1], [-inf, 1], [.nan, 1], [1, .nan], [2, 2], [1000, -1000], [0, 1],
      [0, 0],
    ])
    for (op, expected) in [
      ({ (x: Tensor, d: Int) in x.softmax(dim: d) }, [0, 1]),
      ({ $0.logSoftmax(dim: $1) }, [-inf, 0]),
    ] {
      let values = op(rows.mT.contiguous(), 0).mT
      #expect(values[0..<2].values.allSatisfy { $0.isNaN })
      #expect(values[2].values == expected)
      #expect(values[3..<5].values.allSatisfy { $0.isNaN })
      #expect(values[5...].values == op(rows, 1)[5...].values)
    }
  }

  @Test func largeNumbersDoNotOverflow() {
    let x = Tensor([1000.0, 1000, -1000], dtype: .float64)
    #expect(x.softmax(dim: 0).values == [0.5, 0.5, 0])
    #expect(x.logSoftmax(dim: 0).values[2] < -2000)
  }

  @Test func infinities() {
    let inf = Double.infinity
    #expect(Tensor([-inf, -inf]).softmax(dim: 0).values.allSatisfy { $0.isNaN })
    #expect(Tensor([inf, 1]).softmax(dim: 0).values.allSatisfy { $0.isNaN })
    #expect(Tensor([-inf, 1]).softmax(dim: 0).values == [0, 1])
    #expect(Tensor([-inf, 1]).logSoftmax(dim: 0).values == [-inf, 0])
    #expect(Tensor([-inf, -inf]).logsumexp().item() == -inf)
    #expect(Tensor([inf, 1]).logsumexp().item() == inf)
    #expect(Tensor([-inf, 1]).logsumexp().item() == 1)
    for other in [1, inf, -inf] {
      #expect(Tensor([other, .nan]).logsumexp().item().isNaN)
      #expect(Tensor([.nan, other]).logsumexp().item().isNaN)
    }
    let x = Tensor([-inf, 1], dtype: .float64, requiresGrad: true)
    #expect(grad(of: x.logsumexp(), wrt: x).values == [0, 1])
  }

  @Test func emptyTensors() {
    #expect(Tensor.zeros([0, 3]).softmax(dim: 0).shape == [0, 3])
    #expect(Tensor.zeros([0, 3]).logSoftmax(dim: 1).shape == [0, 3])
    #expect(Tensor.zeros([0]).logsumexp().item() == -.infinity)
    #expect(Tensor(2.0).softmax(dim: 0).item() == 1)
  }

  @Test func types() async {
    let whole = Tensor([1, 2])
    #expect(whole.softmax(dim: 0, dtype: .float64).dtype == .float64)
    #expect(whole.logsumexp().dtype == .float32)
    let x = Tensor([1.0, 2], requiresGrad: true)
    let y = x.logSoftmax(dim: 0, dtype: .float64)
    #expect(y.dtype == .float64 && grad(of: y.sum(), wrt: x).dtype == .float32)
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, 2]).softmax(dim: 0) }
    expectMessage(result, "softmax: not defined for int64 tensors; cast with to(.float32)")
  }

  /// In columns as in rows, with infinities and NaN among the elements.
  @Test(arguments: [DType.float32, .float64], [1, 2, 7, 8, 9, 63, 65, 200])
  func logSumExpOfColumns(_ dtype: DType, _ inner: Int) {
    var random = SplitMix(seed: UInt64(inner))
    let special = [Double.infinity, -.infinity, .nan]
    for n in [1, 2, 5, 130] {
      let numbers = (0..<2 * n * inner).map { _ in
        random.next() % 9 == 0 ? special[Int(random.next() % 3)] : random.uniform() * 20 - 10
      }
      let x = Tensor(numbers, shape: [2, n, inner], dtype: dtype)
      let columns = x.logsumexp(dim: 1)
      let rows = x.transpose(1, 2).contiguous().logsumexp(dim: 2)
      let tolerance = dtype == .float32 ? 1e-6 : 1e-14
      #expect(columns.allclose(rows, rtol: tolerance, atol: tolerance, equalNan: true))
      #expect(
        withThreads(2) { x.logsumexp(dim: 1) }.allclose(columns, rtol: 0, atol: 0, equalNan: true))
    }
    #expect(Tensor.zeros([2, 0, inner]).logsumexp(dim: 1).eq(-Double.infinity).all().item() == 1)
  }

  /// A dimension that lies at the end in memory.
  @Test func ofATransposedTensor() {
    var random = SplitMix(seed: 3)
    let numbers = (0..<2 * 30 * 9).map { _ in random.uniform() }
    let rows = Tensor(numbers, shape: [2, 30, 9], dtype: .float64)
    let turned = rows.transpose(1, 2)
    for op in [{ $0.softmax(dim: $1) }, { $0.logSoftmax(dim: $1) }] as [(Tensor, Int) -> Tensor] {
      #expect(op(turned, 1).equal(op(rows, 2).transpose(1, 2)))
    }
  }
}

extension Double {
  fileprivate var exponential: Double { Tensor(self, dtype: .float64).exp().item() }
  fileprivate var logarithm: Double { Tensor(self, dtype: .float64).log().item() }
}
