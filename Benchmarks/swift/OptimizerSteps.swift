// (g) Optimizer steps: few large parameters, and many small ones.

import Autograd
import Optim

func optimizerSteps() -> [Workload] {
  let makers: [(String, ([Tensor]) -> any AnyOptimizer)] = [
    ("sgd-momentum", { SGD($0, lr: 1e-3, momentum: 0.9) }), ("adam", { Adam($0, lr: 1e-3) }),
    ("adamw", { AdamW($0, lr: 1e-3) }),
  ]
  return [("10x1e6", 10, 1_000_000), ("1000x100", 1000, 100)].flatMap { size, tensors, elements in
    makers.map { name, make in
      Workload("g/\(name)/\(size)") {
        let parameters = (0..<tensors).map { _ in
          let parameter = Tensor.randn([elements], requiresGrad: true)
          parameter.grad = .randn([elements])
          return parameter
        }
        let optimizer = make(parameters)
        return { optimizer.step() }
      }
    }
  }
}
