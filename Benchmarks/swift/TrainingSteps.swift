// (h) Training steps, and (i) the first of them in a fresh process.

import Autograd
import NN
import Optim

/// A network, its loss and its optimizer, trained on one batch.
struct Training {
  let name: String
  let makeStep: () -> () -> Void

  /// - Parameters:
  ///   - net: makes the network.
  ///   - batch: draws a batch, and returns the loss of a network on it.
  ///   - optimizer: makes the optimizer of the parameters.
  init<Net: Module>(
    _ name: String, net: @escaping () -> Net, batch: @escaping () -> (Net) -> Tensor,
    optimizer: @escaping ([Tensor]) -> any AnyOptimizer
  ) {
    self.name = name
    makeStep = {
      let net = net()
      let optimizer = optimizer(net.parameters)
      let loss = batch()
      return {
        optimizer.zeroGrad()
        loss(net).backward()
        optimizer.step()
      }
    }
  }

  /// A network that computes one tensor from one tensor.
  init(
    _ name: String, net: @escaping () -> Module, input: [Int], target: @escaping () -> Tensor,
    loss: @escaping (Tensor, Tensor) -> Tensor,
    optimizer: @escaping ([Tensor]) -> any AnyOptimizer
  ) {
    self.init(
      name, net: net,
      batch: {
        let (x, y) = (Tensor.randn(input), target())
        return { net in loss(net(x), y) }
      }, optimizer: optimizer)
  }

  /// A classifier of ten classes.
  init(
    classifier name: String, net: @escaping () -> Module, input: [Int],
    optimizer: @escaping ([Tensor]) -> any AnyOptimizer = { Adam($0, lr: 1e-3) }
  ) {
    self.init(
      name, net: net, input: input, target: { .randint(10, [input[0]]) },
      loss: { crossEntropy($0, $1) }, optimizer: optimizer)
  }

  private static func perceptrons() -> [Training] {
    let small = Training(
      "mlp-2-16-16-1-b32",
      net: { Sequential(Linear(2, 16), Tanh(), Linear(16, 16), Tanh(), Linear(16, 1)) },
      input: [32, 2], target: { .randn([32, 1]) }, loss: { mseLoss($0, $1) },
      optimizer: { SGD($0, lr: 1e-2, momentum: 0.9) })
    let digits = [32, 256].map { batch in
      Training(
        classifier: "mlp-784-128-10-b\(batch)",
        net: { Sequential(Linear(784, 128), ReLU(), Linear(128, 10)) }, input: [batch, 784])
    }
    let wide = Training(
      "mlp-1024-4096-1024-b256",
      net: { Sequential(Linear(1024, 4096), GELU(), Linear(4096, 1024)) },
      input: [256, 1024], target: { .randn([256, 1024]) }, loss: { mseLoss($0, $1) },
      optimizer: { AdamW($0, lr: 1e-3) })
    return [small] + digits + [wide]
  }

  static func all() -> [Training] { perceptrons() + imageNetworks() + sequenceNetworks() }
}

func trainingSteps() -> [Workload] {
  Training.all().map { training in Workload("h/\(training.name)", prepare: training.makeStep) }
}

/// Runs the first step of a training, or builds the graph, and prints the peak memory.
func takeFirstStep(_ name: String) {
  if name == "graph-1e6" {
    let graph = repeatedProduct(Tensor.full([4, 4], 0.5, requiresGrad: true), ops: 1_000_000)
    withExtendedLifetime(graph) { printPeak() }
  } else if let training = Training.all().first(where: { $0.name == name }) {
    training.makeStep()()
    printPeak()
  } else {
    stop("there is no training named \(name)")
  }
}

private func printPeak() {
  // The parent process takes the time when it reads this line.
  print("peak \(peakBytes())")
}
