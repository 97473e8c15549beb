import Autograd

/// Which two features a rotary embedding turns together.
public enum RotaryPairs: Sendable {
  /// Neighbours: 2i and 2i + 1, as in the paper, torchtune's `RotaryPositionalEmbeddings`, and the
  /// original LLaMA.
  case interleaved
  /// The halves: i and i + dim/2, as in GPT-NeoX and the LLaMA of Hugging Face (`rotate_half`).
  case halves
}

/// Rotary positions (Su et al., RoFormer: Enhanced transformer with rotary position embedding, 2021).
///
/// Pair i of the features at position p is turned by the angle p·base^(−2i/dim), so that the product
/// of a query and a key depends on the distance of their positions only:
///
///     y₁ = x₁·cos − x₂·sin,  y₂ = x₁·sin + x₂·cos.
///
/// PyTorch has none; torchtune's takes [batch, length, heads, features], here `sequenceDim: 1`, and
/// pairs neighbours. The angles are computed in double precision.
///
/// - Parameters:
///   - x: queries or keys, [..., features].
///   - dim: the number of features that are turned, the first ones; all if nil. An even number.
///   - base: the base of the angles.
///   - pairs: which features are pairs.
///   - offset: the position of the first element along `sequenceDim`, such as the number of keys that
///     a cache holds.
///   - sequenceDim: the dimension of the positions; −2 for [batch, heads, length, features].
/// - Returns: a tensor of the shape of `x`.
public func rotaryEmbedding(
  _ x: Tensor, dim: Int? = nil, base: Double = 10_000, pairs: RotaryPairs = .interleaved,
  offset: Int = 0, sequenceDim: Int = -2
) -> Tensor {
  require(
    x.ndim >= 2 && x.dtype.isFloatingPoint,
    """
    rotaryEmbedding: expected a floating-point tensor with dimensions of positions and features, got \
    \(x.dtype) and the shape \(x.shape)
    """)
  x.requireDimension(sequenceDim, op: "rotaryEmbedding")
  let positions = sequenceDim < 0 ? sequenceDim + x.ndim : sequenceDim
  let features = x.size(-1)
  require(
    positions < x.ndim - 1,
    "rotaryEmbedding: sequenceDim \(sequenceDim) is that of the features of the shape \(x.shape)")
  let dim = dim ?? features
  require(
    dim >= 0 && dim % 2 == 0 && dim <= features,
    """
    rotaryEmbedding: the number of turned features must be even and at most that of the shape \
    \(x.shape), but it is \(dim)
    """)
  requireBase(base, op: "rotaryEmbedding")
  let length = x.shape[positions]
  requireOffset(offset, length, op: "rotaryEmbedding")
  if dim == 0 || x.numel == 0 { return x }

  let angles = positionAngles(from: offset, count: length, dim: dim, base: base)
  var shape = Array(repeating: 1, count: x.ndim)
  shape[positions] = length
  shape[x.ndim - 1] = dim / 2
  let (cos, sin) = (
    angles.cos().to(x.dtype).reshape(shape), angles.sin().to(x.dtype).reshape(shape)
  )
  let rest = x.narrow(dim: -1, start: dim, length: features - dim)
  let turned = dim == features ? x : x.narrow(dim: -1, start: 0, length: dim)
  let y: Tensor
  switch pairs {
  case .halves:
    let first = turned.narrow(dim: -1, start: 0, length: dim / 2)
    let second = turned.narrow(dim: -1, start: dim / 2, length: dim / 2)
    y = cat([first * cos - second * sin, first * sin + second * cos], dim: -1)
  case .interleaved:
    let both = turned.unflatten(dim: -1, sizes: [dim / 2, 2])
    let (first, second) = (both.select(dim: -1, index: 0), both.select(dim: -1, index: 1))
    y = stack([first * cos - second * sin, first * sin + second * cos], dim: -1)
      .flatten(startDim: -2, endDim: -1)
  }
  return dim == features ? y : cat([y, rest], dim: -1)
}

/// Turns queries and keys by their positions:
/// ``rotaryEmbedding(_:dim:base:pairs:offset:sequenceDim:)``. It has no parameters.
///
/// ```swift
/// let rotary = RotaryEmbedding(64)
/// let y = scaledDotProductAttention(rotary(q), rotary(k), v, isCausal: true)
/// ```
public final class RotaryEmbedding: Module {
  let dim: Int
  let base: Double
  let pairs: RotaryPairs
  let sequenceDim: Int

  /// A layer that turns the first `dim` features of [..., features]; see
  /// ``rotaryEmbedding(_:dim:base:pairs:offset:sequenceDim:)``.
  public init(
    _ dim: Int, base: Double = 10_000, pairs: RotaryPairs = .interleaved, sequenceDim: Int = -2
  ) {
    require(
      dim >= 0 && dim % 2 == 0, "RotaryEmbedding: dim must be even and not negative, not \(dim)")
    requireBase(base, op: "RotaryEmbedding")
    self.dim = dim
    self.base = base
    self.pairs = pairs
    self.sequenceDim = sequenceDim
  }

  public override var extraRepr: String {
    "\(dim), base: \(base), pairs: \(pairs), sequenceDim: \(sequenceDim)"
  }

  public override func forward(_ x: Tensor) -> Tensor { turned(x, 0) }

  /// Turns `x`, whose first position is `offset`.
  public func callAsFunction(_ x: Tensor, offset: Int) -> Tensor {
    call(x) { turned($0, offset) }
  }

  private func turned(_ x: Tensor, _ offset: Int) -> Tensor {
    rotaryEmbedding(
      x, dim: dim, base: base, pairs: pairs, offset: offset, sequenceDim: sequenceDim)
  }
}

// MARK: - Angles

/// p·base^(−2i/dim) for the positions p from `offset` on and i < dim/2, rounded up: [count, …], in
/// float64.
func positionAngles(from offset: Int, count: Int, dim: Int, base: Double) -> Tensor {
  let positions = Tensor.arange(Double(offset), Double(offset) + Double(count), dtype: .float64)
  let exponents = Tensor.arange(0, (dim + 1) / 2, dtype: .float64) * (-2 / Double(dim))
  let frequencies = Tensor(base, dtype: .float64).pow(exponents)
  return positions.unsqueeze(1) * frequencies
}

func requireBase(_ base: Double, op: StaticString) {
  require(
    base > 0 && base.isFinite,
    "\(opName(op)): base must be positive and finite, but it is \(base)")
}

/// Stops unless positions up to offset + count are exact in float64.
func requireOffset(_ offset: Int, _ count: Int, op: StaticString) {
  require(
    offset >= 0 && offset <= 1 << 52,
    "\(opName(op)): offset must be in 0 … 2^52, but it is \(offset)")
}
