import Testing

@testable import Autograd

private func string(_ json: String) throws -> String {
  var reader = JSONReader(Array(json.utf8))
  let text = try reader.readString()
  try reader.readEnd()
  return text
}

private func count(_ json: String) throws -> Int {
  var reader = JSONReader(Array(json.utf8))
  let value = try reader.readCount()
  try reader.readEnd()
  return value
}

@Test(arguments: [
  (#""""#, ""), (#" "a b" "#, "a b"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
  (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), (#""é😀""#, "é😀"),
])
func jsonStrings(json: String, expected: String) throws {
  #expect(try string(json) == expected)
  #expect(try string(jsonString(expected)) == expected)
}

@Test func aNulIsACharacter() throws {
  #expect(try string(#""\u0000""#) == "\0")
  #expect(jsonString("\0") == #""\u0000""#)
}

@Test(arguments: [
  "", "a", "\"", #""\"#, #""\x""#, #""\u00g0""#, #""\u00"#, #""\ud83d""#, #""\ud83dx""#,
  #""\ud83d\n""#,
  #""\ud83d\u0041""#, #""\ude00""#, "\"\n\"", "\"a\" b", "'a'",
])
func badJSONStrings(json: String) {
  #expect(throws: JSONError.self) { try string(json) }
}

@Test func invalidUTF8Throws() {
  for bytes: [UInt8] in [
    [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
  ] {
    var reader = JSONReader([0x22] + bytes + [0x22])
    #expect(throws: JSONError.self) { try reader.readString() }
  }
}

@Test(arguments: [("0", 0), (" 12 ", 12), ("9223372036854775807", Int.max)])
func jsonIntegers(json: String, expected: Int) throws {
  #expect(try count(json) == expected)
}

@Test(arguments: ["", "-1", "01", "1.0", "1e3", "1E3", "9223372036854775808", "1 2", "+1", "0x1"])
func badJSONIntegers(json: String) {
  #expect(throws: JSONError.self) { try count(json) }
}

@Test func objectsAndArraysAreReadInOrder() throws {
  var reader = JSONReader(Array(#" { "b" : [ 1 , 2 ] , "a" : [ ] , "c" : { } } "#.utf8))
  var found: [String] = []
  try reader.readObject { (reader, name) throws(JSONError) in
    found.append(name)
    if name == "c" {
      try reader.readObject { _, _ throws(JSONError) in }
    } else {
      try reader.readArray { (reader) throws(JSONError) in found.append("\(try reader.readCount())")
      }
    }
  }
  try reader.readEnd()
  #expect(found == ["b", "1", "2", "a", "c"])
}

@Test(arguments: [
  "{", "}", "[]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{"a":1,"a":2}"#,
  #"{a:1}"#,
  #"{"é":1,"e\u0301":2}"#, #"{"a":1}x"#, #"{"a":[1]}"#,
])
func badJSONObjects(json: String) {
  #expect(throws: JSONError.self) {
    var reader = JSONReader(Array(json.utf8))
    try reader.readObject { (reader, _) throws(JSONError) in _ = try reader.readCount() }
    try reader.readEnd()
  }
}
