import Testing

@testable import Autograd

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file with the given header and data.
private func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8)
    + data
}

private func entry(_ name: String, _ type: String, _ shape: [Int], _ begin: Int, _ end: Int)
  -> String
{
  #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#
}

private func reason(_ bytes: [UInt8]) -> String {
  do throws(SafetensorsError) {
    _ = try loadSafetensors(bytes: bytes)
    return "loaded"
  } catch {
    return error.description
  }
}

// MARK: - Round trips

@Test func everyTypeAndShapeComesBack() throws {
  let scratch = Scratch()
  var state = StateDict()
  for dtype in DType.allCases {
    state["\(dtype) matrix"] = Tensor([[0, 1, 0], [1, 1, 0]], dtype: dtype)
    state["\(dtype) scalar"] = Tensor(1, dtype: dtype)
    state["\(dtype) empty"] = Tensor.zeros([2, 0, 3], dtype: dtype)
  }
  state["turned \"é\"\n"] = Tensor([[1.5, 2.5, 3.5], [-0.0, .infinity, .nan]]).permute([1, 0])
  state.metadata = ["format": "pt", "note": "\u{1}\\"]
  try saveSafetensors(state, to: scratch.path + "/a")
  let loaded = try loadSafetensors(scratch.path + "/a")
  #expect(loaded.metadata == state.metadata)
  #expect(Set(loaded.names) == Set(state.names))
  for (name, tensor) in state {
    #expect(loaded[name]!.dtype == tensor.dtype)
    #expect(loaded[name]!.shape == tensor.shape)
    #expect(
      loaded[name]!.array(of: Double.self).map(\.bitPattern)
        == tensor.array(of: Double.self).map(\.bitPattern))
  }
  #expect(scratch.contents == ["a"])
  try saveSafetensors(loaded, to: scratch.path + "/b")
  #expect(try content(scratch.path + "/b") == content(scratch.path + "/a"))
}

@Test func noTensorsAtAll() throws {
  let scratch = Scratch()
  try saveSafetensors([:], to: scratch.path + "/a")
  #expect(try content(scratch.path + "/a") == file("{}      "))
  #expect(try loadSafetensors(scratch.path + "/a").isEmpty)
}

/// The bytes of the reference writer: wide types first, then by name, compact JSON padded to 8
/// bytes.
@Test func theHeaderIsThatOfTheReferenceWriter() throws {
  let scratch = Scratch()
  try saveSafetensors(
    ["b": Tensor([true]), "z": Tensor([Float(1)]), "a": Tensor([Float(2)]), "i": Tensor([3])],
    to: scratch.path + "/a", metadata: ["format": "pt"])
  let header =
    #"{"__metadata__":{"format":"pt"},"#
    + [
      entry("i", "I64", [1], 0, 8), entry("a", "F32", [1], 8, 12), entry("z", "F32", [1], 12, 16),
      entry("b", "BOOL", [1], 16, 17),
    ].joined(separator: ",") + "}"
  let padded = header.replacing(", ", with: ",")
  let spaces = String(repeating: " ", count: (8 - padded.utf8.count % 8) % 8)
  let data: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0x80, 0x3F, 1]
  #expect(try content(scratch.path + "/a") == file(padded + spaces, data))
}

/// Made with Python's struct module: '<3e' and '<3H' of 1.5, -65504, 2⁻²⁴, and the upper halves of
/// the single-precision 1.5, -3.0e38, NaN.
@Test func halfPrecisionIsWidened() throws {
  let header = "{" + entry("h", "F16", [3], 0, 6) + "," + entry("b", "BF16", [3], 6, 12) + "}"
  let state = try loadSafetensors(
    bytes: file(header, [0, 0x3E, 0xFF, 0xFB, 1, 0, 0xC0, 0x3F, 0x62, 0xFF, 0xC0, 0x7F]))
  #expect(state["h"]!.dtype == .float32)
  #expect(state["h"]!.array() == [1.5, -65504, 0x1p-24])
  let b = state["b"]!.array(of: Float.self)
  #expect(b[0] == 1.5)
  #expect(b[1] == Float(bitPattern: 0xFF62_0000))
  #expect(b[2].isNaN)
}

