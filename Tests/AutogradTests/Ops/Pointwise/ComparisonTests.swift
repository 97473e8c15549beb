import Autograd
import TestSupport
import Testing

@Suite struct ComparisonTests {
  private let a = Tensor([1.0, 2, 3, .nan])
  private let b = Tensor([2.0, 2, 2, .nan])

  private func truths(_ x: Tensor) -> [Bool] { x.array(of: Bool.self) }

  @Test func tensors() {
    #expect(truths(a .== b) == [false, true, false, false])
    #expect(truths(a .!= b) == [true, false, true, true])
    #expect(truths(a .< b) == [true, false, false, false])
    #expect(truths(a .<= b) == [true, true, false, false])
    #expect(truths(a .> b) == [false, false, true, false])
    #expect(truths(a .>= b) == [false, true, true, false])
    #expect((a .== b).dtype == .bool)
    #expect((a .< Tensor([[0.0], [9]])).shape == [2, 4])
  }

  @Test func numbers() {
    #expect(truths(a .== 2) == [false, true, false, false])
    #expect(truths(a .!= 2) == [true, false, true, true])
    #expect(truths(a .< 2) == [true, false, false, false])
    #expect(truths(a .<= 2) == [true, true, false, false])
    #expect(truths(a .> 2) == [false, false, true, false])
    #expect(truths(a .>= 2) == [false, true, true, false])
    #expect(truths(2 .== a) == truths(a .== 2) && truths(2 .!= a) == truths(a .!= 2))
    #expect(truths(2 .< a) == truths(a .> 2) && truths(2 .<= a) == truths(a .>= 2))
    #expect(truths(2 .> a) == truths(a .< 2) && truths(2 .>= a) == truths(a .<= 2))
  }

  /// In PyTorch such numbers wrap around, so that 255 equals -1.
  @Test func numbersOutsideTheRangeOfTheDType() {
    let x = Tensor([255, 3], dtype: .uint8)
    #expect(truths(x .== -1) == [false, false])
    #expect(truths(x .< 300) == [true, true])
    #expect(truths(Tensor([1], dtype: .int32) .< (1 << 40)) == [true])
    #expect(truths(Tensor([1, 2]) .> 1.5) == [false, true])
    #expect(truths(Tensor([Int.max - 1]) .== Int.max) == [false])
  }

  @Test func nothingIsRecorded() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    for y in [x .< 1, x.eq(x), x.isnan(), x.logicalNot(), x.logicalAnd(x), x.isclose(x)] {
      #expect(!y.requiresGrad && y.dtype == .bool)
    }
  }

  @Test func logic() {
    let (p, q) = (Tensor([true, true, false, false]), Tensor([2.0, 0, -1, 0]))
    #expect(truths(p.logicalAnd(q)) == [true, false, false, false])
    #expect(truths(p.logicalOr(q)) == [true, true, true, false])
    #expect(truths(p.logicalXor(q)) == [false, true, true, false])
    #expect(truths(q.logicalNot()) == [false, true, false, true])
  }

  @Test func finiteInfiniteAndNaN() {
    let x = Tensor([1.0, .nan, .infinity, -.infinity])
    #expect(truths(x.isnan()) == [false, true, false, false])
    #expect(truths(x.isinf()) == [false, false, true, true])
    #expect(truths(x.isfinite()) == [true, false, false, false])
    #expect(truths(Tensor([1, 2]).isfinite()) == [true, true])
    #expect(truths(Tensor([true]).isnan()) == [false])
  }

  @Test func equality() {
    #expect(Tensor([1.0, 2]).equal(Tensor([1, 2])))
    #expect(!Tensor([1.0, 2]).equal(Tensor([1.0])))
    #expect(!a.equal(a))
    #expect(Tensor.zeros([0, 2]).equal(Tensor.zeros([0, 2])))
    #expect(Tensor([[1, 2], [3, 4]]).permute([1, 0]).equal(Tensor([[1, 3], [2, 4]])))
  }

  @Test func closeness() {
    let x = Tensor([1.0, 100, .infinity, .nan], dtype: .float64)
    let y = Tensor([1.000_009, 100.01, .infinity, .nan], dtype: .float64)
    #expect(truths(x.isclose(y)) == [true, false, true, false])
    #expect(truths(x.isclose(y, rtol: 1e-3, equalNan: true)) == [true, true, true, true])
    #expect(truths(x.isclose(y, rtol: 0, atol: 0)) == [false, false, true, false])
    #expect(truths(Tensor([Double.infinity]).isclose(Tensor([1.0]))) == [false])
    #expect(x.allclose(y, rtol: 1e-3, equalNan: true) && !x.allclose(y))
    #expect(Tensor([3, 4]).allclose(Tensor([3, 4])))
    #expect(Tensor([[1.0], [1]]).allclose(Tensor(1.0)))
  }

  @Test func differentDTypesStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).allclose(Tensor([1.0], dtype: .float64))
      }, "allclose: expected tensors of one dtype, got float32 and float64")
  }
}
