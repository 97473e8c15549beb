/// Stops with `message` unless `condition` holds, in release builds too, where `precondition` drops
/// its message.
///
/// The message names the op, the shapes or values, and how to fix the call: "expected …, got …; use
/// …".
@inline(__always)
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { fail(message(), file: file, line: line) }
}

/// Stops with `message`.
@inline(never)
package func fail(_ message: String, file: StaticString = #fileID, line: UInt = #line) -> Never {
  fatalError(Caller.renamed(message), file: file, line: line)
}

/// Runs `body`, in which messages name `op`: for an op that is made of others, whose checks suffice.
package func named<R>(_ op: StaticString, _ body: () throws -> R) rethrows -> R {
  if Caller.op != nil { return try body() }
  return try Caller.$op.withValue(op, operation: body)
}

/// The op that the user called, if it is made of others; see `named`.
private enum Caller {
  @TaskLocal static var op: StaticString?

  /// `message` with the name of the op in place of that which it begins with.
  static func renamed(_ message: String) -> String {
    guard let op, let colon = message.firstIndex(of: ":"), !message[..<colon].contains(" ") else {
      return message
    }
    return opName(op) + message[colon...]
  }
}

/// The name of an op in messages: `#function` without the argument labels.
package func opName(_ op: StaticString) -> String {
  String("\(op)".prefix { $0 != "(" })
}

/// Stops unless there is memory for the result of `op`, of shape `shape`. The results of ops that `op`
/// is made of would otherwise stop in their own names.
func requireMemory(for shape: [Int], _ dtype: DType, op: StaticString) {
  let bytes = shape.reduce(Double(dtype.itemSize)) { $0 * Double($1) }
  guard bytes > 0x1p32 else { return }
  let memory = bytes < 0x1p62 ? Memory.allocate(Int(bytes)) : nil
  require(
    memory != nil,
    """
    \(opName(op)): out of memory: the result, of shape \(shape), needs \(bytes) bytes; use smaller \
    numbers
    """)
  Memory.release(memory!, Int(bytes))
}
