// (j) Layouts, short rows and odd sizes that the other families do not have.

import Autograd
import NN

func otherShapes() -> [Workload] {
  activations() + layouts() + shortRows() + images() + manyParts() + otherLosses()
    + attention()
}

// MARK: - Activations

private func activations() -> [Workload] {
  let functions: [(String, (Tensor) -> Tensor)] = [
    ("abs", { $0.abs() }), ("celu", { $0.celu(alpha: 1.5) }),
    ("clamp", { $0.clamp(min: -0.5, max: 0.7) }), ("elu", { $0.elu() }),
    ("hardshrink", { $0.hardshrink() }), ("hardsigmoid", { $0.hardsigmoid() }),
    ("hardswish", { $0.hardswish() }), ("hardtanh", { $0.hardtanh() }),
    ("leakyRelu", { $0.leakyRelu() }), ("logSigmoid", { $0.logSigmoid() }),
    ("mish", { $0.mish() }), ("relu", { $0.relu() }), ("relu6", { $0.relu6() }),
    ("selu", { $0.selu() }), ("silu", { $0.silu() }), ("softplus", { $0.softplus() }),
    ("softshrink", { $0.softshrink() }), ("softsign", { $0.softsign() }),
    ("tanhshrink", { $0.tanhshrink() }), ("threshold", { $0.threshold(0.1, value: 20) }),
  ]
  let single = functions.flatMap { name, function in
    forwardAndBackward("j/\(name)/301x997") { ([.randn([301, 997])], { function($0[0]) }) }
  }
  let prelu = forwardAndBackward("j/prelu/32x19x501") {
    ([.randn([32, 19, 501]), .rand([19])], { $0[0].prelu($0[1]) })
  }
  return single + prelu
}

// MARK: - Layouts

private func layouts() -> [Workload] {
  let (rows, columns) = (797, 1013)
  let size = "\(rows)x\(columns)"
  var workloads: [Workload] = []
  let ops: [(String, (Tensor, Int) -> Tensor)] = [
    ("sum", { $0.sum(dim: $1) }), ("amax", { $0.amax(dim: $1) }),
    ("max", { $0.max(dim: $1).values }),
  ]
  for (name, function) in ops {
    for dim in [0, 1] {
      workloads += forwardAndBackward("j/\(name)/transposed-\(dim)/\(size)") {
        ([.randn([rows, columns])], { function($0[0].mT, dim) })
      }
    }
  }
  for dim in [0, 1] {
    workloads.append(
      Workload("j/argmax/transposed-\(dim)/\(size)/forward") {
        let x = Tensor.randn([rows, columns])
        return { _ = x.mT.argmax(dim: dim) }
      })
  }
  workloads += forwardAndBackward("j/sum/transposed-all/\(size)") {
    ([.randn([rows, columns])], { $0[0].mT.sum() })
  }
  workloads += forwardAndBackward("j/sum/permuted/31x53x7x61") {
    ([.randn([31, 53, 7, 61])], { $0[0].permute([2, 0, 3, 1]).sum(dim: [0, 2]) })
  }
  workloads += forwardAndBackward("j/sum/sliced/\(size)") {
    ([.randn([rows, columns])], { $0[0].narrow(dim: 1, start: 3, length: 900).sum(dim: 1) })
  }
  for dims in [[0, 1], [0, 2], [1, 2]] {
    let name = dims.map(String.init).joined(separator: "+")
    workloads += forwardAndBackward("j/mean/\(name)/37x53x211") {
      ([.randn([37, 53, 211])], { $0[0].mean(dim: dims) })
    }
  }
  workloads += forwardAndBackward("j/add-two-ways/61x1x129+1x97x129") {
    ([.randn([61, 1, 129]), .randn([1, 97, 129])], { $0[0] + $0[1] })
  }
  for (length, step) in [(25, 10), (7, 1), (400, 160)] {
    workloads += forwardAndBackward("j/unfold/\(length)by\(step)/67x4099") {
      ([.randn([67, 4099])], { $0[0].unfold(dim: 1, size: length, step: step).contiguous() })
    }
  }
  return workloads
}

// MARK: - Short rows

private func shortRows() -> [Workload] {
  var workloads: [Workload] = []
  for (rows, columns) in [(100_003, 3), (10_007, 7), (4099, 33)] {
    let size = "\(rows)x\(columns)"
    let ops: [(String, (Tensor) -> Tensor)] = [
      ("norm", { $0.norm(dim: 1) }), ("norm1", { $0.norm(1, dim: 1) }),
      ("sum", { $0.sum(dim: 1) }), ("amax", { $0.amax(dim: 1) }),
      ("max", { $0.max(dim: 1).values }), ("prod", { $0.prod(dim: 1) }),
      ("mean", { $0.mean(dim: 1) }), ("var", { $0.var(dim: 1) }),
      ("logsumexp", { $0.logsumexp(dim: 1) }), ("softmax", { $0.softmax(dim: 1) }),
    ]
    for (name, function) in ops {
      workloads += forwardAndBackward("j/\(name)/\(size)") {
        ([.randn([rows, columns])], { function($0[0]) })
      }
    }
    workloads += forwardAndBackward("j/layerNorm/\(size)") {
      (
        [.randn([rows, columns]), .rand([columns]), .rand([columns])],
        { layerNorm($0[0], columns, weight: $0[1], bias: $0[2]) }
      )
    }
  }
  workloads += forwardAndBackward("j/dot/1000003") {
    ([.randn([1_000_003]), .randn([1_000_003])], { $0[0].dot($0[1]) })
  }
  workloads += forwardAndBackward("j/matmul/4099@4x4x4") {
    ([.randn([4099, 4, 4]), .randn([4099, 4, 4])], { $0[0].matmul($0[1]) })
  }
  workloads += forwardAndBackward("j/matmul/997@7x5x9") {
    ([.randn([997, 7, 5]), .randn([997, 5, 9])], { $0[0].matmul($0[1]) })
  }
  return workloads
}

