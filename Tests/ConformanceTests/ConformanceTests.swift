import ConformanceKit
import Foundation
import Testing

/// The cases that ship with the package. (`swift run -c release Conformance FOLDER` runs any others.)
@Suite struct ConformanceTests {
  private static let folder = Bundle.module.resourceURL!.appending(path: "Fixtures")

  @Test(arguments: try CaseRunner.groups(in: folder))
  func group(_ name: String) throws {
    let runner = try CaseRunner(group: name, folder: Self.folder)
    try #require(!runner.expectsRejection)
    for index in 0..<runner.count {
      if case .failed(let why) = runner.run(index) { Issue.record("\(runner.id(index)): \(why)") }
    }
  }
}
