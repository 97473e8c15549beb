/// Calls that PyTorch rejects.
extension CaseRunner {
  /// The verdict on a case that stopped the process with `message`: right for a call that must be
  /// rejected, if the message names the op.
  public func verdict(onStopping message: String, at index: Int) -> Verdict {
    guard expectsRejection else { return .failed("stopped: \(message)") }
    let subject = subject(index)
    let names =
      [subject.split(separator: ".").last.map(String.init) ?? subject]
      + (Adapter.all[subject].map { Self.words($0.spelling) } ?? [])
    let text = Self.plain(message)
    return names.contains { text.contains(Self.plain($0)) }
      ? .passed : .failed("the message does not name the op: \(message)")
  }

  /// Whether the library has the op of a case, and has no reason to accept the call.
  public func mustBeRejected(_ index: Int) -> Bool {
    Adapter.all[subject(index)] != nil && acceptanceReason(index) == nil
  }

  /// The names of functions in a spelling.
  private static func words(_ spelling: String) -> [String] {
    spelling.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      .filter { $0.count > 1 }
  }

  /// `index_add` and `indexAdd` are the same name.
  private static func plain(_ text: String) -> String {
    text.lowercased().filter { $0 != "_" }
  }

  /// Why a call that PyTorch rejects is accepted on purpose; nil if it is not.
  func acceptanceReason(_ index: Int) -> String? {
    let (op, error) = (subject(index), error(index))
    return Self.acceptedOnPurpose.first { $0.op == op && error.contains($0.error) }?.reason
  }

  /// Calls that PyTorch rejects and this library accepts on purpose: the op, a part of PyTorch's
  /// message, and the reason.
  static let acceptedOnPurpose: [(op: String, error: String, reason: String)] =
    ["amax", "amin", "aminmax"].map {
      ($0, "up to 64 dims are supported", "reductions run over any number of dimensions")
    }
}
