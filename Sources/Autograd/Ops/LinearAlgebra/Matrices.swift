// Functions of matrices without decompositions, and products of several matrices.

extension Tensor {
  /// The sum of the diagonal of a matrix, as int64 for integers.
  public func trace() -> Tensor {
    require(
      ndim == 2, "trace: expected 2 dimensions, got shape \(shape); use diagonal() and sum")
    return diagonal().sum()
  }

  /// Vandermonde matrices: the powers x⁰, x¹, … xⁿ⁻¹ as columns, [..., m] → [..., m, n].
  ///
  /// - Parameter n: the number of columns, at least 2; by default the size of the last dimension.
  public func vander(n: Int? = nil) -> Tensor {
    require(dtype != .bool, "vander: not defined for bool tensors; cast with to(.float32)")
    let x = to(dtype.sumType)
    let count = n ?? shape.last ?? 1
    require(
      count > 1 || n == nil && count >= 0,
      "vander: expected at least 2 columns, got n = \(count)")
    if ndim == 0 { return unsqueeze(0).vander(n: n) }
    requireMemory(for: shape + [count], x.dtype, op: #function)
    let first = Tensor.ones(shape + [Swift.min(count, 1)], dtype: x.dtype)
    if count <= 1 { return first }
    let factors = x.unsqueeze(-1).expand(shape + [count - 1])
    return Autograd.cat([first, factors.cumprod(dim: -1)], dim: -1)
  }

  /// The `n`th power of square matrices [..., k, k].
  ///
  /// The identity for n = 0; for negative n the power of the inverse, which stops for singular
  /// matrices.
  public func matrixPower(_ n: Int) -> Tensor {
    require(
      ndim >= 2 && size(-1) == size(-2),
      "matrixPower: expected square matrices [..., k, k], got shape \(shape)")
    if n < 0 {
      require(n != .min, "matrixPower: expected a power above \(n), whose negative overflows")
      return inverted(op: #function).matrixPower(-n)
    }
    if n == 0 { return Tensor.eye(size(-1), dtype: dtype).expand(shape).clone() }
    var result: Tensor?
    var square = self
    var rest = n
    while true {
      if rest % 2 == 1 { result = result.map { $0.product(square, op: #function) } ?? square }
      rest /= 2
      if rest == 0 { return n == 1 ? clone() : result! }
      square = square.product(square, op: #function)
    }
  }
}

// MARK: - Products of several matrices

/// The product of several matrices, multiplied in the order that needs the fewest operations.
///
/// The first factor may be a vector, used as a row, and the last one a vector, used as a column;
/// its dimension is dropped from the result.
public func multiDot(_ tensors: [Tensor]) -> Tensor {
  require(
    tensors.count >= 2, "multiDot: expected at least 2 factors, got \(tensors.count)")
  let last = tensors.count - 1
  for (i, tensor) in tensors.enumerated() {
    require(
      tensor.ndim == 2 || tensor.ndim == 1 && (i == 0 || i == last),
      """
      multiDot: expected a matrix as factor \(i), got shape \(tensor.shape); only the first and \
      the last factor may be vectors
      """)
  }
  var factors = tensors
  if tensors[0].ndim == 1 { factors[0] = tensors[0].unsqueeze(0) }
  if tensors[last].ndim == 1 { factors[last] = tensors[last].unsqueeze(1) }
  for (a, b) in zip(factors, factors.dropFirst()) {
    require(
      a.size(1) == b.size(0),
      """
      multiDot: shapes \(tensors.map(\.shape)) do not fit: \(a.size(1)) columns against \
      \(b.size(0)) rows
      """
    )
  }
  let sizes = factors.map { $0.size(0) } + [factors[last].size(1)]
  var product = ProductOrder(sizes).product(of: factors, 0...last)
  if tensors[last].ndim == 1 { product = product.squeeze(1) }
  return tensors[0].ndim == 1 ? product.squeeze(0) : product
}

/// The splits of a product of several matrices that minimize the number of multiplications.
private struct ProductOrder {
  /// For the factors i…j, the index of the last factor of the left part.
  private var split: [[Int]]

  /// Matrix i is [sizes[i], sizes[i + 1]].
  init(_ sizes: [Int]) {
    let count = sizes.count - 1
    split = Array(repeating: Array(repeating: 0, count: count), count: count)
    var cost = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    for length in 1..<count {
      for i in 0..<count - length {
        let j = i + length
        cost[i][j] = .infinity
        for k in i..<j {
          let all =
            cost[i][k] + cost[k + 1][j]
            + Double(sizes[i]) * Double(sizes[k + 1]) * Double(sizes[j + 1])
          if all < cost[i][j] { (cost[i][j], split[i][j]) = (all, k) }
        }
      }
    }
  }

  func product(of factors: [Tensor], _ part: ClosedRange<Int>) -> Tensor {
    let (i, j) = (part.lowerBound, part.upperBound)
    if i == j { return factors[i] }
    let k = split[i][j]
    return product(of: factors, i...k).product(product(of: factors, k + 1...j), op: "multiDot")
  }
}
