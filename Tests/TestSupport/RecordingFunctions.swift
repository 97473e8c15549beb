/// A function that records a derivative.
public struct RecordingFunction {
  public let name: String
  /// File and line of the call of `wrt`.
  public let place: String
}

extension RecordingFunction {
  /// The functions of a module, such as `NN`, that record derivatives and have no row in its table.
  public static func withoutRow(in rows: [OpCase], ofModule module: String) throws -> [String] {
    let names = Set(rows.map { plain($0.op) })
    return try SourceFile.all(under: "Sources/\(module)").flatMap(found(in:))
      .filter { !names.contains($0.name) }.map { "\($0.name) at \($0.place)" }
  }

  /// The functions of a source that call `wrt` or `windowing`, each once.
  ///
  /// The formatter aligns indentation with nesting, so a call belongs to the last declaration that
  /// is not indented more than one before it.
  public static func found(in file: SourceFile) -> [RecordingFunction] {
    var enclosing: (indent: Int, name: String)?
    var found: [RecordingFunction] = []
    for (number, line) in file.lines.enumerated() {
      let code = line.trimmingPrefix { $0 == " " }
      if code.hasPrefix("//") { continue }
      let indent = line.count - code.count
      if indent <= enclosing?.indent ?? .max {
        if let name = declaredName(code) {
          enclosing = (indent, name)
        } else if code.contains(#/^(\w+ )*(extension|struct|class|enum|protocol) /#) {
          enclosing = nil
        }
      }
      if code.contains(".wrt(") || code.contains(".windowing("), let name = enclosing?.name,
        found.last?.name != name
      {
        found.append(RecordingFunction(name: name, place: "\(file.path):\(number + 1)"))
      }
    }
    return found
  }

  /// The name of the function, property, subscript or initializer that a line begins to declare.
  private static func declaredName(_ code: Substring) -> String? {
    let declaration =
      #/^(@\w+ )*(\w+(\(set\))? )*(func |var |let |(?=subscript|init))(?<name>[^\s(<:]+)/#
    return (try? declaration.prefixMatch(in: code)).map { plain($0.output.name) }
  }

  /// `name` without the backticks that keywords need.
  private static func plain(_ name: some StringProtocol) -> String {
    String(name.filter { $0 != "`" })
  }
}
