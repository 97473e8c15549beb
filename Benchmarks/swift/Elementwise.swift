// (c) Element-wise ops by size, with broadcasting, and with a transposed operand.

import Autograd

func elementwise() -> [Workload] {
  let sizes = [
    ("1e3", 1000), ("1e4", 10_000), ("1e5", 100_000), ("1e6", 1_000_000), ("1e7", 10_000_000),
  ]
  let pairs: [(String, (Tensor, Tensor) -> Tensor)] = [("add", { $0 + $1 }), ("mul", { $0 * $1 })]
  let single: [(String, (Tensor) -> Tensor)] = [
    ("exp", { $0.exp() }), ("log", { $0.log() }), ("tanh", { $0.tanh() }),
    ("sigmoid", { $0.sigmoid() }), ("gelu", { $0.gelu() }),
  ]
  var workloads: [Workload] = []
  for (op, function) in pairs + [("pow", { $0.pow($1) })] {
    for (size, count) in sizes {
      workloads += forwardAndBackward("c/\(op)/\(size)") {
        ([.rand([count]), .rand([count])], { function($0[0], $0[1]) })
      }
    }
  }
  for (op, function) in single {
    for (size, count) in sizes {
      workloads += forwardAndBackward("c/\(op)/\(size)") {
        // Positive, for the logarithm.
        ([Tensor.rand([count]) * 2 + 0.1], { function($0[0]) })
      }
    }
  }
  for (size, n) in [("1e4", 100), ("1e6", 1000)] {
    for (op, function) in pairs {
      let others = [("row", [1, n]), ("column", [n, 1]), ("transposed", [n, n])]
      for (which, shape) in others {
        workloads += forwardAndBackward("c/\(op)-\(which)/\(size)") {
          (
            [.rand([n, n]), .rand(shape)],
            { function($0[0], which == "transposed" ? $0[1].mT : $0[1]) }
          )
        }
      }
    }
    workloads += forwardAndBackward("c/exp-transposed/\(size)") {
      ([.rand([n, n])], { $0[0].mT.exp() })
    }
  }
  return workloads
}
