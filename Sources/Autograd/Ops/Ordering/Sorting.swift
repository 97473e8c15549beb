// Sorting along a dimension.
//
// NaN is greater than everything, and −0 equals 0. Sorts are stable: equal elements stay in order,
// also when descending. Gradients flow back to the elements' original positions.

extension Tensor {
  /// The elements sorted along dimension `dim`, and their indices.
  ///
  /// ```swift
  /// let (values, indices) = scores.sort(descending: true)
  /// ```
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - descending: whether the largest come first; NaN counts as largest.
  ///   - stable: accepted as in PyTorch; the sort is always stable.
  /// - Returns: the values, of this tensor's shape, and their int64 indices along the dimension.
  public func sort(
    dim: Int = -1, descending: Bool = false, stable: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: #function)
    let found = sorted(
      d, first: ndim == 0 ? 1 : shape[d], descending: descending, op: #function)
    return selecting(found, d, op: #function)
  }

  /// The int64 indices that sort the elements along dimension `dim`.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - descending: whether the largest come first; NaN counts as largest.
  ///   - stable: accepted as in PyTorch; the sort is always stable.
  public func argsort(dim: Int = -1, descending: Bool = false, stable: Bool = false) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    return sorted(
      d, first: ndim == 0 ? 1 : shape[d], descending: descending, op: #function
    ).indices
  }

  /// The elements in ascending order along the first dimension.
  public func msort() -> Tensor { sort(dim: 0).values }

  /// The `k` largest elements along dimension `dim`, and where they are.
  ///
  /// - Parameters:
  ///   - k: how many; at most the size of the dimension.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - largest: false for the smallest.
  ///   - sorted: accepted as in PyTorch; the elements are always sorted, the largest, or smallest,
  ///     first.
  /// - Returns: the values, and their int64 indices along the dimension, both of size `k` there. Of
  ///   equal elements the first are taken; PyTorch may take others.
  public func topk(
    _ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: #function)
    let size = ndim == 0 ? 1 : shape[d]
    require(
      k >= 0 && k <= size,
      """
      topk: k is \(k), but dimension \(d) of the shape \(shape) has \(size) elements; \
      give 0 … \(size)
      """)
    let found = self.sorted(d, first: ndim == 0 ? 1 : k, descending: largest, op: #function)
    return selecting(found, d, op: #function)
  }
}
