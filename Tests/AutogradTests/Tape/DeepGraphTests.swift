import TestSupport
import Testing

@testable import Autograd

/// Graphs too deep for recursion: the backward pass works, and they are freed.
@Suite struct DeepGraphTests {
  private static let depth = 1_000_000

  enum Shape: CaseIterable {
    /// One op after the other.
    case chain
    /// Each result also depends on the tenth before it.
    case skipping
    /// A rule that saves its output, as eˣ does.
    case keepingOutputs

    /// A graph of `depth` ops over `x`, whose derivative is 1.
    func build(_ x: Tensor, depth: Int) -> Tensor {
      var y = x
      var earlier = [x]
      for i in 0..<depth {
        switch self {
        case .chain:
          y = y + 1
        case .skipping:
          // The sum of both gradients is 1 for every element.
          y = DeepGraphTests.mean(y, earlier[i % earlier.count])
          if earlier.count < 10 { earlier.append(y) } else { earlier[i % 10] = y }
        case .keepingOutputs:
          y = DeepGraphTests.same(y)
        }
      }
      return y
    }
  }

  private static func mean(_ a: Tensor, _ b: Tensor) -> Tensor {
    noGrad { a }.alias().wrt(a) { g in g * 0.5 }.wrt(b) { g in g * 0.5 }
  }

  private static func same(_ x: Tensor) -> Tensor {
    noGrad { x * 1 }.wrt(x) { g, y in g * (y / y) }
  }

  enum Walk: CaseIterable {
    case none, once, retained
  }

  private static func run(_ shape: Shape, _ walk: Walk) {
    let leaked = leakedStorages {
      let x = Tensor([1.0], dtype: .float64, requiresGrad: true)
      let y = shape.build(x, depth: depth)
      switch walk {
      case .none: break
      case .once: y.backward()
      case .retained: y.backward(retainGraph: true)
      }
      if walk != .none { #expect(abs(x.grad!.item() - 1) < 1e-9) }
    }
    #expect(leaked == 0)
  }

  @Test(arguments: Shape.allCases, Walk.allCases)
  func onASmallStack(_ shape: Shape, _ walk: Walk) {
    onSmallStack { Self.run(shape, walk) }
  }

  @Test @MainActor func onTheMainThread() { Self.run(.chain, .once) }

  @Test func aWideFanIn() {
    onSmallStack {
      let leaked = leakedStorages {
        let x = Tensor([1.0], dtype: .float64, requiresGrad: true)
        let w = Tensor(2.0, dtype: .float64, requiresGrad: true)
        var sum = x
        for _ in 0..<100_000 { sum = sum + x * w }
        sum.backward()
        #expect(x.grad!.item() == 200_001)
        #expect(w.grad!.item() == 100_000)
      }
      #expect(leaked == 0)
    }
  }

  @Test func aNodeOfManyInputs() {
    let leaked = leakedStorages {
      let x = Tensor([1.0], dtype: .float64, requiresGrad: true)
      let parts = (0..<100_000).map { _ in x * 1 }
      let y = noGrad { x * 1 }
      for part in parts { y.wrt(part) { g in g } }
      y.backward()
      #expect(x.grad!.item() == 100_000)
    }
    #expect(leaked == 0)
  }

  /// A rule may capture a tensor that is not a source, with a graph that only the closure retains.
  @Test func graphsInsideRules() {
    onSmallStack {
      let leaked = leakedStorages {
        let x = Tensor([1.0], dtype: .float64, requiresGrad: true)
        var h = x
        for _ in 0..<Self.depth {
          h = noGrad { x * 1 }.wrt(x) { [h = Saved(h)] g in g * h.value }
        }
        h.backward()
        #expect(x.grad!.item() == 1)
      }
      #expect(leaked == 0)
    }
  }

  @Test func aDeepRecordedBackward() {
    // The graph of the gradient is as deep as the forward graph.
    onSmallStack {
      let leaked = leakedStorages {
        let x = Tensor([1.0], dtype: .float64, requiresGrad: true)
        var y = x
        for _ in 0..<20_000 { y = Self.same(y) }
        let g = grad(of: y, wrt: x, createGraph: true)
        _ = grad(of: g, wrt: [x], allowUnused: true)
      }
      #expect(leaked == 0)
    }
  }
}
