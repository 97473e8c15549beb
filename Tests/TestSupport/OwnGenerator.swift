import Autograd
import Testing

/// Gives each test a default generator of its own, seeded with 0.
///
/// Tests run in parallel: what one draws from a shared generator depends on the others. The thread
/// sanitizer also reports each shared use, since it does not see the locks of `Mutex` on Linux.
public struct OwnGenerator: TestTrait, SuiteTrait, TestScoping {
  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Generator.withDefault(Generator(seed: 0), function)
  }
}

extension Trait where Self == OwnGenerator {
  /// Gives each test a default generator of its own, seeded with 0.
  public static var ownGenerator: OwnGenerator { OwnGenerator() }
}
