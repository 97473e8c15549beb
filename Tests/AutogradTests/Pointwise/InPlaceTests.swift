import Foundation
import TestSupport
import Testing

@testable import Autograd

// MARK: - While nothing is recorded

@Suite struct InPlaceTests {
  @Test func elementsChangeWhereTheyLie() {
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

  @Test func functionsChangeThemWhereTheyLie() {
    let x = Tensor([1.0, 4], dtype: .float64)
    let address = x.base
    x.addcmul_(x, Tensor([2.0], dtype: .float64), value: 0.5)
    #expect(x.values == [2, 8])
    x.addcdiv_(Tensor([4.0, 8]), Tensor(2.0), value: -1).lerp_(Tensor([2.0, 8]), weight: 0.25)
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

  @Test func inputsMayLieInTheSameStorage() {
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

  @Test func typesAreKept() {
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

  // MARK: - Misuse

  @Test func resultsThatDoNotFitStop() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1]).add_(1.5)
      }, "add_: the result is float32, which a int64 tensor cannot hold")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1]).div_(Tensor([2]))
      }, "div_: the result is float32")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0, 2]).mul_(Tensor.ones([3, 2]))
      }, "mul_: the result has the shape [3, 2], but a change in place keeps the shape [2]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0]).expand([3]).zero_()
      }, "zero_: elements of this tensor, of shape [3], share memory", "clone()")
  }
}

// MARK: - While recording

/// What PyTorch accepts gives PyTorch's gradients; what it rejects is right, or stops.
@Suite struct RecordedInPlaceTests {
  /// The gradient at (0.5, 1.5) of the sum of what `change` makes, and the values.
  private func run(_ change: (Tensor) -> Tensor) -> (values: [Double], gradient: [Double]) {
    let x = Tensor([0.5, 1.5], dtype: .float64, requiresGrad: true)
    let y = change(x)
    y.sum().backward()
    return (y.values, x.grad!.values)
  }

  @Test func resultsOfOpsMayChange() {
    #expect(run { ($0 + 1).add_(1) } == ([2.5, 3.5], [1, 1]))
    #expect(run { ($0 * 1).mul_(2) } == ([1, 3], [2, 2]))
    #expect(run { ($0 * 1).relu_() } == ([0.5, 1.5], [1, 1]))
    #expect(run { ($0 * 1).zero_() } == ([0, 0], [0, 0]))
    #expect(run { ($0 * 1).fill_(3) } == ([3, 3], [0, 0]))
    #expect(run { ($0 * 1).clamp_(min: 0, max: 1) } == ([0.5, 1], [1, 0]))
    #expect(run { ($0 * 1).div_($0) } == ([1, 1], [0, 0]))
    #expect(run { x in (x * 1).copy_(x * 2) } == ([1, 3], [2, 2]))
    let exp = run { ($0 * 1).exp_() }
    #expect(exp.values == exp.gradient)
  }

  @Test func whatRequiresNoGradientMayComeToDoSo() {
    #expect(run { Tensor.zeros([2], dtype: .float64).copy_($0) } == ([0.5, 1.5], [1, 1]))
    #expect(run { Tensor.zeros([2], dtype: .float64).add_($0) } == ([0.5, 1.5], [1, 1]))
    let repeated = run { Tensor.zeros([3, 2], dtype: .float64).copy_($0) }
    #expect(repeated.gradient == [3, 3])
    #expect(!Tensor([1, 2]).copy_(Tensor([1.0, 2], requiresGrad: true)).requiresGrad)
  }

  private func squared(_ x: Tensor) -> Tensor { x.mul_(x) }
  private func doubled(_ x: Tensor) -> Tensor { x.add_(x) }

  /// PyTorch rejects most of these in the backward pass; here the tape keeps the old elements.
  @Test func savedOutputsStayValid() {
    #expect(run { $0.relu().mul_(2) } == ([1, 3], [2, 2]))
    let exp = run { $0.exp().add_(1) }
    #expect(zip(exp.values, exp.gradient).allSatisfy { abs($0 - 1 - $1) < 1e-15 })
    #expect(run { squared($0 * 1) } == ([0.25, 2.25], [1, 3]))
    #expect(run { doubled($0 * 1) } == ([1, 3], [2, 2]))
    let twice = run { $0.sqrt().exp_().exp_().sub_(1) }
    let plain = run { $0.sqrt().exp().exp() - 1 }
    #expect(twice == plain)
  }

  @Test func otherLayoutsAreKept() {
    let x = Tensor([[1.0, 2, 3], [4, 5, 6]], requiresGrad: true)
    let y = (x * 1).permute([1, 0])
    y.mul_(Tensor([10.0, 100]))
    #expect(y.values == [10, 400, 20, 500, 30, 600] && y.strides == [1, 3])
    y.sum().backward()
    #expect(x.grad!.values == [10, 10, 10, 100, 100, 100])
  }

  @Test func higherOrders() {
    let x = Tensor([2.0], requiresGrad: true)
    let y = (x * x).mul_(x)
    let first = grad(of: y, wrt: x, createGraph: true)
    #expect(first.item() == 12 && grad(of: first, wrt: x).item() == 12)
  }

  @Test func retainedGradientsAreThoseOfTheChangedTensor() {
    let x = Tensor([1.0], requiresGrad: true)
    let y = x * 2
    y.retainGrad()
    y.mul_(3)
    (y * 5).backward()
    #expect(y.grad?.item() == 5 && x.grad?.item() == 30)
  }

  @Test func versionsGrow() {
    let x = Tensor([1.0], requiresGrad: true)
    let y = x.exp()
    y.add_(1)
    y.mul_(2)
    #expect(y.version == 2 && y.gradFn == "*")
    noGrad { y.add_(1) }
    #expect(y.version == 3)
  }

  @Test func nothingStaysAlive() {
    func change() {
      let x = Tensor([1.0, 2], requiresGrad: true)
      let y = x.exp()
      y.mul_(y).exp_().add_(y * 2).copy_(x.sqrt())
      y.sum().backward()
    }
    change()
    #expect(leakedStorages(change) == 0)
  }

  // MARK: - Misuse

  @Test func leavesStop() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0], requiresGrad: true).add_(1)
      }, "add_: a leaf that requires a gradient cannot be changed in place while recording",
      "noGrad { }")
  }

  @Test func viewsStop() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        x.reshape([2, 1]).zero_()
        withExtendedLifetime(x) {}
      }, "zero_: another tensor", "shares the storage", "clone()")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0, 2], requiresGrad: true) * 2
        let other = y.detach()
        y.add_(1)
        withExtendedLifetime(other) {}
      }, "add_: another tensor", "shares the storage")
  }

  @Test func changesOfWhatIsSavedAreNoticed() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0], requiresGrad: true)
        let w = Tensor([2.0])
        let y = x * w
        w.add_(1).add_(1)
        y.backward()
      }, "*: a tensor of shape [1]", "it is at version 2, but was saved at version 0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0], requiresGrad: true) * 1
        let z = y.sin()
        y.add_(1)
        z.backward()
      }, "sin: a tensor of shape [1]", "it is at version 1, but was saved at version 0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0], requiresGrad: true).exp()
        noGrad { y.add_(1) }
        y.backward()
      }, "exp: a tensor of shape [1]", "it is at version 1, but was saved at version 0")
  }
}
