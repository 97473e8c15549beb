// (d) Reductions, normalisations and scans, over the inner, the outer and a middle dimension.

import Autograd
import NN

func reductions() -> [Workload] {
  let ops: [(String, (Tensor, Int) -> Tensor)] = [
    ("sum", { $0.sum(dim: $1) }), ("mean", { $0.mean(dim: $1) }), ("var", { $0.var(dim: $1) }),
    ("max", { $0.max(dim: $1).values }), ("softmax", { $0.softmax(dim: $1) }),
    ("logSoftmax", { $0.logSoftmax(dim: $1) }), ("cumsum", { $0.cumsum(dim: $1) }),
    ("sort", { $0.sort(dim: $1).values }),
  ]
  let dims = [("inner", 1), ("outer", 0)]
  var workloads: [Workload] = []
  for n in [64, 1000] {
    let size = "\(n)x\(n)"
    for (op, function) in ops {
      for (which, dim) in dims {
        workloads += forwardAndBackward("d/\(op)/\(which)/\(size)") {
          ([.randn([n, n])], { function($0[0], dim) })
        }
      }
    }
    for (which, dim) in dims {
      workloads.append(
        Workload("d/argmax/\(which)/\(size)/forward") {
          let x = Tensor.randn([n, n])
          return { _ = x.argmax(dim: dim) }
        })
    }
    workloads += forwardAndBackward("d/sum/all/\(size)") { ([.randn([n, n])], { $0[0].sum() }) }
    workloads += forwardAndBackward("d/layerNorm/inner/\(size)") {
      (
        [.randn([n, n]), .rand([n]), .rand([n])],
        { layerNorm($0[0], [n], weight: $0[1], bias: $0[2]) }
      )
    }
  }
  return workloads + overMiddleDimension()
}

/// Over a dimension between others: the channels of images.
private func overMiddleDimension() -> [Workload] {
  let ops: [(String, (Tensor) -> Tensor)] = [
    ("softmax", { $0.softmax(dim: 1) }), ("logSoftmax", { $0.logSoftmax(dim: 1) }),
    ("logsumexp", { $0.logsumexp(dim: 1) }),
  ]
  return ops.flatMap { op, function in
    forwardAndBackward("d/\(op)/middle/8x21x64x64") {
      ([.randn([8, 21, 64, 64])], { function($0[0]) })
    }
  }
}
