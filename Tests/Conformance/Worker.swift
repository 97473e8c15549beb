import ConformanceKit
import Foundation

/// Runs the cases of a group one after the other, and prints when each starts and how it ended. A
/// case may stop the process: then the parent process knows which one it was.
struct Worker {
  let group: String
  let folder: URL
  /// The first case to run.
  let first: Int
  /// Only cases whose id contains this text.
  var only = ""

  /// A line of a worker's output.
  enum Line: Codable {
    case start(Int)
    case end(Int, Verdict)
  }

  func run() throws {
    let runner = try CaseRunner(group: group, folder: folder)
    for index in first..<runner.count where only.isEmpty || runner.id(index).contains(only) {
      try say(.start(index))
      try say(.end(index, runner.run(index)))
    }
  }

  private func say(_ line: Line) throws {
    FileHandle.standardOutput.write(try JSONEncoder().encode(line) + Data("\n".utf8))
  }
}

extension Worker {
  /// How a worker process ended: its output, and its standard error.
  private func outcome() throws -> (lines: [Line], errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments =
      ["--worker", group, folder.path, String(first)] + (only.isEmpty ? [] : ["--only", only])
    // Cases that must stop are expected, so back traces would only take time.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    let message = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = try said.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Line.self, from: $0)
    }
    return (lines, String(decoding: message, as: UTF8.self))
  }

  /// The verdicts on all cases, by as many worker processes as necessary.
  static func verdicts(_ group: String, in folder: URL, only: String) throws -> [Int: Verdict] {
    let runner = try CaseRunner(group: group, folder: folder)
    var verdicts: [Int: Verdict] = [:]
    var next: Int? = 0
    while let first = next {
      let worker = Worker(group: group, folder: folder, first: first, only: only)
      let (lines, errors) = try worker.outcome()
      next = nil
      for case .end(let index, let verdict) in lines { verdicts[index] = verdict }
      if case .start(let index) = lines.last {
        verdicts[index] = runner.verdict(onStopping: message(errors), at: index)
        next = index + 1
      }
    }
    return verdicts
  }

  /// The message of a process that stopped.
  private static func message(_ errors: String) -> String {
    let line = errors.split(separator: "\n").first { $0.contains("Fatal error") } ?? "no message"
    return line.split(separator: "Fatal error: ", maxSplits: 1).last.map(String.init) ?? ""
  }
}
