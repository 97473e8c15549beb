import Autograd
import NN

extension Adapter {
  /// Blocks, shuffles and resampling of images.
  static let images: [Adapter] = blocksAndShuffles + resampling

  private static let blocksAndShuffles: [Adapter] = [
    Adapter("nn.functional.channel_shuffle", "channelShuffle(x, groups)") { c in
      channelShuffle(try c.x, try c[1, "groups"])
    },
    Adapter("nn.functional.fold", "fold(x, outputSize, kernelSize, dilation:padding:stride:)") {
      c in
      fold(
        try c.x, try c[1, "output_size"] as [Int], try c[2, "kernel_size"] as [Int],
        dilation: try c[3, "dilation", or: [1]], padding: try c[4, "padding", or: [0]],
        stride: try c[5, "stride", or: [1]])
    },
    Adapter("nn.functional.pixel_shuffle", "pixelShuffle(x, upscaleFactor)") { c in
      pixelShuffle(try c.x, try c[1, "upscale_factor"])
    },
    Adapter("nn.functional.pixel_unshuffle", "pixelUnshuffle(x, downscaleFactor)") { c in
      pixelUnshuffle(try c.x, try c[1, "downscale_factor"])
    },
    Adapter("nn.functional.unfold", "unfold(x, kernelSize, dilation:padding:stride:)") { c in
      unfold(
        try c.x, try c[1, "kernel_size"] as [Int], dilation: try c[2, "dilation", or: [1]],
        padding: try c[3, "padding", or: [0]], stride: try c[4, "stride", or: [1]])
    },
  ]

  private static let resampling: [Adapter] = [
    Adapter("nn.functional.affine_grid", "affineGrid(theta, size, alignCorners:)") { c in
      affineGrid(
        try c[0, "theta"], try c[1, "size"],
        alignCorners: try c[2, "align_corners", or: nil] ?? false
      )
    },
    Adapter(
      "nn.functional.grid_sample", "gridSample(x, grid, mode:paddingMode:alignCorners:)"
    ) { c in
      gridSample(
        try c.x, try c[1, "grid"], mode: try c[2, "mode", or: .bilinear],
        paddingMode: try c[3, "padding_mode", or: .zeros],
        alignCorners: try c[4, "align_corners", or: nil] ?? false)
    },
    Adapter(
      "nn.functional.interpolate",
      "interpolate(x, size:scaleFactor:mode:alignCorners:recomputeScaleFactor:antialias:)"
    ) { c in
      interpolate(
        try c.x, size: try c[1, "size", or: nil] ?? [],
        scaleFactor: try c[2, "scale_factor", or: nil] ?? [Double](),
        mode: try c[3, "mode", or: .nearest], alignCorners: try c[4, "align_corners", or: nil],
        recomputeScaleFactor: try c[5, "recompute_scale_factor", or: nil] ?? false,
        antialias: try c[6, "antialias", or: false])
    },
    Adapter(
      "nn.functional.upsample_bilinear",
      "interpolate(x, size:scaleFactor:mode: .bilinear, alignCorners: true)"
    ) { c in
      interpolate(
        try c.x, size: try c[1, "size", or: nil] ?? [],
        scaleFactor: try c[2, "scale_factor", or: nil] ?? [Double](), mode: .bilinear,
        alignCorners: true)
    },
    Adapter(
      "nn.functional.upsample_nearest", "interpolate(x, size:scaleFactor:mode: .nearest)"
    ) { c in
      interpolate(
        try c.x, size: try c[1, "size", or: nil] ?? [],
        scaleFactor: try c[2, "scale_factor", or: nil] ?? [Double](), mode: .nearest)
    },
  ]
}

// MARK: - Arguments

extension InterpolationMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "nearest": self = .nearest
    case "nearest-exact": self = .nearestExact
    case "linear": self = .linear
    case "bilinear": self = .bilinear
    case "trilinear": self = .trilinear
    case "bicubic": self = .bicubic
    case "area": self = .area
    case "lanczos": self = .lanczos
    default: throw NoSuchCase(value: value)
    }
  }
}

extension GridSampleMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "bilinear": self = .bilinear
    case "nearest": self = .nearest
    case "bicubic": self = .bicubic
    default: throw NoSuchCase(value: value)
    }
  }
}

extension GridPaddingMode: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "zeros": self = .zeros
    case "border": self = .border
    case "reflection": self = .reflection
    default: throw NoSuchCase(value: value)
    }
  }
}
