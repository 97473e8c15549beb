import Autograd
func scratch() -> [Workload] {
  func op(_ name: String, _ f: @escaping (Tensor, Tensor, Tensor) -> Tensor) -> [Workload] {
    ["noGrad", "recorded", "backward"].map { mode in
      Workload("z/\(name)/\(mode)", count: 100) {
        let x = Tensor.full([4, 4], 0.5, requiresGrad: true)
        let c = Tensor.full([4, 1], 0.5, requiresGrad: true)
        let v = Tensor.full([4], 0.5, requiresGrad: true)
        let g = Tensor.onesLike(noGrad { f(x, c, v) })
        return {
          switch mode {
          case "noGrad": noGrad { for _ in 0..<100 { _ = f(x, c, v) } }
          case "recorded": for _ in 0..<100 { _ = f(x, c, v) }
          default: for _ in 0..<100 { x.grad = nil; c.grad = nil; v.grad = nil; f(x, c, v).backward(gradient: g) }
          }
        }
      }
    }
  }
  return op("add", { x, c, v in c + x }) + op("mul", { x, c, v in x * x }) + op("tanh", { x, c, v in x.tanh() })
    + op("matmul", { x, c, v in x.matmul(x) }) + op("sum", { x, c, v in x.sum(dim: 1) }) + op("view", { x, c, v in v.view([4, 1]) })
}
