import TestSupport
import Testing

@testable import Autograd

/// Grad mode.
@Suite struct GradModeTests {
  private let x = Tensor([1.0, 2], dtype: .float64, requiresGrad: true)

  @Test func noGradRecordsNothing() {
    let y = noGrad { x * 2 }
    #expect(y.node == nil && !y.requiresGrad && y.isLeaf)
  }

  @Test func gradModesNest() {
    #expect(GradMode.isEnabled)
    noGrad {
      #expect(!GradMode.isEnabled)
      enableGrad {
        #expect(GradMode.isEnabled && (x * 2).requiresGrad)
        noGrad { #expect(!(x * 2).requiresGrad) }
        #expect((x * 2).requiresGrad)
      }
      #expect(!(x * 2).requiresGrad)
    }
    #expect(GradMode.isEnabled)
  }

  @Test func theModeComesBackAfterAnError() {
    struct Failure: Error {}
    #expect(throws: Failure.self) { try noGrad { throw Failure() } }
    #expect(GradMode.isEnabled)
  }

  @Test func leavesMayBeMadeInsideNoGrad() {
    let w = noGrad { Tensor([1.0], requiresGrad: true) }
    #expect(w.requiresGrad && (w * 2).requiresGrad)
  }

  @Test func backwardRunsInsideNoGrad() {
    let y = (x * x).sum()
    noGrad { y.backward() }
    #expect(x.grad!.values == [2.0, 4])
  }

  @Test func rulesRunWithoutRecording() {
    nonisolated(unsafe) var modes: [Bool] = []
    func op() -> Tensor {
      noGrad { x * 2 }.wrt(x) { g in
        modes.append(GradMode.isEnabled)
        return g * 2
      }
    }
    op().sum().backward()
    _ = grad(of: op().sum(), wrt: x, createGraph: true)
    #expect(modes == [false, true])
    #expect(GradMode.isEnabled)
  }

  @Test func rulesAreNotEvenMadeWithoutRecording() {
    nonisolated(unsafe) var made = 0
    func rule() -> (Tensor) -> Tensor {
      made += 1
      return { g in g }
    }
    noGrad { _ = (x * 2).detach().wrt(x, rule()) }
    _ = (x * 2).detach().wrt(x.detach(), rule())
    #expect(made == 0)
  }

  @Test func childTasksInheritTheMode() async {
    await GradMode.$ofTask.withValue(false) {
      async let child = GradMode.isEnabled
      #expect(await child == false)
      let inGroup = await withTaskGroup(of: Bool.self) { group in
        group.addTask { GradMode.isEnabled }
        return await group.next()!
      }
      #expect(!inGroup)
      #expect(await Task { GradMode.isEnabled }.value == false)
      #expect(await Task.detached { GradMode.isEnabled }.value)
    }
  }

  @Test func otherThreadsHaveTheirOwnMode() {
    noGrad {
      onSmallStack { #expect(GradMode.isEnabled) }
    }
  }
}
