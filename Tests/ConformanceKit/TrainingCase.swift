import Autograd
import NN
import Optim

/// A case of `training`: the loss of every step of a run, and the parameters at its end.
struct TrainingCase {
  let file: CaseFile
  let one: Value

  func verdict() throws -> Verdict {
    guard case .int(let steps) = one["steps"], case .string(let name) = one["dtype"],
      let dtype = DType(named: name)
    else { throw NotSupported("the steps or the dtype") }
    if one["clip"] != nil { throw NotSupported("clipping of gradients") }
    let net = try network(dtype)
    let criterion = try loss()
    let optimizer = try optimizer(net)
    let rate = try rate()
    let (inputs, targets) = (try file.tensor(one["inputs"]), try file.tensor(one["targets"]))
    let tolerance = Tolerance(one)
    try net.loadStateDict(file.stateDict(one["state"]))

    let lr = optimizer.lr
    for (step, want) in (one["losses"]?.elements ?? []).prefix(steps).enumerated() {
      let batch = step % inputs.shape[0]
      optimizer.zeroGrad()
      let loss = try criterion(net(inputs[batch]), targets[batch])
      loss.backward()
      optimizer.lr = lr * rate(step)
      optimizer.step()
      if !tolerance.accepts(loss.item(), want.double ?? .nan) {
        return .failed("the loss of step \(step) is \(loss.item()), want \(want)")
      }
    }
    let final = try file.stateDict(one["final"])
    // Batch normalisation takes the mean of the layer before it away, and the bias with it. Its
    // gradient is rounding alone, which Adam magnifies to steps of the learning rate.
    let layers = net.namedChildren
    let cancelled = zip(layers, layers.dropFirst())
      .filter { $1.module is BatchNormLayer }.map { "\($0.0.name).bias" }
    for (name, parameter) in net.namedParameters where !cancelled.contains(name) {
      guard let want = final[name] else { return .failed("\(name) is not in the state dict") }
      if let trouble = tolerance.difference(parameter.detach(), want) {
        return .failed("\(name): \(trouble)")
      }
    }
    return .passed
  }

  /// A module, a loss, an optimizer or a schedule: `[name, arguments, keywords]`, or without
  /// arguments.
  private func call(_ value: Value?) throws -> (name: String, call: Call) {
    guard let parts = value?.elements, let name = parts.first?.text else {
      throw NotSupported("no name and arguments")
    }
    let arguments = parts.count == 3 ? parts[1].elements ?? [] : []
    return (name, Call(arguments, parts.last?.members ?? [:]) { try file.tensor($0) })
  }

  private func network(_ dtype: DType) throws -> Sequential {
    Sequential(
      try (one["net"]?.elements ?? []).map { layer -> Module in
        let (name, call) = try call(layer)
        guard let make = Adapter.modules[name] else { throw NotSupported("the module \(name)") }
        let module = try make(call, dtype)
        try call.checkEveryArgumentIsUsed()
        return module
      })
  }

  private func loss() throws -> (Tensor, Tensor) throws -> Tensor {
    let (name, call) = try call(one["loss"])
    guard let loss = Adapter.losses[name] else { throw NotSupported("the loss \(name)") }
    return { x, y in
      let inputs = Call([.tensor("input"), .tensor("target")], [:]) { $0 == "input" ? x : y }
      let value = try loss(call, inputs)
      try call.checkEveryArgumentIsUsed()
      return value
    }
  }

  private func optimizer(_ net: Module) throws -> any AnyOptimizer {
    let (name, call) = try call(one["optimizer"])
    guard let make = Adapter.optimizers[name] else {
      throw NotSupported("the optimizer \(name)")
    }
    let optimizer = try make(call, net.parameters)
    try call.checkEveryArgumentIsUsed()
    return optimizer
  }

  /// The factor of the learning rate at a step.
  private func rate() throws -> (_ step: Int) -> Double {
    guard one["scheduler"] != nil else { return { _ in 1 } }
    let (name, call) = try call(one["scheduler"])
    guard name == "StepLR" else { throw NotSupported("the schedule \(name)") }
    let size: Int = try call["step_size"]
    let gamma: Double = try call["gamma"]
    return { step in (0..<(step / size)).reduce(1) { rate, _ in rate * gamma } }
  }
}
