/// A call with one integer that may be anything: a size, a dimension, a count.
struct MisuseCase: Sendable, CustomStringConvertible {
  /// The function, or the type for an initializer, and the parameter: `narrow(start)`.
  let description: String
  /// The name that messages have.
  let op: String
  let call: @Sendable (Int) -> Void

  /// - Parameter op: the name that messages have, if it is not that of the function.
  init<Result>(
    _ description: String, op: String? = nil, _ call: @escaping @Sendable (Int) -> Result
  ) {
    self.description = description
    self.op = op ?? String(description.prefix { $0 != "(" })
    self.call = { n in _ = call(n) }
  }

  /// What every integer parameter must bear.
  static let integers = [0, -1, .min, .max, 1 << 40]

  static let all =
    creation + random + views + arrangements + indexing + reductions + masked + linearAlgebra
    + layers + attention + convolutions + normalizations + pooling + poolingLayers + imageLayers
    + recurrent
}

extension MisuseCase {
  /// Runs the calls, each in a process of its own, and describes those that end neither by
  /// returning nor with a sentence that names the function.
  static func failures(_ rows: [MisuseCase]) -> [String] {
    rows.flatMap { row in
      integers.compactMap { n in
        let ending = Ending { row.call(n) }
        return row.accepts(ending) ? nil : "\(row), \(n): \(ending)"
      }
    }
  }

  private func accepts(_ ending: Ending) -> Bool {
    if ending.isReturn { return true }
    // The message of a module may name the function that it calls.
    let names = [op, op.prefix(1).lowercased() + op.dropFirst()]
    return names.contains { ending.message.contains("Fatal error: \($0): ") }
  }
}
