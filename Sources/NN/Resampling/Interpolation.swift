import Autograd

/// How ``interpolate(_:size:scaleFactor:mode:alignCorners:recomputeScaleFactor:antialias:)`` computes
/// an element.
public enum InterpolationMode: Sendable {
  /// The nearest element, rounded down as by PyTorch's `nearest`.
  case nearest
  /// The nearest element.
  case nearestExact
  /// Linear in signals, [batch, channels, length].
  case linear
  /// Linear in both dimensions of images, [batch, channels, height, width].
  case bilinear
  /// Linear in the three dimensions of volumes.
  case trilinear
  /// Cubic in both dimensions of images.
  case bicubic
  /// The mean of the elements that an element covers, as in adaptive pooling.
  case area
  /// Lanczos' windowed sine of three periods; with `antialias` only.
  case lanczos

  /// The number of dimensions after the batch and the channels; nil for any.
  fileprivate var dims: Int? {
    switch self {
    case .nearest, .nearestExact, .area: nil
    case .linear: 1
    case .bilinear, .bicubic, .lanczos: 2
    case .trilinear: 3
    }
  }

  /// Whether `alignCorners` means something.
  fileprivate var hasCorners: Bool { dims != nil }
}

/// Resizes signals, images or volumes, [batch, channels, size…], of one to three dimensions:
/// PyTorch's `interpolate`.
///
/// ```swift
/// interpolate(x, size: [64, 64], mode: .bilinear)
/// interpolate(x, scaleFactor: 2)
/// ```
///
/// Element i of the output is at the position (i + ½) · scale − ½ of the input, or i · scale with
/// `alignCorners`, in each dimension.
///
/// - Parameters:
///   - input: the tensor.
///   - size: the new sizes, one for all dimensions or one for each; or give `scaleFactor`.
///   - scaleFactor: what the sizes are multiplied by, and rounded down; a number or one for each
///     dimension.
///   - mode: how elements are computed.
///   - alignCorners: whether the corner elements of input and output are at the same positions; for
///     the linear and cubic modes, where nil is false.
///   - recomputeScaleFactor: whether positions are computed from the rounded sizes, and not from
///     `scaleFactor`.
///   - antialias: whether a smaller image averages over all elements that an element covers; for
///     modes `.bilinear`, `.bicubic` and `.lanczos`.
public func interpolate(
  _ input: Tensor, size: some IntList = [Int](), scaleFactor: some NumberList = [Double](),
  mode: InterpolationMode = .nearest, alignCorners: Bool? = nil,
  recomputeScaleFactor: Bool = false, antialias: Bool = false
) -> Tensor {
  interpolated(
    input, size.ints, scaleFactor.numbers, mode, alignCorners, recomputeScaleFactor, antialias,
    op: #function)
}

/// ``interpolate(_:size:scaleFactor:mode:alignCorners:recomputeScaleFactor:antialias:)`` as part of
/// `op`.
func interpolated(
  _ input: Tensor, _ size: [Int], _ scaleFactor: [Double], _ mode: InterpolationMode,
  _ alignCorners: Bool?, _ recomputesScale: Bool, _ antialias: Bool, op: StaticString
) -> Tensor {
  let dims = input.ndim - 2
  require(
    (1...3).contains(dims) && dims == mode.dims ?? dims,
    """
    \(opName(op)): mode .\(mode) expects [batch, channels, size…] with \
    \(mode.dims.map { "\($0)" } ?? "1 to 3") sizes, got the shape \(input.shape)
    """)
  require(
    input.dtype.isFloatingPoint,
    "\(opName(op)): not defined for \(input.dtype) tensors; cast with to(.float32)")
  require(
    input.shape.dropFirst().allSatisfy { $0 > 0 },
    "\(opName(op)): only the batch may be empty, but the shape is \(input.shape)")
  require(
    mode.hasCorners || alignCorners == nil,
    "\(opName(op)): alignCorners has no meaning in mode .\(mode); leave it out")
  require(
    !antialias || mode == .bilinear || mode == .bicubic || mode == .lanczos,
    "\(opName(op)): antialias is for the modes .bilinear, .bicubic and .lanczos, not .\(mode)")
  require(
    mode != .lanczos || antialias && alignCorners != true,
    "\(opName(op)): mode .lanczos needs antialias: true, and no alignCorners")
  let old = Array(input.shape.dropFirst(2))
  let new = newSizes(old, size, scaleFactor, op: op)
  requireRoom(forEachOf: new, op: op)
  if mode == .area {
    return PoolInput(input, dims, op: op).evenMeans(new, op: op)
  }
  let factors = recomputesScale || scaleFactor.isEmpty ? nil : scaleFactor
  let kind = TapKind(mode, alignCorners: alignCorners ?? false, antialias: antialias)
  // Dimensions that grow come last in memory first: the work then grows as late as possible.
  let grows = zip(new, old).reduce(1.0) { $0 * Double($1.0) / Double($1.1) } >= 1
  let order = grows ? Array((0..<dims).reversed()) : Array(0..<dims)
  let steps = order.map { d in
    let factor = factors.map { $0[$0.count == 1 ? 0 : d] }
    let taps =
      input.dtype == .float32
      ? kind.taps(Float.self, from: old[d], to: new[d], factor)
      : kind.taps(Double.self, from: old[d], to: new[d], factor)
    return (taps: taps, dim: d + 2)
  }
  return resampled(input, steps, op: op)
}

private func newSizes(
  _ old: [Int], _ size: [Int], _ scaleFactor: [Double], op: StaticString
) -> [Int] {
  require(
    size.isEmpty != scaleFactor.isEmpty, "\(opName(op)): give either size or scaleFactor")
  if scaleFactor.isEmpty {
    let new = size.expanded(to: old.count, "size", op: op)
    require(
      new.allSatisfy { $0 > 0 }, "\(opName(op)): the sizes must be positive, but they are \(new)")
    return new
  }
  require(
    scaleFactor.count == 1 || scaleFactor.count == old.count,
    """
    \(opName(op)): scaleFactor has \(scaleFactor.count) numbers for \(old.count) dimensions; give 1 or \
    \(old.count)
    """)
  return old.indices.map { d in
    let new = Double(old[d]) * scaleFactor[scaleFactor.count == 1 ? 0 : d]
    require(
      new >= 1 && new < 0x1p40,
      "\(opName(op)): scaleFactor \(scaleFactor) makes a size of \(new) from the sizes \(old)")
    return Int(new)
  }
}

/// `x` resampled along dimensions, one after the other.
private func resampled(
  _ x: Tensor, _ steps: [(taps: Taps, dim: Int)], op: StaticString
) -> Tensor {
  x.sums(steps, op: op).wrt(x, op: op) { g in
    resampled(g, steps.reversed().map { ($0.taps.transposed, $0.dim) }, op: op)
  }
}

// MARK: - Layers

/// ``interpolate(_:size:scaleFactor:mode:alignCorners:recomputeScaleFactor:antialias:)`` as a module.
public final class Upsample: Module {
  let size: [Int]
  let scaleFactor: [Double]
  let mode: InterpolationMode
  let alignCorners: Bool?
  let recomputeScaleFactor: Bool

  /// A layer with the given settings.
  ///
  /// - Parameters:
  ///   - size: the new sizes, one for all dimensions or one for each; or give `scaleFactor`.
  ///   - scaleFactor: what the sizes are multiplied by, and rounded down.
  ///   - mode: how elements are computed.
  ///   - alignCorners: whether the corner elements of input and output are at the same positions.
  ///   - recomputeScaleFactor: whether positions are computed from the rounded sizes.
  public init(
    size: some IntList = [Int](), scaleFactor: some NumberList = [Double](),
    mode: InterpolationMode = .nearest, alignCorners: Bool? = nil,
    recomputeScaleFactor: Bool = false
  ) {
    self.size = size.ints
    self.scaleFactor = scaleFactor.numbers
    self.mode = mode
    self.alignCorners = alignCorners
    self.recomputeScaleFactor = recomputeScaleFactor
  }

  public override var extraRepr: String {
    let target = size.isEmpty ? "scaleFactor: \(scaleFactor)" : "size: \(size)"
    return "\(target), mode: \(mode)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    interpolated(
      x, size, scaleFactor, mode, alignCorners, recomputeScaleFactor, false, op: "Upsample")
  }
}

/// Repeats elements of images: ``Upsample`` with mode `.nearest`.
public final class UpsamplingNearest2d: Module {
  let size: [Int]
  let scaleFactor: [Double]

  /// A layer with the new sizes, or with what they are multiplied by.
  public init(size: some IntList = [Int](), scaleFactor: some NumberList = [Double]()) {
    self.size = size.ints
    self.scaleFactor = scaleFactor.numbers
  }

  public override func forward(_ x: Tensor) -> Tensor {
    interpolated(
      x, size, scaleFactor, .nearest, nil, false, false, op: "UpsamplingNearest2d")
  }
}

/// Interpolates images: ``Upsample`` with mode `.bilinear` and aligned corners.
public final class UpsamplingBilinear2d: Module {
  let size: [Int]
  let scaleFactor: [Double]

  /// A layer with the new sizes, or with what they are multiplied by.
  public init(size: some IntList = [Int](), scaleFactor: some NumberList = [Double]()) {
    self.size = size.ints
    self.scaleFactor = scaleFactor.numbers
  }

  public override func forward(_ x: Tensor) -> Tensor {
    interpolated(
      x, size, scaleFactor, .bilinear, true, false, false, op: "UpsamplingBilinear2d")
  }
}
