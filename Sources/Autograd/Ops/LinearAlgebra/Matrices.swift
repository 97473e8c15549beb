// Functions of matrices that need no decomposition, and chains of them.

extension Tensor {
  /// The sum of the diagonal of a matrix; of integers as int64.
  public func trace() -> Tensor {
    require(
      ndim == 2, "trace: a matrix has 2 dimensions, but the shape is \(shape); sum a diagonal()")
    return diagonal().sum()
  }

  /// The matrices of the powers of each vector: x⁰, x¹, … xⁿ⁻¹ as columns, [..., m] → [..., m, n].
  ///
  /// - Parameter n: the number of columns, at least 2; by default the size of the last dimension.
  public func vander(n: Int? = nil) -> Tensor {
    require(dtype != .bool, "vander: not defined for bool tensors; cast with to(.float32)")
    let x = to(dtype.sumType)
    let count = n ?? shape.last ?? 1
    require(
      count > 1 || n == nil && count >= 0,
      "vander: at least 2 columns are needed, but there are to be \(count)")
    if ndim == 0 { return unsqueeze(0).vander(n: n) }
    var columns = [Tensor.onesLike(x)]
    while columns.count < count { columns.append(columns.count == 1 ? x : columns.last! * x) }
    return Autograd.stack(columns, dim: -1).narrow(dim: -1, start: 0, length: count)
  }

  /// The matrices multiplied by themselves, `n` factors each; [..., k, k].
  ///
  /// With `n` 0 the identity, below that powers of the inverse: singular matrices are an error then.
  public func matrixPower(_ n: Int) -> Tensor {
    require(
      ndim >= 2 && size(-1) == size(-2),
      "matrixPower: square matrices [..., k, k] are needed, but the shape is \(shape)")
    if n < 0 {
      require(n != .min, "matrixPower: the power \(n) is out of range")
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

// MARK: - Chains

/// The product of several matrices, in the order of multiplication that needs the fewest operations.
///
/// The first may be a vector, a row; the last may be a vector, a column; the result then lacks that
/// dimension.
public func multiDot(_ tensors: [Tensor]) -> Tensor {
  require(
    tensors.count >= 2, "multiDot: at least 2 matrices are needed, but there are \(tensors.count)")
  let last = tensors.count - 1
  for (i, tensor) in tensors.enumerated() {
    require(
      tensor.ndim == 2 || tensor.ndim == 1 && (i == 0 || i == last),
      """
      multiDot: factor \(i), of shape \(tensor.shape), is no matrix; only the first and the last one \
      may be vectors
      """)
  }
  var factors = tensors
  if tensors[0].ndim == 1 { factors[0] = tensors[0].unsqueeze(0) }
  if tensors[last].ndim == 1 { factors[last] = tensors[last].unsqueeze(1) }
  for (a, b) in zip(factors, factors.dropFirst()) {
    require(
      a.size(1) == b.size(0),
      "multiDot: the shapes \(tensors.map(\.shape)) do not fit: \(a.size(1)) columns against \(b.size(0)) rows"
    )
  }
  let sizes = factors.map { $0.size(0) } + [factors[last].size(1)]
  var product = ProductOrder(sizes).product(of: factors, 0...last)
  if tensors[last].ndim == 1 { product = product.squeeze(1) }
  return tensors[0].ndim == 1 ? product.squeeze(0) : product
}

/// Where to split a chain of matrices, so that the product needs the fewest multiplications.
private struct ProductOrder {
  /// The last matrix of the left part of the chain from i to j.
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
