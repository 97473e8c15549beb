// What an op costs, and how fast the matrix product is: `swift run -c release Benchmarks`.
// Benchmarks/pytorch/foundation.py measures the same with PyTorch.

import Autograd

/// Runs `body` `samples` times after a warm-up, and prints the median and the best time of one of its
/// `count` parts in nanoseconds.
func measure(_ name: String, count: Int, samples: Int, _ body: () -> Void) {
  body()
  let times = (0..<samples).map { _ in ContinuousClock().measure(body) / .nanoseconds(count) }
    .sorted()
  print("\(name): median \(rounded(times[samples / 2])), best \(rounded(times[0]))")
}

func rounded(_ x: Double) -> Double { (x * 1e4).rounded() / 1e4 }

let quick = CommandLine.arguments.contains("--quick")
let samples = quick ? 1 : 50

for shape in [[], [4, 4]] {
  let leaf = Tensor.ones(shape, requiresGrad: true)
  let plain = Tensor.ones(shape)
  func chain(_ x: Tensor) -> Tensor { (0..<1000).reduce(x) { y, _ in y * x } }
  measure("chain of products of \(shape), not recorded, ns an op", count: 1000, samples: samples) {
    _ = chain(plain)
  }
  measure("chain of products of \(shape), recorded, ns an op", count: 1000, samples: samples) {
    _ = chain(leaf)
  }
  measure("chain of products of \(shape), with backward, ns an op", count: 1000, samples: samples) {
    chain(leaf).sum().backward()
  }
}

for threads in Set([1, Threads.count]).sorted() {
  Threads.count = threads
  for dtype in [DType.float32, .float64] {
    let a = Tensor.randn([1024, 1024], dtype: dtype)
    let b = Tensor.randn([1024, 1024], dtype: dtype)
    measure(
      "product of 1024 × 1024 \(dtype), \(threads) threads, ms", count: 1_000_000,
      samples: quick ? 1 : 20
    ) { _ = a.matmul(b) }
  }
}
