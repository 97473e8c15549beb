import ConformanceKit
import Dispatch
import Foundation
import Synchronization

/// The reports on the groups of a folder, in their order. The groups run in parallel.
func reports(of folder: URL, _ options: Options) throws -> [Report] {
  let groups = try CaseRunner.groups(in: folder)
  let only = options.only
  let results = Mutex<[String: Result<[Int: Verdict], any Error>]>([:])
  DispatchQueue.concurrentPerform(iterations: groups.count) { i in
    let result = Result { try Worker.verdicts(groups[i], in: folder, only: only) }
    results.withLock { $0[groups[i]] = result }
  }
  return try groups.compactMap { group in
    let verdicts = try results.withLock { $0[group]! }.get()
    if verdicts.isEmpty { return nil }
    let runner = try CaseRunner(group: group, folder: folder)
    var report = Report(group: group)
    for (index, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
      report.add(verdict, subject: runner.subject(index), id: runner.id(index))
      if options.isVerbose, verdict != .passed { print("\(runner.id(index)): \(verdict)") }
    }
    return report
  }
}
