import Autograd
import NN

extension Adapter {
  /// Normalisation.
  static let normalizations: [Adapter] = [
    Adapter(
      "nn.functional.batch_norm",
      "batchNorm(x, runningMean:runningVar:weight:bias:training:momentum:eps:)"
    ) { c in
      batchNorm(
        try c.x, runningMean: try c[1, "running_mean", or: nil],
        runningVar: try c[2, "running_var", or: nil], weight: try c[3, "weight", or: nil],
        bias: try c[4, "bias", or: nil], training: try c[5, "training", or: false],
        momentum: try c[6, "momentum", or: 0.1], eps: try c[7, "eps", or: 1e-5])
    },
    Adapter("nn.functional.group_norm", "groupNorm(x, numGroups, weight:bias:eps:)") { c in
      groupNorm(
        try c.x, try c[1, "num_groups"], weight: try c[2, "weight", or: nil],
        bias: try c[3, "bias", or: nil], eps: try c[4, "eps", or: 1e-5])
    },
    Adapter(
      "nn.functional.instance_norm",
      "instanceNorm(x, runningMean:runningVar:weight:bias:useInputStats:momentum:eps:)"
    ) { c in
      instanceNorm(
        try c.x, runningMean: try c[1, "running_mean", or: nil],
        runningVar: try c[2, "running_var", or: nil], weight: try c[3, "weight", or: nil],
        bias: try c[4, "bias", or: nil], useInputStats: try c[5, "use_input_stats", or: true],
        momentum: try c[6, "momentum", or: 0.1], eps: try c[7, "eps", or: 1e-5])
    },
    Adapter("nn.functional.layer_norm", "layerNorm(x, normalizedShape, weight:bias:eps:)") { c in
      layerNorm(
        try c.x, try c[1, "normalized_shape"] as [Int], weight: try c[2, "weight", or: nil],
        bias: try c[3, "bias", or: nil], eps: try c[4, "eps", or: 1e-5])
    },
    Adapter("nn.functional.local_response_norm", "localResponseNorm(x, size, alpha:beta:k:)") { c in
      localResponseNorm(
        try c.x, try c[1, "size"], alpha: try c[2, "alpha", or: 1e-4],
        beta: try c[3, "beta", or: 0.75], k: try c[4, "k", or: 1])
    },
    Adapter("nn.functional.normalize", "normalize(x, p:dim:eps:)") { c in
      normalize(
        try c.x, p: try c[1, "p", or: 2], dim: try c[2, "dim", or: 1],
        eps: try c[3, "eps", or: 1e-12])
    },
    Adapter("nn.functional.rms_norm", "rmsNorm(x, normalizedShape, weight:eps:)") { c in
      rmsNorm(
        try c.x, try c[1, "normalized_shape"] as [Int], weight: try c[2, "weight", or: nil],
        eps: try c[3, "eps", or: nil])
    },
  ]
}
