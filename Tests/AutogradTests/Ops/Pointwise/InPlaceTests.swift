import Foundation
import TestSupport
import Testing

@testable import Autograd

/// Changes in place while nothing is recorded.
@Suite struct InPlaceTests {
  @Test func elementsAreChangedInPlace() {
    let x = Tensor([1.0, 2, 3])
    let view = x.reshape([3, 1])
    let address = x.base
    x.add_(Tensor([1.0, 1, 1])).mul_(2).sub_(1).div_(Tensor(2.0))
    #expect(x.values == [1.5, 2.5, 3.5] && x.version == 4)
    #expect(view.values == x.values && x.base == address)
    x.add_(Tensor([1.0, 2, 3]), alpha: 2).sub_(Tensor([2.0]), alpha: 0.5)
    #expect(x.values == [2.5, 5.5, 8.5])
    x.clamp_(min: 3.0, max: 6).neg_().relu_()
    #expect(x.values == [0, 0, 0])
    #expect(x.fill_(4).sqrt_().values == [2, 2, 2] && x.zero_().exp_().values == [1, 1, 1])
    #expect(x.copy_(Tensor([7])).values == [7, 7, 7])
  }

  @Test func functionsChangeElementsInPlace() {
    let x = Tensor([1.0, 4], dtype: .float64)
    let address = x.base
    x.addcmul_(x, Tensor([2.0], dtype: .float64), value: 0.5)
    #expect(x.values == [2, 8])
    x.addcdiv_(Tensor([4.0, 8]), Tensor(2.0), value: -1).lerp_(Tensor([2.0, 8]), 0.25)
    #expect(x.values == [0.5, 5])
    x.clampMin_(1).clampMax_(4.0).pow_(2).rsqrt_().reciprocal_().square_()
    #expect(x.values == [1, 16])
    x.log_().abs_()
    #expect(x.allclose(Tensor([1.0, 16], dtype: .float64).log(), rtol: 0, atol: 0))
    for (change, value) in [
      (x.sin_, sin), (x.cos_, cos), (x.tanh_, tanh), (x.sigmoid_, { 1 / (1 + exp(-$0)) }),
    ] as [(() -> Tensor, (Double) -> Double)] {
      let expected = x.values.map(value)
      #expect(change().allclose(Tensor(expected, dtype: .float64), rtol: 1e-14, atol: 0))
    }
    #expect(x.base == address && x.version == 15)
    #expect(Tensor([3]).addcmul_(Tensor([2]), Tensor([5]), value: 2).item() == 23)
  }

  @Test func viewsAreWrittenThrough() {
    let x = Tensor.zeros([2, 3])
    x.permute([1, 0]).add_(Tensor([1.0, 2]))
    #expect(x.values == [1, 1, 1, 2, 2, 2] && x.version == 1)
    x.alias(x.layout.sliced(1, start: 0, length: 2)).copy_(Tensor([[8.0], [9]]))
    #expect(x.values == [8, 8, 1, 9, 9, 2])
  }

  @Test func inputsMayShareTheStorage() {
    let x = Tensor([[1.0, 2], [3, 4]])
    x.add_(x.permute([1, 0]))
    #expect(x.values == [2, 5, 5, 8])
    x.mul_(x)
    #expect(x.values == [4, 25, 25, 64])
    x.copy_(x.permute([1, 0]))
    #expect(x.values == [4, 25, 25, 64])
    let y = Tensor([1.0, 2, 3, 4])
    y.alias(y.layout.sliced(0, start: 1, length: 3))
      .copy_(y.alias(y.layout.sliced(0, start: 0, length: 3)))
    #expect(y.values == [1, 1, 2, 3])
  }

  @Test func dtypesAreKept() {
    #expect(Tensor([1.0]).add_(Tensor([1.0], dtype: .float64)).dtype == .float32)
    #expect(Tensor([1], dtype: .int32).mul_(Tensor([3])).array(of: Int.self) == [3])
    #expect(Tensor([1]).fill_(1.7).array(of: Int.self) == [1])
    #expect(Tensor([1]).copy_(Tensor([2.9])).array(of: Int.self) == [2])
    #expect(Tensor([false, true]).add_(true).array(of: Bool.self) == [true, true])
    #expect(Tensor([1.0]).add_(Tensor([true])).values == [2])
    #expect(Tensor.zeros([0]).add_(1).shape == [0])
  }

  @Test func leavesChangeWhileRecordingIsOff() {
    let w = Tensor([1.0, 2], requiresGrad: true)
    let g = Tensor([8.0, 16])
    noGrad { w.sub_(g, alpha: 0.125) }
    #expect(w.values == [0, 0] && w.isLeaf && w.requiresGrad && w.version == 1)
  }

  // MARK: - Errors

  @Test func resultsThatDoNotFitStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1]).add_(1.5)
      }, "add_: the result is float32, but this tensor is int64")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1]).div_(Tensor([2]))
      }, "div_: the result is float32")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0, 2]).mul_(Tensor.ones([3, 2]))
      }, "mul_: the result has shape [3, 2], but this tensor has shape [2]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0]).expand([3]).zero_()
      }, "zero_: elements of this tensor, of shape [3], share memory", "clone()")
  }
}
