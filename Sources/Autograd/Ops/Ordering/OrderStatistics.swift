// Elements by rank, medians and the mode.
//
// NaN is greater than every number. Where an index is returned, the gradient goes to the element
// there.

// MARK: - By rank

extension Tensor {
  /// The `k`-th smallest elements along dimension `dim`, counted from 1, and where they are.
  ///
  /// - Parameters:
  ///   - k: the rank: 1 … the size of the dimension.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1.
  /// - Returns: the values, and their int64 indices. Equal elements are ranked in order; PyTorch
  ///   may return another of them.
  public func kthvalue(
    _ k: Int, dim: Int = -1, keepdim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: #function)
    let size = ndim == 0 ? 1 : shape[d]
    requireElements(ndim == 0 ? [] : [d], op: #function)
    require(
      k >= 1 && k <= size,
      """
      kthvalue: k is \(k), but dimension \(d) of the shape \(shape) has \(size) elements; \
      give 1 … \(size)
      """)
    return selecting(
      ranked(.index(k - 1), d, keepdim: keepdim, op: #function), d, op: #function)
  }

  /// The most frequent elements along dimension `dim`, the smallest of several, and the indices of
  /// their last occurrences.
  ///
  /// NaN does not equal NaN.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1.
  public func mode(
    dim: Int = -1, keepdim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: #function)
    requireElements(ndim == 0 ? [] : [d], op: #function)
    return selecting(mostFrequent(d, keepdim: keepdim, op: #function), d, op: #function)
  }
}

// MARK: - Medians

extension Tensor {
  /// The median of all elements: the lower of the two in the middle of an even number of them; NaN
  /// if an element is NaN or there is none.
  ///
  /// The gradient is split evenly over ties. `quantile(0.5)` gives the mean of the two in the
  /// middle.
  public func median() -> Tensor { medianOfAll(.median, op: #function) }

  /// The median of all elements that are not NaN: the lower of the two in the middle of an even
  /// number of them; NaN if all are NaN or there is none.
  ///
  /// The gradient is split evenly over ties.
  public func nanmedian() -> Tensor { medianOfAll(.nanmedian, op: #function) }

  /// The medians along dimension `dim`, and where they are: the lower of the two in the middle of
  /// an even number of elements; the first NaN if there is one.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1.
  /// - Returns: the values, and int64 indices. PyTorch may return the index of another equal
  ///   element.
  public func median(
    dim: Int, keepdim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    median(.median, dim, keepdim: keepdim, op: #function)
  }

  /// The medians of the elements along dimension `dim` that are not NaN, and where they are; NaN if
  /// all are.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1.
  /// - Returns: the values, and int64 indices. PyTorch may return the index of another equal
  ///   element.
  public func nanmedian(
    dim: Int, keepdim: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    median(.nanmedian, dim, keepdim: keepdim, op: #function)
  }

  private func median(
    _ rank: Rank, _ dim: Int, keepdim: Bool, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: op)
    requireElements(ndim == 0 ? [] : [d], op: op)
    return selecting(ranked(rank, d, keepdim: keepdim, op: op), d, op: op)
  }

  private func medianOfAll(_ rank: Rank, op: StaticString) -> Tensor {
    if numel == 0, dtype.isFloatingPoint { return (sum() / 0).to(dtype) }
    requireElements(Array(shape.indices), op: op)
    return alias().reshape([numel]).ranked(rank, 0, keepdim: false, op: op).values
      .recordTies(in: self, Array(shape.indices), keepdim: false, op: op)
  }
}
