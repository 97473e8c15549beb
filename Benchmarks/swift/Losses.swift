// (e) Losses.

import Autograd
import NN

func losses() -> [Workload] {
  let scores = [(8192, 1000), (128, 32_000)].flatMap { count, classes in
    forwardAndBackward("e/crossEntropy/\(count)x\(classes)") {
      let labels = Tensor.randint(classes, [count])
      return ([.randn([count, classes])], { crossEntropy($0[0], labels) })
    }
  }
  // A class for each pixel of an image.
  let pixels = forwardAndBackward("e/crossEntropy/8x21x64x64") {
    let labels = Tensor.randint(21, [8, 64, 64])
    return ([.randn([8, 21, 64, 64])], { crossEntropy($0[0], labels) })
  }
  let probabilities = forwardAndBackward("e/crossEntropy/probabilities/8x21x64x64") {
    let target = Tensor.randn([8, 21, 64, 64]).softmax(dim: 1)
    return ([.randn([8, 21, 64, 64])], { crossEntropy($0[0], target) })
  }
  let bce = forwardAndBackward("e/bceWithLogits/1e6") {
    let target = Tensor.rand([1_000_000])
    return ([.randn([1_000_000])], { binaryCrossEntropyWithLogits($0[0], target) })
  }
  let mse = forwardAndBackward("e/mse/1e6") {
    let target = Tensor.randn([1_000_000])
    return ([.randn([1_000_000])], { mseLoss($0[0], target) })
  }
  return scores + pixels + probabilities + bce + mse
}
