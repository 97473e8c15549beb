// (k) Layers: convolutions, normalisations, pooling, and the others.

import Autograd
import NN

func layers() -> [Workload] {
  convolutions() + normalizations() + images() + tables() + dense()
}

private func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }

/// A function of one tensor of the given shape.
private func ofOne(
  _ name: String, _ shape: [Int], _ function: @escaping (Tensor) -> Tensor
) -> [Workload] {
  forwardAndBackward("k/\(name)/\(text(shape))") { ([.randn(shape)], { function($0[0]) }) }
}

// MARK: - Normalisation

private func normalizations() -> [Workload] {
  var workloads: [Workload] = []
  for shape in [[8, 64, 56, 56], [16, 128, 14, 14], [7, 19, 33, 31], [256, 128], [61, 37]] {
    workloads += forwardAndBackward("k/batchNorm/\(text(shape))") {
      let (mean, variance) = (Tensor.zeros([shape[1]]), Tensor.ones([shape[1]]))
      return (
        [.randn(shape), .rand([shape[1]]), .rand([shape[1]])],
        {
          batchNorm(
            $0[0], runningMean: mean, runningVar: variance, weight: $0[1], bias: $0[2],
            training: true)
        }
      )
    }
  }
  for shape in [[16, 64, 256], [33, 57, 101]] {
    workloads += forwardAndBackward("k/layerNorm/\(text(shape))") {
      (
        [.randn(shape), .rand([shape[2]]), .rand([shape[2]])],
        { layerNorm($0[0], shape[2], weight: $0[1], bias: $0[2]) }
      )
    }
    workloads += forwardAndBackward("k/rmsNorm/\(text(shape))") {
      ([.randn(shape), .rand([shape[2]])], { rmsNorm($0[0], shape[2], weight: $0[1]) })
    }
  }
  for (shape, groups) in [([8, 64, 28, 28], 8), ([5, 42, 17, 19], 7)] {
    workloads += forwardAndBackward("k/groupNorm/\(groups)/\(text(shape))") {
      (
        [.randn(shape), .rand([shape[1]]), .rand([shape[1]])],
        { groupNorm($0[0], groups, weight: $0[1], bias: $0[2]) }
      )
    }
    workloads += forwardAndBackward("k/instanceNorm/\(text(shape))") {
      (
        [.randn(shape), .rand([shape[1]]), .rand([shape[1]])],
        { instanceNorm($0[0], weight: $0[1], bias: $0[2]) }
      )
    }
  }
  return workloads
}

// MARK: - Images

private func images() -> [Workload] {
  ofOne("maxPool2d/3by2", [8, 64, 56, 56]) { maxPool2d($0, 3, stride: 2, padding: 1) }
    + ofOne("maxPool2d/2by2", [64, 32, 28, 28]) { maxPool2d($0, 2) }
    + ofOne("maxPool2d/2by2", [7, 13, 27, 31]) { maxPool2d($0, 2) }
    + ofOne("maxPool1d/2by2", [16, 32, 257]) { maxPool1d($0, 2) }
    + ofOne("avgPool2d/2by2", [64, 6, 28, 28]) { avgPool2d($0, 2) }
    + ofOne("avgPool2d/3by2", [7, 13, 27, 31]) { avgPool2d($0, 3, stride: 2, padding: 1) }
    + ofOne("adaptiveAvgPool2d/1", [8, 512, 7, 7]) { adaptiveAvgPool2d($0, 1) }
    + ofOne("adaptiveAvgPool2d/5", [8, 64, 28, 28]) { adaptiveAvgPool2d($0, 5) }
    + ofOne("interpolate/nearest", [8, 64, 14, 14]) { interpolate($0, scaleFactor: 2) }
    + ofOne("interpolate/nearest", [3, 19, 23, 17]) { interpolate($0, size: [40, 31]) }
    + ofOne("interpolate/bilinear", [8, 16, 28, 28]) {
      interpolate($0, scaleFactor: 2, mode: .bilinear)
    }
    + ofOne("interpolate/bilinear", [3, 19, 23, 17]) {
      interpolate($0, size: [40, 31], mode: .bilinear)
    }
    + ofOne("pad/reflect", [8, 16, 57, 57]) { pad($0, [3, 3, 3, 3], mode: .reflect) }
    + ofOne("pad/zeros", [8, 64, 28, 28]) { pad($0, [1, 1, 1, 1]) }
    + ofOne("pixelShuffle/2", [8, 64, 28, 28]) { pixelShuffle($0, 2) }
    + ofOne("dropout2d", [8, 64, 28, 28]) { dropout2d($0) }
    + ofOne("flatten-cat", [8, 32, 28, 28]) { cat([$0, $0], dim: 1).flatten(1) }
}

// MARK: - Tables of vectors

private func tables() -> [Workload] {
  var workloads: [Workload] = []
  for (count, rows, columns) in [([64, 128], 1000, 64), ([37, 19], 101, 33)] {
    workloads += forwardAndBackward("k/embedding/\(text(count))of\(rows)x\(columns)") {
      let index = Tensor.randint(rows, count)
      return ([.randn([rows, columns])], { embedding(index, $0[0]) })
    }
  }
  for (name, mode) in [("sum", EmbeddingBagMode.sum), ("mean", .mean), ("max", .max)] {
    workloads += forwardAndBackward("k/embeddingBag/\(name)/512x20of10000x64") {
      let index = Tensor.randint(10_000, [512, 20])
      return ([.randn([10_000, 64])], { embeddingBag(index, $0[0], mode: mode) })
    }
  }
  return workloads
}

// MARK: - Linear layers and activations

private func dense() -> [Workload] {
  var workloads: [Workload] = []
  for (batch, inputs, outputs) in [(64, 784, 128), (256, 512, 512), (37, 101, 67)] {
    workloads += forwardAndBackward("k/linear-relu/\(batch)x\(inputs)-\(outputs)") {
      (
        [.randn([batch, inputs]), .randn([outputs, inputs]), .randn([outputs])],
        { linear($0[0], $0[1], $0[2]).relu() }
      )
    }
  }
  return workloads
    + ofOne("relu", [8, 64, 56, 56]) { $0.relu() }
    + ofOne("gelu", [16, 64, 1024]) { $0.gelu() }
    + ofOne("gelu-tanh", [16, 64, 512]) { $0.gelu(approximate: .tanh) }
    + ofOne("silu", [16, 64, 1024]) { $0.silu() }
    + ofOne("softmax", [128, 64, 64]) { $0.softmax(dim: -1) }
    + ofOne("softmax", [61, 37, 41]) { $0.softmax(dim: -1) }
    + ofOne("logSoftmax", [64, 10]) { $0.logSoftmax(dim: -1) }
    + ofOne("glu", [16, 64, 512]) { $0.glu() }
    + ofOne("dropout", [64, 3136]) { dropout($0) }
    + ofOne("dropout", [37, 1001]) { dropout($0) }
}
