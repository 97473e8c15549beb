#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the program with a message.
func stop(_ message: String) -> Never {
  print("Benchmarks: \(message)")
  exit(1)
}

/// A line of the report.
func line(_ name: String, _ result: Measurement) -> String {
  let dots = String(repeating: ".", count: max(3, 44 - name.count))
  let allocations = result.allocations.map { ", \($0) allocations" } ?? ""
  return
    "\(name) \(dots) median \(readable(result.median)), best \(readable(result.best))\(allocations)"
}

/// A time in a unit that suits its size.
private func readable(_ nanoseconds: Double) -> String {
  let (size, unit) =
    [(1e9, "s"), (1e6, "ms"), (1e3, "µs")].first { nanoseconds >= $0.0 } ?? (1, "ns")
  let value = nanoseconds / size
  let decimals = value < 10 ? 100.0 : value < 100 ? 10 : 1
  return "\((value * decimals).rounded() / decimals) \(unit)"
}

/// Writes the results as a JSON object: name → median, best, unit.
func writeJSON(_ results: [(name: String, measurement: Measurement)], to path: String) {
  guard let file = fopen(path, "w") else { stop("cannot write \(path)") }
  let entries = results.map { name, result in
    let allocations = result.allocations.map { #", "allocations": \#($0)"# } ?? ""
    let times = #""median": \#(result.median), "best": \#(result.best), "unit": "ns""#
    return #"  "\#(name)": {\#(times)\#(allocations)}"#
  }
  fputs("{\n\(entries.joined(separator: ",\n"))\n}\n", file)
  fclose(file)
}

/// The peak memory of this process.
func peakBytes() -> Int {
  #if os(Linux)
    // Not getrusage, whose peak includes the process that this one was forked from.
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var text: [CChar] = Array(repeating: 0, count: 1 << 14)
    let count = fread(&text, 1, text.count, file)
    let lines = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: "\n")
    let peak = lines.first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropFirst().first
    return peak.flatMap { Int($0) }.map { $0 << 10 } ?? 0
  #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}

/// The number of allocations so far, if `report/allocations.c` is loaded into this process.
func allocationCount() -> Int? {
  #if canImport(Glibc)
    guard let symbol = dlsym(nil, "benchmark_allocations") else { return nil }
    return unsafeBitCast(symbol, to: (@convention(c) () -> Int).self)()
  #else
    return nil
  #endif
}
