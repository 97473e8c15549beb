import Foundation
import TestSupport
import Testing

@testable import Autograd

/// The lifetime of graphs and of what they save.
@Suite struct LifetimeTests {
  private static func leaf(_ values: [Double]) -> Tensor {
    Tensor(values, dtype: .float64, requiresGrad: true)
  }

  /// eˣ, with a rule that uses its output.
  private static func exp(_ x: Tensor) -> Tensor {
    noGrad { 1 + x + x * x / 2 }.wrt(x) { g, y in g * y }
  }

  @Test func aGraphThatWasNeverWalkedIsFreed() {
    #expect(leakedStorages { _ = (Self.leaf([1, 2]) * 3).sum() } == 0)
  }

  @Test func aGraphThatSavesOutputsHasNoCycle() {
    #expect(leakedStorages { _ = Self.exp(Self.leaf([1, 2])).sum() } == 0)
    #expect(leakedStorages { Self.exp(Self.leaf([1, 2])).sum().backward() } == 0)
    #expect(
      leakedStorages {
        let x = Self.leaf([1, 2])
        let g = grad(of: Self.exp(x).sum(), wrt: x, createGraph: true)
        _ = grad(of: g.sum(), wrt: x)
      } == 0)
  }

  @Test func aReusedNodeIsReset() {
    let x = Self.leaf([1, 2])
    // Nodes with every field set, released by the hundred.
    for _ in 0..<300 {
      let y = cat([x, x * 2, x.exp()])
      y.retainGrad()
      y.sum().backward()
    }
    let nodes = (0..<300).map { _ in x * 3 }
    #expect(nodes.allSatisfy { $0.grad == nil && !$0.retainsGrad && $0.gradFn == "*" })
    x.grad = nil
    nodes[299].sum().backward()
    #expect(x.grad!.array(of: Double.self) == [3, 3])
    let fresh = (0..<300).map { _ in Self.leaf([1]) }
    #expect(fresh.allSatisfy { $0.isLeaf && $0.grad == nil })
  }

  @Test func aPassReleasesWhatWasSaved() {
    let x = Self.leaf([1, 2])
    let kept = leakedStorages {
      let y = Self.exp(x * 3).sum()
      y.backward()
      x.grad = nil
      y.storage.version += 1  // y outlives the pass, the tensors that its graph saved do not
      withExtendedLifetime(y) {}
    }
    #expect(kept == 0)
    let y = Self.exp(x * 3).sum()
    let released = leakedStorages {
      y.backward()
      x.grad = nil
    }
    #expect(released < 0)
  }

  @Test func valuesOutliveTheGraphThatMadeThem() {
    let y: Tensor
    do {
      let x = Self.leaf([1, 2])
      y = (x * 2).reshape([2, 1])
    }
    #expect(y.values == [2, 4])
    let g = grad(of: y.sum(), wrt: y)
    #expect(g.values == [1, 1])
  }

  @Test func aReattachedOutputIsRecorded() {
    // The second derivative passes through y.
    let x = Self.leaf([0])
    let y = Self.exp(x)
    let first = grad(of: y, wrt: x, createGraph: true)
    #expect(first.values == y.values)
    #expect(grad(of: first, wrt: x).values == [1])
  }

  // MARK: - Recorded passes

  @Test func gradientsOfRecordedPassesAreFreedOnceTakenOff() {
    func round(_ takeOff: (Tensor, Tensor) -> Void) {
      let (x, w) = (Self.leaf([1, 2]), Self.leaf([3, 4]))
      let h = x * w
      (h * h * x).sum().backward(createGraph: true)
      takeOff(x, w)
    }
    func leaked(_ takeOff: (Tensor, Tensor) -> Void) -> Int64 {
      leakedStorages { for _ in 0..<20 { round(takeOff) } }
    }
    // The gradient's graph retains the leaf, and the leaf its gradient.
    #expect(leaked { x, w in (x.grad, w.grad) = (nil, nil) } == 0)
    #expect(leaked { x, w in (x.grad, w.grad) = (x.grad!.detach(), w.grad!.detach()) } == 0)
    #expect(leaked { x, w in noGrad { (x.grad, w.grad) = (x.grad! * 2, w.grad! * 2) } } == 0)
  }

  @Test func gradientsAsValuesFormNoCycle() {
    let leaked = leakedStorages {
      for _ in 0..<20 {
        let (x, w) = (Self.leaf([1, 2]), Self.leaf([3, 4]))
        let h = x * w
        let g = grad(of: (h * h * x).sum(), wrt: [x, w, h], createGraph: true)
        (g[0]! * g[1]! * g[2]!).sum().backward()
      }
    }
    #expect(leaked == 0)
  }

  @Test func aLeafThatKeepsAGraphIsWarnedAboutOnce() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent],
      performing: {
        let x = Tensor([1.0, 2], requiresGrad: true)
        (x * 2).sum().backward(createGraph: true)  // this gradient has no graph
        x.grad = nil
        FileHandle.standardError.write(Data("so far nothing\n".utf8))
        for _ in 0..<3 { (x * x).sum().backward(createGraph: true) }
        x.grad = nil
      })
    let message = String(decoding: result!.standardErrorContent, as: UTF8.self)
    #expect(message.hasPrefix("so far nothing\nwarning: backward: with createGraph: true"))
    #expect(message.components(separatedBy: "warning").count == 2)
    expectMessage(result, "set to nil", "zeroGrad()", "grad(of:wrt:createGraph:)")
  }

  // MARK: - Threads

  @Test func twoGraphsOnTwoThreads() {
    DispatchQueue.concurrentPerform(iterations: 8) { i in
      let leaked = leakedStorages {
        let x = Self.leaf([Double(i), 1])
        for _ in 0..<200 {
          x.grad = nil
          let y = x * x
          (y * y + Self.exp(y)).sum().backward()
        }
        // 4x³ + 2x·(1 + x² + x⁴/2)
        let v = Double(i)
        #expect(x.grad!.values[0] == 4 * v * v * v + 2 * v * (1 + v * v + v * v * v * v / 2))
      }
      #expect(leaked == 0)
    }
  }
}
