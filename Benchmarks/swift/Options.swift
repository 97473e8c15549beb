#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the command line asks for.
struct Options {
  /// Beginnings of the names of the workloads to run; all if empty.
  var only: [String] = []
  var threads: Int?
  var json: String?
  var seconds = 0.4
  var quick = false
  var firstStep: String?

  static let help = """
    Measures what ops and training steps cost.

    Usage: Benchmarks [options]

      --only NAME        workloads whose names begin with NAME, such as b or c/exp (more than once: any)
      --threads N        threads that an op may use (default: all processors)
      --json FILE        writes the results to FILE too: name → median, best, unit
      --seconds X        how long each workload is sampled (default 0.4)
      --quick            runs each workload once, to see that it works
      --first-step NAME  makes one training step, such as mlp-784-128-10-b32, or a graph: graph-1e6;
                         prints the peak memory. compare uses this in fresh processes (family i).
      --help             this text
    """

  /// Reads the arguments; stops with a message if they make no sense.
  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      func value() -> String {
        guard let value = rest.popFirst() else { stop("\(flag) takes a value") }
        return value
      }
      switch flag {
      case "--only": only.append(value())
      case "--threads":
        let text = value()
        guard let count = Int(text), count > 0 else {
          stop("--threads \(text): not a number from 1")
        }
        threads = count
      case "--json": json = value()
      case "--seconds":
        let text = value()
        guard let length = Double(text), length > 0 else { stop("--seconds \(text): not positive") }
        seconds = length
      case "--quick": quick = true
      case "--first-step": firstStep = value()
      case "--help", "-h":
        print(Options.help)
        exit(0)
      default: stop("there is no option \(flag); --help lists them")
      }
    }
  }

  func includes(_ name: String) -> Bool { only.isEmpty || only.contains { name.hasPrefix($0) } }
}
