import TestSupport
import Testing

@testable import Autograd

/// Accumulation into leaves, and errors of `backward`.
@Suite struct BackwardTests {
  private func leaf(_ values: [Double]) -> Tensor {
    Tensor(values, dtype: .float64, requiresGrad: true)
  }

  // MARK: - Accumulation

  @Test func gradientsAccumulate() {
    let x = leaf([1, 2])
    for count in 1...3 {
      (x * x).sum().backward()
      #expect(x.grad!.values == [2.0 * Double(count), 4 * Double(count)])
    }
  }

  @Test func assigningNilResetsTheGradient() {
    let x = leaf([1, 2])
    (x * 2).sum().backward()
    x.grad = nil
    #expect(x.grad == nil)
    (x * 3).sum().backward()
    #expect(x.grad!.values == [3.0, 3])
  }

  @Test func unreachedLeavesHaveNoGradient() {
    let (x, unused) = (leaf([1, 2]), leaf([3, 4]))
    (x * 2).sum().backward()
    #expect(unused.grad == nil)
  }

  @Test func aLeafIsItsOwnGradient() {
    let x = leaf([3])
    x.backward()
    #expect(x.grad!.values == [1.0])
    x.backward()
    #expect(x.grad!.values == [2.0])
  }

  @Test func anAssignedGradientIsAddedTo() {
    let x = leaf([1, 2])
    x.grad = Tensor([10.0, 20], dtype: .float64)
    (x * 2).sum().backward()
    #expect(x.grad!.values == [12.0, 22])
  }

  @Test func accumulatingIntoAnExpandedGradientCopiesIt() {
    let x = leaf([1, 2])
    x.grad = Tensor([5.0], dtype: .float64).expand([2])
    (x * x).sum().backward()
    #expect(x.grad!.values == [7.0, 9])
  }

  @Test func theGivenGradientIsNotRetained() {
    // The leaf's gradient is the given tensor itself, passed through rules that return it.
    let (x, z) = (leaf([1, 2]), leaf([3, 4]))
    let g = Tensor([1.0, 10], dtype: .float64)
    (x + z).backward(gradient: g)
    (x * 2).sum().backward()
    #expect(g.values == [1.0, 10])
    #expect(z.grad!.values == [1.0, 10])
    #expect(x.grad!.values == [3.0, 12])
  }

  @Test func theGivenGradientIsNotRetainedByARecordedPass() {
    let (x, z) = (leaf([1, 2]), leaf([3, 4]))
    let g = Tensor([1.0, 10], dtype: .float64)
    (x + z).backward(gradient: g, createGraph: true)
    (x * 2).sum().backward()
    #expect(g.values == [1.0, 10])
    #expect(z.grad!.values == [1.0, 10])
    #expect(x.grad!.values == [3.0, 12])
  }

