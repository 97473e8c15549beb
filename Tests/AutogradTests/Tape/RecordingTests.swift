import TestSupport
import Testing

@testable import Autograd

/// `wrt` and `Saved`: what they accept, and the messages of their misuse.
@Suite struct RecordingTests {
  private static func leaf(_ values: [Double]) -> Tensor {
    Tensor(values, dtype: .float64, requiresGrad: true)
  }

  // MARK: - Accepted

  @Test func nothingIsRecordedOfWhatDoesNotRequireAGradient() {
    let (plain, leaf) = (Tensor([1.0, 2], dtype: .float64), Self.leaf([3, 4]))
    let y = plain.clone().wrt(plain) { g in g }
    #expect(!y.requiresGrad)
    // Even on a leaf that requires a gradient there is nothing to lose.
    #expect(leaf.wrt(plain) { g in g }.isLeaf)
    #expect(!noGrad { (leaf * 2).wrt(leaf) { g in g * 2 } }.requiresGrad)
    // An integer result, as of an op that is used on any dtype.
    #expect(!(plain .> 1).wrt(plain) { g in g }.requiresGrad)
  }

  @Test func anInputMayBeNamedTwice() {
    let x = Self.leaf([1, 2])
    let y = noGrad { x + x }.wrt(x) { g in g }.wrt(x) { g in g * 3 }
    y.sum().backward()
    #expect(x.grad!.values == [4, 4])
  }

  @Test func aDetachedResultIsANewTensor() {
    // A straight-through estimator: rounds, with the derivative of the identity.
    let x = Self.leaf([1.2, 2.7])
    let y = (x * 2).round().detach().wrt(x) { g in g }
    #expect(y.values == [2, 5])
    y.sum().backward()
    #expect(x.grad!.values == [1, 1])
  }

  @Test func aSavedTensorIsReadAnyNumberOfTimes() {
    let x = Self.leaf([3])
    let saved = Saved(x)
    let y = noGrad { x * x * x }.wrt(x) { g in g * 3 * saved.value * saved.value }
    y.backward(retainGraph: true)
    y.backward()
    #expect(x.grad!.item() == 54 && saved.value === x)
  }

  @Test func rulesMayReturnAnotherDtypeOrABroadcastShape() {
    let x = Self.leaf([1, 2])
    let y = noGrad { x * 2 }.wrt(x) { _ in Tensor([[1, 2], [3, 4]]) }
    y.sum().backward()
    #expect(x.grad!.values == [4, 6] && x.grad!.dtype == .float64)
  }

  // MARK: - Misuse

  @Test func aLeafStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        func twice(_ y: Tensor, _ x: Tensor) { y.wrt(x) { g in g * 2 } }
        let x = Tensor([1.0, 2], requiresGrad: true)
        twice(Tensor([2.0, 4], requiresGrad: true), x)
      },
      "twice: wrt: this tensor, of shape [2], is a leaf that requires a gradient, so nothing can",
      "call wrt on a new tensor, such as a result of ops inside noGrad { }")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        noGrad { x.wrt(x) { g, y in g * y } }
      }, "is a leaf that requires a gradient")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (x, w) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
        w.wrt(x, saving: x) { g, x in g * x }
      }, "is a leaf that requires a gradient")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (x, w) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
        w.wrt(x, fused: { g in g }, meaning: { x in x })
      }, "is a leaf that requires a gradient")
  }

  /// The inputs of a fused op may be one tensor, or depend on each other.
  @Test func aRecordedRuleIsThatOfOneInput() {
    func product(_ a: Tensor, _ b: Tensor) -> Tensor {
      let (x, z) = (Saved(a), Saved(b))
      return noGrad { a * b }
        .wrt(a, fused: { g in g * z.value }, meaning: { $0 * z.value })
        .wrt(b, fused: { g in g * x.value }, meaning: { x.value * $0 })
    }
    let x = Tensor([2.0, 3], requiresGrad: true)
    for (y, factor) in [(product(x, x), 1.0), (product(x, x * 4), 4), (product(x * 4, x), 4)] {
      #expect(grad(of: y.sum(), wrt: x, retainGraph: true).values == [4 * factor, 6 * factor])
      let first = grad(of: y.sum(), wrt: x, createGraph: true)
      #expect(first.values == [4 * factor, 6 * factor])
      #expect(grad(of: first.sum(), wrt: x).values == [2 * factor, 2 * factor])
    }
  }

  @Test func aRecordedResultStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        // noGrad { } is forgotten, so the derivative would count twice.
        func cube(_ x: Tensor) -> Tensor { (x * x * x).wrt(x) { [x = Saved(x)] g in g * x.value } }
        _ = cube(Tensor([1.0, 2], requiresGrad: true))
      }, "cube: wrt: this tensor, of shape [2], is a result of *, which has recorded",
      "compute it inside noGrad { }, or use its detach()")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let view = (x * 2)[0]
        noGrad { view.wrt(x) { g in g } }
      }, "is a result of subscript, which has recorded its derivatives")
  }

  @Test func aTensorItselfStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let y = noGrad { x * 2 }.wrt(x) { g in g }
        y.wrt(y) { g in g }
      }, "wrt: a tensor has no derivative with respect to itself")
  }

  @Test func aReleasedGraphStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (x, w) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
        let y = noGrad { x * w }.wrt(x, op: "product") { g in g }
        y.backward()
        y.wrt(w, op: "product") { g in g }
      }, "product: wrt: a backward pass has released the graph of this tensor, a result of product",
      "call wrt before backward")
  }

  @Test func anInputThatIsNewerStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (x, w) = (Tensor([1.0], requiresGrad: true), Tensor([1.0]))
        let y = noGrad { x * w }.wrt(x) { g in g }
        w.requiresGrad = true
        y.wrt(w) { g in g }
      }, "the input became a leaf, or was computed, after the output")
  }

  @Test func integersStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        func sign(_ x: Tensor) -> Tensor { noGrad { x .> 0 }.wrt(x) { g in g } }
        _ = sign(Tensor([1.0, 2], requiresGrad: true))
      }, "sign: wrt: only a floating-point result has derivatives", "of shape [2], is bool")
  }

  @Test func anOutputThatItsRuleSavesStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let y = noGrad { x.exp() }
        y.wrt(x, saving: y) { g, y in g * y }
      }, "is saved by its own rule, a reference cycle", "{ g, y in")
  }

  @Test func aTensorChangedAfterItWasSavedStops() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2])
        let saved = Saved(x, op: "double")
        x.add_(1)
        _ = saved.value
      }, "double: a tensor of shape [2]", "is at version 1, but was saved at version 0")
  }

  // MARK: - Counters

  /// A version of 32 bits would be the same again after 2³² changes.
  @Test func versionsDoNotWrap() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.0, 2], requiresGrad: true)
        let w = Tensor([1.0, 2])
        let y = (x * w).sum()
        w.storage.version = Int(UInt32.max)
        w.add_(1)
        y.backward()
      }, "is at version 4294967296, but was saved at version 0")
    let y = Self.leaf([1]) * 2
    y.storage.version = Int(UInt32.max)
    y.add_(1)
    #expect(y.version == 1 << 32)
  }
}
