import Autograd

/// How an orthogonal matrix is computed from an arbitrary one.
public enum OrthogonalMap: Sendable {
  /// exp(A), with A skew-symmetric.
  case matrixExp
  /// (I + A/2)·(I − A/2)⁻¹, with A skew-symmetric.
  case cayley
  /// A product of Householder reflections.
  case householder
}

/// Computes a parameter, a matrix or a batch of matrices [..., n, k], as one with orthonormal columns,
/// or rows if n < k: PyTorch's `torch.nn.utils.parametrizations.orthogonal`.
///
/// The value at first is that of the parameter if that is a square orthogonal matrix, and otherwise
/// the Q of its QR decomposition.
///
/// Source for the trivialisation: Lezcano-Casado, Trivializations for gradient-based optimization on
/// manifolds, 2019.
///
/// - Parameters:
///   - module: the module.
///   - name: the name of its parameter.
///   - orthogonalMap: the map; nil for `matrixExp` if the matrix is square, otherwise `householder`.
///   - useTrivialization: whether the map is multiplied by a fixed orthogonal matrix, the buffer
///     `base`, around which it is learned. Without it, only `householder` can be assigned.
/// - Returns: the module.
@discardableResult
public func orthogonal<M: Module>(
  _ module: M, _ name: String = "weight", orthogonalMap: OrthogonalMap? = nil,
  useTrivialization: Bool = true
) -> M {
  let weight = parametrizedValue(name, of: module, #function)
  require(
    weight.ndim >= 2,
    "orthogonal: expected a matrix or a batch of matrices, got the shape \(weight.shape)")
  let isSquare = weight.size(-2) == weight.size(-1)
  let map = orthogonalMap ?? (isSquare ? .matrixExp : .householder)
  return registerParametrization(
    module, name, Orthogonal(weight.shape, map, hasBase: useTrivialization), unsafe: true)
}

private final class Orthogonal: Module, Parametrization {
  @Buffer var base: Tensor?
  private let shape: [Int]
  private let map: OrthogonalMap
  private let hasBase: Bool

  init(_ shape: [Int], _ map: OrthogonalMap, hasBase: Bool) {
    (self.shape, self.map, self.hasBase) = (shape, map, hasBase)
    base = nil
  }

  override func forward(_ x: Tensor) -> Tensor {
    let isWide = x.size(-2) < x.size(-1)
    let x = isWide ? x.mT : x
    let q = mapped(x)
    let y = base.map { $0.matmul(q) } ?? q
    return isWide ? y.mT : y
  }

  /// The orthogonal matrix of x, [..., n, k] with n ≥ k.
  private func mapped(_ x: Tensor) -> Tensor {
    let (n, k) = (x.size(-2), x.size(-1))
    let identity = Tensor.eye(n, dtype: x.dtype)
    if map == .householder {
      let signs = x.detach().diagonal(dim1: -2, dim2: -1).trunc()
      return reflected(x.tril(diagonal: -1), identity.narrow(dim: 1, start: 0, length: k))
        * signs.unsqueeze(-2)
    }
    var square = x.tril()
    if n > k {
      let zeros = Tensor.zeros(x.shape.dropLast() + [n - k], dtype: x.dtype)
      square = cat([square, zeros], dim: -1)
    }
    let skew = square - square.mT
    let q =
      map == .matrixExp
      ? skew.matrixExp() : (identity - skew * 0.5).solve(identity + skew * 0.5)
    return n > k ? q.narrow(dim: -1, start: 0, length: k) : q
  }

  /// The product of the reflections by the columns of `a` and ones on the diagonal, applied to the
  /// first columns of the identity matrix.
  ///
  /// I − V·T⁻¹·Vᵀ with T = diag(‖vᵢ‖²/2) + the strict upper triangle of Vᵀ·V.
  private func reflected(_ a: Tensor, _ columns: Tensor) -> Tensor {
    let v = a + columns
    let products = v.mT.matmul(v)
    let halves = products.diagonal(dim1: -2, dim2: -1) * 0.5
    let t = products.triu(diagonal: 1) + halves.diagEmbed()
    return columns - v.matmul(t.solveTriangular(v.mT.matmul(columns), upper: true))
  }

  // MARK: Right inverse

  func rightInverse(_ value: Tensor) -> [Tensor]? {
    require(
      value.shape == shape,
      "orthogonal: expected a value of shape \(shape), got \(value.shape)")
    let isWide = value.size(-2) < value.size(-1)
    let q = isWide ? value.mT : value
    let (n, k) = (q.size(-2), q.size(-1))
    if !hasBase {
      guard map == .householder else { return nil }
      let x = reflections(of: q)
      return [isWide ? x.mT : x]
    }
    if n == k {
      base = isOrthogonal(q) ? q.clone() : orthogonalized(q)
    } else {
      let more = Tensor.randn(q.shape.dropLast() + [n - k], dtype: q.dtype)
      base = orthogonalized(cat([q, more], dim: -1))
    }
    // At minus the identity matrix the reflections cancel the signs, and the other maps see 0.
    let identity = Tensor.eye(value.size(-2), value.size(-1), dtype: value.dtype)
    return [(-identity).expand(value.shape).clone()]
  }

  private func isOrthogonal(_ q: Tensor) -> Bool {
    let n = q.size(-1)
    let tolerance = 10 * Double(n) * q.dtype.epsilon
    return q.mT.matmul(q).allclose(
      Tensor.eye(n, dtype: q.dtype).expand(q.shape), rtol: 1e-5, atol: tolerance)
  }

  /// Q of the QR decomposition in which the diagonal of R is not negative.
  private func orthogonalized(_ x: Tensor) -> Tensor {
    let (q, r) = x.qr()
    return q * r.diagonal(dim1: -2, dim2: -1).sign().unsqueeze(-2)
  }

  /// The vectors of the Householder reflections that make `q` upper triangular, below the diagonal,
  /// and on it the signs that ``mapped(_:)`` needs.
  private func reflections(of q: Tensor) -> Tensor {
    var rest = q
    var columns: [Tensor] = []
    for j in 0..<q.size(-1) {
      let x = rest.select(dim: -1, index: 0)
      let (first, tail) = (
        x.narrow(dim: -1, start: 0, length: 1), x.narrow(dim: -1, start: 1, length: x.size(-1) - 1)
      )
      let needed = tail.square().sum(dim: -1, keepdim: true) .> 0
      let norm = x.norm(dim: -1, keepdim: true)
      let diagonal = Autograd.where(first .>= 0, -norm, norm)
      let v = cat(
        [
          Tensor.onesLike(first),
          Autograd.where(needed, tail / (first - diagonal), Tensor.zerosLike(tail)),
        ], dim: -1)
      // Without a reflection, the sign is that of the element, which the map reflects.
      let sign = Autograd.where(needed, diagonal.sign(), -first.sign())
      let zeros = Tensor.zeros(x.shape.dropLast() + [j], dtype: q.dtype)
      columns.append(
        cat([zeros, sign, v.narrow(dim: -1, start: 1, length: v.size(-1) - 1)], dim: -1))
      let factor = Autograd.where(needed, (diagonal - first) / diagonal, Tensor.zerosLike(first))
      let projected = v.unsqueeze(-2).matmul(rest)
      let next = rest - factor.unsqueeze(-1) * v.unsqueeze(-1) * projected
      rest = next.narrow(dim: -2, start: 1, length: next.size(-2) - 1)
        .narrow(dim: -1, start: 1, length: next.size(-1) - 1)
    }
    // As in PyTorch, R stays above the diagonal, where the map does not look.
    return stack(columns, dim: -1) + q.qr(mode: .complete).r.triu(diagonal: 1)
  }
}
