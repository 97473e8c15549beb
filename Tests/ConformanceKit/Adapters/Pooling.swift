import Autograd
import NN

extension Adapter {
  /// Pooling.
  static let pooling: [Adapter] =
    maxPooling + means + adaptive + inverses + fractional

  private static let maxPooling: [Adapter] = [
    Adapter(
      "nn.functional.max_pool1d", "maxPool1d(x, kernelSize, stride:padding:dilation:ceilMode:)"
    ) { c in
      let (values, indices) = maxPool1dWithIndices(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], dilation: try c[4, "dilation", or: [1]],
        ceilMode: try c[5, "ceil_mode", or: false])
      return try c[6, "return_indices", or: false] ? [values, indices] : [values]
    },
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
      "nn.functional.max_pool3d", "maxPool3d(x, kernelSize, stride:padding:dilation:ceilMode:)"
    ) { c in
      let (values, indices) = maxPool3dWithIndices(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], dilation: try c[4, "dilation", or: [1]],
        ceilMode: try c[5, "ceil_mode", or: false])
      return try c[6, "return_indices", or: false] ? [values, indices] : [values]
    },
  ]

  private static let means: [Adapter] = [
    Adapter(
      "nn.functional.avg_pool1d",
      "avgPool1d(x, kernelSize, stride:padding:ceilMode:countIncludePad:)"
    ) { c in
      avgPool1d(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], ceilMode: try c[4, "ceil_mode", or: false],
        countIncludePad: try c[5, "count_include_pad", or: true])
    },
    Adapter("nn.functional.lp_pool1d", "lpPool1d(x, normType, kernelSize, stride:ceilMode:)") { c in
      lpPool1d(
        try c.x, try c[1, "norm_type"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], ceilMode: try c[4, "ceil_mode", or: false])
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
    Adapter("nn.functional.lp_pool2d", "lpPool2d(x, normType, kernelSize, stride:ceilMode:)") { c in
      lpPool2d(
        try c.x, try c[1, "norm_type"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], ceilMode: try c[4, "ceil_mode", or: false])
    },
    Adapter(
      "nn.functional.avg_pool3d",
      "avgPool3d(x, kernelSize, stride:padding:ceilMode:countIncludePad:divisorOverride:)"
    ) { c in
      avgPool3d(
        try c.x, try c[1, "kernel_size"] as [Int], stride: try c[2, "stride", or: nil] ?? [],
        padding: try c[3, "padding", or: [0]], ceilMode: try c[4, "ceil_mode", or: false],
        countIncludePad: try c[5, "count_include_pad", or: true],
        divisorOverride: try c[6, "divisor_override", or: nil])
    },
    Adapter("nn.functional.lp_pool3d", "lpPool3d(x, normType, kernelSize, stride:ceilMode:)") { c in
      lpPool3d(
        try c.x, try c[1, "norm_type"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], ceilMode: try c[4, "ceil_mode", or: false])
    },
  ]

  private static let adaptive: [Adapter] = [
    Adapter("nn.functional.adaptive_avg_pool1d", "adaptiveAvgPool1d(x, outputSize)") { c in
      adaptiveAvgPool1d(try c.x, try c[1, "output_size"] as [Int?])
    },
    Adapter("nn.functional.adaptive_max_pool1d", "adaptiveMaxPool1d(x, outputSize)") { c in
      let (values, indices) = adaptiveMaxPool1dWithIndices(
        try c.x, try c[1, "output_size"] as [Int?])
      return try c[2, "return_indices", or: false] ? [values, indices] : [values]
    },
    Adapter("nn.functional.adaptive_avg_pool2d", "adaptiveAvgPool2d(x, outputSize)") { c in
      adaptiveAvgPool2d(try c.x, try c[1, "output_size"] as [Int?])
    },
    Adapter("nn.functional.adaptive_max_pool2d", "adaptiveMaxPool2d(x, outputSize)") { c in
      let (values, indices) = adaptiveMaxPool2dWithIndices(
        try c.x, try c[1, "output_size"] as [Int?])
      return try c[2, "return_indices", or: false] ? [values, indices] : [values]
    },
    Adapter("nn.functional.adaptive_avg_pool3d", "adaptiveAvgPool3d(x, outputSize)") { c in
      adaptiveAvgPool3d(try c.x, try c[1, "output_size"] as [Int?])
    },
    Adapter("nn.functional.adaptive_max_pool3d", "adaptiveMaxPool3d(x, outputSize)") { c in
      let (values, indices) = adaptiveMaxPool3dWithIndices(
        try c.x, try c[1, "output_size"] as [Int?])
      return try c[2, "return_indices", or: false] ? [values, indices] : [values]
    },
  ]

  private static let inverses: [Adapter] = [
    Adapter(
      "nn.functional.max_unpool1d",
      "maxUnpool1d(x, indices, kernelSize, stride:padding:outputSize:)"
    ) { c in
      maxUnpool1d(
        try c.x, try c[1, "indices"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], padding: try c[4, "padding", or: [0]],
        outputSize: try c[5, "output_size", or: nil] ?? [])
    },
    Adapter(
      "nn.functional.max_unpool2d",
      "maxUnpool2d(x, indices, kernelSize, stride:padding:outputSize:)"
    ) { c in
      maxUnpool2d(
        try c.x, try c[1, "indices"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], padding: try c[4, "padding", or: [0]],
        outputSize: try c[5, "output_size", or: nil] ?? [])
    },
    Adapter(
      "nn.functional.max_unpool3d",
      "maxUnpool3d(x, indices, kernelSize, stride:padding:outputSize:)"
    ) { c in
      maxUnpool3d(
        try c.x, try c[1, "indices"], try c[2, "kernel_size"] as [Int],
        stride: try c[3, "stride", or: nil] ?? [], padding: try c[4, "padding", or: [0]],
        outputSize: try c[5, "output_size", or: nil] ?? [])
    },
  ]

  private static let fractional: [Adapter] = [
    Adapter(
      "nn.functional.fractional_max_pool2d",
      "fractionalMaxPool2d(x, kernelSize, outputSize:outputRatio:randomSamples:)"
    ) { c in
      let (values, indices) = fractionalMaxPool2dWithIndices(
        try c.x, try c[1, "kernel_size"] as [Int],
        outputSize: try c[2, "output_size", or: nil] ?? [],
        outputRatio: try c[3, "output_ratio", or: nil] ?? [Double](),
        randomSamples: try c[5, "_random_samples", or: nil])
      return try c[4, "return_indices", or: false] ? [values, indices] : [values]
    },
    Adapter(
      "nn.functional.fractional_max_pool3d",
      "fractionalMaxPool3d(x, kernelSize, outputSize:outputRatio:randomSamples:)"
    ) { c in
      let (values, indices) = fractionalMaxPool3dWithIndices(
        try c.x, try c[1, "kernel_size"] as [Int],
        outputSize: try c[2, "output_size", or: nil] ?? [],
        outputRatio: try c[3, "output_ratio", or: nil] ?? [Double](),
        randomSamples: try c[5, "_random_samples", or: nil])
      return try c[4, "return_indices", or: false] ? [values, indices] : [values]
    },
  ]
}
