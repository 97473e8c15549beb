import Dispatch
import Foundation
import TestSupport
import Testing

@testable import Autograd

/// Graphs of several threads that share leaves. The numbers are small integers, so that sums are
/// exact in any order.
@Suite struct SharedLeafTests {
  /// Runs `body` on `threads` threads, which start together.
  private static func onThreads(_ threads: Int = 2, _ body: @escaping @Sendable (Int) -> Void) {
    let ready = DispatchSemaphore(value: 0)
    let (go, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    for i in 0..<threads {
      Thread {
        ready.signal()
        go.wait()
        body(i)
        done.signal()
      }.start()
    }
    for _ in 0..<threads { ready.wait() }
    for _ in 0..<threads { go.signal() }
    for _ in 0..<threads { done.wait() }
  }

  private static func leaf(_ values: [Double]) -> Tensor {
    Tensor(values, dtype: .float64, requiresGrad: true)
  }

  @Test func everyGradientOfASharedLeafArrives() {
    nonisolated(unsafe) let x = Self.leaf([1, 2])
    Self.onThreads { _ in
      for _ in 0..<10_000 { (x * 3 + x).sum().backward() }
    }
    #expect(x.grad!.values == [80_000, 80_000])
  }

  @Test func gradientsAsValuesAreThoseOfTheirOwnGraph() {
    nonisolated(unsafe) let (x, w) = (Self.leaf([1, 2]), Self.leaf([3, 4]))
    Self.onThreads(4) { thread in
      let factor = Double(thread + 1)
      for _ in 0..<5000 {
        let g = grad(of: (x * w * factor + x).sum(), wrt: [x, w])
        #expect(g[0]!.values == [3 * factor + 1, 4 * factor + 1])
        #expect(g[1]!.values == [factor, 2 * factor])
      }
    }
    #expect(x.grad == nil && w.grad == nil)
  }

  @Test func manyLeavesInDifferentOrders() {
    // Each pass meets leaves that others have, and leaves that it has itself.
    nonisolated(unsafe) let leaves = (0..<20).map { Self.leaf([Double($0)]) }
    Self.onThreads(3) { thread in
      for round in 0..<1000 {
        let order = (0..<20).map { leaves[($0 * 7 + round * (thread + 1)) % 20] }
        let sum = order.reduce(order[0] * 0) { $0 + $1 * 2 } + order[3]
        let targets = [order[0], order[3], order[5]]
        if round.isMultiple(of: 2) {
          sum.sum().backward()
        } else {
          #expect(grad(of: sum.sum(), wrt: targets).map { $0!.item() } == [2, 3, 2])
        }
      }
    }
    let total = leaves.reduce(0.0) { $0 + $1.grad!.item() }
    #expect(total == 3 * 500 * 41)
  }

  @Test func aPassInsideARuleMayReachTheSharedLeaf() {
    nonisolated(unsafe) let x = Self.leaf([2])
    Self.onThreads { _ in
      for _ in 0..<2000 {
        let h = x * x
        let y = noGrad { h * 3 }.wrt(h) { g in
          let inner = grad(of: h, wrt: x, retainGraph: true)
          #expect(inner.item() == 4)
          return g * 3 + inner * 0
        }
        (y + h + x).sum().backward()
      }
    }
    #expect(x.grad!.item() == 2 * 2000 * 17)
  }

  @Test func oneThreadRecordsItsPasses() {
    nonisolated(unsafe) let x = Self.leaf([1, 2])
    Self.onThreads { thread in
      for _ in 0..<2000 {
        if thread == 0 {
          let g = grad(of: (x * x * x).sum(), wrt: x, createGraph: true)
          #expect(g.values == [3, 12])
          #expect(grad(of: g.sum(), wrt: x).values == [6, 12])
          (x * x).sum().backward(createGraph: true)
        } else {
          (x * 5).sum().backward()
        }
      }
    }
    #expect(x.grad!.values == [14_000, 18_000])
    x.grad = nil
  }

  @Test func gradientsCanBeReadAndResetMeanwhile() {
    nonisolated(unsafe) let x = Self.leaf([1])
    Self.onThreads(3) { thread in
      for _ in 0..<5000 {
        switch thread {
        case 0: (x * 2).sum().backward()
        case 1: #expect(x.grad.map { $0.shape == [1] } ?? true)
        default: x.grad = nil
        }
      }
    }
    x.grad = nil
  }

  @Test func aFrozenTensorMayBeReadByAnyThread() {
    nonisolated(unsafe) let frozen = Tensor([3.0, 4], dtype: .float64)
    Self.onThreads(3) { _ in
      let x = Self.leaf([1, 2])
      for _ in 0..<2000 { (x * frozen + frozen).sum().backward() }
      #expect(x.grad!.values == [6000, 8000])
    }
  }

  @Test func tasksShareALeaf() async {
    nonisolated(unsafe) let x = Self.leaf([1, 2])
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<250 {
            (x * x).sum().backward()
            await Task.yield()
            async let inner: Void = { (x * 3).sum().backward() }()
            await inner
            #expect(noGrad { !(x * 2).requiresGrad })
          }
        }
      }
    }
    #expect(x.grad!.values == [5000, 7000])
  }

  @Test func aGraphMayGoFromThreadToThread() {
    nonisolated(unsafe) let x = Self.leaf([1, 2])
    nonisolated(unsafe) let h = x * x
    for _ in 0..<10 {
      Self.onThreads(1) { _ in (h * 2).sum().backward(retainGraph: true) }
      (h * 3).sum().backward(retainGraph: true)
    }
    #expect(x.grad!.values == [100, 200])
  }

  @Test func aPassLeavesNoMarks() {
    // Targets that the pass does not reach, nested passes, released graphs: all nodes are free
    // again, for any thread.
    nonisolated(unsafe) let (x, unused) = (Self.leaf([1, 2]), Self.leaf([1, 2]))
    let h = x * x
    let y = noGrad { h * 3 }.wrt(h) { g in
      _ = grad(of: h, wrt: [x, unused], gradient: g, retainGraph: true, allowUnused: true)
      return g * 3
    }
    nonisolated(unsafe) let loss = y.sum()
    _ = grad(of: loss, wrt: [x, unused], retainGraph: true, allowUnused: true)
    Self.onThreads(1) { _ in loss.backward() }
    #expect(x.grad!.values == [6, 12] && unused.grad == nil)
  }

  @Test func twoPassesOverOneGraphStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        nonisolated(unsafe) let x = Tensor([1.0, 2], requiresGrad: true)
        nonisolated(unsafe) let shared = x * 2
        let (entered, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let y = noGrad { shared * 3 }.wrt(shared) { g in
          entered.signal()
          done.wait()
          return g * 3
        }
        Thread {
          entered.wait()
          (shared * 5).sum().backward()
          done.signal()
        }.start()
        y.sum().backward()
      }, "backward: another thread", "a result of *", "of shape [2]")
  }
}
