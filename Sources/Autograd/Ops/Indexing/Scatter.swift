// Writing elements at index tensors along a dimension. The indices may have any integer dtype; they
// are checked, also in release builds.

extension Tensor {
  /// A copy with `src` written along dimension `dim`. For two dimensions and `dim` 0:
  /// `y[index[i, j], j] = src[i, j]`. For duplicate indices the last value is kept, yet each of the
  /// values receives the gradient of the element.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: with as many dimensions as this tensor, and no larger sizes except in `dim`.
  ///     Negative indices are errors.
  ///   - src: of this tensor's dtype, in no dimension smaller than `index`; the rest is not read.
  public func scatter(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    let source = cropped(src, index, op: #function)
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return replaced(by: source, at: places, op: #function)
  }

  /// A copy with `value` written along dimension `dim` at the places of `index`.
  public func scatter<S: TensorScalar>(dim: Int, index: Tensor, value: S) -> Tensor {
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return replaced(by: .filled([], value.scalar, dtype, op: #function), at: places, op: #function)
  }

  /// A copy with `src` added along dimension `dim`. For two dimensions and `dim` 0:
  /// `y[index[i, j], j] += src[i, j]`. Duplicate indices accumulate.
  ///
  /// The shapes are those of ``scatter(dim:index:src:)``. The sum of bools is "or".
  public func scatterAdd(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    let source = cropped(src, index, op: #function)
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return added(source, at: places, op: #function)
  }

  /// A copy in which each element is reduced with the elements of `src` whose `index` points to it
  /// along dimension `dim`. For two dimensions and `dim` 0, `src[i, j]` goes to
  /// `y[index[i, j], j]`.
  ///
  /// The shapes are those of ``scatter(dim:index:src:)``. Elements that tie for a minimum or
  /// maximum share its gradient evenly. The derivative of the product is exact where elements are
  /// zero, at every order; PyTorch's second derivative is an error where a product has two zeros.
  ///
  /// PyTorch's `scatter` with `reduce="add"` or `"multiply"` is this with `.sum` or `.prod`, and
  /// has no derivative there.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: where each element of `src` goes. Negative indices are errors.
  ///   - src: what is reduced.
  ///   - reduce: the reduction.
  ///   - includeSelf: whether the element of this tensor is reduced too, where an index points to
  ///     it.
  public func scatterReduce(
    dim: Int, index: Tensor, src: Tensor, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Tensor {
    let source = cropped(src, index, op: #function)
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return scatterReduced(reduce, source, at: places, includeSelf: includeSelf, op: #function)
  }

  private func scatterPlaces(_ dim: Int, _ index: Tensor, op: StaticString) -> Places? {
    let d = shape.dimension(dim, op: op)
    if index.numel == 0 { return nil }
    checkFit(of: index, d, op: op)
    return Places(along: d, index, in: shape, op: op)
  }

  /// The part of `src` that `index` covers.
  private func cropped(_ src: Tensor, _ index: Tensor, op: StaticString) -> Tensor {
    requireSameType(src, "src", op: op)
    if src.shape == index.shape || index.numel == 0 { return src }
    require(
      Swift.max(src.ndim, 1) == Swift.max(index.ndim, 1)
        && zip(src.shape, index.shape).allSatisfy { $0 >= $1 },
      """
      \(opName(op)): src, of shape \(src.shape), does not cover the index, of shape \
      \(index.shape); it needs as many dimensions, and no smaller sizes
      """)
    // One of them may be 0-d, the other of a single dimension.
    if src.ndim != index.ndim { return src.flatten()[..<1].reshape(index.shape) }
    let shape = index.shape
    return src.window(op: op) { whole in
      shape.indices.reduce(whole) { $0.sliced($1, start: 0, length: shape[$1]) }
    }
  }

  /// Stops unless `source`, which messages call `name`, has this tensor's dtype.
  func requireSameType(_ source: Tensor, _ name: String, op: StaticString) {
    require(
      source.dtype == dtype,
      """
      \(opName(op)): \(name) is \(source.dtype), but the tensor is \(dtype); cast it with \
      to(.\(dtype))
      """)
  }
}
