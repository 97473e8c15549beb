import Autograd
import Foundation

/// A group of cases exported from PyTorch: `<group>.json`, and the tensors that it names.
struct CaseFile {
  /// The group's name: `ops_pointwise`, `modules`.
  let group: String
  let cases: [Value]
  private let tensors: StateDict

  init(_ group: String, in folder: URL) throws {
    self.group = group
    let json = try Data(contentsOf: folder.appending(path: "\(group).json"))
    guard case .list(let cases) = try Value(json: json) else {
      throw NotSupported("\(group).json is not a list of cases")
    }
    self.cases = cases
    let path = folder.appending(path: "\(group).safetensors").path
    tensors = FileManager.default.fileExists(atPath: path) ? try loadSafetensors(path) : [:]
  }

  /// The groups of a folder, by name.
  static func groups(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The tensor of the given name.
  func tensor(_ key: String) throws -> Tensor {
    guard let tensor = tensors[key] else { throw NotSupported("no tensor \(key) in the file") }
    return tensor
  }

  /// The tensor that a value names.
  func tensor(_ value: Value?) throws -> Tensor {
    guard case .tensor(let key) = value else { throw NotSupported("expected a tensor") }
    return try tensor(key)
  }

  /// The tensors that an object's values name, by the object's keys.
  func stateDict(_ value: Value?) throws -> StateDict {
    StateDict(try value?.members.sorted { $0.key < $1.key }.map { ($0, try tensor($1)) } ?? [])
  }
}

extension CaseFile {
  /// How an output differs from the expected one; nil if it does not.
  func difference(_ got: Output, _ want: Value, _ tolerance: Tolerance) throws -> String? {
    switch (got, want) {
    case (.tensor(let got), .tensor): return tolerance.difference(got, try tensor(want))
    case (.value(.bool(let got)), .bool(let want)):
      return got == want ? nil : "\(got), want \(want)"
    case (.value(let value), _):
      guard let got = value.double, let want = want.double else { return "\(got), want \(want)" }
      return tolerance.accepts(got, want) ? nil : "\(got), want \(want)"
    default: return "\(got), want \(want)"
    }
  }
}
