import Testing

@testable import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

private var state: StateDict { ["x": Tensor([1.0])] }

private func status(_ path: String) -> stat {
  var status = stat()
  #expect(lstat(path, &status) == 0, "\(path)")
  return status
}

private func mode(_ path: String) -> mode_t { status(path).st_mode & 0o7777 }

/// What saving to `path` throws.
private func problem(_ path: String) -> String? {
  do throws(SafetensorsError) {
    try saveSafetensors(state, to: path)
    return nil
  } catch {
    return error.description
  }
}

// MARK: - What stays

@Test(arguments: [0o600, 0o640, 0o664, 0o700] as [mode_t])
func aSaveKeepsTheMode(_ expected: mode_t) throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try saveSafetensors(state, to: path)
  chmod(path, expected)
  try saveSafetensors(["x": Tensor([2.0])], to: path)
  #expect(mode(path) == expected)
  #expect(try loadSafetensors(path)["x"]!.array() == [2.0])
}

@Test func aNewFileHasTheModeOfAnyOther() throws {
  let scratch = Scratch()
  try saveSafetensors(state, to: scratch.path + "/a")
  _ = try File(scratch.path + "/b", O_WRONLY | O_CREAT)
  #expect(mode(scratch.path + "/a") == mode(scratch.path + "/b"))
}

/// Only root may give files to others.
@Test(.enabled(if: geteuid() == 0)) func aSaveKeepsTheOwner() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try saveSafetensors(state, to: path)
  #expect(chown(path, 12, 34) == 0)
  try saveSafetensors(state, to: path)
  #expect(status(path).st_uid == 12 && status(path).st_gid == 34)
}

@Test func aLinkStaysALink() throws {
  let scratch = Scratch()
  let (file, link) = (scratch.path + "/a", scratch.path + "/link")
  try saveSafetensors(state, to: file)
  symlink("a", link)
  symlink(link, scratch.path + "/absolute")
  symlink("new", scratch.path + "/dangling")
  try saveSafetensors(["x": Tensor([2.0])], to: link)
  #expect(try loadSafetensors(file)["x"]!.array() == [2.0])
  try saveSafetensors(["x": Tensor([3.0])], to: scratch.path + "/absolute")
  #expect(try loadSafetensors(file)["x"]!.array() == [3.0])
  try saveSafetensors(state, to: scratch.path + "/dangling")
  #expect(try loadSafetensors(scratch.path + "/new").names == ["x"])
  for name in ["link", "absolute", "dangling"] {
    #expect(status("\(scratch.path)/\(name)").st_mode & S_IFMT == S_IFLNK, "\(name)")
  }
  symlink("loop", scratch.path + "/loop")
  #expect(problem(scratch.path + "/loop")?.contains("cannot follow") == true)
}

// MARK: - What is left over

@Test func whatAKilledSaveLeftIsRemoved() throws {
  let scratch = Scratch()
  let paths = ["/a", "/b", "/ä" + String(repeating: "ö", count: 126)].map { scratch.path + $0 }
  for path in paths { _ = try TemporaryFile(for: path) }
  #expect(scratch.contents.count == 3)
  try saveSafetensors(state, to: paths[0])
  #expect(scratch.contents.count == 3)
  for path in paths[1...] { try saveSafetensors(state, to: path) }
  #expect(Set(scratch.contents.map { "\(scratch.path)/\($0)" }) == Set(paths))
}

@Test func savesAtOnceDoNotRemoveEachOthersFile() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try replaceFile(path) { (file) throws(FileError) in
    do throws(SafetensorsError) { try saveSafetensors(state, to: path) } catch {
      Issue.record("\(error)")
    }
    try withUnsafeBytes(of: 7) { (bytes) throws(FileError) in try file.append(bytes) }
  }
  #expect(scratch.contents == ["a"])
  #expect(try content(path) == [7, 0, 0, 0, 0, 0, 0, 0])
}

@Test func manyThreadsSaveToOnePath() async throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  await withTaskGroup { group in
    for i in 0..<16 {
      group.addTask {
        for _ in 0..<8 {
          #expect(throws: Never.self) { try saveSafetensors(["x": Tensor([i])], to: path) }
        }
      }
    }
  }
  #expect(scratch.contents == ["a"])
  #expect((0..<16).contains(try loadSafetensors(path)["x"]!.item()))
}

