import Autograd
import NN

extension Adapter {
  static let neuralNetworks: [Adapter] =
    convolutions + pooling + normalizations + images + attentionFunctions + otherFunctions

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
    Adapter(
      "nn.functional.embedding_bag",
      "embeddingBag(x, weight, offsets:maxNorm:normType:scaleGradByFreq:mode:perSampleWeights:"
        + "includeLastOffset:paddingIdx:)"
    ) { c in
      // The cases list the table first.
      embeddingBag(
        try c[1], try c.x, offsets: try c[2, "offsets", or: nil],
        maxNorm: try c[3, "max_norm", or: nil], normType: try c[4, "norm_type", or: 2],
        scaleGradByFreq: try c[5, "scale_grad_by_freq", or: false],
        mode: try c[6, "mode", or: .mean],
        perSampleWeights: try c[8, "per_sample_weights", or: nil],
        includeLastOffset: try c[9, "include_last_offset", or: false],
        paddingIdx: try c[10, "padding_idx", or: nil])
    },
    Adapter("nn.functional.bilinear", "bilinear(a, b, weight, bias)") { c in
      bilinear(
        try c[0, "input1"], try c[1, "input2"], try c[2, "weight"], try c[3, "bias", or: nil])
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
    Adapter("nn.functional.pdist", "pdist(x, p:)") { c in
      pdist(try c.x, p: try c[1, "p", or: 2])
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

extension EmbeddingBagMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "sum": self = .sum
    case "mean": self = .mean
    case "max": self = .max
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
