// Writing at index tensors: slices along a dimension, positions in row-major order, or what a
// subscript selects. The indices may have any integer dtype; they are checked, also in release
// builds.

// MARK: - Slices along a dimension

extension Tensor {
  /// A copy with `alpha` times the slices of `source` added at `index` along dimension `dim`.
  /// Duplicate indices accumulate; the sum of bools is "or".
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: 0-d or 1-d. Negative indices are errors.
  ///   - source: of this tensor's shape and dtype, but with as many slices as there are indices.
  ///   - alpha: an integer if the tensors hold integers.
  public func indexAdd(
    dim: Int, index: Tensor, source: Tensor, alpha: some TensorScalar = 1
  ) -> Tensor {
    let places = slices(dim, index, op: #function)
    let source = fitted(source, to: places, op: #function)
    requireFactor(alpha.scalar, "alpha", for: dtype, op: #function)
    if alpha.scalar.isOne { return added(source, at: places, op: #function) }
    let scaled = dtype.isFloatingPoint ? source * alpha : source.multiple(alpha.scalar, dtype)
    return added(scaled, at: places, op: #function)
  }

  /// A copy with the slices of `source` written at `index` along dimension `dim`. For duplicate
  /// indices the last value is kept, yet each of the values receives the gradient of the element.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: 0-d or 1-d. Negative indices are errors.
  ///   - source: of this tensor's shape and dtype, but with as many slices as there are indices.
  public func indexCopy(dim: Int, index: Tensor, source: Tensor) -> Tensor {
    let places = slices(dim, index, op: #function)
    return replaced(by: fitted(source, to: places, op: #function), at: places, op: #function)
  }

  /// A copy with the number `value` in the slices at `index` along dimension `dim`.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: 0-d or 1-d; counted from the end if negative.
  ///   - value: converted to this tensor's dtype, which must hold it.
  public func indexFill(dim: Int, index: Tensor, value: some TensorScalar) -> Tensor {
    indexFill(dim: dim, index: index, value: .filled([], value.scalar, dtype, op: #function))
  }

  /// A copy with the element of the 0-d tensor `value` in the slices at `index` along dimension
  /// `dim`.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: 0-d or 1-d; counted from the end if negative.
  ///   - value: converted to this tensor's dtype.
  public func indexFill(dim: Int, index: Tensor, value: Tensor) -> Tensor {
    require(
      value.ndim == 0,
      """
      indexFill: the value must be 0-d, but it has shape \(value.shape); use indexCopy
      """)
    let places = slices(dim, index, wraps: true, op: #function)
    let y = copied()
    y.combine(.put, value, places)
    return y.wrt(self) { g in g.replaced(by: .zeros([], dtype: g.dtype), at: places, op: #function)
    }
    .wrt(value) { [shape] g in
      // Each place once, even if the index contains it several times.
      let isFilled = Tensor.zeros(shape, dtype: .bool)
      isFilled.combine(.put, Tensor(true), places)
      return Autograd.where(isFilled, g, 0).sum()
    }
  }

  /// A copy in which each slice along dimension `dim` is reduced with the slices of `source` whose
  /// `index` points to it.
  ///
  /// Derivatives are those of ``scatterReduce(dim:index:src:reduce:includeSelf:)``.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: where each slice of `source` goes: 0-d or 1-d. Negative indices are errors.
  ///   - source: of this tensor's shape and dtype, but with as many slices as there are indices.
  ///   - reduce: the reduction.
  ///   - includeSelf: whether the slice of this tensor is reduced too, where an index points to it.
  public func indexReduce(
    dim: Int, index: Tensor, source: Tensor, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Tensor {
    let places = slices(dim, index, op: #function)
    let source = fitted(source, to: places, op: #function)
    return scatterReduced(reduce, source, at: places, includeSelf: includeSelf, op: #function)
  }

  /// `source` in the shape of `places`, which it must have unless both hold one element.
  private func fitted(_ source: Tensor, to places: Places, op: StaticString) -> Tensor {
    requireSameType(source, "the source", op: op)
    let isPoint = source.numel == 1 && source.ndim <= 1 && places.shape.count <= 1
    require(
      source.shape == places.shape || (isPoint && places.shape.reduce(1, *) == 1),
      """
      \(opName(op)): the source has shape \(source.shape), but the slices at the indices have \
      \(places.shape)
      """)
    return source.shape == places.shape ? source : source.reshape(places.shape)
  }
}

// MARK: - Single elements

extension Tensor {
  /// A copy with the elements of `source` written at positions in row-major order.
  ///
  /// - Parameters:
  ///   - index: counted from the end if negative.
  ///   - source: of this tensor's dtype, with as many elements as `index`, in any shape.
  ///   - accumulate: whether the elements are added instead. Otherwise, for duplicate indices, the
  ///     last value is kept, yet each of the values receives the gradient of the element.
  public func put(_ index: Tensor, _ source: Tensor, accumulate: Bool = false) -> Tensor {
    requireSameType(source, "the source", op: #function)
    require(
      source.numel == index.numel,
      """
      put: the source, of shape \(source.shape), needs as many elements as the index, of shape \
      \(index.shape)
      """)
    let places = flatPlaces(index, op: #function)
    let source = source.reshape(index.shape)
    return accumulate
      ? added(source, at: places, op: #function) : replaced(by: source, at: places, op: #function)
  }

  /// A copy with `values` written where `indices`, those of a subscript, select: what assigning to
  /// the subscript does in place.
  ///
  /// ```swift
  /// x.indexPut([rows, columns], values, accumulate: true)
  /// ```
  ///
  /// - Parameters:
  ///   - indices: as in a subscript.
  ///   - values: of this tensor's dtype; they broadcast to what is selected.
  ///   - accumulate: whether the values are added instead. Otherwise, for duplicate indices, the
  ///     last value is kept, yet each of the values receives the gradient of the element.
  public func indexPut(
    _ indices: [any TensorIndexing], _ values: Tensor, accumulate: Bool = false
  ) -> Tensor {
    requireSameType(values, "values", op: #function)
    let selection = Selection(indices, in: shape, op: #function)
    let values = values.fitted(to: selection.shape, op: #function)
    return accumulate
      ? added(values, at: selection, op: #function)
      : replaced(by: values, at: selection, op: #function)
  }
}
