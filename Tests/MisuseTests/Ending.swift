import Foundation

/// How a call ended that ran in a process of its own, a copy of this one.
///
/// A copy costs milliseconds where an exit test starts the test program anew. This process must
/// have no other thread at work.
struct Ending: CustomStringConvertible {
  /// As `waitpid` gives it.
  let status: Int32
  /// What was written to standard error.
  let message: String

  var isReturn: Bool { status == 0 }

  var description: String {
    let cause =
      switch status & 0x7f {
      case SIGXCPU, SIGALRM: "took too long"
      case 0: "exited"
      case let number: "signal \(number)"
      }
    return "\(cause): \(message.split(separator: "\n").first ?? "no message")"
  }

  init(of call: () -> Void) {
    var pipe: [Int32] = [0, 0]
    precondition(Foundation.pipe(&pipe) == 0)
    let child = Ending.fork()
    precondition(child >= 0)
    if child == 0 {
      Ending.limitMemoryAndTime()
      // Without the handlers that print backtraces, which take most of the time.
      for cause in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS] { signal(cause, SIG_DFL) }
      dup2(pipe[1], STDERR_FILENO)
      call()
      _exit(0)
    }
    close(pipe[1])
    message = String(decoding: Ending.contents(of: pipe[0]), as: UTF8.self)
    close(pipe[0])
    var status: Int32 = 0
    waitpid(child, &status, 0)
    self.status = status
  }

  private static func contents(of file: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while case let count = read(file, &part, part.count), count > 0 { all += part[..<count] }
    return all
  }

  /// Swift hides `fork`, because the copy has only the calling thread.
  private static let fork: @convention(c) () -> Int32 = {
    unsafeBitCast(dlsym(dlopen(nil, RTLD_NOW), "fork"), to: (@convention(c) () -> Int32).self)
  }()

  /// Neither a huge array nor an endless loop may stop the machine.
  private static func limitMemoryAndTime() {
    func limit(_ resource: __rlimit_resource, _ value: UInt) {
      var limits = rlimit(rlim_cur: value, rlim_max: value)
      setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
    }
    limit(RLIMIT_AS, 6 << 30)
    limit(RLIMIT_CPU, 5)
    limit(RLIMIT_CORE, 0)
    alarm(60)
  }
}
