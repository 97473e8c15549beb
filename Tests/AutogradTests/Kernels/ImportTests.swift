import TestSupport
import Testing

/// The C kernels have one entrance, so that a recorder or another device needs to replace only
/// that.
@Suite struct ImportTests {
  @Test func onlyTheKernelsFolderImportsCKernels() throws {
    let kernels = "Sources/Autograd/Kernels/"
    let files = try SourceFile.all(under: "Sources").filter { file in
      file.lines.contains { $0.contains(#/^\s*(@\w+ |\w+ )*import (\w+ )?CKernels\b/#) }
    }
    #expect(files.contains { $0.path.hasPrefix(kernels) }, "no import is found")
    let offenders = files.map(\.path).filter { !$0.hasPrefix(kernels) }
    #expect(offenders.isEmpty, "\(offenders.joined(separator: ", "))")
  }
}
