/// How a case ended.
public enum Verdict: Equatable, Codable, Sendable {
  case passed
  /// With the first difference, or the message of a call that stopped.
  case failed(String)
  /// With the missing op or argument.
  case notSupported(String)
}
