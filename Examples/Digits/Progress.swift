import Foundation

/// A line in the terminal that fills up: how far, how fast, how long to go. It keeps quiet when the
/// output is no terminal.
struct Progress {
  private let total: Int
  private let label: String
  private let start = ContinuousClock.now
  private let isVisible = isatty(STDOUT_FILENO) == 1
  private var done = 0
  private var lastShown = ContinuousClock.now

  init(_ label: String, total: Int) {
    self.label = label
    self.total = total
  }

  /// Counts one more step.
  mutating func advance() {
    done += 1
    let now = ContinuousClock.now
    guard isVisible, done == total || now - lastShown > .milliseconds(50) else { return }
    lastShown = now
    let seconds = (now - start) / .seconds(1)
    let rate = Double(done) / max(seconds, 1e-9)
    let width = 30
    let filled = width * done / max(total, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let left = Double(total - done) / rate
    print(
      "\r\(label) \(bar) \(done)/\(total), \(Int(rate)) steps/s,",
      String(format: "%.1f s left ", left), terminator: "")
    fflush(nil)
  }

  /// Removes the line.
  func clear() {
    guard isVisible else { return }
    print("\r\u{1B}[2K", terminator: "")
    fflush(nil)
  }
}
