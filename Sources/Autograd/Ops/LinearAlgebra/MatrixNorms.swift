// Matrix norms.

/// The order of a matrix norm.
public enum MatrixNorm: Sendable, Equatable {
  /// √Σ x².
  case frobenius
  /// The sum of the singular values.
  case nuclear
  /// By order: for 1 the largest column sum of absolute values, for ∞ the largest row sum, for 2
  /// the largest singular value; for −1, −∞ and −2 the smallest of them.
  case p(Double)
}

extension Tensor {
  /// The norms of matrices in two dimensions; the tensor must be floating-point.
  ///
  /// ```swift
  /// x.matrixNorm()                        // Frobenius
  /// x.matrixNorm(.p(.infinity), dims: (0, 1))
  /// ```
  ///
  /// Columns or rows of equal sums share the gradient evenly.
  /// - Parameters:
  ///   - order: the norm.
  ///   - dims: the dimensions of the rows and of the columns, counted from the end if negative.
  ///   - keepdim: whether to keep these dimensions, with size 1.
  public func matrixNorm(
    _ order: MatrixNorm = .frobenius, dims: (Int, Int) = (-2, -1), keepdim: Bool = false
  ) -> Tensor {
    requireFloating(op: #function)
    require(
      ndim >= 2, "matrixNorm: expected at least 2 dimensions, got shape \(shape); use norm")
    let rows = shape.dimension(dims.0, op: #function)
    let columns = shape.dimension(dims.1, op: #function)
    require(
      rows != columns, "matrixNorm: expected 2 different dimensions of shape \(shape), got \(dims)")
    func sums(over: Int, among: Int, isLargest: Bool) -> Tensor {
      extremeSum(over: over, among: among, isLargest: isLargest, keepdim: keepdim)
    }
    switch order {
    case .frobenius: return norm(2, dim: [rows, columns], keepdim: keepdim)
    case .nuclear, .p(2), .p(-2):
      return singularNorm(order, rows: rows, columns: columns, keepdim: keepdim, op: #function)
    case .p(1): return sums(over: rows, among: columns, isLargest: true)
    case .p(-1): return sums(over: rows, among: columns, isLargest: false)
    case .p(.infinity): return sums(over: columns, among: rows, isLargest: true)
    case .p(-.infinity): return sums(over: columns, among: rows, isLargest: false)
    case .p(let p): fail("matrixNorm: expected order ±1, ±2 or ±∞, got \(p)")
    }
  }

  /// The largest (or smallest) of the sums of absolute values over dimension `over`; the largest of
  /// an empty dimension is 0.
  private func extremeSum(over: Int, among: Int, isLargest: Bool, keepdim: Bool) -> Tensor {
    let sums = norm(1, dim: [over], keepdim: true)
    let extremes =
      sums.size(among) == 0 && isLargest
      ? sums.sum(dim: [among], keepdim: true)
      : isLargest
        ? sums.amax(dim: [among], keepdim: true) : sums.amin(dim: [among], keepdim: true)
    return keepdim ? extremes : extremes.squeeze([over, among])
  }
}
