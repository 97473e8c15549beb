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

/// Stops if the allocator cannot hold the result of `op`, of shape `shape`; also where the number of
/// elements overflows.
func requireMemory(for shape: [Int], _ dtype: DType, op: StaticString) {
  let bytes = shape.reduce(Double(dtype.itemSize)) { $0 * Double($1) }
  require(
    bytes <= 0x1p46,
    """
    \(opName(op)): the result, of shape \(shape), would need \(bytes) bytes of memory; use smaller \
    numbers
    """)
}
