// The safetensors format: the length of a header (8 bytes, little-endian), the header (JSON), then
// the elements of all tensors one after the other. https://github.com/huggingface/safetensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a safetensors file could not be read or written.
public enum SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// The operating system refused.
  case file(FileError)
  /// The content does not follow the format.
  case malformed(reason: String, path: String?)
  /// A tensor has elements of a type that this library does not have.
  case unsupported(tensor: String, type: String, path: String?)

  /// The path and what is wrong.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let reason, let path): "\(path ?? "safetensors"): \(reason)"
    case .unsupported(let tensor, let type, let path):
      """
      \(path ?? "safetensors"): the tensor "\(tensor)" has the type \(type), which this library \
      does not have; convert it before saving, to F32 for instance
      """
    }
  }
}

// MARK: - Loading

/// The tensors of a safetensors file, in the order of their bytes, with its metadata.
///
/// Files from PyTorch (`safetensors.torch.save_file(model.state_dict(), path)`) load unchanged. F16
/// and BF16 are widened to float32; other types that this library lacks are an error. Everything is
/// checked: a damaged or malicious file throws, and needs no more memory than its own size (twice
/// that for elements that are widened). So does a path that names a directory, a device or a pipe.
///
/// ```swift
/// try net.loadStateDict(loadSafetensors("net.safetensors"))
/// ```
public func loadSafetensors(_ path: String) throws(SafetensorsError) -> StateDict {
  let file = try onDisk { () throws(FileError) in try File(path, O_RDONLY) }
  let count = try onDisk { () throws(FileError) in try file.byteCount() }
  return try read(count, path: path) { (buffer) throws(SafetensorsError) in
    try onDisk { () throws(FileError) in try file.fill(buffer) }
  }
}

/// The tensors of a safetensors file that is in memory.
public func loadSafetensors(bytes: [UInt8]) throws(SafetensorsError) -> StateDict {
  var offset = 0
  return try read(bytes.count, path: nil) { (buffer) throws(SafetensorsError) in
    buffer.copyBytes(from: bytes[offset..<offset + buffer.count])
    offset += buffer.count
  }
}

/// Reads a file of `count` bytes; `next` fills a buffer with the bytes that follow; the total never
/// exceeds `count`.
private func read(
  _ count: Int, path: String?,
  next: (UnsafeMutableRawBufferPointer) throws(SafetensorsError) -> Void
) throws(SafetensorsError) -> StateDict {
  guard count >= 8 else {
    throw .malformed(reason: "the file has \(count) bytes, too few for a header", path: path)
  }
  var word: UInt64 = 0
  try withUnsafeMutableBytes(of: &word) { (bytes) throws(SafetensorsError) in try next(bytes) }
  let length = UInt64(littleEndian: word)
  guard length <= SafetensorsHeader.maximalByteCount else {
    throw .malformed(
      reason: """
        the header has \(length) bytes, but at most \(SafetensorsHeader.maximalByteCount) are \
        allowed
        """, path: path)
  }
  let dataCount = count - 8 - Int(length)
  guard dataCount >= 0 else {
    throw .malformed(
      reason: "the header has \(length) bytes, but the file only \(count - 8) after its length",
      path: path)
  }
  let text = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(length), alignment: 1)
  defer { text.deallocate() }
  try next(text)
  let header: SafetensorsHeader
  do throws(SafetensorsHeader.Defect) {
    header = try SafetensorsHeader(Array(text), dataCount: dataCount)
  } catch {
    switch error {
    case .malformed(let reason): throw .malformed(reason: reason, path: path)
    case .foreign(let tensor, let type):
      throw .unsupported(tensor: tensor, type: type, path: path)
    }
  }
  var state = StateDict()
  state.metadata = header.metadata
  for entry in header.entries {
    let tensor = Tensor(uninitialized: entry.shape, entry.type.dtype)
    try tensor.withMutableBytes { (memory) throws(SafetensorsError) in
      // Elements to be widened are read to the end of the memory, and grow from there to its start.
      try next(UnsafeMutableRawBufferPointer(rebasing: memory.suffix(entry.bytes.count)))
      switch entry.type {
      case .float16: widen(memory, float32Bits(half:))
      case .bfloat16: widen(memory) { UInt32($0) << 16 }
      case .bool: for i in memory.indices where memory[i] > 1 { memory[i] = 1 }
      default: break
      }
    }
    state[entry.name] = tensor
  }
  return state
}

/// Replaces the 16-bit numbers in the second half of `memory` by 32-bit ones in all of it.
private func widen(_ memory: UnsafeMutableRawBufferPointer, _ convert: (UInt16) -> UInt32) {
  let count = memory.count / 4
  for i in 0..<count {
    let narrow = memory.load(fromByteOffset: 2 * (count + i), as: UInt16.self)
    memory.storeBytes(of: convert(narrow), toByteOffset: 4 * i, as: UInt32.self)
  }
}

/// The bits of the `Float` that equals an IEEE half, given by its bits. (`Float16` is missing on
/// some platforms.)
func float32Bits(half: UInt16) -> UInt32 {
  let sign = UInt32(half & 0x8000) << 16
  let magnitude = UInt32(half & 0x7FFF) << 13
  if half & 0x7C00 == 0x7C00 { return sign | 0x7F80_0000 | magnitude }
  // The biases of the exponents differ by 112; multiplying is exact for subnormal halves too.
  return sign | (Float(bitPattern: magnitude) * 0x1p112).bitPattern
}

// MARK: - Saving

/// Writes tensors to a safetensors file, which PyTorch and others can load.
///
/// The file is replaced as a whole: until the new content is complete and on the disk, the old one
/// stays, even if the program or the machine crashes. The same tensors give the same bytes.
///
/// The new file has the permissions of the old one, and its owner as far as the process may set it.
/// A symbolic link stays: the file that it leads to is replaced. What a killed process left of the
/// same file, beside it under a hidden name ending in `.tmp`, is removed. A hard link to the old file
/// keeps the old content. A path that names a directory, a device or a pipe throws.
///
/// In a folder where no file may be made, a file that may be written is overwritten where it is, as
/// in PyTorch: there a crash or an error leaves a part of the new content.
///
/// - Parameters:
///   - state: the tensors, as from `stateDict()`, or a dictionary literal.
///   - metadata: text to store beside them; by default that of `state`.
///   - path: where the file is.
public func saveSafetensors(
  _ state: StateDict, to path: String, metadata: [String: String]? = nil
) throws(SafetensorsError) {
  if state["__metadata__"] != nil {
    throw .malformed(reason: "a tensor cannot have the name \"__metadata__\"", path: path)
  }
  let header = SafetensorsHeader(state, metadata: metadata ?? state.metadata)
  let text = header.encoded
  if text.count > SafetensorsHeader.maximalByteCount {
    throw .malformed(
      reason: "the names, shapes and metadata make a header that is too long", path: path)
  }
  try onDisk { () throws(FileError) in
    try replaceFile(path) { (file) throws(FileError) in
      try withUnsafeBytes(of: UInt64(text.count).littleEndian) { (bytes) throws(FileError) in
        try file.append(bytes)
      }
      try text.span.withUnsafeBytes { (bytes) throws(FileError) in try file.append(bytes) }
      for entry in header.entries {
        try state[entry.name]!.withBytes { (bytes) throws(FileError) in try file.append(bytes) }
      }
    }
  }
}

/// Runs `body`, whose errors come from the operating system.
private func onDisk<R: ~Copyable>(
  _ body: () throws(FileError) -> R
) throws(SafetensorsError) -> R {
  do throws(FileError) { return try body() } catch { throw .file(error) }
}
