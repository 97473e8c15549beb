// (j), continued: losses with dimensions behind the classes, odd sizes and soft targets.

import Autograd
import NN

func otherLosses() -> [Workload] {
  var workloads: [Workload] = []
  for shape in [[4, 5, 33, 35], [16, 10, 7], [8, 21, 64, 64]] {
    let size = shape.map(String.init).joined(separator: "x")
    let places = [shape[0]] + shape[2...]
    func labels() -> Tensor { .randint(shape[1], places) }
    workloads += forwardAndBackward("j/crossEntropy/\(size)") {
      let target = labels()
      return ([.randn(shape)], { crossEntropy($0[0], target) })
    }
    workloads += forwardAndBackward("j/crossEntropy/smoothed/\(size)") {
      let target = labels()
      return ([.randn(shape)], { crossEntropy($0[0], target, labelSmoothing: 0.1) })
    }
    workloads += forwardAndBackward("j/crossEntropy/probabilities/\(size)") {
      let target = Tensor.randn(shape).softmax(dim: 1)
      return ([.randn(shape)], { crossEntropy($0[0], target) })
    }
    workloads += forwardAndBackward("j/nll/\(size)") {
      let target = labels()
      return ([.randn(shape)], { nllLoss($0[0], target) })
    }
  }
  for shape in [[64, 1000], [37, 501]] {
    workloads += forwardAndBackward("j/bceWithLogits/posWeight/\(shape[0])x\(shape[1])") {
      let (target, weight) = (Tensor.rand(shape), Tensor.rand([shape[1]]))
      return (
        [.randn(shape)], { binaryCrossEntropyWithLogits($0[0], target, posWeight: weight) }
      )
    }
  }
  return workloads
}
