import TestSupport
import Testing

@testable import Autograd

/// `grad(of:wrt:)`, higher orders, and the shapes that graphs take.
@Suite struct GradTests {
  private func leaf(_ values: [Double]) -> Tensor {
    Tensor(values, dtype: .float64, requiresGrad: true)
  }
  private func scalar(_ value: Double) -> Tensor {
    Tensor(value, dtype: .float64, requiresGrad: true)
  }

  // MARK: - grad(of:wrt:)

  @Test func gradientsAreReturnedAndNotAccumulated() {
    let (x, w) = (leaf([1, 2]), leaf([3, 4]))
    let g = grad(of: (x * w).sum(), wrt: [x, w])
    #expect(g[0]!.values == [3.0, 4] && g[1]!.values == [1.0, 2])
    #expect(x.grad == nil && w.grad == nil)
  }

  @Test func aResultAndItsSourceMayBothBeTargets() {
    let x = leaf([1, 2])
    let h = x * 3
    let y = (h * h + x).sum()
    let g = grad(of: y, wrt: [h, x])
    #expect(g[0]!.values == [6.0, 12])
    #expect(g[1]!.values == [19.0, 37])
  }

  @Test func theOutputItselfIsATarget() {
    let x = scalar(3)
    let y = x * x
    let g = grad(of: y, wrt: [y, x])
    #expect(g[0]!.item() == 1 && g[1]!.item() == 6)
  }

  @Test func aRepeatedInputGetsItsGradientTwice() {
    let x = scalar(3)
    let g = grad(of: x * x, wrt: [x, x])
    #expect(g.map { $0!.item() } == [6, 6])
  }

  @Test func severalOutputsAddUp() {
    let x = leaf([1, 2])
    let g = grad(
      of: [x * x, (x * 5).sum(), x * x], wrt: [x],
      gradients: [Tensor([1.0, 10], dtype: .float64), nil, Tensor([1.0, 1], dtype: .float64)])
    #expect(g[0]!.values == [9, 49])
  }

  @Test func outputsMayDependOnEachOther() {
    let x = scalar(2)
    let y = x * x
    let z = y * y
    #expect(grad(of: [y, z], wrt: [x])[0]!.item() == 4 + 32)
  }

  @Test func unusedInputs() {
    let (x, unused) = (leaf([1, 2]), leaf([3, 4, 5]))
    let y = (x * 2).sum()
    let nothing = grad(of: y, wrt: [x, unused], retainGraph: true, allowUnused: true)
    #expect(nothing[0]!.values == [2.0, 2] && nothing[1] == nil)
    let zeros = grad(of: y, wrt: [x, unused], materializeGrads: true)
    #expect(zeros[1]!.values == [0.0, 0, 0] && zeros[1]!.dtype == .float64)
  }

