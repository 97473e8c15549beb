// (f) Indexing, scatter-add, concatenation, and permuted copies.

import Autograd
import NN

func indexing() -> [Workload] {
  let n = 1000
  var workloads: [Workload] = []
  for (which, dim) in [("inner", 1), ("outer", 0)] {
    workloads += forwardAndBackward("f/gather/\(which)/1e6") {
      let index = Tensor.randint(n, [n, n])
      return ([.randn([n, n])], { $0[0].gather(dim: dim, index: index) })
    }
    workloads += forwardAndBackward("f/scatterAdd/\(which)/1e6") {
      let index = Tensor.randint(n, [n, n])
      return (
        [.randn([n, n]), .randn([n, n])],
        { $0[0].scatterAdd(dim: dim, index: index, src: $0[1]) }
      )
    }
    workloads += forwardAndBackward("f/cat/\(which)/8@128x1000") {
      ((0..<8).map { _ in .randn([128, n]) }, { cat($0, dim: dim) })
    }
  }
  workloads += forwardAndBackward("f/mask/1e6") {
    let mask = Tensor.rand([n, n]) .< 0.5
    return ([.randn([n, n])], { $0[0][mask] })
  }
  workloads += forwardAndBackward("f/embedding/8192of32000x256") {
    let index = Tensor.randint(32_000, [8192])
    return ([.randn([32_000, 256])], { embedding(index, $0[0]) })
  }
  workloads += forwardAndBackward("f/copy-transposed/1000x1000") {
    ([.randn([n, n])], { $0[0].mT.contiguous() })
  }
  workloads += forwardAndBackward("f/copy-transposed/4096x4096") {
    ([.randn([4096, 4096])], { $0[0].mT.contiguous() })
  }
  workloads += forwardAndBackward("f/copy-channels-last/32x64x56x56") {
    ([.randn([32, 64, 56, 56])], { $0[0].permute([0, 2, 3, 1]).contiguous() })
  }
  workloads += forwardAndBackward("f/copy-heads/32x128x8x64") {
    ([.randn([32, 128, 8, 64])], { $0[0].transpose(1, 2).contiguous() })
  }
  return workloads
}
