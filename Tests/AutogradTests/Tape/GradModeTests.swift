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

  @Test func theModeHoldsAcrossAwait() async throws {
    let y = await noGrad {
      await Task.yield()
      return await enableGrad {
        await Task.yield()
        return x * 2
      }
    }
    #expect(y.requiresGrad)
    let modes = await noGrad {
      let before = GradMode.isEnabled
      await Task.yield()
      return [before, GradMode.isEnabled, await Task { GradMode.isEnabled }.value]
    }
    #expect(modes == [false, false, false])
    struct Failure: Error {}
    await #expect(throws: Failure.self) {
      try await noGrad {
        await Task.yield()
        throw Failure()
      }
    }
    #expect(GradMode.isEnabled)
  }

  /// Each call without `await` here compiles only if it is the synchronous function.
  @Test func aBodyThatDoesNotWaitNeedsNoAwait() async {
    await Task.yield()
    let y = noGrad { x * 2 }
    noGrad {
      let z = x * 3
      #expect(!z.requiresGrad)
    }
    let body: () -> Tensor = { x * 4 }
    #expect(!y.requiresGrad && !noGrad(body).requiresGrad)
    #expect(enableGrad(body).requiresGrad && noGrad { enableGrad { x * 2 } }.requiresGrad)
  }

  /// The body reads and writes what belongs to the main actor, before and after it waits.
  @MainActor @Test func theBodyRunsOnTheActorOfTheCaller() async {
    let counter = Counter()
    await noGrad {
      counter.count += 1
      await Task.yield()
      counter.count += GradMode.isEnabled ? 0 : 1
      MainActor.assertIsolated()
    }
    #expect(counter.count == 2)
    #expect(await Keeper().loss() == 6)
  }
}

@MainActor private final class Counter { var count = 0 }

/// An actor that owns a tensor, which no other actor may see.
private actor Keeper {
  private let weight = Tensor([1.0, 2], requiresGrad: true)

  func loss() async -> Double {
    let y = await noGrad {
      await Task.yield()
      return (weight * 2).sum()
    }
    return y.requiresGrad ? .nan : y.item()
  }
}
