#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The options of the command line.
struct Options {
  /// Prefixes of the names of the workloads to run; all if empty.
  var only: [String] = []
  var threads: Int?
  var json: String?
  var seconds = 0.4
  var quick = false
  var firstStep: String?

  static let help = """
    Measures what ops, layers and training steps cost.

    Usage: Benchmarks [options]

      --only NAME        workloads whose names begin with NAME, such as b or c/exp; may be repeated
      --threads N        threads that an op may use (default: all processors)
      --json FILE        also writes the results to FILE: name → median, best, unit
      --seconds X        how long each workload is sampled (default 0.4)
      --quick            runs each workload once, to see that it works
      --first-step NAME  runs one training step, such as mlp-784-128-10-b32, or builds the graph
                         graph-1e6, and prints the peak memory. compare uses this in new processes
                         (family i).
      --help             this text

    Families: a overhead of an op, b matrix products, c element-wise ops, d reductions, e losses,
    f indexing and copies, g optimizer steps, h training steps, j other layouts and odd sizes,
    k layers.
    """

  /// Parses the arguments; stops with a message if they are invalid.
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
