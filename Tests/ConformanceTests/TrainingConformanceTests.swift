import Autograd
import NN
import Optim
import Testing

/// Whole training runs against PyTorch: the loss of every step, and the parameters at the end.
@Suite struct TrainingConformanceTests {
  @Test func trainingRuns() throws {
    let file = try CaseFile("training")
    var compared = 0
    for one in file.cases {
      guard let run = TrainingRun(one) else { continue }
      let id = one["id"] as! String
      let (rtol, atol) = (one.double("rtol")!, one.double("atol")!)
      try run.net.loadStateDict(file.stateDict(one["state"]))
      let losses = run.train(
        file.tensor(one["inputs"]), file.tensor(one["targets"]), steps: one.int("steps")!)
      for (step, (got, want)) in zip(losses, one["losses"] as! [Double]).enumerated() {
        #expect(abs(got - want) <= atol + rtol * abs(want), "\(id), loss of step \(step)")
      }
      let final = file.stateDict(one["final"])
      for (name, parameter) in run.net.namedParameters {
        let trouble = difference(parameter, final[name]!, rtol: rtol, atol: atol)
        #expect(trouble == nil, "\(id), \(name): \(trouble ?? "")")
      }
      compared += 1
    }
    #expect(compared >= 6)
  }
}

/// A network, a loss and an optimizer as a case describes them.
struct TrainingRun {
  let net: Sequential
  let criterion: (Tensor, Tensor) -> Tensor
  let optimizer: any AnyOptimizer
  /// By which factor the learning rate has fallen at a step.
  let rate: (_ step: Int) -> Double

  /// Nil where the case needs what this library does not have yet.
  init?(_ one: [String: Any]) {
    let dtype = DType(named: one["dtype"] as! String)
    var modules: [Module] = []
    for layer in one["net"] as! [[Any]] {
      let args = layer[1] as! [Any]
      switch layer[0] as! String {
      case "Linear": modules.append(Linear(args[0] as! Int, args[1] as! Int, dtype: dtype))
      case "Tanh": modules.append(Tanh())
      case "SiLU": modules.append(SiLU())
      case "LogSoftmax": modules.append(LogSoftmax(dim: args[0] as! Int))
      default: return nil
      }
    }
    net = Sequential(modules)

    let loss = one["loss"] as! [Any]
    let lossOptions = loss[1] as! [String: Any]
    switch loss[0] as! String {
    case "CrossEntropyLoss":
      let loss = CrossEntropyLoss(labelSmoothing: lossOptions.double("label_smoothing") ?? 0)
      criterion = { loss($0, $1) }
    case "BCEWithLogitsLoss":
      let loss = BCEWithLogitsLoss()
      criterion = { loss($0, $1) }
    case "NLLLoss":
      let loss = NLLLoss()
      criterion = { loss($0, $1) }
    default: return nil
    }

    // A learning rate that falls by a factor every few steps is the one schedule in these cases.
    if let scheduler = one["scheduler"] as? [Any] {
      guard scheduler[0] as! String == "StepLR" else { return nil }
      let options = scheduler[1] as! [String: Any]
      let (size, gamma) = (options.int("step_size")!, options.double("gamma")!)
      rate = { step in (0..<(step / size)).reduce(1) { rate, _ in rate * gamma } }
    } else {
      rate = { _ in 1 }
    }

    let rule = one["optimizer"] as! [Any]
    let options = rule[1] as! [String: Any]
    let lr = options.double("lr")!
    let momentum = options.double("momentum") ?? 0
    switch rule[0] as! String {
    case "SGD":
      optimizer = SGD(
        net.parameters, lr: lr, momentum: momentum, nesterov: options["nesterov"] as? Bool ?? false)
    case "RMSprop": optimizer = RMSprop(net.parameters, lr: lr, momentum: momentum)
    case "Adagrad": optimizer = Adagrad(net.parameters, lr: lr)
    default: return nil
    }
  }

  /// The losses of `steps` steps over the batches in turn.
  func train(_ inputs: Tensor, _ targets: Tensor, steps: Int) -> [Double] {
    let lr = optimizer.lr
    return (0..<steps).map { step in
      let batch = step % inputs.shape[0]
      optimizer.zeroGrad()
      let loss = criterion(net(inputs[batch]), targets[batch])
      loss.backward()
      optimizer.lr = lr * rate(step)
      optimizer.step()
      return loss.item()
    }
  }
}
