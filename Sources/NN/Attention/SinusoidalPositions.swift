import Autograd

/// Sines and cosines of positions (Vaswani et al., Attention is all you need, 2017): [length, dim]
/// with
///
///     element [p, 2i] = sin(p·base^(−2i/dim)),  element [p, 2i + 1] = cos(p·base^(−2i/dim)).
///
/// The angles are computed in double precision.
///
/// - Parameters:
///   - length: the number of positions.
///   - dim: the number of features.
///   - base: the base of the angles.
///   - offset: the first position.
///   - dtype: the dtype of the result.
public func sinusoidalPositions(
  _ length: Int, _ dim: Int, base: Double = 10_000, offset: Int = 0, dtype: DType = .default
) -> Tensor {
  require(
    length >= 0 && dim >= 0,
    "sinusoidalPositions: length and dim must not be negative, but they are \(length) and \(dim)")
  require(
    dtype.isFloatingPoint,
    "sinusoidalPositions: the dtype must be floating-point, but it is \(dtype)")
  requireBase(base, op: "sinusoidalPositions")
  requireOffset(offset, length, op: "sinusoidalPositions")
  // First, since it stops if there is not enough memory.
  let empty = Tensor.uninitialized([length, dim], dtype, op: "sinusoidalPositions")
  if empty.numel == 0 { return empty }
  return noGrad {
    let angles = positionAngles(from: offset, count: length, dim: dim, base: base)
    let pairs = stack([angles.sin(), angles.cos()], dim: 2).flatten(startDim: 1)
    return pairs.narrow(dim: 1, start: 0, length: dim).contiguous().to(dtype)
  }
}

/// Adds the sines and cosines of their positions to the elements of a sequence, then drops some:
/// x + ``sinusoidalPositions(_:_:base:offset:dtype:)``. It has no parameters.
///
/// ```swift
/// let positions = SinusoidalPositions(512, batchFirst: true)
/// let x = positions(embedding(words) * 512.0.squareRoot())
/// ```
public final class SinusoidalPositions: Module {
  let dim: Int
  let base: Double
  let batchFirst: Bool
  let dropout: Dropout

  /// A layer for sequences of `dim` features.
  ///
  /// - Parameters:
  ///   - dim: the number of features.
  ///   - dropout: the probability with which an element of the sum is dropped in training.
  ///   - base: the base of the angles.
  ///   - batchFirst: whether inputs are [batch, length, dim], else [length, batch, dim], as in
  ///     ``TransformerEncoder``; [length, dim] in either case.
  public init(
    _ dim: Int, dropout: Double = 0, base: Double = 10_000, batchFirst: Bool = false
  ) {
    require(dim >= 0, "SinusoidalPositions: dim must not be negative, but it is \(dim)")
    requireBase(base, op: "SinusoidalPositions")
    requireProbability(dropout, op: "SinusoidalPositions")
    self.dim = dim
    self.base = base
    self.batchFirst = batchFirst
    self.dropout = Dropout(dropout)
  }

  public override var extraRepr: String { "\(dim), base: \(base), batchFirst: \(batchFirst)" }

  public override func forward(_ x: Tensor) -> Tensor { added(x, 0) }

  /// The sum for `x`, whose first position is `offset`.
  public func callAsFunction(_ x: Tensor, offset: Int) -> Tensor {
    call(x) { added($0, offset) }
  }

  private func added(_ x: Tensor, _ offset: Int) -> Tensor {
    require(
      (2...3).contains(x.ndim) && x.size(-1) == dim && x.dtype.isFloatingPoint,
      """
      SinusoidalPositions: expected floating-point sequences of \(dim) features, \
      \(batchFirst ? "[batch, length, dim]" : "[length, batch, dim]") or [length, dim], got \
      \(x.dtype) and the shape \(x.shape)
      """)
    let isAcross = x.ndim == 3 && !batchFirst
    let length = isAcross ? x.size(0) : x.size(-2)
    let positions = sinusoidalPositions(length, dim, base: base, offset: offset, dtype: x.dtype)
    return dropout(x + (isAcross ? positions.unsqueeze(1) : positions))
  }
}
