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
  fatalError(message, file: file, line: line)
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
