import Foundation

/// A file of the library's sources, for tests of the code itself.
public struct SourceFile {
  /// From the root of the package: `Sources/NN/Module.swift`.
  public let path: String
  public let lines: [Substring]

  public init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The Swift files in a folder of the package and in its subfolders, by path.
  public static func all(under folder: String) throws -> [SourceFile] {
    // From Tests/TestSupport/SourceFile.swift.
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let paths = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: folder).path)
    let files = try paths.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let path = "\(folder)/\(name)"
      return SourceFile(
        path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
    guard !files.isEmpty else { throw CocoaError(.fileNoSuchFile) }
    return files
  }
}
