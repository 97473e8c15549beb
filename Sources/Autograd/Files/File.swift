// Reading and writing files without Foundation.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A failed operation of the operating system on a file.
public struct FileError: Error, Equatable, CustomStringConvertible {
  /// The path as it was given.
  public let path: String
  /// The operation, as in `open`.
  public let operation: String
  /// The number of the error in `errno.h`; 0 if the system reported none.
  public let code: Int32
  /// The description of the number.
  public let reason: String

  /// The error that the last call of the C library left in `errno`.
  init(_ operation: String, _ path: String, code: Int32 = errno) {
    self.init(operation, path, reason: String(cString: strerror(code)), code: code)
  }

  init(_ operation: String, _ path: String, reason: String, code: Int32 = 0) {
    self.path = path
    self.operation = operation
    self.code = code
    self.reason = reason
  }

  public var description: String { "\(path): cannot \(operation): \(reason)" }
}

/// An open file, closed when it goes out of scope.
struct File: ~Copyable {
  let descriptor: Int32
  private let path: String

  /// Opens a file with the flags of open(2), and `mode` less the umask if it is new.
  ///
  /// It does not wait for the other end of a named pipe; what is read must be a regular file.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(FileError) {
    try checkPath(path, "open")
    descriptor = try retrying("open", path) {
      open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode)
    }
    self.path = path
  }

  deinit { _ = close(descriptor) }

  /// The number of bytes in the file.
  func byteCount() throws(FileError) -> Int {
    let status = try status()
    guard status.isRegular else {
      throw FileError("read", path, reason: "it is not a regular file")
    }
    return Int(status.st_size)
  }

  /// What the system knows about the file.
  func status() throws(FileError) -> stat {
    var status = stat()
    _ = try retrying("inspect", path) { fstat(descriptor, &status) }
    return status
  }

  /// Fills `buffer` with the next bytes.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FileError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = try retrying("read", path) {
        read(descriptor, rest.baseAddress, portion(rest.count))
      }
      if count == 0 { throw FileError("read", path, reason: "the file ended early") }
      done += count
    }
  }

  /// Appends `buffer`.
  func append(_ buffer: UnsafeRawBufferPointer) throws(FileError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
      done += try retrying("write", path) {
        write(descriptor, rest.baseAddress, portion(rest.count))
      }
    }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws(FileError) {
    _ = try retrying("synchronize", path) { fsync(descriptor) }
  }

  /// No system call transfers more than 2 GiB at once.
  private func portion(_ count: Int) -> Int { min(count, 1 << 30) }
}

extension stat {
  /// Whether it is a file with content, rather than a directory, a device or a pipe.
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
}

/// Stops a path that the system would read only in part, or would not find.
func checkPath(_ path: String, _ operation: String) throws(FileError) {
  if path.isEmpty { throw FileError(operation, path, reason: "the path is empty") }
  if path.utf8.contains(0) {
    throw FileError(operation, path, reason: "the path contains the character NUL")
  }
}

/// The result of a system call, repeated while a signal interrupts it.
func retrying<R: SignedInteger>(
  _ operation: String, _ path: String, _ call: () -> R
) throws(FileError) -> R {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw FileError(operation, path) }
  }
}
