/// The header of a safetensors file: which tensors there are, and where.
///
/// It is JSON: `{"__metadata__": {"key": "text"}, "weight": {"dtype": "F32", "shape": [2, 3],
/// "data_offsets": [0, 24]}}`, offsets in bytes from the end of the header.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let type: SafetensorsType
    let shape: [Int]
    let bytes: Range<Int>
    /// The number of elements.
    let count: Int
  }

  /// The tensors in the order of their bytes, which lie one after the other without gaps.
  var entries: [Entry]
  var metadata: [String: String] = [:]

  /// The format's limit on the header.
  static let maximalByteCount = 100_000_000
  /// More entries than any model has tensors; limited because each needs memory beyond its text.
  static let maximalEntryCount = 1_000_000
  /// More dimensions than any tensor has.
  static let maximalRank = 1024
}

/// An element type of the format, by its name there.
///
/// The order is the format's: the reference writer puts later ones first.
enum SafetensorsType: String, CaseIterable {
  case bool = "BOOL"
  case uint8 = "U8"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"

  init(_ dtype: DType) {
    self =
      switch dtype {
      case .bool: .bool
      case .uint8: .uint8
      case .int32: .int32
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      }
  }

  /// The position in the order.
  var rank: Int { SafetensorsType.allCases.firstIndex(of: self)! }

  /// The type of a tensor that holds such elements.
  var dtype: DType {
    switch self {
    case .bool: .bool
    case .uint8: .uint8
    case .int32: .int32
    case .float16, .bfloat16, .float32: .float32
    case .float64: .float64
    case .int64: .int64
    }
  }

  /// The size of an element in the file, in bytes.
  var itemSize: Int { isHalf ? 2 : dtype.itemSize }

  /// Whether an element is half as wide in the file as in a tensor.
  var isHalf: Bool { self == .float16 || self == .bfloat16 }

  /// The types of the format that this library lacks.
  static let foreign: Set<String> = [
    "I8", "I16", "U16", "U32", "U64", "C64", "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3",
    "F8_E8M0",
    "F8_E4M3FNUZ", "F8_E5M2FNUZ",
  ]
}

// MARK: - Reading

extension SafetensorsHeader {
  /// Why a header is invalid.
  enum Defect: Error {
    case malformed(String)
    case foreign(tensor: String, type: String)
  }

  /// Reads `json`, and checks that the tensors fill the `dataCount` bytes behind it exactly.
  init(_ json: [UInt8], dataCount: Int) throws(Defect) {
    entries = []
    guard json.first == UInt8(ascii: "{") else {
      throw .malformed("the header does not begin with '{'")
    }
    var drafts: [Draft] = []
    do throws(JSONError) {
      var reader = JSONReader(json)
      try reader.readObject { (reader, name) throws(JSONError) in
        if name == "__metadata__" {
          try reader.readObject { (reader, key) throws(JSONError) in
            metadata[key] = try reader.readString()
          }
        } else {
          if drafts.count == SafetensorsHeader.maximalEntryCount {
            throw reader.failure(
              "there are more than \(SafetensorsHeader.maximalEntryCount) tensors")
          }
          drafts.append(try Draft(name, &reader))
        }
      }
      try reader.readEnd()
    } catch {
      throw .malformed("the header, at byte \(error.offset): \(error.reason)")
    }
    // Only tensors without elements begin at the same byte.
    drafts.sort { ($0.bytes.begin, $0.bytes.end) < ($1.bytes.begin, $1.bytes.end) }
    var end = 0
    for draft in drafts {
      let entry = try draft.checked(after: end)
      end = entry.bytes.upperBound
      entries.append(entry)
    }
    guard end == dataCount else {
      throw .malformed("the tensors have \(end) bytes, but \(dataCount) follow the header")
    }
  }

  /// An entry as read from the file.
  private struct Draft {
    let name: String
    var type = ""
    var shape: [Int] = []
    var bytes = (begin: 0, end: 0)

