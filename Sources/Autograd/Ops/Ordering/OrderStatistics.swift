// Elements by rank, medians, quantiles and the mode.
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

// MARK: - Quantiles

/// The value of a quantile whose rank lies between two elements.
public enum QuantileInterpolation: Sendable, CaseIterable {
  /// Linear interpolation.
  case linear
  /// The lower one.
  case lower
  /// The higher one.
  case higher
  /// Their mean.
  case midpoint
  /// The nearer one; at equal distance the one of even rank.
  case nearest
}

extension Tensor {
  /// The `q`-th quantiles along dimension `dim`, or of all elements if it is nil; NaN where an
  /// element is NaN.
  ///
  /// The quantile has the rank q·(n − 1) among the n elements in ascending order, counted from 0.
  /// The tensor must be floating-point and not empty.
  ///
  /// - Parameters:
  ///   - q: from 0 to 1.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1; all of them do if `dim` is nil.
  ///   - interpolation: the value for a rank between two elements.
  public func quantile(
    _ q: Double, dim: Int? = nil, keepdim: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    quantile(
      .full([], q, dtype: dtype), dim, keepdim, interpolation, ignoringNaN: false, op: #function)
  }

  /// Quantiles along dimension `dim`, or of all elements if it is nil, for each number of `q`.
  ///
  /// ```swift
  /// let quartiles = x.quantile(Tensor([0.25, 0.5, 0.75]), dim: 1)  // [3, …]
  /// ```
  ///
  /// - Parameters:
  ///   - q: 0-d or 1-d, of this tensor's dtype, from 0 to 1. A 1-d `q` puts its dimension in front
  ///     of the result. It gets a gradient, too.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1; all of them do if `dim` is nil.
  ///   - interpolation: the value for a rank between two elements.
  public func quantile(
    _ q: Tensor, dim: Int? = nil, keepdim: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    quantile(q, dim, keepdim, interpolation, ignoringNaN: false, op: #function)
  }

  /// The `q`-th quantiles of the elements that are not NaN; NaN where all are.
  ///
  /// - Parameters:
  ///   - q: from 0 to 1.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1; all of them do if `dim` is nil.
  ///   - interpolation: the value for a rank between two elements.
  public func nanquantile(
    _ q: Double, dim: Int? = nil, keepdim: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    quantile(
      .full([], q, dtype: dtype), dim, keepdim, interpolation, ignoringNaN: true, op: #function)
  }

  /// Quantiles of the elements that are not NaN, for each number of `q`; NaN where all are.
  ///
  /// - Parameters:
  ///   - q: 0-d or 1-d, of this tensor's dtype, from 0 to 1. A 1-d `q` puts its dimension in front
  ///     of the result. It gets a gradient, too.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - keepdim: whether the dimension stays, with size 1; all of them do if `dim` is nil.
  ///   - interpolation: the value for a rank between two elements.
  public func nanquantile(
    _ q: Tensor, dim: Int? = nil, keepdim: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    quantile(q, dim, keepdim, interpolation, ignoringNaN: true, op: #function)
  }

  private func quantile(
    _ q: Tensor, _ dim: Int?, _ keepdim: Bool, _ interpolation: QuantileInterpolation,
    ignoringNaN: Bool, op: StaticString
  ) -> Tensor {
    checkQuantile(q, op: op)
    let d = dim.map { shape.dimension($0, op: op) }
    let over = ndim == 0 ? [] : d.map { [$0] } ?? Array(shape.indices)
    // [kept, n] in order, and the ranks of all quantiles for each row: [kept, quantiles].
    let rows = (d == nil || ndim == 0 ? flatten() : movedim([d!], [-1]))
    let sorted = rows.sort().values
    let isNaN = sorted.isnan()
    let last = sorted.size(-1) - 1
    var ranks = q.reshape([q.numel])
    if ignoringNaN {
      let count = isNaN.logicalNot().sum(dim: -1, keepdim: true).to(dtype)
      ranks = ranks * (count - 1).clampMin(0)
    } else {
      // NaN sorts last.
      ranks = Autograd.where(isNaN.any(dim: -1, keepdim: true), Double(last), ranks * Double(last))
    }
    let found = sorted.interpolated(at: ranks, interpolation)

    let target = (q.ndim == 0 ? [] : [q.numel]) + reducedShape(over, keepdim: keepdim)
    return found.movedim([-1], [0]).reshape(target)
  }

  /// The elements of these sorted rows at `ranks` of the last dimension.
  private func interpolated(at ranks: Tensor, _ interpolation: QuantileInterpolation) -> Tensor {
    func elements(_ ranks: Tensor) -> Tensor { gather(dim: -1, index: ranks.to(.int64)) }
    switch interpolation {
    case .lower: return elements(ranks.floor())
    case .higher: return elements(ranks.ceil())
    case .nearest: return elements(ranks.round())
    case .midpoint: return elements(ranks.floor()).lerp(elements(ranks.ceil()), 0.5)
    case .linear:
      let below = ranks.detach().floor()
      return elements(below).lerp(elements(ranks.ceil()), ranks - below)
    }
  }

  private func checkQuantile(_ q: Tensor, op: StaticString) {
    requireFloating(op: op)
    require(
      numel > 0, "\(opName(op)): the shape \(shape) has no elements, so no quantile is defined")
    require(
      q.dtype == dtype,
      "\(opName(op)): q is \(q.dtype), but the tensor is \(dtype); cast it with to(.\(dtype))")
    require(
      q.ndim <= 1,
      "\(opName(op)): q must be 0-d or 1-d, but its shape is \(q.shape); flatten() it")
    if let wrong = q.array(of: Double.self).first(where: { !($0 >= 0 && $0 <= 1) }) {
      fail("\(opName(op)): q must be in 0…1, but it contains \(wrong)")
    }
  }
}
