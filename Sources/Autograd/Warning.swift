#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// Something that is allowed, but likely a mistake: said on standard error when it first happens.
package struct Warning: ~Copyable, Sendable {
  private let isWritten = Atomic(false)
  private let message: StaticString

  package init(_ message: StaticString) { self.message = message }

  package func give() {
    if isWritten.exchange(true, ordering: .relaxed) { return }
    var line = "warning: \(message)\n"
    _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
