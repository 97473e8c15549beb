import TestSupport
import Testing

@testable import Autograd

/// Softmax and its kin: values, infinities, types. The numbers are PyTorch's.
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
    #expect(x.logsumexp(dim: 0, 2).shape == [3])
  }

  @Test func longRowsUseWholeRegistersAndRests() {
    for n in [1, 3, 7, 8, 9, 31, 64, 65, 1000] {
      let x = Tensor((0..<n).map { Double($0 % 10) }, shape: [n], dtype: .float32)
      let sum = (0..<n).reduce(0) { $0 + Double($1 % 10).exponential }
      #expect(abs(x.logsumexp().item() - sum.logarithm) <= 1e-5)
      #expect(abs(x.softmax(dim: 0).sum().item() - 1) <= 1e-5)
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
    #expect(Tensor([1, .nan]).logsumexp().item().isNaN)
    let x = Tensor([-inf, 1], dtype: .float64, requiresGrad: true)
    #expect(grad(of: x.logsumexp(), wrt: x).values == [0, 1])
  }

  @Test func nothing() {
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
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("softmax: not defined for int64 tensors; cast with to(.float32)"))
  }
}

extension Double {
  fileprivate var exponential: Double { Tensor(self, dtype: .float64).exp().item() }
  fileprivate var logarithm: Double { Tensor(self, dtype: .float64).log().item() }
}
