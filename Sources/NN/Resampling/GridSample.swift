import Autograd

/// How ``gridSample(_:_:mode:paddingMode:alignCorners:)`` computes an element.
public enum GridSampleMode: Sendable {
  /// Linear in each dimension.
  case bilinear
  /// The nearest element; the grid then gets no gradient.
  case nearest
  /// Cubic in each dimension.
  case bicubic
}

/// What ``gridSample(_:_:mode:paddingMode:alignCorners:)`` reads outside of an image.
public enum GridPaddingMode: Sendable {
  /// Zeros.
  case zeros
  /// The element at the border.
  case border
  /// The image, reflected at its borders.
  case reflection
}

/// Images at positions that a grid gives: PyTorch's `grid_sample` (Jaderberg et al. 2015).
///
/// The output is [batch, channels, out height, out width]. Positions are from −1, the left or upper
/// border, to 1.
///
/// - Parameters:
///   - input: [batch, channels, height, width] or [batch, channels, depth, height, width].
///   - grid: positions (x, y), [batch, out height, out width, 2], or (x, y, z), with the sizes of
///     volumes.
///   - mode: how elements are computed.
///   - paddingMode: what is outside of the input.
///   - alignCorners: whether −1 and 1 are the centers of the elements in the corners, and not their
///     outer edges.
public func gridSample(
  _ input: Tensor, _ grid: Tensor, mode: GridSampleMode = .bilinear,
  paddingMode: GridPaddingMode = .zeros, alignCorners: Bool = false
) -> Tensor {
  let dims = input.ndim - 2
  require(
    (dims == 2 || dims == 3) && grid.ndim == input.ndim && grid.size(-1) == dims
      && grid.shape[0] == input.shape[0] && input.shape.dropFirst(2).allSatisfy { $0 > 0 },
    """
    gridSample: expected images [batch, channels, height, width] and a grid [batch, …, 2], or volumes \
    and a grid [batch, …, 3]; got the shapes \(input.shape) and \(grid.shape)
    """)
  require(
    input.dtype.isFloatingPoint && input.dtype == grid.dtype,
    """
    gridSample: input and grid must be of one floating-point type, but they are \(input.dtype) and \
    \(grid.dtype); cast one with to(_:)
    """)
  let output = Array(grid.shape[1...dims])
  let places = output.reduce(1, *)
  let sampler = GridSampler(
    sizes: Array(input.shape.dropFirst(2)), padding: paddingMode, alignCorners: alignCorners)
  // Positions are (x, y, z), sizes (depth, height, width).
  let positions = (0..<dims).map { d in
    sampler.position(grid.select(dim: -1, index: dims - 1 - d).reshape([grid.shape[0], places]), d)
  }
  let elements = input.reshape([input.shape[0], input.shape[1], sampler.count])
  let y =
    switch mode {
    case .bilinear: sampler.linear(elements, positions.enumerated().map(sampler.padded))
    case .nearest: sampler.nearest(elements, positions.enumerated().map(sampler.padded))
    case .bicubic: sampler.cubic(elements, positions)
    }
  return y.reshape([input.shape[0], input.shape[1]] + output)
}

// MARK: - Samples

/// Reads elements [batch, channels, elements] at positions [batch, places] in each dimension.
private struct GridSampler {
  let sizes: [Int]
  let padding: GridPaddingMode
  let alignCorners: Bool

  var count: Int { sizes.reduce(1, *) }

  /// Positions from 0 to size − 1 for those from −1 to 1 in dimension `d`.
  func position(_ x: Tensor, _ d: Int) -> Tensor {
    let size = Double(sizes[d])
    return alignCorners ? (x + 1) * ((size - 1) / 2) : ((x + 1) * size - 1) / 2
  }

  /// The positions in the image that are read for positions outside, in dimension `d`.
  func padded(_ d: Int, _ x: Tensor) -> Tensor {
    switch padding {
    case .zeros: return x
    case .border: return x.clamp(min: 0, max: sizes[d] - 1)
    case .reflection:
      let size = Double(sizes[d])
      let low = alignCorners ? 0 : -0.5
      let span = alignCorners ? size - 1 : size
      if span == 0 { return x * 0 }
      let distance = (x - low).abs()
      let flips = (distance.detach() / span).floor()
      let rest = distance - flips * span
      let isEven = flips.remainder(2) .== 0
      return `where`(isEven, rest + low, span + low - rest).clamp(min: 0, max: sizes[d] - 1)
    }
  }

  func nearest(_ x: Tensor, _ positions: [Tensor]) -> Tensor {
    read(x, positions.map { $0.detach().round() })
  }

