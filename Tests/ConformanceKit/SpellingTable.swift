/// The documentation's table of PyTorch's names and Swift spellings, from the adapters.
public enum SpellingTable {
  /// An article of the documentation catalog. `swift run Conformance --spellings` prints it.
  public static var article: String {
    let groups = Adapter.groups.filter { !$0.adapters.isEmpty }
    return """
      # PyTorch names in Swift

      What each operator of PyTorch is called here.

      ## Overview

      Made from the table that the conformance tests run by. `torch.x`, `torch.Tensor.x` and the \
      namespaces are left out of PyTorch's
      names, except `linalg`, `special`, `masked` and `nn.functional`. `x`, `a` and `b` are tensors.

      """ + groups.map { "\n## \(title($0.name))\n\n\(table($0.adapters))\n" }.joined() + remarks
  }

  /// What is missing, and calls that are accepted although PyTorch rejects them.
  private static var remarks: String {
    let accepted = CaseRunner.acceptedOnPurpose.map {
      "| `\($0.op)` | \($0.error) | \($0.reason) |"
    }
    return """

      ## What is not there

      Every operator above takes every argument that the cases have. Losses and layers that are \
      missing above are not there yet. What only
      Python can express is left out: `out=`, `device=`, `memory_format=`; complex, sparse and nested tensors.

      ## Calls that PyTorch rejects and this library accepts

      | PyTorch | PyTorch's message | why |
      | --- | --- | --- |
      \(accepted.joined(separator: "\n"))

      """
  }

  private static func title(_ group: String) -> String {
    switch group {
    case "linalg": "Linear algebra"
    case "nn": "Layers"
    default: group.prefix(1).uppercased() + group.dropFirst()
    }
  }

  private static func table(_ adapters: [Adapter]) -> String {
    let rows = adapters.sorted { $0.op < $1.op }.map { "| `\($0.op)` | \(code($0.spelling)) |" }
    return (["| PyTorch | Swift |", "| --- | --- |"] + rows).joined(separator: "\n")
  }

  /// A code span in a cell of a table, where bars are escaped.
  private static func code(_ text: String) -> String {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    return "`" + parts.joined(separator: "\\|") + "`"
  }
}
