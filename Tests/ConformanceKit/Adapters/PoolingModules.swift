import Autograd
import NN

extension Adapter {
  /// The layers of pooling.
  static let poolingModules: [String: Make] = [
    "AdaptiveAvgPool1d": { c, _ in AdaptiveAvgPool1d(try c[0, "output_size"] as [Int?]) },
    "AdaptiveMaxPool1d": { c, _ in AdaptiveMaxPool1d(try c[0, "output_size"] as [Int?]) },
    "AvgPool1d": { c, _ in
      AvgPool1d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], ceilMode: try c[3, "ceil_mode", or: false],
        countIncludePad: try c[4, "count_include_pad", or: true])
    },
    "LPPool1d": { c, _ in
      LPPool1d(
        try c[0, "norm_type"], try c[1, "kernel_size"] as [Int],
        stride: try c[2, "stride", or: nil] ?? [], ceilMode: try c[3, "ceil_mode", or: false])
    },
    "MaxPool1d": { c, _ in
      // `output(of:_:_:)` reads it.
      c.ignore("return_indices")
      return MaxPool1d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], dilation: try c[3, "dilation", or: [1]],
        ceilMode: try c["ceil_mode", or: false])
    },
    "AdaptiveAvgPool2d": { c, _ in AdaptiveAvgPool2d(try c[0, "output_size"] as [Int?]) },
    "AdaptiveMaxPool2d": { c, _ in AdaptiveMaxPool2d(try c[0, "output_size"] as [Int?]) },
    "AvgPool2d": { c, _ in
      AvgPool2d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], ceilMode: try c[3, "ceil_mode", or: false],
        countIncludePad: try c[4, "count_include_pad", or: true],
        divisorOverride: try c[5, "divisor_override", or: nil])
    },
    "LPPool2d": { c, _ in
      LPPool2d(
        try c[0, "norm_type"], try c[1, "kernel_size"] as [Int],
        stride: try c[2, "stride", or: nil] ?? [], ceilMode: try c[3, "ceil_mode", or: false])
    },
    "MaxPool2d": { c, _ in
      // `output(of:_:_:)` reads it.
      c.ignore("return_indices")
      return MaxPool2d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], dilation: try c[3, "dilation", or: [1]],
        ceilMode: try c["ceil_mode", or: false])
    },
    "AdaptiveAvgPool3d": { c, _ in AdaptiveAvgPool3d(try c[0, "output_size"] as [Int?]) },
    "AdaptiveMaxPool3d": { c, _ in AdaptiveMaxPool3d(try c[0, "output_size"] as [Int?]) },
    "AvgPool3d": { c, _ in
      AvgPool3d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], ceilMode: try c[3, "ceil_mode", or: false],
        countIncludePad: try c[4, "count_include_pad", or: true],
        divisorOverride: try c[5, "divisor_override", or: nil])
    },
    "LPPool3d": { c, _ in
      LPPool3d(
        try c[0, "norm_type"], try c[1, "kernel_size"] as [Int],
        stride: try c[2, "stride", or: nil] ?? [], ceilMode: try c[3, "ceil_mode", or: false])
    },
    "MaxPool3d": { c, _ in
      // `output(of:_:_:)` reads it.
      c.ignore("return_indices")
      return MaxPool3d(
        try c[0, "kernel_size"] as [Int], stride: try c[1, "stride", or: nil] ?? [],
        padding: try c[2, "padding", or: [0]], dilation: try c[3, "dilation", or: [1]],
        ceilMode: try c["ceil_mode", or: false])
    },
  ]
}
