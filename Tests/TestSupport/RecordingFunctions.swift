import Foundation
import TestSupport
import Testing

/// Every function of the library that records a derivative stands in the table of op cases.
@Suite struct CompletenessTests {
  @Test func everyFunctionThatCallsWrtHasARow() throws {
    let rows = Set(OpCase.all.map { Self.plain($0.op) })
    for function in try Self.recordingFunctions() {
      #expect(
        rows.contains(function.name),
        """
        \(function.place): \(function.name) calls wrt or windowing, but no row of the table of op \
        cases (Tests/AutogradTests/Cases) bears its name
        """)
    }
  }

  @Test func theScannerFindsFunctions() {
    let found = Self.scan(
      """
      extension Tensor {
        /// Not here: y.wrt(x) { g in g }
        public static func + (a: Tensor, b: Tensor) -> Tensor {
          add(a, b).wrt(a) { g in g }.wrt(b) { g in g }
        }
        private var wrapped: Tensor { alias().wrt(self) { g in g } }
        @discardableResult
        public func max<S: Sendable>(
          _ dim: Int
        ) -> Tensor {
          func local() -> Int { 0 }
          return plain()
            .windowing(self) { x in x }
        }
        public func plain() -> Tensor { self }
        public subscript(i: Int) -> Tensor { picked(i).wrt(self) { g in g } }
      }
      func softmax(_ x: Tensor) -> Tensor { y.wrt(x) { g in g } }
      struct Windows {
        static func `where`() -> Tensor { y.wrt(x) { g in g } }
      }
      """, file: "Sample.swift")
    #expect(found.map(\.name) == ["+", "wrapped", "max", "subscript", "softmax", "where"])
    #expect(found.first?.place == "Sample.swift:4")
  }
}

// MARK: - Reading the sources

extension CompletenessTests {
  private struct Function {
    let name: String
    /// File and line of the call.
    let place: String
  }

  private static func recordingFunctions() throws -> [Function] {
    let root = URL(filePath: #filePath).appending(path: "../../../../Sources").standardized
    var found: [Function] = []
    for module in ["Autograd", "NN"] {
      let folder = root.appending(path: module)
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        found += scan(try String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
      }
    }
    try #require(found.count > 10, "the sources are not where they are looked for, \(root)")
    return found
  }

  /// The functions of a source that call `wrt` or `windowing`, each once. The formatter keeps indentation
  /// honest, so a call belongs to the last declaration that is not indented more than one before it.
  private static func scan(_ source: String, file: String) -> [Function] {
    var enclosing: (indent: Int, name: String)?
    var found: [Function] = []
    for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let code = line.trimmingPrefix { $0 == " " }
      if code.hasPrefix("//") { continue }
      let indent = line.count - code.count
      if indent <= enclosing?.indent ?? .max {
        if let name = declaredFunction(code) {
          enclosing = (indent, name)
        } else if code.contains(#/^(\w+ )*(extension|struct|class|enum|protocol) /#) {
          enclosing = nil
        }
      }
      if code.contains(".wrt(") || code.contains(".windowing("), let name = enclosing?.name,
        found.last?.name != name
      {
        found.append(Function(name: name, place: "\(file):\(number + 1)"))
      }
    }
    return found
  }

  /// The name of the function, property, subscript or initialiser that a line begins to declare.
  private static func declaredFunction(_ code: Substring) -> String? {
    let declaration =
      #/^(@\w+ )*(\w+(\(set\))? )*(func |var |let |(?=subscript|init))(?<name>[^\s(<:]+)/#
    return (try? declaration.prefixMatch(in: code)).map { plain($0.output.name) }
  }

  /// `name` without the backticks that keywords need.
  private static func plain(_ name: some StringProtocol) -> String {
    name.trimmingCharacters(in: ["`"])
  }
}