// MARK: - Names

@Test func theLongestNameIsSaved() throws {
  let scratch = Scratch()
  let name = String(repeating: "n", count: 255)
  #expect(problem("\(scratch.path)/\(name)") == nil)
  #expect(problem("\(scratch.path)/\(name)n")?.contains("too long") == true)
  #expect(scratch.contents == [name])
}

@Test func pathsThatAreNoneThrow() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try saveSafetensors(state, to: path)
  let cases = [
    ("", "the path is empty"), (path + "\0b", "the path contains the character NUL"),
    ("\0", "the path contains the character NUL"), (path + "b/", "the path ends in a slash"),
    (path + "/", "Not a directory"),
  ]
  for (path, expected) in cases {
    #expect(problem(path)?.contains(expected) == true, "\(problem(path) ?? "saved")")
    #expect(throws: SafetensorsError.self) { try loadSafetensors(path) }
  }
  #expect(scratch.contents == ["a"])
}

@Test func onlyRegularFilesAreReadAndReplaced() throws {
  let scratch = Scratch()
  let pipe = scratch.path + "/pipe"
  mkfifo(pipe, 0o600)
  symlink("pipe", scratch.path + "/link")
  for path in [pipe, scratch.path + "/link", scratch.path, "/", ".", "/dev/null", "/dev/full"] {
    #expect(problem(path) == "\(path): cannot write: it is not a regular file")
  }
  for path in [pipe, scratch.path + "/link", scratch.path, "/dev/zero"] {
    let error = #expect(throws: SafetensorsError.self) { try loadSafetensors(path) }
    #expect(error?.description == "\(path): cannot read: it is not a regular file")
  }
  #expect(status(pipe).st_mode & S_IFMT == S_IFIFO)
  #expect(Set(scratch.contents) == ["pipe", "link"])
}

// MARK: - Permissions

/// Gives up the rights of root, in a process of its own.
private func becomeNobody(in scratch: Scratch) {
  guard geteuid() == 0 else { return }
  let nobody: uid_t = 65534
  #expect(chown(scratch.path, nobody, nobody) == 0 && seteuid(nobody) == 0)
}

@Test func aFileInAFolderThatTakesNoFilesIsOverwritten() async {
  await #expect(processExitsWith: .success) {
    let scratch = Scratch()
    becomeNobody(in: scratch)
    let path = scratch.path + "/a"
    try saveSafetensors(["x": Tensor.ones([1000])], to: path)
    let node = status(path).st_ino
    chmod(scratch.path, 0o500)
    try saveSafetensors(["x": Tensor([2.0])], to: path)
    try #require(try loadSafetensors(path)["x"]!.array() == [2.0])
    try #require(status(path).st_ino == node)
    chmod(scratch.path, 0o700)
    try #require(scratch.contents == ["a"])
  }
}

@Test func aFolderThatCannotBeReadWillDo() async {
  await #expect(processExitsWith: .success) {
    let scratch = Scratch()
    becomeNobody(in: scratch)
    let path = scratch.path + "/a"
    chmod(scratch.path, 0o300)
    try saveSafetensors(state, to: path)
    try saveSafetensors(["x": Tensor([2.0])], to: path)
    try #require(try loadSafetensors(path)["x"]!.array() == [2.0])
    chmod(scratch.path, 0o700)
    try #require(scratch.contents == ["a"])
  }
}

@Test func aFileThatMayNotBeWrittenIsNotReplaced() async {
  await #expect(processExitsWith: .success) {
    let scratch = Scratch()
    becomeNobody(in: scratch)
    let path = scratch.path + "/a"
    try saveSafetensors(state, to: path)
    chmod(path, 0o400)
    try #require(problem(path) == "\(path): cannot open: Permission denied")
    try #require(try loadSafetensors(path)["x"]!.array() == [1.0])
    chmod(scratch.path, 0o500)
    try #require(
      problem(scratch.path + "/b") == "\(scratch.path)/b: cannot open: Permission denied")
    chmod(scratch.path, 0o700)
    try #require(scratch.contents == ["a"])
  }
}
