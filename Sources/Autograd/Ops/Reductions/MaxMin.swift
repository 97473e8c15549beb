// Maxima and minima over dimensions.
//
// If an element is NaN, so is the extreme. Where a gradient is split, it is split evenly over the
// elements that tie; where an index is returned, the gradient goes to that element alone.

// MARK: - Values

extension Tensor {
  /// The largest element. Its gradient is split evenly over ties.
  public func max() -> Tensor { extreme(.max, [], keepdim: false, op: #function) }

  /// The smallest element. Its gradient is split evenly over ties.
  public func min() -> Tensor { extreme(.min, [], keepdim: false, op: #function) }

  /// The largest element over the dimensions `dim`, or over all if none is named.
  ///
  /// The gradient is split evenly over ties, and over all NaNs if the maximum is NaN; `max(dim:)`
  /// sends it to one element. The maximum of an empty tensor is an error.
  @inlinable
  public func amax(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    amax(over: dim.ints, keepdim: keepdim)
  }

  @usableFromInline
  func amax(over dims: [Int], keepdim: Bool) -> Tensor {
    extreme(.max, dims, keepdim: keepdim, op: #function)
  }

  /// The smallest element over the dimensions `dim`, or over all if none is named.
  ///
  /// The gradient is split evenly over ties, and over all NaNs if the minimum is NaN; `min(dim:)`
  /// sends it to one element. The minimum of an empty tensor is an error.
  @inlinable
  public func amin(dim: some IntList = [], keepdim: Bool = false) -> Tensor {
    amin(over: dim.ints, keepdim: keepdim)
  }

  @usableFromInline
  func amin(over dims: [Int], keepdim: Bool) -> Tensor {
    extreme(.min, dims, keepdim: keepdim, op: #function)
  }

  /// The smallest and the largest element along dimension `dim`, or of all if it is nil.
  ///
  /// The gradient of each is split evenly over ties.
  public func aminmax(dim: Int? = nil, keepdim: Bool = false) -> (min: Tensor, max: Tensor) {
    let dims = dim.map { [$0] } ?? []
    return (
      extreme(.min, dims, keepdim: keepdim, op: #function),
      extreme(.max, dims, keepdim: keepdim, op: #function)
    )
  }

  private func extreme(
    _ kernel: ReductionKernel, _ dims: [Int], keepdim: Bool, op: StaticString
  ) -> Tensor {
    let over = reductionDims(dims, op: op)
    requireElements(over, op: op)
    return reduced(kernel, over, keepdim: keepdim, op: op)
      .recordTies(in: self, over, keepdim: keepdim, op: op)
  }

  /// Records that these are elements of `x`, found over the dimensions `over`: the gradient is
  /// split evenly over all that are equal to them.
  func recordTies(in x: Tensor, _ over: [Int], keepdim: Bool, op: StaticString) -> Tensor {
    wrt(x, op: op) { [x = Saved(x, op: op)] g, y in
      let x = x.value.detach()
      let ties = elementwise(.ties, x, y.detach().unreduced(over, keepdim, to: x.shape))
      let count = ties.sum(dim: over, keepdim: true)
      return g.reshape(count.shape) / count * ties
    }
  }
}

// MARK: - Values with indices

extension Tensor {
  /// The largest elements along dimension `dim`, and where they are.
  ///
  /// ```swift
  /// let (values, indices) = scores.max(dim: -1)
  /// ```
  ///
  /// - Returns: the values, and the int64 indices of their first occurrences. The gradient goes to
  ///   the elements at the indices; `amax(dim:)` splits it over ties.
  public func max(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    extreme(.max, dim, keepdim: keepdim, op: #function)
  }

  /// The smallest elements along dimension `dim`, and where they are.
  ///
  /// - Returns: the values, and the int64 indices of their first occurrences. The gradient goes to
  ///   the elements at the indices; `amin(dim:)` splits it over ties.
  public func min(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) {
    extreme(.min, dim, keepdim: keepdim, op: #function)
  }

  private func extreme(
    _ kernel: ExtremeKernel, _ dim: Int, keepdim: Bool, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: op)
    let over = ndim == 0 ? [] : [d]
    requireElements(over, op: op)
    return selecting(extremes(kernel, over, keepdim: keepdim), d, op: op)
  }

  /// Records that `found.values` are this tensor's elements at `found.indices` along dimension `d`,
  /// which they may have dropped: the gradient goes to those elements alone.
  package func selecting(
    _ found: (values: Tensor, indices: Tensor), _ d: Int, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    found.values.wrt(self, op: op) { [indices = Saved(found.indices, op: op), shape] g in
      var index = indices.value
      if index.ndim < shape.count { index = index.unsqueeze(d) }
      return g.reshape(index.shape).scattered(along: d, index, in: shape, op: op)
    }
    return found
  }
}

// MARK: - Indices

extension Tensor {
  /// The index of the first largest element along dimension `dim`, or in row-major order if it is
  /// nil; int64. The first NaN, if there is one.
  public func argmax(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    index(of: .max, dim, keepdim: keepdim, op: #function)
  }

  /// The index of the first smallest element along dimension `dim`, or in row-major order if it is
  /// nil; int64. The first NaN, if there is one.
  public func argmin(dim: Int? = nil, keepdim: Bool = false) -> Tensor {
    index(of: .min, dim, keepdim: keepdim, op: #function)
  }

  private func index(
    of kernel: ExtremeKernel, _ dim: Int?, keepdim: Bool, op: StaticString
  ) -> Tensor {
    let over = reductionDims(dim.map { [$0] } ?? [], op: op)
    requireElements(over, op: op)
    return extremes(kernel, over, keepdim: keepdim).indices
  }

  /// Stops if the tensor is empty over `dims`.
  func requireElements(_ dims: [Int], op: StaticString) {
    require(
      count(dims) > 0,
      """
      \(opName(op)): the shape \(shape) has no elements over the dimensions \(dims); \
      name dimensions whose sizes are not 0
      """)
  }
}
