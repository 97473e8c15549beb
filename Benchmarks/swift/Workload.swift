import Autograd

/// A computation to measure.
struct Workload {
  /// family/what/size/how; the same workload has the same name for PyTorch and JAX.
  let name: String
  /// The number of ops in one call of the body; times are those of one op.
  let count: Int
  /// Makes the inputs, and returns the body to measure.
  let prepare: () -> () -> Void

  init(_ name: String, count: Int = 1, prepare: @escaping () -> () -> Void) {
    self.name = name
    self.count = count
    self.prepare = prepare
  }
}

/// The cost of one op.
struct Measurement {
  /// Nanoseconds.
  let median: Double
  /// Nanoseconds.
  let best: Double
  /// Memory allocations; nil unless `report/allocations.c` is loaded, which counts them.
  var allocations: Double?
}

extension Workload {
  /// Calls the body for about `seconds`, in samples of a millisecond or more, after a warm-up.
  func measure(seconds: Double) -> Measurement {
    let body = prepare()
    var calls = 1
    var spent = time(1, body)
    // Short calls are repeated, so that the cost of the clock is negligible.
    while spent < 0.05 {
      let sample = time(calls, body)
      spent += sample
      if sample >= 1e-3 { break }
      calls = max(2 * calls, min(10 * calls, Int(1.2e-3 / max(sample, 1e-9) * Double(calls))))
    }
    while spent < seconds / 5 { spent += time(calls, body) }
    let before = allocationCount()
    _ = time(calls, body)
    let allocations = before.map { Double(allocationCount()! - $0) / Double(calls * count) }
    var samples: [Double] = []
    spent = 0
    // At least three samples, or one of a long workload: compare runs all workloads several times.
    while spent < (samples.count < 3 ? 8 * seconds : seconds) {
      let sample = time(calls, body)
      spent += sample
      samples.append(sample / Double(calls * count) * 1e9)
    }
    samples.sort()
    return Measurement(
      median: samples[samples.count / 2], best: samples[0], allocations: allocations)
  }

  /// Calls the body once, to see that it works.
  func runOnce() -> Measurement {
    let body = prepare()
    let once = time(1, body) / Double(count) * 1e9
    return Measurement(median: once, best: once)
  }

  private func time(_ calls: Int, _ body: () -> Void) -> Double {
    ContinuousClock().measure { for _ in 0..<calls { body() } } / .seconds(1)
  }
}

/// Two workloads: a function of tensors that require no gradient, and the function with its
/// backward pass from a given gradient.
///
/// - Parameter prepare: returns the inputs, which get gradients, and the function.
func forwardAndBackward(
  _ name: String, _ prepare: @escaping () -> (inputs: [Tensor], function: ([Tensor]) -> Tensor)
) -> [Workload] {
  [
    Workload("\(name)/forward") {
      let (inputs, function) = prepare()
      return { _ = function(inputs) }
    },
    Workload("\(name)/backward") {
      let (inputs, function) = prepare()
      let gradient = Tensor.onesLike(function(inputs))
      for x in inputs { x.requiresGrad = true }
      return {
        for x in inputs { x.grad = nil }
        function(inputs).backward(gradient: gradient)
      }
    },
  ]
}
