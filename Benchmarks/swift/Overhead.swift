// (a) The overhead of an op: chains of ops on 4 × 4.

import Autograd

func overhead() -> [Workload] {
  let powers = ["1e3", "1e4", "1e5", "1e6"]
  return chain("a/mul/1e3", ops: 1000, repeatedProduct, modes: Mode.allCases)
    + chain("a/mixed/1e3", ops: 1002, mixture, modes: Mode.allCases)
    // Longer graphs must not cost more per op.
    + zip(powers, [1000, 10_000, 100_000, 1_000_000]).dropFirst().flatMap { power, ops in
      chain("a/mul/\(power)", ops: ops, repeatedProduct, modes: [.recorded, .backward])
    }
}

/// x, multiplied by itself `ops` times.
func repeatedProduct(_ x: Tensor, ops: Int) -> Tensor {
  var y = x
  for _ in 0..<ops { y = y * x }
  return y
}

/// A chain of `ops` ops, six kinds in turn.
private func mixture(_ x: Tensor, ops: Int) -> Tensor {
  var y = x
  for _ in 0..<(ops / 6) {
    y = y + x
    y = y * x
    y = y.tanh()
    y = y.matmul(x)
    y = y.sum(dim: 1)
    y = y.view([4, 1])
  }
  return y
}

/// How a chain is run; `backward` is forward and backward.
private enum Mode: String, CaseIterable { case noGrad, recorded, backward }

private func chain(
  _ name: String, ops: Int, _ function: @escaping (Tensor, Int) -> Tensor, modes: [Mode]
) -> [Workload] {
  modes.map { mode in
    Workload("\(name)/\(mode)", count: ops) {
      let x = Tensor.full([4, 4], 0.5, requiresGrad: true)
      let gradient = Tensor.onesLike(noGrad { function(x, ops) })
      return {
        switch mode {
        case .noGrad: noGrad { _ = function(x, ops) }
        case .recorded: _ = function(x, ops)
        case .backward:
          x.grad = nil
          function(x, ops).backward(gradient: gradient)
        }
      }
    }
  }
}
