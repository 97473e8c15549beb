import Foundation

/// The options of the command line.
struct Options {
  /// The folders whose cases to run.
  var folders: [URL] = []
  /// Only cases whose id contains this text.
  var only = ""
  /// Whether to print a line for each case that did not pass.
  var isVerbose = false
  /// Whether to print the documentation's table of names instead.
  var wantsSpellings = false
  /// Set if this process is a worker of another one.
  var worker: Worker?

  init(_ arguments: some Sequence<String>) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--only": only = Self.value(of: argument, &rest)
      case "--verbose": isVerbose = true
      case "--spellings": wantsSpellings = true
      case "--worker":
        let group = Self.value(of: argument, &rest)
        let folder = Self.value(of: argument, &rest)
        guard let first = Int(Self.value(of: argument, &rest)) else {
          Self.stop("--worker needs a group, a folder and a number")
        }
        worker = Worker(group: group, folder: URL(filePath: folder), first: first)
      case _ where argument.hasPrefix("-"): Self.stop("unknown option \(argument)")
      default: folders.append(URL(filePath: argument))
      }
    }
    worker?.only = only
    if folders.isEmpty { folders = [Self.shipped] }
  }

  /// The cases that ship with the package.
  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "ConformanceTests/Fixtures")

  private static func value(of option: String, _ rest: inout ArraySlice<String>) -> String {
    guard let value = rest.popFirst() else { stop("\(option) needs a value") }
    return value
  }

  private static func stop(_ reason: String) -> Never {
    let usage = "usage: Conformance [FOLDER…] [--only PATTERN] [--verbose]"
    FileHandle.standardError.write(Data("\(reason)\n\(usage)\n".utf8))
    exit(2)
  }
}
