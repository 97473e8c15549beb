// (k) Layers: LSTMs of two layers and directions.

import Autograd
import NN

func bidirectionalLayers() -> [Workload] {
  var workloads: [Workload] = []
  for (steps, batch, inputs, hidden) in [(28, 64, 28, 128), (31, 7, 37, 41)] {
    let size = "t\(steps)-b\(batch)-i\(inputs)-h\(hidden)"
    workloads += forwardAndBackward("k/lstm-bidirectional-2-layers/\(size)") {
      let layer = LSTM(inputs, hidden, numLayers: 2, bidirectional: true).requiresGrad(false)
      return ([.randn([steps, batch, inputs])] + layer.parameters, { layer($0[0]).output })
    }
  }
  return workloads
}