  func linear(_ x: Tensor, _ positions: [Tensor]) -> Tensor {
    let floors = positions.map { $0.detach().floor() }
    let shares = zip(positions, floors).map { $0 - $1 }
    var total: Tensor?
    for corner in 0..<(1 << sizes.count) {
      let isUpper = sizes.indices.map { corner >> $0 & 1 == 1 }
      let at = zip(floors, isUpper).map { $1 ? $0 + 1 : $0 }
      let weights = zip(shares, isUpper).map { $1 ? $0 : 1 - $0 }
      let part = weighted(read(x, at), weights.dropFirst().reduce(weights[0]) { $0 * $1 }, at)
      total = total.map { $0 + part } ?? part
    }
    return total!
  }

  func cubic(_ x: Tensor, _ positions: [Tensor]) -> Tensor {
    let floors = positions.map { $0.detach().floor() }
    let weights = zip(positions, floors).map { cubicTaps($0 - $1) }
    var total: Tensor?
    // Each position of a cube of 4 elements in each dimension.
    for position in 0..<(1 << (2 * sizes.count)) {
      let offsets = sizes.indices.map { position >> (2 * $0) & 3 }
      let at = zip(floors, offsets).map { $0 + ($1 - 1) }.enumerated().map(padded)
      let factors = zip(weights, offsets).map { $0[$1] }
      let part = weighted(read(x, at), factors.dropFirst().reduce(factors[0]) { $0 * $1 }, at)
      total = total.map { $0 + part } ?? part
    }
    return total!
  }

  /// The elements at whole positions; 0 outside.
  private func read(_ x: Tensor, _ at: [Tensor]) -> Tensor {
    let isInside = inside(at)
    let index = noGrad {
      at.enumerated().reduce(Tensor.zeros(at[0].shape, dtype: .int64)) { index, next in
        let (d, position) = next
        return index * sizes[d] + `where`(isInside, position.detach(), 0).to(.int64)
      }
    }
    let elements = x.gather(dim: 2, index: index.unsqueeze(1).expand(-1, x.shape[1], -1))
    return `where`(isInside.unsqueeze(1), elements, 0)
  }

  /// `elements` times weights, 0 outside of the image.
  private func weighted(_ elements: Tensor, _ weights: Tensor, _ at: [Tensor]) -> Tensor {
    `where`(inside(at).unsqueeze(1), elements * weights.unsqueeze(1), 0)
  }

  private func inside(_ at: [Tensor]) -> Tensor {
    noGrad {
      let parts = at.enumerated().map { d, position in
        (position.detach() .>= 0).logicalAnd(position.detach() .<= sizes[d] - 1)
      }
      return parts.dropFirst().reduce(parts[0]) { $0.logicalAnd($1) }
    }
  }
}

/// The weights of the elements at −1, 0, 1 and 2 for positions `t` between 0 and 1.
private func cubicTaps(_ t: Tensor) -> [Tensor] {
  let a = -0.75
  func near(_ x: Tensor) -> Tensor { ((a + 2) * x - (a + 3)) * x * x + 1 }
  func far(_ x: Tensor) -> Tensor { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
  return [far(t + 1), near(t), near(1 - t), far(2 - t)]
}

// MARK: - Grids

/// The grid of an affine transformation for ``gridSample(_:_:mode:paddingMode:alignCorners:)``:
/// PyTorch's `affine_grid`.
///
/// - Parameters:
///   - theta: the transformations, [batch, 2, 3] for images or [batch, 3, 4] for volumes.
///   - size: the shape of the output, [batch, channels, height, width] or [batch, channels, depth,
///     height, width].
///   - alignCorners: whether −1 and 1 are the centers of the elements in the corners, and not their
///     outer edges.
/// - Returns: [batch, height, width, 2] or [batch, depth, height, width, 3].
public func affineGrid(_ theta: Tensor, _ size: [Int], alignCorners: Bool = false) -> Tensor {
  let dims = size.count - 2
  require(
    (dims == 2 || dims == 3) && theta.shape == [size[0], dims, dims + 1]
      && theta.dtype.isFloatingPoint && size.allSatisfy { $0 > 0 },
    """
    affineGrid: expected theta of the shape [batch, 2, 3] and a positive size [batch, channels, height, \
    width], or [batch, 3, 4] and the size of volumes; got \(theta.dtype) of the shape \(theta.shape) and \
    the size \(size)
    """)
  let sizes = Array(size.dropFirst(2))
  // Stops if there is not the memory for the grid.
  _ = Tensor.uninitialized(sizes + [dims + 1], theta.dtype, op: #function)
  var columns = (0..<dims).map { d -> Tensor in
    let n = sizes[d]
    var line =
      n > 1 ? Tensor.linspace(-1, 1, n, dtype: theta.dtype) : .zeros([1], dtype: theta.dtype)
    if !alignCorners { line = line * (Double(n - 1) / Double(n)) }
    let shape = sizes.indices.map { $0 == d ? n : 1 }
    return line.reshape(shape).expand(sizes)
  }
  columns = columns.reversed() + [.ones(sizes, dtype: theta.dtype)]
  let base = stack(columns, dim: -1).reshape([1, sizes.reduce(1, *), dims + 1])
  return base.matmul(theta.mT).reshape([size[0]] + sizes + [dims])
}
