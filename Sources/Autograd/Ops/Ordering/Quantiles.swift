// Quantiles: elements by rank, with interpolation between ranks.
//
// NaN is greater than every number.

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
      .full([], q, dtype: .float64), dim, keepdim, interpolation, ignoringNaN: false, op: #function)
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
    requireSameType(q, op: #function)
    return quantile(q, dim, keepdim, interpolation, ignoringNaN: false, op: #function)
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
      .full([], q, dtype: .float64), dim, keepdim, interpolation, ignoringNaN: true, op: #function)
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
    requireSameType(q, op: #function)
    return quantile(q, dim, keepdim, interpolation, ignoringNaN: true, op: #function)
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
    var ranks: Tensor
    if ignoringNaN {
      let count = isNaN.logicalNot().sum(dim: -1, keepdim: true)
      ranks = q.quantileRanks((count - 1).clampMin(0), of: last, dtype)
    } else {
      ranks = q.quantileRanks(Tensor(last), of: last, dtype)
      // NaN sorts last.
      ranks = Autograd.where(isNaN.any(dim: -1, keepdim: true), Double(last), ranks)
    }
    let found = sorted.interpolated(at: ranks, interpolation, op: op)

    let target = (q.ndim == 0 ? [] : [q.numel]) + reducedShape(over, keepdim: keepdim)
    return found.movedim([-1], [0]).reshape(target)
  }

  /// The ranks q·`last` of these quantiles q, where no `last` is above `most`.
  ///
  /// Ranks of few elements are multiplied in the tensor's `dtype`, as in PyTorch, so that the rank
  /// 0.1 · 10 is 1. In float32 those of many are not exact.
  func quantileRanks(_ last: Tensor, of most: Int, _ dtype: DType) -> Tensor {
    let type = most < 1 << 20 ? dtype : .float64
    return reshape([numel]).to(type) * last.to(type)
  }

  /// The elements of these sorted rows at `ranks` of the last dimension.
  private func interpolated(
    at ranks: Tensor, _ interpolation: QuantileInterpolation, op: StaticString
  ) -> Tensor {
    func elements(_ ranks: Tensor) -> Tensor {
      taken(at: Places(along: ndim - 1, ranks.to(.int64), in: shape, op: op), op: op)
    }
    switch interpolation {
    case .lower: return elements(ranks.floor())
    case .higher: return elements(ranks.ceil())
    case .nearest: return elements(ranks.round())
    case .midpoint: return elements(ranks.floor()).lerp(elements(ranks.ceil()), 0.5)
    case .linear:
      let below = ranks.detach().floor()
      return elements(below).lerp(elements(ranks.ceil()), (ranks - below).to(dtype))
    }
  }

  private func checkQuantile(_ q: Tensor, op: StaticString) {
    requireFloating(op: op)
    require(
      numel > 0, "\(opName(op)): the shape \(shape) has no elements, so no quantile is defined")
    require(
      q.ndim <= 1,
      "\(opName(op)): q must be 0-d or 1-d, but its shape is \(q.shape); flatten() it")
    if let wrong = q.array(of: Double.self).first(where: { !($0 >= 0 && $0 <= 1) }) {
      fail("\(opName(op)): q must be in 0…1, but it contains \(wrong)")
    }
  }

  /// Stops unless the quantiles `q` have the dtype of this tensor.
  private func requireSameType(_ q: Tensor, op: StaticString) {
    requireFloating(op: op)
    require(
      q.dtype == dtype,
      "\(opName(op)): q is \(q.dtype), but the tensor is \(dtype); cast it with to(.\(dtype))")
  }
}
