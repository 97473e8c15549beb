import Autograd
import NN

extension Adapter {
  /// The layers of normalisation.
  static let normalizationModules: [String: Make] = [
    "BatchNorm1d": { c, dtype in
      BatchNorm1d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: true],
        trackRunningStats: try c[4, "track_running_stats", or: true],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "BatchNorm2d": { c, dtype in
      BatchNorm2d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: true],
        trackRunningStats: try c[4, "track_running_stats", or: true],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "BatchNorm3d": { c, dtype in
      BatchNorm3d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: true],
        trackRunningStats: try c[4, "track_running_stats", or: true],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "InstanceNorm1d": { c, dtype in
      InstanceNorm1d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: false],
        trackRunningStats: try c[4, "track_running_stats", or: false],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "InstanceNorm2d": { c, dtype in
      InstanceNorm2d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: false],
        trackRunningStats: try c[4, "track_running_stats", or: false],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "InstanceNorm3d": { c, dtype in
      InstanceNorm3d(
        try c[0, "num_features"], eps: try c[1, "eps", or: 1e-5],
        momentum: try c[2, "momentum", or: 0.1], affine: try c[3, "affine", or: false],
        trackRunningStats: try c[4, "track_running_stats", or: false],
        bias: try c["bias", or: true], dtype: dtype)
    },
    "GroupNorm": { c, dtype in
      GroupNorm(
        try c[0, "num_groups"], try c[1, "num_channels"], eps: try c[2, "eps", or: 1e-5],
        affine: try c[3, "affine", or: true], bias: try c["bias", or: true], dtype: dtype)
    },
    "LayerNorm": { c, dtype in
      LayerNorm(
        try c[0, "normalized_shape"] as [Int], eps: try c[1, "eps", or: 1e-5],
        elementwiseAffine: try c[2, "elementwise_affine", or: true], bias: try c["bias", or: true],
        dtype: dtype)
    },
    "LocalResponseNorm": { c, _ in
      LocalResponseNorm(
        try c[0, "size"], alpha: try c[1, "alpha", or: 1e-4], beta: try c[2, "beta", or: 0.75],
        k: try c[3, "k", or: 1])
    },
    "RMSNorm": { c, dtype in
      RMSNorm(
        try c[0, "normalized_shape"] as [Int], eps: try c[1, "eps", or: nil],
        elementwiseAffine: try c[2, "elementwise_affine", or: true], dtype: dtype)
    },
  ]
}