  @Test func accumulatingIsAnInPlaceChange() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let w = Tensor([3.0, 4], requiresGrad: true)
        (x * 2).sum().backward()
        let y = (w * x.grad!).sum()  // saves the gradient of x
        (x * 2).sum().backward()  // changes it
        y.backward()
      })
    expectMessage(result, "*: a tensor of shape [2]", "modified in place")
  }

  @Test func retainedGradients() {
    let x = leaf([1, 2])
    let y = x * 3
    y.retainGrad()
    #expect(y.retainsGrad && !x.retainsGrad)
    (y * y).sum().backward()
    #expect(y.grad!.values == [6.0, 12])
    #expect(x.grad!.values == [18.0, 36])
    #expect((x * 1).grad == nil)
  }

  @Test func retainedGradientsAccumulate() {
    let x = leaf([1, 2])
    let y = x * 3
    y.retainGrad()
    y.sum().backward(retainGraph: true)
    y.sum().backward()
    #expect(y.grad!.values == [2.0, 2])
  }

  @Test func float32LeavesGetFloat32Gradients() {
    let x = Tensor([1.0, 2], dtype: .float32, requiresGrad: true)
    let w = leaf([3, 4])
    (x * w).sum().backward()
    #expect(x.grad!.dtype == .float32 && w.grad!.dtype == .float64)
    #expect(x.grad!.values == [3.0, 4])
  }

  @Test func broadcastDimensionsAreSummed() {
    let (row, column) = (leaf([1, 2, 3]), leaf([10, 20]))
    (row * column.reshape([2, 1])).sum().backward()
    #expect(row.grad!.values == [30.0, 30, 30])
    #expect(column.grad!.values == [6.0, 6])
  }

  // MARK: - inputs:

  @Test func onlyTheNamedInputsAccumulate() {
    let (x, w) = (leaf([1, 2]), leaf([3, 4]))
    let h = x * w
    (h * h).sum().backward(inputs: [w, h])
    #expect(x.grad == nil)
    #expect(w.grad!.values == [6.0, 32])
    #expect(h.grad!.values == [6.0, 16])
  }

  @Test func anInputThatIsNotALeafRetainsItsGradient() {
    let x = leaf([1, 2])
    let h = x * 2
    (h * 3).sum().backward(retainGraph: true, inputs: [h, x])
    #expect(h.retainsGrad && !x.retainsGrad)
    (h * 3).sum().backward()
    #expect(h.grad!.values == [6, 6] && x.grad!.values == [12, 12])
  }

  // MARK: - Leaves

  @Test func leavesAndResults() {
    let x = leaf([1])
    let y = x * 2
    #expect(x.isLeaf && x.requiresGrad && x.gradFn == nil)
    #expect(!y.isLeaf && y.requiresGrad && y.gradFn == "*")
    let plain = Tensor([1.0])
    #expect(plain.isLeaf && !plain.requiresGrad && (plain * 2).isLeaf)
    x.requiresGrad = false
    #expect(!x.requiresGrad && !(x * 2).requiresGrad)
  }

  @Test func detachSharesTheStorageAndEndsTheGraph() {
    let x = leaf([1, 2])
    let d = x.detach()
    #expect(d.sharesStorage(with: x) && !d.requiresGrad && d.isLeaf)
    (x * d).sum().backward()
    #expect(x.grad!.values == [1.0, 2])
    let y = (x * 2).detach()
    #expect(!y.requiresGrad && y.values == [2.0, 4])
  }

  // MARK: - Errors

  @Test func aSecondPassOverAReleasedGraphStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let y = (x * x).sum()
        y.backward()
        y.backward()
      })
    expectMessage(result, "the graph of sum has already been released", "pass retainGraph: true")
  }

  @Test func aLaterLossOverAReleasedPartStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let shared = x * x
        shared.sum().backward()
        (shared * 2).sum().backward()
      })
    expectMessage(result, "the graph of * has already been released")
  }

  @Test func aRetainedGraphCanBeWalkedAgain() {
    let x = leaf([1, 2])
    let y = (x * x).sum()
    y.backward(retainGraph: true)
    y.backward()
    #expect(x.grad!.values == [4.0, 8])
  }

  @Test func severalElementsNeedAGradient() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { (Tensor([1.0, 2], requiresGrad: true) * 2).backward() })
    expectMessage(result, "only for a tensor of one element", "[2]", "sum() or mean()")
  }

  @Test func aTensorIsNotItsOwnGradient() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor([1.0, 2], requiresGrad: true)
      x.grad = x
    }
    expectMessage(result, "grad: a tensor cannot be its own gradient; assign a clone()")
  }

  @Test func theGradientMustHaveTheShape() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        (Tensor([1.0, 2], requiresGrad: true) * 2).backward(gradient: Tensor.ones([2, 1]))
      })
    expectMessage(result, "expected a gradient of shape [2], got [2, 1]")
  }

  @Test func somethingMustRequireAGradient() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { Tensor([1.0]).backward() })
    expectMessage(result, "backward", "does not require a gradient")
  }

  @Test func integersHaveNoGradients() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { Tensor([1, 2]).requiresGrad = true })
    expectMessage(result, "expected a floating-point tensor, got int64", "to(.float32)")
  }

  @Test func requiresGradIsFixedOnceComputed() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { (Tensor([1.0], requiresGrad: true) * 2).requiresGrad = false })
    expectMessage(result, "can be changed only on a leaf", "computed by *", "detach()")
  }

  @Test func anAssignedGradientMustFit() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { Tensor([1.0, 2], requiresGrad: true).grad = Tensor([1.0]) })
    expectMessage(result, "shape [1]", "shape [2]")
  }

  @Test func emptyInputsStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: { Tensor([1.0], requiresGrad: true).sum().backward(inputs: []) })
    expectMessage(result, "`inputs` is empty")
  }
}
