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
  let bce = forwardAndBackward("e/bceWithLogits/1e6") {
    let target = Tensor.rand([1_000_000])
    return ([.randn([1_000_000])], { binaryCrossEntropyWithLogits($0[0], target) })
  }
  let mse = forwardAndBackward("e/mse/1e6") {
    let target = Tensor.randn([1_000_000])
    return ([.randn([1_000_000])], { mseLoss($0[0], target) })
  }
  return scores + bce + mse
}
