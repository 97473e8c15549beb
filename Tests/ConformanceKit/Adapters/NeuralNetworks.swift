import Autograd
import NN

extension Adapter {
  static let neuralNetworks: [Adapter] = convolutions + pooling + normalizations + otherFunctions

  // MARK: - Convolution

  private static let convolutions: [Adapter] = [
    Adapter(
      "nn.functional.conv1d", "conv1d(x, weight, bias, stride:padding:dilation:groups:)"
    ) { c in
      conv1d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1])
    },
    Adapter(
      "nn.functional.conv2d", "conv2d(x, weight, bias, stride:padding:dilation:groups:)"
    ) { c in
      conv2d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1])
    },
    Adapter(
      "nn.functional.conv3d", "conv3d(x, weight, bias, stride:padding:dilation:groups:)"
    ) { c in
      conv3d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1])
    },
    Adapter(
      "nn.functional.conv_transpose1d",
      "convTranspose1d(x, weight, bias, stride:padding:outputPadding:groups:dilation:)"
    ) { c in
      convTranspose1d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: [0]], outputPadding: try c[5, "output_padding", or: [0]],
        groups: try c[6, "groups", or: 1], dilation: try c[7, "dilation", or: [1]])
    },
    Adapter(
      "nn.functional.conv_transpose2d",
      "convTranspose2d(x, weight, bias, stride:padding:outputPadding:groups:dilation:)"
    ) { c in
      convTranspose2d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: [0]], outputPadding: try c[5, "output_padding", or: [0]],
        groups: try c[6, "groups", or: 1], dilation: try c[7, "dilation", or: [1]])
    },
    Adapter(
      "nn.functional.conv_transpose3d",
      "convTranspose3d(x, weight, bias, stride:padding:outputPadding:groups:dilation:)"
    ) { c in
      convTranspose3d(
        try c.x, try c[1, "weight"], try c[2, "bias", or: nil], stride: try c[3, "stride", or: [1]],
        padding: try c[4, "padding", or: [0]], outputPadding: try c[5, "output_padding", or: [0]],
        groups: try c[6, "groups", or: 1], dilation: try c[7, "dilation", or: [1]])
    },
  ]

  // MARK: - Pooling

  private static let pooling: [Adapter] = [
    Adapter(
      "nn.functional.max_pool2d", "maxPool2d(x, kernelSize, stride:padding:dilation:ceilMode:)"
    ) { c in
      let (values, indices) = maxPool2dWithIndices(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], dilation: try c[4, "dilation", or: [1]],
        ceilMode: try c[5, "ceil_mode", or: false])
      return try c[6, "return_indices", or: false] ? [values, indices] : [values]
    },
    Adapter(
      "nn.functional.avg_pool2d",
      "avgPool2d(x, kernelSize, stride:padding:ceilMode:countIncludePad:divisorOverride:)"
    ) { c in
      avgPool2d(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], ceilMode: try c[4, "ceil_mode", or: false],
        countIncludePad: try c[5, "count_include_pad", or: true],
        divisorOverride: try c[6, "divisor_override", or: nil])
    },
  ]

  // MARK: - Normalisation

  private static let normalizations: [Adapter] = [
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
    Adapter("nn.functional.layer_norm", "layerNorm(x, normalizedShape, weight:bias:eps:)") { c in
      layerNorm(
        try c.x, try c[1, "normalized_shape"] as [Int], weight: try c[2, "weight", or: nil],
        bias: try c[3, "bias", or: nil], eps: try c[4, "eps", or: 1e-5])
    },
    Adapter("nn.functional.normalize", "normalize(x, p:dim:eps:)") { c in
      normalize(
        try c.x, p: try c[1, "p", or: 2], dim: try c[2, "dim", or: 1],
        eps: try c[3, "eps", or: 1e-12])
    },
  ]

  // MARK: - The rest

  private static let otherFunctions: [Adapter] = [
    Adapter("nn.functional.cosine_similarity", "cosineSimilarity(a, b, dim:eps:)") { c in
      cosineSimilarity(
        try c[0, "x1"], try c[1, "x2"], dim: try c[2, "dim", or: 1], eps: try c[3, "eps", or: 1e-8])
    },
    Adapter(
      "nn.functional.embedding",
      "embedding(x, weight, paddingIdx:maxNorm:normType:scaleGradByFreq:)"
    ) { c in
      // The cases list the table first.
      embedding(
        try c[1], try c.x, paddingIdx: try c[2, "padding_idx", or: nil],
        maxNorm: try c[3, "max_norm", or: nil], normType: try c[4, "norm_type", or: 2],
        scaleGradByFreq: try c[5, "scale_grad_by_freq", or: false])
    },
    Adapter("nn.functional.linear", "linear(x, weight, bias)") { c in
      linear(try c.x, try c[1, "weight"], try c[2, "bias", or: nil])
    },
    Adapter("nn.functional.one_hot", "oneHot(x, numClasses:)") { c in
      let numClasses: Int = try c[1, "num_classes", or: -1]
      return oneHot(try c.x, numClasses: numClasses == -1 ? nil : numClasses)
    },
    Adapter("nn.functional.pad", "pad(x, padding, mode:value:)") { c in
      try pad(
        c.x, c[1, "pad"], mode: c[2, "mode", or: .constant], value: c.number(3, "value", or: 0))
    },
    Adapter("nn.functional.pairwise_distance", "pairwiseDistance(a, b, p:eps:keepdim:)") { c in
      pairwiseDistance(
        try c[0, "x1"], try c[1, "x2"], p: try c[2, "p", or: 2], eps: try c[3, "eps", or: 1e-6],
        keepdim: try c[4, "keepdim", or: false])
    },
  ]
}

// MARK: - Arguments

/// Sizes, or "same" or "valid".
extension PaddingRule: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "same": self = .same
    case "valid": self = .valid
    case .some: throw NoSuchCase(value: value)
    case nil: self = try [Int](value, call).paddingRule
    }
  }
}

extension PadMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "constant": self = .constant
    case "reflect": self = .reflect
    case "replicate": self = .replicate
    case "circular": self = .circular
    default: throw NoSuchCase(value: value)
    }
  }
}

extension ConvolutionPaddingMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "zeros": self = .zeros
    case "reflect": self = .reflect
    case "replicate": self = .replicate
    case "circular": self = .circular
    default: throw NoSuchCase(value: value)
    }
  }
}
