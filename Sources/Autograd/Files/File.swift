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
  private let descriptor: Int32
  private let path: String

  /// Opens a file with the flags of open(2).
  init(_ path: String, _ flags: Int32) throws(FileError) {
    descriptor = try retrying("open", path) { open(path, flags | O_CLOEXEC, 0o666) }
    self.path = path
  }

  deinit { _ = close(descriptor) }

  /// The number of bytes in the file.
  func byteCount() throws(FileError) -> Int {
    var status = stat()
    _ = try retrying("inspect", path) { fstat(descriptor, &status) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError("read", path, reason: "it is not a regular file")
    }
    return Int(status.st_size)
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

/// The result of a system call, repeated while a signal interrupts it.
private func retrying<R: SignedInteger>(
  _ operation: String, _ path: String, _ call: () -> R
) throws(FileError) -> R {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw FileError(operation, path) }
  }
}

/// Writes the file `path` atomically: it has its old content or the new one, even after a crash.
///
/// `body` writes a file of another name in the same folder, which replaces the old one when it is
/// completely on the disk.
func replaceFile(
  _ path: String, _ body: (borrowing File) throws(FileError) -> Void
) throws(FileError) {
  let temporary = "\(path).tmp-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
  do throws(FileError) {
    let file = try File(temporary, O_WRONLY | O_CREAT | O_EXCL)
    try body(file)
    try file.synchronize()
    _ = try retrying("replace", path) { rename(temporary, path) }
  } catch {
    unlink(temporary)
    throw FileError(error.operation, path, reason: error.reason, code: error.code)
  }
  // The folder, which holds the name, must be synchronized too.
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  try File(folder, O_RDONLY).synchronize()
}
