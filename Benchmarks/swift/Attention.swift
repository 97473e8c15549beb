// (j) Attention, and the layers made of it.

import Autograd
import NN

func attention() -> [Workload] {
  // Batch, heads, queries, keys, features.
  let sizes = [
    [16, 8, 64, 64, 32], [4, 8, 512, 512, 64], [1, 12, 1024, 1024, 64], [2, 8, 100, 300, 40],
    [32, 8, 16, 16, 16], [1, 1, 700, 700, 64], [16, 12, 1, 512, 64],
  ]
  var workloads: [Workload] = []
  for size in sizes {
    let name = size.map(String.init).joined(separator: "x")
    let (q, k) = (size[0...2] + size[4...], size[0...1] + size[3...])
    for isCausal in size[2] == size[3] ? [false, true] : [false] {
      workloads += forwardAndBackward("j/attention\(isCausal ? "-causal" : "")/\(name)") {
        (
          [.randn(Array(q)), .randn(Array(k)), .randn(Array(k))],
          { scaledDotProductAttention($0[0], $0[1], $0[2], isCausal: isCausal) }
        )
      }
    }
  }
  workloads += forwardAndBackward("j/attention-mask/4x8x128x128x64") {
    let mask = Tensor.randn([128, 128])
    return (
      (0..<3).map { _ in .randn([4, 8, 128, 64]) },
      { scaledDotProductAttention($0[0], $0[1], $0[2], attnMask: mask) }
    )
  }
  workloads += forwardAndBackward("j/attention-groups/2x8of2x256x256x64") {
    (
      [.randn([2, 8, 256, 64]), .randn([2, 2, 256, 64]), .randn([2, 2, 256, 64])],
      { scaledDotProductAttention($0[0], $0[1], $0[2], enableGQA: true) }
    )
  }
  workloads += forwardAndBackward("j/multiheadAttention/8x128x256") {
    let layer = MultiheadAttention(256, 8, batchFirst: true)
    return ([.randn([8, 128, 256])], { layer($0[0], $0[0], $0[0], needWeights: false).output })
  }
  workloads += forwardAndBackward("j/transformerEncoderLayer/8x128x256") {
    let layer = TransformerEncoderLayer(
      256, 8, dimFeedforward: 1024, dropout: 0, batchFirst: true)
    return ([.randn([8, 128, 256])], { layer($0[0]) })
  }
  return workloads
}
