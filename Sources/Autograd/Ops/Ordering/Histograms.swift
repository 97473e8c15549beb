// Histograms, and binary search in sorted sequences. Not differentiable.

// MARK: - Counts

extension Tensor {
  /// The number of occurrences of each integer from 0 on, or the sum of their weights.
  ///
  /// - Parameters:
  ///   - weights: of this tensor's shape; nil counts each as 1.
  ///   - minlength: the minimum length of the result.
  /// - Returns: a 1-d tensor, one longer than the largest element; int64, or the type of the
  ///   weights, if that is floating-point, else float64. Of no elements int64 zeros, as in PyTorch,
  ///   also with weights.
  public func bincount(weights: Tensor? = nil, minlength: Int = 0) -> Tensor {
    require(
      dtype.category == .integer,
      "bincount: the tensor must hold integers, but it is \(dtype); cast it with to(.int64)")
    require(
      ndim == 1, "bincount: the tensor must be 1-d, but its shape is \(shape); flatten() it")
    require(minlength >= 0, "bincount: minlength must not be negative, but it is \(minlength)")
    requireMemory(for: [minlength], .int64, op: #function)
    require(
      weights == nil || weights!.shape == shape,
      "bincount: weights of shape \(weights?.shape ?? []) do not fit the shape \(shape)")
    return noGrad {
      if numel == 0 { return Tensor.zeros([minlength], dtype: .int64) }
      let (least, greatest) = (amin().item(as: Int.self), amax().item(as: Int.self))
      require(
        least >= 0, "bincount: the integers must not be negative, but one is \(least)")
      let size = Swift.max(minlength, greatest == .max ? greatest : greatest + 1)
      requireMemory(for: [size], .int64, op: #function)
      let ones = Tensor.full([], 1).expand(shape)
      let type = weights.map { $0.dtype.isFloatingPoint ? $0.dtype : .float64 } ?? .int64
      let source = (weights ?? ones).to(type)
      return Tensor.zeros([size], dtype: type).scatterAdd(dim: 0, index: self, src: source)
    }
  }

  /// The number of elements in each of `bins` bins of equal width from `min` to `max`; the last
  /// includes `max`. Elements outside, and NaN, are not counted.
  ///
  /// The tensor must be floating-point.
  ///
  /// - Parameters:
  ///   - bins: how many.
  ///   - min: the lower edge of the first bin.
  ///   - max: the upper edge of the last bin. If it equals `min`, the extremes of the elements are
  ///     used.
  /// - Returns: a 1-d tensor of this tensor's type.
  public func histc(bins: Int = 100, min: Double = 0, max: Double = 0) -> Tensor {
    requireFloating(op: #function)
    require(bins > 0, "histc: bins must be at least 1, but it is \(bins)")
    requireMemory(for: [bins], .int64, op: #function)
    return noGrad {
      var (low, high) = (Tensor.full([], min, dtype: dtype), Tensor.full([], max, dtype: dtype))
      if min == max, numel > 0 { (low, high) = aminmax() }
      let range = (low.item(), high.item())
      require(
        range.0.isFinite && range.1.isFinite,
        "histc: the range must be finite, but it is \(range.0) … \(range.1); give min and max")
      require(range.0 <= range.1, "histc: min must not exceed max, but they are \(min) and \(max)")
      if range.0 == range.1 { (low, high) = (low - 1, high + 1) }
      var counted = maskedSelect(ge(low).logicalAnd(le(high)))
      if (high.item() - low.item()) * Double(bins) > Double(Float.greatestFiniteMagnitude) {
        // The products would overflow in float32.
        (counted, low, high) = (counted.to(.float64), low.to(.float64), high.to(.float64))
      }
      let bin = ((counted - low) * bins / (high - low)).to(.int64).clampMax(bins - 1)
      return Tensor.filled([bins], .int(0), .int64, op: #function)
        .scatterAdd(dim: 0, index: bin, src: .onesLike(bin)).to(dtype)
    }
  }
}

// MARK: - Search

/// The indices in sorted sequences at which `values` can be inserted without breaking the order.
///
/// NaN sorts after every number.
///
/// - Parameters:
///   - sortedSequence: 1-d, or of the shape of `values` except in the last dimension, along which
///     the sequences ascend.
///   - values: of any shape if there is one sequence.
///   - outInt32: whether the result is int32, not int64.
///   - right: whether a value is inserted after equal elements rather than before them; PyTorch's
///     `side`.
///   - sorter: the indices that sort the sequences, as from
///     ``Tensor/argsort(dim:descending:stable:)``, if they are not sorted.
/// - Returns: the indices, of the shape of `values`.
public func searchsorted(
  _ sortedSequence: Tensor, _ values: Tensor, outInt32: Bool = false, right: Bool = false,
  sorter: Tensor? = nil
) -> Tensor {
  let shape = sortedSequence.shape
  sortedSequence.requireDimensions(atLeast: 1, op: #function)
  require(
    shape.count == 1
      || (shape.count == values.ndim && shape.dropLast() == values.shape.dropLast()),
    """
    searchsorted: sequences of shape \(shape) do not fit values of shape \(values.shape); their \
    sizes must agree except the last, or the sequence must be 1-d
    """)
  if let sorter {
    require(
      sorter.shape == shape && sorter.dtype.category == .integer,
      """
      searchsorted: the sorter, \(sorter.dtype) of shape \(sorter.shape), does not fit \
      sequences of shape \(shape); give the indices of argsort()
      """)
    if sorter.numel > 0 {
      let (first, last) = sorter.aminmax()
      require(
        first.item(as: Int.self) >= 0 && last.item(as: Int.self) < shape.last!,
        """
        searchsorted: the sorter has indices from \(first.item(as: Int.self)) to \
        \(last.item(as: Int.self)), but a sequence \(shape.last!) elements
        """)
    }
  }
  return noGrad {
    let dtype = DType.promote(sortedSequence.dtype, values.dtype)
    let rows = Layout.count(of: Array(shape.dropLast()))
    func matrix(_ x: Tensor, _ dtype: DType, _ columns: Int) -> Tensor {
      x.alias().cast(to: dtype).reshape([rows, columns]).compacted()
    }
    let columns = shape.count == 1 ? values.numel : values.shape.last!
    let points = matrix(sortedSequence, dtype, shape.last!).insertionPoints(
      of: matrix(values, dtype, columns), sorter: sorter.map { matrix($0, .int64, shape.last!) },
      right: right)
    return points.reshape(values.shape).to(outInt32 ? .int32 : .int64)
  }
}

/// The index in a sorted sequence at which a number can be inserted without breaking the order:
/// 0-d.
///
/// The parameters are those of ``searchsorted(_:_:outInt32:right:sorter:)-(Tensor,Tensor,_,_,_)``.
public func searchsorted(
  _ sortedSequence: Tensor, _ value: some TensorScalar, outInt32: Bool = false,
  right: Bool = false, sorter: Tensor? = nil
) -> Tensor {
  let promoted = value.scalar.promoted(with: sortedSequence.dtype)
  // An integer in int64, which the common dtype then is: a uint8 is never equal to 300.
  let number = Tensor(value.scalar, as: promoted.category == .integer ? .int64 : promoted)
  return searchsorted(
    sortedSequence, number, outInt32: outInt32, right: right, sorter: sorter)
}

/// The indices of the buckets that hold the elements of `input`, between `boundaries` in ascending
/// order: bucket i is boundaries[i − 1] < x ≤ boundaries[i], or if `right`, boundaries[i − 1] ≤ x <
/// boundaries[i].
///
/// NaN is in the last one.
///
/// - Parameters:
///   - input: of any shape.
///   - boundaries: 1-d.
///   - outInt32: whether the result is int32, not int64.
///   - right: which bucket a boundary belongs to.
public func bucketize(
  _ input: Tensor, _ boundaries: Tensor, outInt32: Bool = false, right: Bool = false
) -> Tensor {
  require(
    boundaries.ndim == 1,
    "bucketize: boundaries must be 1-d, but their shape is \(boundaries.shape); flatten() them")
  return named(#function) { searchsorted(boundaries, input, outInt32: outInt32, right: right) }
}
