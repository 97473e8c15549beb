/// What is wrong with a JSON text, and where.
struct JSONError: Error {
  let reason: String
  /// The position of the offending byte.
  let offset: Int
}

/// A strict JSON reader that returns values one by one, on request.
///
/// It accepts less than the grammar: the caller says what must come next, so nothing is skipped,
/// there is no recursion, and nesting is limited by the format. Names in an object are unique,
/// strings are valid UTF-8 without lone surrogates, integers have no fraction and fit an `Int`.
struct JSONReader {
  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// An error with `reason` at the current position.
  func failure(_ reason: String) -> JSONError { JSONError(reason: reason, offset: offset) }

  /// Reads past white space to the end of the text.
  mutating func readEnd() throws(JSONError) {
    skipSpace()
    if offset < bytes.count { throw failure("unexpected text after the end of the value") }
  }
}

// MARK: - Objects and arrays

extension JSONReader {
  /// Reads an object; `member` is called after each name, and must read its value.
  mutating func readObject(
    _ member: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect("{", "an object")
    // Swift compares strings by canonical equivalence: names that differ only in that are rejected
    // too.
    var names: Set<String> = []
    if accept("}") { return }
    repeat {
      let name = try readString()
      if !names.insert(name).inserted { throw failure("the name \"\(name)\" occurs twice") }
      try expect(":", "':' after a name")
      try member(&self, name)
    } while accept(",")
    try expect("}", "',' or '}'")
  }

  /// Reads an array; `element` is called at the start of each element, and must read it.
  mutating func readArray(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError)
  {
    try expect("[", "an array")
    if accept("]") { return }
    repeat { try element(&self) } while accept(",")
    try expect("]", "',' or ']'")
  }
}

// MARK: - Integers

extension JSONReader {
  /// Reads an integer that is not negative.
  mutating func readCount() throws(JSONError) -> Int {
    skipSpace()
    let start = offset
    var value = 0
    while let digit = digit(at: offset) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(digit)
      if overflow || carry { throw failure("an integer is too large") }
      value = sum
      offset += 1
    }
    if offset == start { throw failure("expected an integer that is not negative") }
    if bytes[start] == UInt8(ascii: "0"), offset > start + 1 {
      throw failure("an integer has a leading 0")
    }
    if let next = peek(), [".", "e", "E"].contains(next) {
      throw failure("expected an integer, not a fraction")
    }
    return value
  }

  private func digit(at position: Int) -> Int? {
    guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
    return Int(bytes[position]) - 0x30
  }
}

// MARK: - Strings

extension JSONReader {
  /// Reads a string.
  mutating func readString() throws(JSONError) -> String {
    try expect("\"", "a string")
    var text = ""
    var start = offset
    while true {
      guard offset < bytes.count else { throw failure("a string does not end") }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        text += try decode(start..<offset)
        offset += 1
        return text
      case UInt8(ascii: "\\"):
        text += try decode(start..<offset)
        offset += 1
        text.unicodeScalars.append(try readEscape())
        start = offset
      case 0..<0x20:
        throw failure("a string contains a control character")
      default:
        offset += 1
      }
    }
  }

  private func decode(_ range: Range<Int>) throws(JSONError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw failure("a string is not valid UTF-8")
    }
    return text
  }

  /// Reads what follows a backslash.
  private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
    guard let letter = peek() else { throw failure("a string does not end") }
    offset += 1
    switch letter {
    case "\"", "\\", "/": return letter
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try readUnicodeEscape()
    default: throw failure("a string contains an unknown escape")
    }
  }

  private mutating func readUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try readHexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Beyond 16 bits two escapes make one scalar: a high surrogate, then a low one.
    if first < 0xDC00, peek() == "\\" {
      offset += 1
      if peek() == "u" {
        offset += 1
        let second = try readHexadecimal()
        if (0xDC00...0xDFFF).contains(second) {
          return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))!
        }
      }
    }
    throw failure("a string contains half of a surrogate pair")
  }

  private mutating func readHexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = peek().flatMap({ Character($0).hexDigitValue }) else {
        throw failure("expected four hexadecimal digits after \\u")
      }
      value = value << 4 + UInt32(digit)
      offset += 1
    }
    return value
  }
}

// MARK: - Single bytes

extension JSONReader {
  /// The ASCII character at the current position.
  private func peek() -> Unicode.Scalar? {
    offset < bytes.count && bytes[offset] < 0x80 ? Unicode.Scalar(bytes[offset]) : nil
  }

  private mutating func skipSpace() {
    while let next = peek(), [" ", "\t", "\n", "\r"].contains(next) { offset += 1 }
  }

  /// Skips white space, then `wanted` if it comes next.
  private mutating func accept(_ wanted: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == wanted else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ wanted: Unicode.Scalar, _ name: String) throws(JSONError) {
    if !accept(wanted) { throw failure("expected \(name)") }
  }
}

// MARK: - Writing

/// `text` as a JSON string, with its quotes.
func jsonString(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\n": json += "\\n"
    case "\r": json += "\\r"
    case "\t": json += "\\t"
    case "\u{8}": json += "\\b"
    case "\u{C}": json += "\\f"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
