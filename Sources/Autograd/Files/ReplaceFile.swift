// Replacing a file as a whole, so that no reader and no crash sees a part of it.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes the file `path` atomically: it has its old content or the new one, even after a crash.
///
/// `body` writes a file of another name in the same folder, which replaces the old one when it is
/// completely on the disk. The new file has the permissions of the old one, and its owner as far as
/// the process may set it. If `path` is a symbolic link, the file that it leads to is replaced. What
/// an earlier process left of the same file when it was killed is removed.
///
/// In a folder where the process may not make files, a file that it may write is overwritten where it
/// is: a crash or an error meanwhile leaves a part.
func replaceFile(
  _ path: String, _ body: (borrowing File) throws(FileError) -> Void
) throws(FileError) {
  do throws(FileError) {
    try checkPath(path, "write")
    let target = try endOfLinks(path)
    let old = try statusToReplace(target)
    TemporaryFile.removeLeftOvers(of: target)
    guard let temporary = try temporaryFile(for: target, replacing: old) else {
      try overwriteFile(target, body)
      return
    }
    do throws(FileError) {
      if let old { try temporary.file.takeAccess(from: old) }
      try body(temporary.file)
      try temporary.file.synchronize()
      _ = try retrying("replace", path) { rename(temporary.path, target) }
    } catch {
      unlink(temporary.path)
      throw error
    }
    try synchronizeFolder(of: target)
  } catch {
    throw FileError(error.operation, path, reason: error.reason, code: error.code)
  }
}

/// A temporary file for `target`; nil if its folder takes no new files and there is an `old` file.
private func temporaryFile(
  for target: String, replacing old: stat?
) throws(FileError) -> TemporaryFile? {
  do throws(FileError) {
    return try TemporaryFile(for: target, mode: old == nil ? 0o666 : 0o600)
  } catch {
    if old != nil, [EACCES, EPERM].contains(error.code) { return nil }
    throw error
  }
}

/// Overwrites the file `path` with what `body` writes.
private func overwriteFile(
  _ path: String, _ body: (borrowing File) throws(FileError) -> Void
) throws(FileError) {
  let file = try File(path, O_WRONLY)
  try body(file)
  let end = try retrying("write", path) { lseek(file.descriptor, 0, SEEK_CUR) }
  _ = try retrying("shorten", path) { ftruncate(file.descriptor, end) }
  try file.synchronize()
}

// MARK: - The file to be replaced

/// The path that `path` leads to if it is a symbolic link; there need not be a file.
private func endOfLinks(_ path: String) throws(FileError) -> String {
  var path = path
  // As many as the system follows.
  for _ in 0..<40 {
    var target = [UInt8](repeating: 0, count: 4096)
    let count = target.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { readlink(path, $0.baseAddress!, $0.count) }
    }
    // No link, or no such file.
    if count < 0 { return path }
    guard count < target.count, let name = String(validating: target[..<count], as: UTF8.self)
    else { throw FileError("follow", path, reason: "the link is too long or is not UTF-8") }
    path = name.hasPrefix("/") ? name : folder(of: path) + name
  }
  throw FileError("follow", path, code: ELOOP)
}

/// The status of the file at `path`; nil if there is none. Throws if it cannot be replaced by a
/// file, or may not be written.
private func statusToReplace(_ path: String) throws(FileError) -> stat? {
  var status = stat()
  if stat(path, &status) != 0 {
    if errno != ENOENT { throw FileError("write", path) }
    if path.hasSuffix("/") {
      throw FileError("write", path, reason: "the path ends in a slash, as that of a directory")
    }
    return nil
  }
  guard status.isRegular else {
    throw FileError("write", path, reason: "it is not a regular file")
  }
  // A rename would replace a file that is protected against writing.
  _ = try File(path, O_WRONLY)
  return status
}

extension File {
  /// Gives this file the owner and the permissions of `old`.
  ///
  /// Only a privileged process can give files to others. If the group is another one, it gets only
  /// what all may do.
  fileprivate func takeAccess(from old: stat) throws(FileError) {
    if fchown(descriptor, old.st_uid, old.st_gid) != 0 {
      _ = fchown(descriptor, uid_t.max, old.st_gid)
    }
    let now = try status()
    var mode = old.st_mode & 0o7777
    if now.st_uid != old.st_uid || now.st_gid != old.st_gid { mode &= 0o777 }
    if now.st_gid != old.st_gid { mode &= 0o707 | (mode & 0o007) << 3 }
    _ = try retrying("change the permissions", "") { fchmod(descriptor, mode) }
  }
}

/// Waits until the folder, which holds the name of the file, is on the disk too.
///
/// The file is complete by then. So it is no error if the folder may not be read, or its file system
/// has no such operation.
private func synchronizeFolder(of path: String) throws(FileError) {
  do throws(FileError) {
    try File(folder(of: path), O_RDONLY).synchronize()
  } catch {
    if ![EACCES, EPERM, EINVAL, ENOTSUP].contains(error.code) { throw error }
  }
}

/// The part of `path` before the name, to which a name can be appended.
private func folder(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
}

// MARK: - The new file

/// A new file beside the one that it will replace.
///
/// It is locked while it is open. So a file that can be locked is left over from a process that was
/// killed, and no living process still writes it.
struct TemporaryFile: ~Copyable {
  let path: String
  let file: File

  init(for target: String, mode: mode_t = 0o666) throws(FileError) {
    while true {
      let random = String(UInt64.random(in: 0 ... .max), radix: 36)
      let path = TemporaryFile.prefix(of: target) + random + TemporaryFile.suffix
      let file = try File(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
      // Where there are no locks, nobody removes what is left over.
      while flock(file.descriptor, LOCK_EX) != 0, errno == EINTR {}
      // Another process may have removed it before it was locked.
      if try file.status().st_nlink > 0 {
        self.path = path
        self.file = file
        return
      }
    }
  }

  private static let suffix = ".tmp"

  /// How the paths of all temporary files for `target` begin. The name can have any length that the
  /// system allows, so only a part of it stands here, with a hash of the whole.
  private static func prefix(of target: String) -> String {
    let folder = folder(of: target)
    let name = target.split(separator: "/", omittingEmptySubsequences: false).last!
    // FNV-1a.
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    var part = String.UnicodeScalarView()
    for scalar in name.unicodeScalars.prefix(25) { part.append(scalar) }
    return "\(folder).\(String(part)).\(String(hash, radix: 36))."
  }

  /// Removes the temporary files for `target` that no process writes any more, if the folder can be
  /// listed.
  static func removeLeftOvers(of target: String) {
    let folder = folder(of: target)
    guard let listing = opendir(folder) else { return }
    defer { closedir(listing) }
    let prefix = prefix(of: target)
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      let path = folder + name
      guard path.hasPrefix(prefix), path.hasSuffix(suffix) else { continue }
      // Without the permission to read, that to write suffices for a lock.
      guard let file = (try? File(path, O_RDONLY)) ?? (try? File(path, O_WRONLY)) else { continue }
      if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }
  }
}
