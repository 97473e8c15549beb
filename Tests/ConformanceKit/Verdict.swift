/// How a case ended.
public enum Verdict: Equatable, Codable, Sendable {
  case passed
  /// With the first difference, or the message the call stopped with.
  case failed(String)
  /// With the op or the argument that is not there.
  case notSupported(String)
}
