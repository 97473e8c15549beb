import Autograd
import TestSupport
import Testing

/// Signs, neighbours, bits and membership.
@Suite struct SignTests {
  private func truths(_ x: Tensor) -> [Bool] { x.array(of: Bool.self) }

  @Test func signs() {
    let x = Tensor([1.5, -1.5, 0, -0.0, Double.infinity, -.infinity])
    #expect(truths(x.signbit()) == [false, true, false, true, false, true])
    #expect(truths(Tensor([-1, 0, 1]).signbit()) == [true, false, false])
    #expect(truths(Tensor([true, false]).signbit()) == [false, false])
    #expect(x.copysign(-0.0).values == [-1.5, -1.5, 0, 0, -Double.infinity, -.infinity])
    #expect(truths(x.copysign(Tensor([-1])).signbit()).allSatisfy { $0 })
    #expect((+x) === x)
    let leaf = Tensor([2.0, -3, 0], requiresGrad: true)
    #expect(grad(of: leaf.copysign(-1.0).sum(), wrt: leaf).values == [-1, 1, 0])
  }

  @Test func steps() {
    let y = Tensor([-2.0, 0, 3, .nan]).heaviside(Tensor(0.5))
    #expect(y.values == [0, 0.5, 1, 0])
    #expect(Tensor([-2, 0, 3]).heaviside(Tensor([7])).array(of: Int.self) == [0, 7, 1])
    #expect(!Tensor([1.0], requiresGrad: true).heaviside(Tensor(1.0)).requiresGrad)
  }

  @Test func nextafterValues() {
    let x = Tensor([1.0, 1, 1, 0], dtype: .float64, requiresGrad: true)
    let y = x.nextafter(Tensor([2.0, 0, 1, -1], dtype: .float64))
    let one = 1.0
    #expect(y.values == [one.nextUp, one.nextDown, one, -Double.leastNonzeroMagnitude])
    #expect(grad(of: y.sum(), wrt: x).values == [1, 1, 0, 1])
    #expect(Tensor([Float(1)]).nextafter(Tensor(2.0)).array(of: Float.self) == [Float(1).nextUp])
  }

  @Test func bits() {
    let (a, b) = (Tensor([12, -1, 0]), Tensor([10, 7, -8]))
    #expect(
      (a & b).array(of: Int.self) == [8, 7, 0] && (a | b).array(of: Int.self) == [14, -1, -8])
    #expect(
      (a ^ b).array(of: Int.self) == [6, -8, -8] && (~a).array(of: Int.self) == [-13, 0, -1])
    #expect(
      (a & 4).array(of: Int.self) == [4, 4, 0] && (1 | a).array(of: Int.self) == [13, -1, 1])
    let (p, q) = (Tensor([true, true, false]), Tensor([true, false, false]))
    #expect(truths(p & q) == [true, false, false] && truths(p | q) == [true, true, false])
    #expect(truths(p ^ q) == [false, true, false] && truths(~p) == [false, false, true])
    #expect((~p).dtype == .bool && (p & 3).array(of: Int.self) == [1, 1, 0])
    #expect((~Tensor([5], dtype: .uint8)).values == [250])
  }

  @Test func membership() {
    let x = Tensor([[1.0, .nan], [0, 2]])
    #expect(truths(x.isin(Tensor([2.0, .nan, -0.0]))) == [false, false, true, true])
    #expect(truths(x.isin(Tensor([2]), invert: true)) == [true, true, true, false])
    #expect(truths(Tensor([1, 2]).isin(Tensor([1.5, 2]))) == [false, true])
    #expect(truths(x.isin(1)) == [true, false, false, false])
    #expect(x.isin(Tensor.zeros([0])).shape == [2, 2])
    #expect(truths(Tensor([Int.max]).isin(Tensor([Int.max - 1]))) == [false])
  }

  @Test func infinities() {
    let x = Tensor([Double.infinity, -.infinity, .nan, 1])
    #expect(truths(x.isposinf()) == [true, false, false, false])
    #expect(truths(x.isneginf()) == [false, true, false, false])
    #expect(truths(Tensor([1]).isposinf()) == [false] && truths(x.isreal()).allSatisfy { $0 })
  }

  @Test func bitwiseOpsOnRealNumbersStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]) & Tensor([1])
      }, "bitwise_and: expected integer or bool tensors, got float32")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ~Tensor([1.0])
      }, "bitwise_not: expected integer or bool tensors, got float32")
  }

  @Test func negationOfBoolStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = -Tensor([true])
      }, "negation: not defined for bool tensors; use logicalNot()")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = +Tensor([true])
      }, "positive: not defined for bool tensors")
  }

  @Test func nextafterOfIntegersStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1]).nextafter(Tensor([2]))
      }, "nextafter: expected a floating-point tensor, got int64 and int64")
  }
}
