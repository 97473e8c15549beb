import Autograd
import TestSupport
import Testing

/// Recorded assignments to subscripts. The gradients are PyTorch's.
@Suite struct AssignmentTests {
  @Test func gradientsOfTheValueAndOfTheOtherElements() {
    let x = Tensor([1.0, 2, 3, 4], requiresGrad: true)
    let v = Tensor([10.0, 20], requiresGrad: true)
    let y = x * x
    y[1..<3] = v
    #expect(y.values == [1, 10, 20, 16])
    #expect(y.gradFn == "subscript" && y.version == 1)
    (y * Tensor([1.0, 2, 3, 4])).sum().backward()
    #expect(x.grad!.values == [2, 0, 0, 32])
    #expect(v.grad!.values == [2, 3])
  }

  @Test func aConstantBecomesPartOfTheGraph() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let y = Tensor.zeros([3, 2])
    for i in 0..<3 { y[i] = x * (i + 1) }
    #expect(y.requiresGrad && !y.isLeaf)
    (y * y).sum().backward()
    #expect(x.grad!.values == [28, 56])
  }

  @Test func aBroadcastValueCollectsItsGradient() {
    let v = Tensor(2.0, requiresGrad: true)
    let y = Tensor.ones([2, 3])
    y[.all, [0, 2]] = v
    (y * Tensor([[1.0, 2, 3], [4, 5, 6]])).sum().backward()
    #expect(y.values == [2, 1, 2, 2, 1, 2])
    #expect(v.grad!.item() == 14)
  }

  @Test func theLastValueOfARepeatedIndexIsKept() {
    let v = Tensor([1.0, 2, 3], requiresGrad: true)
    let y = Tensor.zeros([2])
    y[[1, 1, 0]] = v
    #expect(y.values == [3, 2])
    (y * Tensor([5.0, 7])).sum().backward()
    // As in PyTorch, the overwritten value gets the gradient too.
    #expect(v.grad!.values == [7, 7, 5])
  }

  @Test func updatingASlice() {
    let x = Tensor([1.0, 2, 3], requiresGrad: true)
    let y = x * 2
    y[1] += 5
    y[..<2] *= 3
    #expect(y.values == [6, 27, 6])
    y.sum().backward()
    #expect(x.grad!.values == [6, 6, 2])
  }

  @Test func assignmentWithoutRecordingChangesTheVersion() {
    let x = Tensor([1.0, 2, 3], requiresGrad: true)
    let view = x.detach()[1...]
    noGrad { x[1] = 9 }
    #expect(x.isLeaf && x.values == [1, 9, 3] && x.version == 1)
    #expect(view.values == [9, 3] && view.version == 1)
  }

  @Test func theValueMayOverlapTheTarget() {
    let y = Tensor.arange(6.0)
    y[1...] = y[..<(-1)]
    #expect(y.values == [0, 0, 1, 2, 3, 4])
  }

  @Test func aChangeOfASavedTensorStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor([1.0, 2], requiresGrad: true)
      let y = x * 2
      let z = y * y
      y[0] = 0
      z.sum().backward()
    }
    expectMessage(stop, "modified in place")
  }

  @Test func aLeafStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Tensor([1.0, 2], requiresGrad: true)[0] = 0
    }
    expectMessage(stop, "a leaf that requires a gradient cannot be changed in place", "noGrad")
  }

  @Test func viewsSeeARecordedAssignment() {
    let x = Tensor([1.0, 2], requiresGrad: true)
    let y = x * 2
    let view = y[0...]
    y[1] = x[0]
    #expect(view.values == [2, 1])
    view.sum().backward()
    #expect(x.grad!.values == [3, 0])
  }

  @Test func anOutputThatItsOwnRuleSavedMayChange() {
    let x = Tensor([1.0, 2], dtype: .float64, requiresGrad: true)
    let y = x.exp()
    y[0] = 0
    y.sum().backward()
    #expect(x.grad!.values == [0, x.exp().values[1]])
  }
}
