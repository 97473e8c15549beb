import Autograd
import Foundation

/// A group of cases exported from PyTorch: `<group>.json` and the tensors it names.
struct CaseFile {
  let cases: [[String: Any]]
  private let tensors: StateDict

  /// Reads a group that ships with the tests, or the group of that name in the folder that the
  /// environment variable `AUTOGRAD_CONFORMANCE` names.
  init(_ group: String) throws {
    let shipped = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")
    let other = ProcessInfo.processInfo.environment["AUTOGRAD_CONFORMANCE"]
    let folder = other.map { URL(fileURLWithPath: $0) } ?? shipped
    let data = try Data(contentsOf: folder.appendingPathComponent("\(group).json"))
    cases = try JSONSerialization.jsonObject(with: data) as! [[String: Any]]
    let path = folder.appendingPathComponent("\(group).safetensors").path
    tensors = try loadSafetensors(path)
  }

  /// The tensor that a value `{"t": KEY}` names.
  func tensor(_ value: Any?) -> Tensor { tensors[(value as! [String: String])["t"]!]! }

  /// The tensors that an object's values name.
  func stateDict(_ value: Any?) -> StateDict {
    StateDict((value as! [String: Any]).map { ($0, tensor($1)) })
  }
}

/// What stands in the way of `got` being `want`; nil if nothing does.
///
/// As the cases are meant: |got − want| ≤ atol + rtol·|want|, NaN equal to NaN.
func difference(_ got: Tensor, _ want: Tensor, rtol: Double, atol: Double) -> String? {
  guard got.shape == want.shape else { return "shape \(got.shape), want \(want.shape)" }
  guard got.dtype == want.dtype else { return "dtype \(got.dtype), want \(want.dtype)" }
  let values = zip(got.array(of: Double.self), want.array(of: Double.self))
  for (i, (g, w)) in values.enumerated() where g != w && !(g.isNaN && w.isNaN) {
    if !(abs(g - w) <= atol + rtol * abs(w)) { return "element \(i) is \(g), want \(w)" }
  }
  return nil
}

extension [String: Any] {
  func double(_ key: String) -> Double? { (self[key] as? NSNumber)?.doubleValue }
  func int(_ key: String) -> Int? { (self[key] as? NSNumber)?.intValue }
}

extension DType {
  init(named name: String) { self = DType.allCases.first { $0.description == name }! }
}
