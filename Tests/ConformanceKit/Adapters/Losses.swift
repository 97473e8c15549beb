import Autograd
import NN

extension Adapter {
  static let functionalLosses: [Adapter] = [
    Adapter("nn.functional.binary_cross_entropy", "binaryCrossEntropy(p, target)") { c in
      binaryCrossEntropy(
        try c.x, try c[1, "target"], weight: try c[2, "weight", or: nil],
        reduction: try c["reduction", or: .mean])
    },
    Adapter(
      "nn.functional.binary_cross_entropy_with_logits", "binaryCrossEntropyWithLogits(x, target)"
    ) { c in
      binaryCrossEntropyWithLogits(
        try c.x, try c[1, "target"], weight: try c["weight", or: nil],
        posWeight: try c["pos_weight", or: nil], reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.cross_entropy", "crossEntropy(x, target)") { c in
      crossEntropy(
        try c.x, try c[1, "target"], weight: try c["weight", or: nil],
        ignoreIndex: try c["ignore_index", or: -100],
        labelSmoothing: try c["label_smoothing", or: 0], reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.huber_loss", "huberLoss(x, target, delta:)") { c in
      huberLoss(
        try c.x, try c[1, "target"], delta: try c["delta", or: 1],
        reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.l1_loss", "l1Loss(x, target)") { c in
      l1Loss(try c.x, try c[1, "target"], reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.mse_loss", "mseLoss(x, target)") { c in
      mseLoss(try c.x, try c[1, "target"], reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.nll_loss", "nllLoss(logProbabilities, target)") { c in
      nllLoss(
        try c.x, try c[1, "target"], weight: try c[2, "weight", or: nil],
        ignoreIndex: try c["ignore_index", or: -100], reduction: try c["reduction", or: .mean])
    },
    Adapter("nn.functional.smooth_l1_loss", "smoothL1Loss(x, target, beta:)") { c in
      smoothL1Loss(
        try c.x, try c[1, "target"], beta: try c["beta", or: 1],
        reduction: try c["reduction", or: .mean])
    },
  ]
}
