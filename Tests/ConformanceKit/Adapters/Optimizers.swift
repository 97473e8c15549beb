import Autograd
import Optim

extension Adapter {
  /// The optimizers by PyTorch's name, from their keywords and the parameters.
  static let optimizers:
    [String: @Sendable (_ c: Call, _ parameters: [Tensor]) throws -> any AnyOptimizer] = [
      "SGD": { c, parameters in
        SGD(
          parameters, lr: try c["lr", or: 1e-3], momentum: try c["momentum", or: 0],
          dampening: try c["dampening", or: 0], weightDecay: try c["weight_decay", or: 0],
          nesterov: try c["nesterov", or: false], maximize: try c["maximize", or: false])
      },
      "Adam": { c, parameters in
        Adam(
          parameters, lr: try c["lr", or: 1e-3], betas: try betas(c), eps: try c["eps", or: 1e-8],
          weightDecay: try c["weight_decay", or: 0], amsgrad: try c["amsgrad", or: false],
          maximize: try c["maximize", or: false],
          decoupledWeightDecay: try c["decoupled_weight_decay", or: false])
      },
      "AdamW": { c, parameters in
        AdamW(
          parameters, lr: try c["lr", or: 1e-3], betas: try betas(c), eps: try c["eps", or: 1e-8],
          weightDecay: try c["weight_decay", or: 1e-2], amsgrad: try c["amsgrad", or: false],
          maximize: try c["maximize", or: false])
      },
      "RMSprop": { c, parameters in
        RMSprop(
          parameters, lr: try c["lr", or: 1e-2], alpha: try c["alpha", or: 0.99],
          eps: try c["eps", or: 1e-8], weightDecay: try c["weight_decay", or: 0],
          momentum: try c["momentum", or: 0], centered: try c["centered", or: false],
          maximize: try c["maximize", or: false])
      },
      "Adagrad": { c, parameters in
        Adagrad(
          parameters, lr: try c["lr", or: 1e-2], lrDecay: try c["lr_decay", or: 0],
          weightDecay: try c["weight_decay", or: 0],
          initialAccumulatorValue: try c["initial_accumulator_value", or: 0],
          eps: try c["eps", or: 1e-10], maximize: try c["maximize", or: false])
      },
    ]

  private static func betas(_ c: Call) throws -> (Double, Double) {
    let betas: [Double] = try c["betas", or: [0.9, 0.999]]
    return (betas[0], betas[1])
  }
}
