// Counts of values, and where values belong in sorted sequences. Nothing is recorded.

// MARK: - Counts

extension Tensor {
  /// How often each integer from 0 on occurs, or the sums of the weights where it does.
  ///
  /// - Parameters:
  ///   - weights: of this tensor's shape; nil counts.
  ///   - minlength: the least length of the result.
  /// - Returns: a 1-d tensor, one longer than the largest element; int64, or the type of the
  ///   weights, if that is floating-point, else float64.
  public func bincount(weights: Tensor? = nil, minlength: Int = 0) -> Tensor {
    require(
      dtype.category == .integer,
      "bincount: integers are counted, but the tensor is \(dtype); cast it with to(.int64)")
    require(
      ndim == 1, "bincount: the tensor has one dimension, but the shape is \(shape); flatten() it")
    require(minlength >= 0, "bincount: minlength is not negative, but it is \(minlength)")
    require(
      weights == nil || weights!.shape == shape,
      "bincount: weights of shape \(weights?.shape ?? []) do not fit the shape \(shape)")
    return noGrad {
      var size = minlength
      if numel > 0 {
        let (least, greatest) = aminmax()
        require(
          least.item(as: Int.self) >= 0,
          "bincount: integers from 0 on are counted, but \(least.item(as: Int.self)) is among them")
        size = Swift.max(size, greatest.item(as: Int.self) + 1)
      }
      let ones = Tensor.full([], 1).expand(shape)
      let type = weights.map { $0.dtype.isFloatingPoint ? $0.dtype : .float64 } ?? .int64
      let source = (weights ?? ones).to(type)
      return Tensor.zeros([size], dtype: type).scatterAdd(dim: 0, index: self, src: source)
    }
  }

  /// How many elements fall into each of `bins` bins of equal width from `min` to `max`, the last
  /// of which includes `max`. Elements beyond, and NaN, are not counted.
  ///
  /// The tensor must be floating-point.
  ///
  /// - Parameters:
  ///   - bins: how many.
  ///   - min: where the first bin begins.
  ///   - max: where the last one ends. If it is equal to `min`, both are taken from the elements.
  /// - Returns: a 1-d tensor of this tensor's type.
  public func histc(bins: Int = 100, min: Double = 0, max: Double = 0) -> Tensor {
    requireFloating(op: #function)
    require(bins > 0, "histc: there is at least one bin, but bins is \(bins)")
    return noGrad {
      var (low, high) = (Tensor.full([], min, dtype: dtype), Tensor.full([], max, dtype: dtype))
      if min == max, numel > 0 { (low, high) = aminmax() }
      let range = (low.item(), high.item())
      require(
        range.0.isFinite && range.1.isFinite,
        "histc: a range of finite numbers is needed, not \(range.0) … \(range.1); give min and max")
      require(range.0 <= range.1, "histc: min is \(min), which is not below max, \(max)")
      if range.0 == range.1 { (low, high) = (low - 1, high + 1) }
      let counted = maskedSelect(ge(low).logicalAnd(le(high)))
      let bin = ((counted - low) * bins / (high - low)).to(.int64).clampMax(bins - 1)
      return bin.bincount(minlength: bins).to(dtype)
    }
  }
}

// MARK: - Search

/// The places in sorted sequences where `values` can be put in without breaking the order.
///
/// NaN belongs after everything.
///
/// - Parameters:
///   - sortedSequence: 1-d, or of the shape of `values` but in the last dimension, along which the
///     sequences lie, in ascending order.
///   - values: of any shape if there is one sequence.
///   - outInt32: whether the result is int32, not int64.
///   - right: whether a value belongs after its equals rather than before them; PyTorch's `side`.
///   - sorter: the integers that put the sequences in order, as from
///     ``Tensor/argsort(dim:descending:stable:)``, if they are not.
/// - Returns: the places, of the shape of `values`.
public func searchsorted(
  _ sortedSequence: Tensor, _ values: Tensor, outInt32: Bool = false, right: Bool = false,
  sorter: Tensor? = nil
) -> Tensor {
  let shape = sortedSequence.shape
  require(
    !shape.isEmpty, "searchsorted: a sorted sequence has a dimension, but this one is 0-d")
  require(
    shape.count == 1
      || (shape.count == values.ndim && shape.dropLast() == values.shape.dropLast()),
    """
    searchsorted: sequences of shape \(shape) do not fit values of shape \(values.shape); they have the \
    same sizes but for the last, or there is one sequence, 1-d
    """)
  if let sorter {
    require(
      sorter.shape == shape && sorter.dtype.category == .integer,
      """
      searchsorted: the sorter, \(sorter.dtype) of shape \(sorter.shape), does not fit sequences of shape \
      \(shape); give the indices of argsort()
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

/// The place in a sorted sequence where a number can be put in without breaking the order: 0-d.
///
/// The parameters are those of ``searchsorted(_:_:outInt32:right:sorter:)-(Tensor,Tensor,_,_,_)``.
public func searchsorted(
  _ sortedSequence: Tensor, _ value: some TensorScalar, outInt32: Bool = false,
  right: Bool = false, sorter: Tensor? = nil
) -> Tensor {
  let dtype = value.scalar.promoted(with: sortedSequence.dtype)
  return searchsorted(
    sortedSequence, .full([], value, dtype: dtype), outInt32: outInt32, right: right, sorter: sorter
  )
}

/// The buckets that the elements of `input` fall into, between `boundaries` in ascending order:
/// bucket i is boundaries[i − 1] < x ≤ boundaries[i], or if `right`, boundaries[i − 1] ≤ x <
/// boundaries[i].
///
/// NaN falls into the last one.
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
    "bucketize: boundaries are 1-d, but their shape is \(boundaries.shape); flatten() them")
  return searchsorted(boundaries, input, outInt32: outInt32, right: right)
}
