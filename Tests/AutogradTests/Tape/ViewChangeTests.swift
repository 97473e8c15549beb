import Autograd
import TestSupport
import Testing

/// Changes in place of views, and of tensors that have views, while recording.
@Suite struct ViewChangeTests {
  /// Values, gradients and second gradients; see `viewPrograms`.
  @Test func programsAgreeWithPyTorch() {
    let lines = viewPrograms.split(separator: "\n")
    #expect(lines.count == 108)
    for i in stride(from: 0, to: lines.count, by: 2) {
      let expected = lines[i + 1].split(separator: " ").dropFirst().map { Double($0)! }
      let found = ViewProgram(lines[i]).run()
      #expect(
        zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-9 * (1 + abs($1)) },
        "\(lines[i]): \(found), expected \(expected)")
    }
  }

  @Test func aChangeOfAViewReachesItsBaseAndAllViews() {
    let x = Tensor([[1.0, 2], [3, 4]], requiresGrad: true)
    let w = Tensor([10.0, 100], requiresGrad: true)
    let y = x * 2
    let column = y.T[1]
    y[0].mul_(w)
    #expect(y.values == [20, 400, 6, 8] && column.values == [400, 8])
    #expect(y.gradFn == "mul_" && column.gradFn == "subscript")
    column.sum().backward()
    #expect(x.grad!.values == [0, 200, 0, 2] && w.grad!.values == [0, 4])
  }

  @Test func aChangeOfTheBaseReachesItsViews() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let y = x * 2
    let (view, detached) = (y[0], y.detach())
    y.mul_(3)
    #expect(view.item() == 6 && detached.values == [6, 12])
    view.backward()
    #expect(x.grad!.values == [6, 0])
  }

  @Test func chainsOfSubscriptsMayChange() {
    let x = Tensor([[1.0, 2], [3, 4]], requiresGrad: true)
    let w = Tensor(5.0, requiresGrad: true)
    let y = x * 1
    y[0][1] *= w
    y[1][0].add_(w)
    y[0][0] = w
    #expect(y.values == [5, 10, 8, 4])
    y.sum().backward()
    #expect(x.grad!.values == [0, 5, 1, 1] && w.grad!.item() == 4)
  }

  @Test func aBaseMayComeToRequireAGradient() {
    let w = Tensor([1.0, 2], requiresGrad: true)
    let rows = Tensor.zeros([3, 2])
    for row in rows { row.add_(w) }
    rows[1] *= w
    #expect(rows.requiresGrad && rows[2].requiresGrad && rows.values == [1, 2, 1, 4, 1, 2])
    rows.sum().backward()
    #expect(w.grad!.values == [4, 6])
  }

  @Test func aViewWithoutItsBaseMayChange() {
    let x = Tensor([1.0, 2, 3, 4], dtype: .float64, requiresGrad: true)
    let y = x.exp().reshape([2, 2])
    y.mul_(2)
    (x * 1).reshape([2, 2]).relu_().sum().backward()
    y.sum().backward()
    expectClose(x.grad!, x.exp().values.map { 2 * $0 + 1 })
  }

  @Test func retainedGradientsAreThoseOfTheChangedBase() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let y = x * 2
    y.retainGrad()
    y[0].mul_(3)
    (y * 5).sum().backward()
    #expect(y.grad!.values == [5, 5] && x.grad!.values == [30, 10])
  }

  /// A rule that saves a view must not keep the base, whose history may lead to the rule.
  @Test func nothingLeaks() {
    func change() {
      let x = Tensor([[1.0, 2], [3, 4]], requiresGrad: true)
      let y = x * 2
      let (a, b) = (y[0], y.T[1])
      a.mul_(b)
      y.add_(b.sigmoid())
      b.copy_(a).exp_()
      let unused = y * 1
      unused[0].mul_(unused[1].tanh())
      grad(of: y.sum() + a.sum(), wrt: x, createGraph: true).sum().backward()
    }
    /// Without a backward pass, which releases the rules.
    func record() {
      let y = Tensor([1.0, 2], requiresGrad: true) * 2
      let view = y[..<1]
      y.add_(view.sigmoid() * view)
      view.mul_(y[1...])
    }
    for body in [change, record] {
      body()
      #expect(leakedStorages(body) == 0)
    }
  }

  // MARK: - Errors

  @Test func viewsOfLeavesStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        x.reshape([2, 1]).zero_()
        withExtendedLifetime(x) {}
      }, "zero_: this tensor, of shape [2, 1], is a view of a leaf that requires a gradient",
      "noGrad { }", "clone()")
  }

  @Test func viewsMadeWithoutRecordingStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0, 2], requiresGrad: true) * 2
        let view = noGrad { y[0] }
        view.mul_(y[1])
      }, "mul_: this tensor, of shape [], is a view that was made inside noGrad { }")
  }

  @Test func viewsOfRepeatedElementsStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = (Tensor([1.0, 2], requiresGrad: true) * 2).expand(3, 2)
        y.mul_(2)
      }, "mul_: elements of this tensor, of shape [3, 2], share memory", "clone()")
  }

  @Test func changesOfSavedViewsStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let y = Tensor([1.0, 2], requiresGrad: true) * 2
        let z = y[0] * y[0]
        y[1].mul_(2)
        z.backward()
      }, "*: a tensor of shape []", "modified in place")
  }
}