    init(_ name: String, _ reader: inout JSONReader) throws(JSONError) {
      self.name = name
      var fields: Set<String> = []
      try reader.readObject { (reader, field) throws(JSONError) in
        fields.insert(field)
        switch field {
        case "dtype":
          type = try reader.readString()
        case "shape":
          shape = try reader.readCounts(atMost: SafetensorsHeader.maximalRank)
        case "data_offsets":
          let offsets = try reader.readCounts(atMost: 2)
          if offsets.count != 2 { throw reader.failure("data_offsets needs two numbers") }
          bytes = (offsets[0], offsets[1])
        default:
          throw reader.failure("the tensor \"\(name)\" has an unknown field \"\(field)\"")
        }
      }
      if fields.count != 3 {
        throw reader.failure("the tensor \"\(name)\" lacks one of dtype, shape and data_offsets")
      }
    }

    /// The entry, if its bytes begin at `start` and their number fits its shape.
    func checked(after start: Int) throws(Defect) -> Entry {
      if SafetensorsType.foreign.contains(type) { throw .foreign(tensor: name, type: type) }
      guard let known = SafetensorsType(rawValue: type) else {
        throw .malformed("the tensor \"\(name)\" has the unknown type \"\(type)\"")
      }
      guard bytes.begin == start, bytes.end >= start else {
        throw .malformed(
          """
          the tensor "\(name)" lies at bytes \(bytes.begin) to \(bytes.end), but the one before it \
          ends at \(start)
          """)
      }
      var count = 1
      var size = known.itemSize
      for length in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: length)
        if overflow {
          throw .malformed("the shape \(shape) of the tensor \"\(name)\" is too large")
        }
        size = product
        count *= length
      }
      guard size == bytes.end - bytes.begin else {
        throw .malformed(
          """
          the tensor "\(name)" of shape \(shape) and type \(type) needs \(size) bytes, but has \
          \(bytes.end - bytes.begin)
          """)
      }
      return Entry(name: name, type: known, shape: shape, bytes: start..<bytes.end, count: count)
    }
  }
}

extension JSONReader {
  /// Reads an array of integers that are not negative.
  fileprivate mutating func readCounts(atMost limit: Int) throws(JSONError) -> [Int] {
    var counts: [Int] = []
    try readArray { (reader) throws(JSONError) in
      if counts.count == limit { throw reader.failure("an array has more than \(limit) numbers") }
      counts.append(try reader.readCount())
    }
    return counts
  }
}

// MARK: - Writing

extension SafetensorsHeader {
  /// The header of a file with the tensors of `state`: wide elements first, then by name, so that
  /// every tensor is aligned, and the same state gives the same bytes.
  init(_ state: StateDict, metadata: [String: String]) {
    let sorted = state.sorted { a, b in
      let (first, second) = (SafetensorsType(a.tensor.dtype), SafetensorsType(b.tensor.dtype))
      if first != second { return first.rank > second.rank }
      return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
    entries = []
    self.metadata = metadata
    var end = 0
    for (name, tensor) in sorted {
      let start = end
      let type = SafetensorsType(tensor.dtype)
      end += tensor.numel * type.itemSize
      entries.append(
        Entry(name: name, type: type, shape: tensor.shape, bytes: start..<end, count: tensor.numel))
    }
  }

  /// The text, padded with spaces to a multiple of 8 bytes.
  var encoded: [UInt8] {
    var fields: [String] = []
    if !metadata.isEmpty {
      let sorted = metadata.sorted { $0.key < $1.key }
      let pairs = sorted.map { jsonString($0.key) + ":" + jsonString($0.value) }
      fields.append(#""__metadata__":{\#(pairs.joined(separator: ","))}"#)
    }
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      fields.append(
        jsonString(entry.name) + #":{"dtype":"\#(entry.type.rawValue)","shape":[\#(shape)],"#
          + #""data_offsets":[\#(entry.bytes.lowerBound),\#(entry.bytes.upperBound)]}"#)
    }
    let text = Array("{\(fields.joined(separator: ","))}".utf8)
    return text + Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
  }
}
