import Autograd
import TestSupport
import Testing

/// Changes in place while recording. What PyTorch accepts gives PyTorch's gradients; what it
/// rejects gives the right ones, or stops.
@Suite struct MutationTests {
  /// The values of `change` at (0.5, 1.5), and the gradient of their sum.
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

  @Test func aConstantMayComeToRequireAGradient() {
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

  @Test func nothingLeaks() {
    func change() {
      let x = Tensor([1.0, 2], requiresGrad: true)
      let y = x.exp()
      y.mul_(y).exp_().add_(y * 2).copy_(x.sqrt())
      y.sum().backward()
    }
    change()
    #expect(leakedStorages(change) == 0)
  }

  // MARK: - Errors

  @Test func leavesStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Tensor([1.0], requiresGrad: true).add_(1)
      }, "add_: a leaf that requires a gradient cannot be changed in place while recording",
      "noGrad { }")
  }

  @Test func changesOfSavedTensorsStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0], requiresGrad: true)
        let w = Tensor([2.0])
        let y = x * w
        w.add_(1).add_(1)
        y.backward()
      }, "*: a tensor of shape [1]", "it is at version 2, but was saved at version 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0], requiresGrad: true) * 1
        let z = y.sin()
        y.add_(1)
        z.backward()
      }, "sin: a tensor of shape [1]", "it is at version 1, but was saved at version 0")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0], requiresGrad: true).exp()
        noGrad { y.add_(1) }
        y.backward()
      }, "exp: a tensor of shape [1]", "it is at version 1, but was saved at version 0")
  }
}