@Test func everyHalfIsWidenedExactly() {
  for bits in UInt16.min ... .max {
    let sign: Double = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let mantissa = Double(bits & 1023)
    let value = Float(bitPattern: float32Bits(half: bits))
    if exponent == 31 {
      #expect(mantissa == 0 ? value == Float(sign) * .infinity : value.isNaN)
    } else {
      let magnitude =
        exponent == 0
        ? mantissa * 0x1p-24
        : Double(sign: .plus, exponent: exponent - 15, significand: 1 + mantissa / 1024)
      #expect(value == Float(sign * magnitude) && value.sign == (sign < 0 ? .minus : .plus))
    }
  }
}

@Test func truthValuesAreZeroOrOne() throws {
  let state = try loadSafetensors(
    bytes: file("{" + entry("t", "BOOL", [3], 0, 3) + "}", [0, 1, 255]))
  #expect(state["t"]!.array(of: Int.self) == [0, 1, 1])
  #expect(state["t"]!.to(.uint8).array(of: Int.self) == [0, 1, 1])
}

// MARK: - Malformed files

@Test(
  arguments: ([
    ([], "0 bytes"),
    ([1, 2, 3], "3 bytes"),
    (file("{}").dropLast(), "the file only 1"),
    ([0, 0xE1, 0xF5, 5, 1, 0, 0, 0], "at most 100000000"),
    (Array(repeating: 0xFF, count: 8), "at most"),
    (file(""), "does not begin with"),
    (file(" {}"), "does not begin with"),
    (file("\u{FEFF}{}"), "does not begin with"),
    (file("[]"), "does not begin with"),
    (file("{"), "expected a string"),
    (file("{}}"), "after the end"),
    (file("{}", [0]), "have 0 bytes, but 1 follow"),
    (file("{" + entry("a", "U8", [2], 0, 2) + "}", [0]), "have 2 bytes, but 1"),
    (file("{" + entry("a", "U8", [2], 0, 2) + "}", [0, 0, 0]), "have 2 bytes, but 3"),
    (file("{" + entry("a", "U8", [1], 1, 2) + "}", [0, 0]), "ends at 0"),
    (
      file("{" + entry("a", "U8", [2], 0, 2) + "," + entry("b", "U8", [2], 1, 3) + "}", [0, 0, 0]),
      "ends at 2"
    ),
    (
      file("{" + entry("a", "U8", [1], 0, 1) + "," + entry("b", "U8", [1], 2, 3) + "}", [0, 0, 0]),
      "ends at 1"
    ),
    (
      file("{" + entry("a", "U8", [1], 0, 1) + "," + entry("a", "U8", [1], 1, 2) + "}", [0, 0]),
      "twice"
    ),
    (file("{" + entry("a", "F32", [2], 0, 4) + "}", [0, 0, 0, 0]), "needs 8 bytes, but has 4"),
    (file("{" + entry("a", "U8", [1], 1, 0) + "}", [0]), "ends at 0"),
    (file("{" + entry("a", "F32", [1 << 40, 1 << 40], 0, 0) + "}"), "too large"),
    (file("{" + entry("a", "F32", [.max], 0, 0) + "}"), "too large"),
    (file("{" + entry("a", "F32", [-1], 0, 0) + "}"), "not negative"),
    (file("{" + entry("a", "F31", [0], 0, 0) + "}"), "unknown type"),
    (file(#"{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#, [0]), "not a fraction"),
    (file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}"#), "two numbers"),
    (file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}"#), "more than 2"),
    (file(#"{"a":{"dtype":"U8","data_offsets":[0,0]}}"#), "lacks one"),
    (file(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}"#), "unknown field"),
    (file(#"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#), "twice"),
    (file(#"{"a":1}"#), "expected an object"),
    (file(#"{"__metadata__":{"a":1}}"#), "expected a string"),
    (file(#"{"__metadata__":{},"__metadata__":{}}"#), "twice"),
    (file("{\"a\":" + String(repeating: "[", count: 100_000)), "expected an object"),
    (file(#"{"a":{"dtype":"U8","shape":"# + String(repeating: "[", count: 100_000)), "integer"),
    (
      file("{" + entry("a", "U8", Array(repeating: 1, count: 1025), 0, 1) + "}", [0]),
      "more than 1024"
    ),
  ] as [([UInt8], String)]).map(Damage.init))
private func malformedFilesThrow(_ damage: Damage) {
  let reason = reason(damage.bytes)
  #expect(reason.contains(damage.message), "\(reason)")
}

/// A malformed file, and a part of the expected message.
private struct Damage: CustomTestStringConvertible {
  let bytes: [UInt8]
  let message: String
  var testDescription: String { "\(message) (\(bytes.count) bytes)" }
}

@Test func invalidUTF8InANameThrows() {
  var bytes = file("{" + entry("?", "U8", [0], 0, 0) + "}")
  bytes[10] = 0xFF
  #expect(reason(bytes).contains("UTF-8"))
}

@Test func anUnsupportedTypeIsNamed() {
  let error = #expect(throws: SafetensorsError.self) {
    try loadSafetensors(bytes: file("{" + entry("w", "F8_E4M3", [1], 0, 1) + "}", [0]))
  }
  #expect(error == .unsupported(tensor: "w", type: "F8_E4M3", path: nil))
}

/// Shapes that are unusual but valid: huge sizes after a 0, many dimensions.
@Test func unusualShapesLoad() throws {
  let header =
    "{" + entry("a", "F32", [0, 1 << 62, 1 << 62], 0, 0) + ","
    + entry("b", "U8", Array(repeating: 1, count: 64), 0, 1) + "}"
  let state = try loadSafetensors(bytes: file(header, [7]))
  #expect(state["a"]!.numel == 0)
  #expect(state["b"]!.array(of: Int.self) == [7])
}

/// A file that is cut at any byte, or has any byte changed, throws or loads; it never crashes.
@Test func damagedFilesNeverCrash() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  let state: StateDict = ["a": Tensor([[1.0, 2.0]]), "b": Tensor([true, false]), "c": Tensor(7)]
  try saveSafetensors(state, to: path, metadata: ["k": "é"])
  let whole = try content(path)
  for end in 0..<whole.count {
    #expect(throws: SafetensorsError.self) { try loadSafetensors(bytes: Array(whole[..<end])) }
  }
  var loaded = 0
  for i in whole.indices {
    for flip: UInt8 in [0x01, 0x10, 0x20, 0x80, 0xFF] {
      var bytes = whole
      bytes[i] ^= flip
      if (try? loadSafetensors(bytes: bytes)) != nil { loaded += 1 }
    }
  }
  // Changes of an element or of a letter in a name leave a valid file.
  #expect(loaded >= 5 * 18)
}

// MARK: - File system errors

@Test func systemErrorsNameThePath() throws {
  let scratch = Scratch()
  let missing = scratch.path + "/none/a"
  for action in [
    { () throws in _ = try loadSafetensors(missing) },
    { () throws in try saveSafetensors([:], to: missing) },
  ] {
    let error = #expect(throws: SafetensorsError.self) { try action() }
    #expect(error?.description == "\(missing): cannot open: No such file or directory")
  }
  let folder = #expect(throws: SafetensorsError.self) { try loadSafetensors(scratch.path) }
  #expect(folder?.description == "\(scratch.path): cannot read: it is not a regular file")
}

/// A failed save keeps the old file and leaves no temporary file.
@Test func aFailedSaveLeavesTheOldFile() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try saveSafetensors(["x": Tensor([1.0])], to: path)
  #expect(throws: FileError.self) {
    try replaceFile(path) { (file) throws(FileError) in
      try withUnsafeBytes(of: 0) { (bytes) throws(FileError) in try file.append(bytes) }
      throw FileError("write", path, code: ENOSPC)
    }
  }
  #expect(scratch.contents == ["a"])
  #expect(try loadSafetensors(path)["x"]!.array() == [1.0])
  // The target is a folder, so the final rename fails.
  #expect(throws: SafetensorsError.self) { try saveSafetensors([:], to: scratch.path) }
  #expect(scratch.contents == ["a"])
}

@Test func aTensorCannotBeCalledMetadata() {
  #expect(throws: SafetensorsError.self) {
    try saveSafetensors(["__metadata__": Tensor([1.0])], to: "/nowhere/a")
  }
}

@Test func savingReplacesAFile() throws {
  let scratch = Scratch()
  let path = scratch.path + "/a"
  try saveSafetensors(["x": Tensor([1.0])], to: path)
  try saveSafetensors(["x": Tensor([2.0])], to: path)
  #expect(try loadSafetensors(path)["x"]!.array() == [2.0])
}
