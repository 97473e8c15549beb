// Measures the library: `swift run -c release --package-path Benchmarks Benchmarks --help`.
// `Benchmarks/compare` also measures PyTorch and JAX, which have the same workloads under the same
// names.

import Autograd

let options = Options(Array(CommandLine.arguments.dropFirst()))
if let threads = options.threads { Threads.count = threads }
manualSeed(0)

if let name = options.firstStep {
  takeFirstStep(name)
} else {
  let families: [() -> [Workload]] = [
    overhead, products, elementwise, reductions, losses, indexing, optimizerSteps, trainingSteps,
    otherShapes, layers, recurrentLayers, bidirectionalLayers,
  ]
  let workloads = families.flatMap { $0() }.filter { options.includes($0.name) }
  guard !workloads.isEmpty else { stop("no workload has a name that begins like that") }
  let results = workloads.map { workload in
    let result = options.quick ? workload.runOnce() : workload.measure(seconds: options.seconds)
    print(line(workload.name, result))
    return (workload.name, result)
  }
  print("\(Threads.count) threads, peak memory \(peakBytes() >> 20) MiB")
  if let file = options.json { writeJSON(results, to: file) }
}
