/// The results of the cases of a group, by op, module and so on.
public struct Report {
  /// How many cases passed, failed and are not supported.
  public struct Count {
    public var passed = 0, failed = 0, notSupported = 0
    public var total: Int { passed + failed + notSupported }

    public init() {}

    public static func += (a: inout Count, b: Count) {
      a.passed += b.passed
      a.failed += b.failed
      a.notSupported += b.notSupported
    }

    public var description: String {
      "\(passed) passed, \(failed) failed, \(notSupported) not supported, of \(total)"
    }
  }

  /// One op, module, optimizer, …
  private struct Subject {
    var count = Count()
    var firstFailure: String?
    var reasons: [String] = []
  }

  private let group: String
  private var subjects: [(name: String, subject: Subject)] = []

  public init(group: String) { self.group = group }

  /// The cases of all subjects.
  public var count: Count {
    subjects.reduce(into: Count()) { sum, entry in sum += entry.subject.count }
  }

  /// Adds the verdict on one case.
  public mutating func add(_ verdict: Verdict, subject name: String, id: String) {
    let position: Int
    if let known = subjects.firstIndex(where: { $0.name == name }) {
      position = known
    } else {
      position = subjects.count
      subjects.append((name, Subject()))
    }
    var subject = subjects[position].subject
    switch verdict {
    case .passed: subject.count.passed += 1
    case .failed(let why):
      subject.count.failed += 1
      if subject.firstFailure == nil { subject.firstFailure = "\(id): \(why)" }
    case .notSupported(let why):
      subject.count.notSupported += 1
      if !subject.reasons.contains(why) { subject.reasons.append(why) }
    }
    subjects[position].subject = subject
  }

  /// A line per subject, then one for the group.
  public var lines: [String] {
    subjects.map { name, subject in
      var line = "\(group)  \(name): "
      if subject.count.notSupported == subject.count.total {
        return line + "NOT SUPPORTED (\(subject.reasons.joined(separator: "; ")))"
      }
      line += "\(subject.count.passed) passed"
      if let failure = subject.firstFailure {
        line += ", \(subject.count.failed) FAILED: \(failure)"
      }
      if subject.count.notSupported > 0 {
        let reasons = subject.reasons.joined(separator: "; ")
        line += ", \(subject.count.notSupported) NOT SUPPORTED (\(reasons))"
      }
      return line
    } + ["\(group): \(count.description)"]
  }
}
