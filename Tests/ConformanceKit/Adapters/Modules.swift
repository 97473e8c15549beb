import Autograd
import NN

extension Adapter {
  /// Makes a layer from the arguments of its initializer.
  typealias Make = @Sendable (_ c: Call, _ dtype: DType) throws -> Module

  /// The layers by PyTorch's name.
  static let modules: [String: Make] = [
    plainModules, normalizationModules, poolingModules, activationModules, imageModules,
    attentionModules, recurrentModules,
  ].reduce(into: [:]) { $0.merge($1) { _, _ in preconditionFailure("two adapters of one layer") } }

  private static let plainModules: [String: Make] = [
    "Conv1d": { c, dtype in
      Conv1d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], paddingMode: try c[8, "padding_mode", or: .zeros],
        dtype: dtype)
    },
    "Conv2d": { c, dtype in
      Conv2d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], paddingMode: try c[8, "padding_mode", or: .zeros],
        dtype: dtype)
    },
    "Conv3d": { c, dtype in
      Conv3d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: PaddingRule.valid],
        dilation: try c[5, "dilation", or: [1]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], paddingMode: try c[8, "padding_mode", or: .zeros],
        dtype: dtype)
    },
    "ConvTranspose1d": { c, dtype in
      ConvTranspose1d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: [0]],
        outputPadding: try c[5, "output_padding", or: [0]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], dilation: try c[8, "dilation", or: [1]], dtype: dtype)
    },
    "ConvTranspose2d": { c, dtype in
      ConvTranspose2d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: [0]],
        outputPadding: try c[5, "output_padding", or: [0]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], dilation: try c[8, "dilation", or: [1]], dtype: dtype)
    },
    "ConvTranspose3d": { c, dtype in
      ConvTranspose3d(
        try c[0, "in_channels"], try c[1, "out_channels"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: [1]], padding: try c[4, "padding", or: [0]],
        outputPadding: try c[5, "output_padding", or: [0]], groups: try c[6, "groups", or: 1],
        bias: try c[7, "bias", or: true], dilation: try c[8, "dilation", or: [1]], dtype: dtype)
    },
    "Embedding": { c, dtype in
      Embedding(
        try c[0, "num_embeddings"], try c[1, "embedding_dim"],
        paddingIdx: try c[2, "padding_idx", or: nil], maxNorm: try c[3, "max_norm", or: nil],
        normType: try c[4, "norm_type", or: 2],
        scaleGradByFreq: try c[5, "scale_grad_by_freq", or: false], dtype: dtype)
    },
    "Flatten": { c, _ in
      Flatten(startDim: try c[0, "start_dim", or: 1], endDim: try c[1, "end_dim", or: -1])
    },
    "Bilinear": { c, dtype in
      Bilinear(
        try c[0, "in1_features"], try c[1, "in2_features"], try c[2, "out_features"],
        bias: try c[3, "bias", or: true], dtype: dtype)
    },
    "Linear": { c, dtype in
      Linear(
        try c[0, "in_features"], try c[1, "out_features"], bias: try c[2, "bias", or: true],
        dtype: dtype)
    },
  ]

  /// The losses by the name of PyTorch's module, from the arguments of its initializer and of the
  /// call.
  static let losses: [String: @Sendable (_ c: Call, _ inputs: Call) throws -> Tensor] = [
    "BCELoss": { c, y in
      BCELoss(weight: try c[0, "weight", or: nil], reduction: try c["reduction", or: .mean])(
        try y.x, try y[1, "target"])
    },
    "BCEWithLogitsLoss": { c, y in
      BCEWithLogitsLoss(
        weight: try c[0, "weight", or: nil], posWeight: try c["pos_weight", or: nil],
        reduction: try c["reduction", or: .mean])(try y.x, try y[1, "target"])
    },
    "CrossEntropyLoss": { c, y in
      CrossEntropyLoss(
        weight: try c[0, "weight", or: nil], ignoreIndex: try c["ignore_index", or: -100],
        labelSmoothing: try c["label_smoothing", or: 0], reduction: try c["reduction", or: .mean])(
          try y.x, try y[1, "target"])
    },
    "HuberLoss": { c, y in
      HuberLoss(delta: try c["delta", or: 1], reduction: try c["reduction", or: .mean])(
        try y.x, try y[1, "target"])
    },
    "L1Loss": { c, y in
      L1Loss(reduction: try c["reduction", or: .mean])(try y.x, try y[1, "target"])
    },
    "MSELoss": { c, y in
      MSELoss(reduction: try c["reduction", or: .mean])(try y.x, try y[1, "target"])
    },
    "NLLLoss": { c, y in
      NLLLoss(
        weight: try c[0, "weight", or: nil], ignoreIndex: try c["ignore_index", or: -100],
        reduction: try c["reduction", or: .mean])(try y.x, try y[1, "target"])
    },
    "SmoothL1Loss": { c, y in
      SmoothL1Loss(beta: try c["beta", or: 1], reduction: try c["reduction", or: .mean])(
        try y.x, try y[1, "target"])
    },
  ]
}

extension Reduction: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "none": self = .none
    case "mean": self = .mean
    case "sum": self = .sum
    default: throw NoSuchCase(value: value)
    }
  }
}

extension Adapter {
  /// The output of a layer for the arguments of its call; `setup` has those of its initializer.
  static func output(of module: Module, _ inputs: Call, _ setup: Call) throws -> any Outputs {
    if let outputs = try attentionOutput(of: module, inputs) { return outputs }
    switch module {
    case let module as Bilinear: return module(try inputs[0], try inputs[1])
    case let module as MaxPoolLayer where try setup["return_indices", or: false]:
      let (values, indices) = module.withIndices(try inputs.x)
      return [values, indices]
    default: return try recurrentOutput(of: module, inputs) ?? [module(try inputs.x)]
    }
  }
}

extension GeluApproximation: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "none": self = .none
    case "tanh": self = .tanh
    default: throw NoSuchCase(value: value)
    }
  }
}
