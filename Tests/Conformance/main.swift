import ConformanceKit
import Foundation

// Conformance [FOLDER…] [--only PATTERN] [--verbose]: runs the cases exported from PyTorch.

let options = Options(CommandLine.arguments.dropFirst())
if let worker = options.worker {
  try worker.run()
  exit(0)
}

if options.wantsSpellings {
  print(SpellingTable.article, terminator: "")
  exit(0)
}

var total = Report.Count()
for folder in options.folders {
  for report in try reports(of: folder, options) {
    for line in report.lines { print(line) }
    total += report.count
  }
}
print("conformance: \(total.description)")
exit(total.failed == 0 ? 0 : 1)
