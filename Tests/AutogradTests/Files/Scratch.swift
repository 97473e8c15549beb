@testable import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder for one test, removed with what is in it.
final class Scratch {
  let path: String
  init() {
    let name = "safetensors-\(UInt64.random(in: 0 ... .max))"
    path = (getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") + "/" + name
    mkdir(path, 0o700)
  }
  deinit {
    for name in contents { unlink("\(path)/\(name)") }
    rmdir(path)
  }
  var contents: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// The bytes of a file.
func content(_ path: String) throws -> [UInt8] {
  let file = try File(path, O_RDONLY)
  var bytes = [UInt8](repeating: 0, count: try file.byteCount())
  try bytes.withUnsafeMutableBytes { try file.fill($0) }
  return bytes
}
