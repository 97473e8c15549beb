import ConformanceKit
import Foundation
import TestSupport
import Testing

/// The cases that ship with the package. (`swift run -c release Conformance FOLDER` runs any
/// others.)
@Suite(.ownGenerator) struct ConformanceTests {
  private static let folder = Bundle.module.resourceURL!.appending(path: "Fixtures")

  @Test(arguments: try CaseRunner.groups(in: folder).filter { $0 != "errors" })
  func group(_ name: String) throws {
    let runner = try CaseRunner(group: name, folder: Self.folder)
    for index in 0..<runner.count {
      if case .failed(let why) = runner.run(index) { Issue.record("\(runner.id(index)): \(why)") }
    }
  }

  /// The documentation's table of names is the adapters' one.
  @Test func documentedNames() throws {
    let path = "../../../Sources/Autograd/Autograd.docc/PyTorchNames.md"
    let article = try String(
      contentsOf: URL(filePath: #filePath).appending(path: path).standardized, encoding: .utf8)
    #expect(
      article == SpellingTable.article,
      "swift run Conformance --spellings > Sources/Autograd/Autograd.docc/PyTorchNames.md")
  }

  /// Calls that PyTorch rejects stop here too, with a message that names the op.
  @Test(arguments: try Self.rejectedCalls())
  func rejects(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      let runner = try CaseRunner(group: "errors", folder: ConformanceTests.folder)
      let verdict = runner.run(index)
      // A call that Swift's types cannot express is rejected before the op.
      if verdict == .passed { fatalError("\(runner.subject(index)): rejected by the compiler") }
    }
    guard let result else { return }
    let runner = try CaseRunner(group: "errors", folder: Self.folder)
    let output = String(decoding: result.standardErrorContent, as: UTF8.self)
    let verdict = runner.verdict(onStopping: output, at: index)
    #expect(verdict == .passed, "\(runner.id(index))")
  }

  /// The calls of ops that the library has and does not accept on purpose.
  private static func rejectedCalls() throws -> [Int] {
    let runner = try CaseRunner(group: "errors", folder: folder)
    return (0..<runner.count).filter(runner.mustBeRejected)
  }
}