// MARK: - Images

private func images() -> [Workload] {
  var workloads: [Workload] = []
  for shape in [[32, 37, 29, 29], [1009, 61]] {
    let size = shape.map(String.init).joined(separator: "x")
    for training in [true, false] {
      workloads += forwardAndBackward("j/batchNorm-\(training ? "training" : "eval")/\(size)") {
        let (mean, variance) = (Tensor.zeros([shape[1]]), Tensor.ones([shape[1]]))
        return (
          [.randn(shape), .rand([shape[1]]), .rand([shape[1]])],
          {
            batchNorm(
              $0[0], runningMean: mean, runningVar: variance, weight: $0[1], bias: $0[2],
              training: training)
          }
        )
      }
    }
  }
  for (kernel, stride, padding) in [(2, 2, 0), (3, 2, 1), (3, 1, 1)] {
    workloads += forwardAndBackward("j/maxPool2d/\(kernel)by\(stride)/16x19x57x57") {
      (
        [.randn([16, 19, 57, 57])],
        { maxPool2d($0[0], kernel, stride: stride, padding: padding) }
      )
    }
    workloads += forwardAndBackward("j/avgPool2d/\(kernel)by\(stride)/16x19x57x57") {
      (
        [.randn([16, 19, 57, 57])],
        { avgPool2d($0[0], kernel, stride: stride, padding: padding) }
      )
    }
  }
  workloads += forwardAndBackward("j/groupNorm/8/32x64x29x29") {
    (
      [.randn([32, 64, 29, 29]), .rand([64]), .rand([64])],
      { groupNorm($0[0], 8, weight: $0[1], bias: $0[2]) }
    )
  }
  workloads += forwardAndBackward("j/instanceNorm/32x64x29x29") {
    ([.randn([32, 64, 29, 29])], { instanceNorm($0[0]) })
  }
  workloads += forwardAndBackward("j/rmsNorm/4099x512") {
    ([.randn([4099, 512]), .rand([512])], { rmsNorm($0[0], 512, weight: $0[1]) })
  }
  let resizing: [(String, (Tensor) -> Tensor)] = [
    ("adaptiveAvgPool2d/7", { adaptiveAvgPool2d($0, 7) }),
    ("adaptiveMaxPool2d/7", { adaptiveMaxPool2d($0, 7) }),
    ("interpolate/nearest", { interpolate($0, scaleFactor: 2) }),
    ("interpolate/bilinear", { interpolate($0, scaleFactor: 2, mode: .bilinear) }),
    (
      "interpolate/bilinear-antialias",
      { interpolate($0, size: 24, mode: .bilinear, antialias: true) }
    ),
    ("pixelShuffle", { pixelShuffle($0, 4) }),
    ("unfold", { unfold($0, 3, padding: 1) }),
  ]
  for (name, function) in resizing {
    workloads += forwardAndBackward("j/\(name)/8x32x57x57") {
      ([.randn([8, 32, 57, 57])], { function($0[0]) })
    }
  }
  return workloads
}

// MARK: - Many parts, and indices

private func manyParts() -> [Workload] {
  var workloads: [Workload] = []
  for (name, function) in [
    ("cat", { cat($0) }), ("stack", { stack($0) }), ("cat-inner", { cat($0, dim: 1) }),
    ("stack-inner", { stack($0, dim: 1) }),
  ] as [(String, ([Tensor]) -> Tensor)] {
    workloads += forwardAndBackward("j/\(name)/200@37x5") {
      ((0..<200).map { _ in .randn([37, 5]) }, function)
    }
  }
  workloads.append(
    Workload("j/oneHot/10007x37/forward") {
      let index = Tensor.randint(37, [10_007])
      return { _ = oneHot(index, numClasses: 37) }
    })
  workloads += forwardAndBackward("j/indexSelect/20011of1009x65") {
    let index = Tensor.randint(1009, [20_011])
    return ([.randn([1009, 65])], { $0[0].indexSelect(dim: 0, index: index) })
  }
  workloads += forwardAndBackward("j/indexAdd/20011into1009x65") {
    let index = Tensor.randint(1009, [20_011])
    return (
      [.randn([1009, 65]), .randn([20_011, 65])],
      { $0[0].indexAdd(dim: 0, index: index, source: $0[1]) }
    )
  }
  workloads += forwardAndBackward("j/embedding/20011of1009x5") {
    let index = Tensor.randint(1009, [20_011])
    return ([.randn([1009, 5])], { embedding(index, $0[0]) })
  }
  return workloads
}
