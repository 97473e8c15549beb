import Autograd
import NN

extension Adapter {
  static let activations: [Adapter] = rectifiers + smoothActivations + softmaxes

  private static let rectifiers: [Adapter] = [
    Adapter("nn.functional.relu", "x.relu()") { c in try c.x.relu() },
    Adapter("nn.functional.relu6", "x.relu6()") { c in try c.x.relu6() },
    Adapter("nn.functional.leaky_relu", "x.leakyRelu(negativeSlope:)") { c in
      try c.x.leakyRelu(negativeSlope: c[1, "negative_slope", or: 0.01])
    },
    Adapter("nn.functional.prelu", "x.prelu(weight)") { c in try c.x.prelu(c[1, "weight"]) },
    Adapter("nn.functional.rrelu", "rrelu(x, lower:upper:training:)") { c in
      rrelu(
        try c.x, lower: try c[1, "lower", or: 1 / 8], upper: try c[2, "upper", or: 1 / 3],
        training: try c[3, "training", or: false])
    },
    Adapter("nn.functional.hardtanh", "x.hardtanh(min:max:)") { c in
      try c.x.hardtanh(min: c[1, "min_val", or: -1], max: c[2, "max_val", or: 1])
    },
    Adapter("nn.functional.hardsigmoid", "x.hardsigmoid()") { c in try c.x.hardsigmoid() },
    Adapter("nn.functional.hardswish", "x.hardswish()") { c in try c.x.hardswish() },
    Adapter("nn.functional.threshold", "x.threshold(t, value:)") { c in
      try c.x.threshold(c[1, "threshold"], value: c[2, "value"])
    },
    Adapter("nn.functional.hardshrink", "x.hardshrink(lambda:)") { c in
      try c.x.hardshrink(lambda: c[1, "lambd", or: 0.5])
    },
    Adapter("nn.functional.softshrink", "x.softshrink(lambda:)") { c in
      try c.x.softshrink(lambda: c[1, "lambd", or: 0.5])
    },
  ]

  private static let smoothActivations: [Adapter] = [
    Adapter("nn.functional.celu", "x.celu(alpha:)") { c in
      try c.x.celu(alpha: c[1, "alpha", or: 1])
    },
    Adapter("nn.functional.elu", "x.elu(alpha:)") { c in
      try c.x.elu(alpha: c[1, "alpha", or: 1])
    },
    Adapter("nn.functional.gelu", "x.gelu(approximate:)") { c in
      try c.x.gelu(approximate: c["approximate", or: .none])
    },
    Adapter("nn.functional.glu", "x.glu(dim:)") { c in try c.x.glu(dim: c[1, "dim", or: -1]) },
    Adapter("nn.functional.logsigmoid", "x.logSigmoid()") { c in try c.x.logSigmoid() },
    Adapter("nn.functional.mish", "x.mish()") { c in try c.x.mish() },
    Adapter("nn.functional.selu", "x.selu()") { c in try c.x.selu() },
    Adapter("nn.functional.silu", "x.silu()") { c in try c.x.silu() },
    Adapter("nn.functional.softplus", "x.softplus(beta:threshold:)") { c in
      try c.x.softplus(beta: c[1, "beta", or: 1], threshold: c[2, "threshold", or: 20])
    },
    Adapter("nn.functional.softsign", "x.softsign()") { c in try c.x.softsign() },
    Adapter("nn.functional.tanhshrink", "x.tanhshrink()") { c in try c.x.tanhshrink() },
  ]

  private static let softmaxes: [Adapter] = [
    Adapter("softmax", "x.softmax(dim:dtype:)") { c in
      try c.x.softmax(dim: c[1, "dim"], dtype: c[2, "dtype", or: nil])
    },
    Adapter("log_softmax", "x.logSoftmax(dim:dtype:)") { c in
      try c.x.logSoftmax(dim: c[1, "dim"], dtype: c[2, "dtype", or: nil])
    },
    Adapter("nn.functional.softmin", "x.softmin(dim:dtype:)") { c in
      try c.x.softmin(dim: c[1, "dim"], dtype: c["dtype", or: nil])
    },
  ]
}
