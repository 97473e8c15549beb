import Autograd
import Optim

/// A case of `optimizers`: the parameters after each of some steps with given gradients.
struct OptimizerCase {
  let file: CaseFile
  let one: Value

  func verdict() throws -> Verdict {
    guard let name = one["optimizer"]?.text, let make = Adapter.optimizers[name] else {
      throw NotSupported("the optimizer")
    }
    let parameters = try (one["params"]?.elements ?? []).map { value in
      let parameter = try file.tensor(value).clone()
      parameter.requiresGrad = true
      return parameter
    }
    let call = Call([], one["kwargs"]?.members ?? [:]) { try file.tensor($0) }
    let optimizer = try make(call, parameters)
    try call.checkEveryArgumentIsUsed()

    for (number, step) in (one["steps"]?.elements ?? []).enumerated() {
      for (parameter, gradient) in zip(parameters, step["grads"]?.elements ?? []) {
        if case .tensor(let key) = gradient {
          parameter.grad = try file.tensor(key).clone()
        } else {
          parameter.grad = nil
        }
      }
      optimizer.step()
      for (i, want) in (step["after"]?.elements ?? []).enumerated() {
        let want = try file.tensor(want)
        if let trouble = Tolerance(one).difference(parameters[i].detach(), want) {
          return .failed("step \(number), parameter \(i): \(trouble)")
        }
      }
    }
    return .passed
  }
}
