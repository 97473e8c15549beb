import TestSupport

/// The parameters of public functions that take integers, as rows name them: `narrow(start)`.
func integerParameters(in file: SourceFile) -> [String] {
  let code = file.lines.filter { !$0.trimmingPrefix { $0 == " " }.hasPrefix("//") }
  let declaration = #/\b(?:class|struct|enum|extension) (\w+)/#
  let pattern =
    #/public (?:\w+ )*(?:func (?<name>[`\w]+)|(?<other>init|subscript))(?<rest>[<(].*)/#
  var type = ""
  var found: [String] = []
  for (i, line) in code.enumerated() {
    if !line.hasPrefix(" "), let declared = line.firstMatch(of: declaration) {
      type = String(declared.1)
    }
    guard line.contains("public "), let match = line.firstMatch(of: pattern) else { continue }
    var signature = String(match.rest)
    for next in code[(i + 1)...] where !isClosed(signature) { signature += " " + next }
    let name = match.name.map { $0.filter { $0 != "`" } } ?? type
    found += integers(signature).map { "\(name)(\($0))" }
  }
  return found
}

/// Whether the list of parameters ends.
private func isClosed(_ signature: String) -> Bool {
  signature.contains("(")
    && signature.count { $0 == "(" } <= signature.count { $0 == ")" }
}

/// The names of the parameters of a signature whose type is made of integers.
private func integers(_ signature: String) -> [String] {
  let generic = signature.prefix { $0 != "(" }
  let lists = generic.matches(of: #/(\w+): IntList/#).map { String($0.1) }
  return parameters(signature.dropFirst(generic.count + 1)).compactMap { parameter in
    let parts = parameter.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let name = parts[0].split(separator: " ").last else { return nil }
    let words = Set(parts[1].split { !$0.isLetter && !$0.isNumber }.map(String.init))
    let integral: Set = ["Int", "IntList", "ConvolutionPadding", "AdaptiveSize"]
    return words.isDisjoint(with: integral.union(lists)) ? nil : String(name)
  }
}

/// The parameters before the parenthesis that ends the list.
private func parameters(_ list: Substring) -> [Substring] {
  var (depth, start) = (0, list.startIndex)
  var found: [Substring] = []
  for i in list.indices {
    switch list[i] {
    case "(", "[": depth += 1
    case ")" where depth == 0: return found + [list[start..<i]]
    case ")", "]": depth -= 1
    case "," where depth == 0:
      found.append(list[start..<i])
      start = list.index(after: i)
    default: break
    }
  }
  return found
}