  @Test func anUnusedInputStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0], requiresGrad: true)
        let unused = Tensor([1.0, 2], requiresGrad: true)
        _ = grad(of: x * 2, wrt: [x, unused])
      })
    expectMessage(result, "the outputs do not depend on input 1, of shape [2]", "allowUnused: true")
  }

  @Test func zerosOfARecordedPassRequireAGradient() {
    let x = scalar(3)
    let unused = scalar(4)
    let g = grad(of: x * x, wrt: [x, unused], createGraph: true, materializeGrads: true)
    #expect(g[0]!.requiresGrad && g[1]!.requiresGrad && g[1]!.item() == 0)
    // So they can be differentiated further.
    var y = x * unused
    for expected in [4.0, 0, 0] {
      y = grad(of: y, wrt: x, createGraph: true, materializeGrads: true)
      #expect(y.item() == expected && y.requiresGrad)
    }
    let last = grad(of: y, wrt: [x], materializeGrads: true)
    #expect(last[0]!.item() == 0 && !last[0]!.requiresGrad)
  }

  @Test func outputsMustRequireAGradientAlsoForZeros() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0], requiresGrad: true)
        _ = grad(of: [x * 2, Tensor([1.0])], wrt: [x], materializeGrads: true)
      }, "grad: this tensor, of shape [1], does not require a gradient")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = grad(of: Tensor([1.0], requiresGrad: true) * 2, wrt: [], materializeGrads: true)
      }, "grad: expected an input to differentiate with respect to, got none")
  }

  @Test func aTargetMustRequireAGradient() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0], requiresGrad: true)
        _ = grad(of: x * 2, wrt: Tensor([1.0]))
      })
    expectMessage(result, "set requiresGrad before it is used")
  }

  @Test func onlyRulesOnAPathToATargetRun() {
    let (x, w) = (leaf([1, 2]), leaf([3, 4]))
    nonisolated(unsafe) var runs = 0
    let side = noGrad { w * 2 }.wrt(w) { g in
      runs += 1
      return g * 2
    }
    _ = grad(of: (x * side).sum(), wrt: x)
    #expect(runs == 0)
  }

  // MARK: - Higher orders

  @Test func fourthPowerFourTimes() {
    let x = scalar(1.5)
    var y = x * x * x * x
    for expected in [4 * 1.5 * 1.5 * 1.5, 12 * 1.5 * 1.5, 24 * 1.5, 24] {
      y = grad(of: y, wrt: x, createGraph: true)
      #expect(abs(y.item() - expected) < 1e-12)
    }
  }

  @Test func reciprocalThreeTimes() {
    let x = scalar(2)
    let first = grad(of: 1 / x, wrt: x, createGraph: true)
    let second = grad(of: first, wrt: x, createGraph: true)
    let third = grad(of: second, wrt: x)
    #expect(first.item() == -0.25)
    #expect(abs(second.item() - 0.25) < 1e-15)
    #expect(abs(third.item() + 0.375) < 1e-15)
  }

  @Test func backwardThroughBackward() {
    let x = leaf([1, 2])
    (x * x * x).sum().backward(createGraph: true)
    let g = x.grad!
    x.grad = nil  // otherwise the leaf and its gradient form a cycle
    #expect(g.requiresGrad)
    (g * g).sum().backward()  // d/dx 9x⁴ = 36x³
    #expect(x.grad!.values == [36.0, 288])
  }

  @Test func gradientsAreRecordedOnlyOnRequest() {
    let x = scalar(2)
    #expect(!grad(of: x * x, wrt: x).requiresGrad)
    #expect(grad(of: x * x, wrt: x, createGraph: true).requiresGrad)
  }

  @Test func mixedDerivatives() {
    let (x, w) = (scalar(2), scalar(3))
    let y = x * x * w * w * w
    let dx = grad(of: y, wrt: x, createGraph: true)
    let dxdw = grad(of: dx, wrt: w)  // 2x·3w²
    #expect(dxdw.item() == 108)
  }

  @Test func theGivenGradientIsDifferentiable() {
    let (x, g) = (leaf([1, 2]), leaf([1, 10]))
    let dx = grad(of: x * x, wrt: x, gradient: g, createGraph: true)
    let dg = grad(of: dx.sum(), wrt: g)
    #expect(dg.values == [2.0, 4])
  }

  // MARK: - Shared graphs

  @Test(arguments: [false, true]) func twoLossesShareAGraph(isSwapped: Bool) {
    let x = leaf([1, 2])
    let shared = x * x
    let losses = [shared.sum(), (shared * shared).sum()]
    (isSwapped ? losses[1] : losses[0]).backward(retainGraph: true)
    (isSwapped ? losses[0] : losses[1]).backward()
    #expect(x.grad!.values == [6, 36])
  }

  @Test func aRuleRunsOncePerNode() {
    nonisolated(unsafe) var runs = [0, 0, 0]
    func counted(_ i: Int, _ x: Tensor, _ factor: Double) -> Tensor {
      noGrad { x * factor }.wrt(x) { g in
        runs[i] += 1
        return g * factor
      }
    }
    let x = leaf([1, 2])
    let top = counted(0, x, 2)
    let left = counted(1, top, 3)
    let right = counted(2, top, 5)
    (left + right + left * right).sum().backward()
    #expect(runs == [1, 1, 1])
    // 6x + 10x + 60x²
    #expect(x.grad!.values == [136.0, 256])
  }

  @Test func aTensorMayBeBothOperands() {
    let x = leaf([1, 2])
    let y = x + x
    (y * y).sum().backward()
    #expect(x.grad!.values == [8.0, 16])
  }

  @Test func fanOutsOfSharedGradientsDoNotMix() {
    // Several nodes get the same gradient tensor, and some of them add to theirs.
    let (a, b, c) = (leaf([1]), leaf([1]), leaf([1]))
    let y = (a + b) + (a + c) + a
    y.backward()
    #expect(a.grad!.item() == 3)
    #expect(b.grad!.item() == 1)
    #expect(c.grad!.item() == 1)
  }

  // MARK: - Nested passes

  @Test func aRuleMayDifferentiate() {
    let x = leaf([1, 2])
    let y = noGrad { x * x * x }.wrt(x) { [x = Saved(x)] g in
      enableGrad {
        let copy = x.value.detach()
        copy.requiresGrad = true
        return grad(of: copy * copy * copy, wrt: copy, gradient: g)
      }
    }
    (y * y).sum().backward()
    #expect(x.grad!.values == [6.0, 192])
  }

  @Test func aRuleMayWalkTheSameGraph() {
    // The inner pass reaches nodes that the outer pass has pending gradients for.
    let x = scalar(2)
    let h = x * x
    let y = noGrad { h * 3 }.wrt(h) { g in
      let inner = grad(of: h, wrt: x, retainGraph: true)
      return g * 3 + inner * 0
    }
    (y + h).backward()
    #expect(x.grad!.item() == 16)
  }

  // MARK: - Wrong rules

  @Test func aGradientOfAnotherShapeStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        func odd(_ x: Tensor) -> Tensor { noGrad { x * 2 }.wrt(x) { _ in Tensor.ones([3]) } }
        odd(Tensor([1.0, 2], requiresGrad: true)).sum().backward()
      })
    expectMessage(result, "odd: its derivative has shape [3]", "[2]")
  }

  // MARK: - In-place changes

  @Test func aChangedInputStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let w = Tensor([3.0, 4], requiresGrad: true)
        let y = (x * w).sum()
        w.storage.version += 1
        y.backward()
      })
    expectMessage(
      result, "*: a tensor of shape [2]", "is at version 1, but was saved at version 0", "clone()")
  }

  @Test func aChangedOutputStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let y = 1 / x
        y.storage.version += 1
        y.sum().backward()
      })
    expectMessage(result, "/: a tensor of shape [2]", "modified in place")
  }

  @Test func aChangeThroughAViewStops() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let y = (x * x).sum()
        x.detach().reshape([2, 1]).storage.version += 1
        y.backward()
      })
    expectMessage(result, "modified in place")
  }

  @Test func aChangeOfATensorThatIsNotSavedIsAllowed() {
    let x = leaf([1, 2])
    let y = (x + 1).sum()
    x.storage.version += 1
    y.backward()
    #expect(x.grad!.values == [1.0, 1])
  }
}
