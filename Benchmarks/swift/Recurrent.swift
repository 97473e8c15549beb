// (k) Layers: recurrent ones, from an input without a gradient.

import Autograd
import NN

func recurrentLayers() -> [Workload] {
  let sizes: [(steps: Int, batch: Int, inputs: Int, hidden: Int)] = [
    (28, 64, 28, 128), (100, 16, 64, 64), (35, 20, 200, 200), (10, 1, 32, 32),
  ]
  typealias Layer = (parameters: [Tensor], call: (Tensor) -> Tensor)
  func lstm(_ inputs: Int, _ hidden: Int) -> Layer {
    let layer = LSTM(inputs, hidden)
    return (layer.parameters, { layer($0).output })
  }
  func gru(_ inputs: Int, _ hidden: Int) -> Layer {
    let layer = GRU(inputs, hidden)
    return (layer.parameters, { layer($0).output })
  }
  func rnn(_ inputs: Int, _ hidden: Int) -> Layer {
    let layer = RNN(inputs, hidden)
    return (layer.parameters, { layer($0).output })
  }
  let layers: [(name: String, make: (Int, Int) -> Layer)] = [
    ("lstm", lstm), ("gru", gru), ("rnn", rnn),
  ]
  return layers.flatMap { name, make in
    sizes.flatMap { size in
      let name = "k/\(name)/t\(size.steps)-b\(size.batch)-i\(size.inputs)-h\(size.hidden)"
      let shape = [size.steps, size.batch, size.inputs]
      return [
        Workload("\(name)/forward") {
          let (_, layer) = make(size.inputs, size.hidden)
          let x = Tensor.randn(shape)
          return { noGrad { _ = layer(x) } }
        },
        Workload("\(name)/backward") {
          let (parameters, layer) = make(size.inputs, size.hidden)
          let x = Tensor.randn(shape)
          let gradient = Tensor.onesLike(noGrad { layer(x) })
          return {
            for parameter in parameters { parameter.grad = nil }
            layer(x).backward(gradient: gradient)
          }
        },
      ]
    }
  }
}
