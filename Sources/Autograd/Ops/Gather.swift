// Reading and writing at places that tensors of indices name. The indices may have any integer dtype;
// they are checked, also in release builds.

// MARK: - Along a dimension, element by element

extension Tensor {
  /// Elements picked along dimension `dim`: for two dimensions and `dim` 0,
  /// `y[i, j] = x[index[i, j], j]`.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: as many dimensions as this tensor, of sizes no larger but in `dim`; the result
  ///     has its shape. Negative indices are errors.
  public func gather(dim: Int, index: Tensor) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    if index.numel > 0 { checkFit(of: index, d, op: #function) }
    return taken(at: Places(along: d, index, in: shape, op: #function), op: #function)
  }

  /// A copy with `src` written along dimension `dim`: for two dimensions and `dim` 0,
  /// `y[index[i, j], j] = src[i, j]`. Where indices meet, the last one counts, and each is handed its
  /// share of the gradient all the same.
  ///
  /// - Parameters:
  ///   - index: as many dimensions as this tensor, of sizes no larger but in `dim`. Negative indices
  ///     are errors.
  ///   - src: of this tensor's dtype, in no dimension smaller than `index`; the rest is not read.
  ///   - dim: the dimension, counted from the end if negative.
  public func scatter(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return replaced(by: cropped(src, index, op: #function), at: places, op: #function)
  }

  /// A copy with `value` written along dimension `dim` at the places of `index`.
  public func scatter<S: TensorScalar>(dim: Int, index: Tensor, value: S) -> Tensor {
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return replaced(by: .full([], value, dtype: dtype), at: places, op: #function)
  }

  /// A copy with `src` added along dimension `dim`: for two dimensions and `dim` 0,
  /// `y[index[i, j], j] += src[i, j]`. Where indices meet, all is added.
  ///
  /// The shapes are those of ``scatter(dim:index:src:)``.
  public func scatterAdd(dim: Int, index: Tensor, src: Tensor) -> Tensor {
    guard let places = scatterPlaces(dim, index, op: #function) else { return clone() }
    return added(cropped(src, index, op: #function), at: places, op: #function)
  }

  /// The elements at `indices` along dimension `dim`; the other dimensions broadcast. Without `dim`, at
  /// places in row-major order, as a 1-d tensor.
  ///
  /// Negative indices count from the end.
  public func takeAlongDim(_ indices: Tensor, dim: Int? = nil) -> Tensor {
    guard let dim else { return flatten().takeAlongDim(indices.flatten(), dim: 0) }
    let d = shape.dimension(dim, op: #function)
    require(
      indices.ndim == ndim,
      """
      takeAlongDim: the indices, of shape \(indices.shape), have not as many dimensions as the shape \
      \(shape); unsqueeze or reshape them
      """)
    var target = shape
    var own = indices.shape
    if ndim > 0 {
      (target[d], own[d]) = (1, 1)
      target = broadcastShape(target, own, op: #function)
      own = target
      (target[d], own[d]) = (shape[d], indices.shape[d])
    }
    let x = target == shape ? self : expand(target)
    let places = Places(
      along: d, indices.expand(own), in: target, wraps: true, op: #function)
    return x.taken(at: places, op: #function)
  }

  private func scatterPlaces(_ dim: Int, _ index: Tensor, op: StaticString) -> Places? {
    let d = shape.dimension(dim, op: op)
    if index.numel == 0 { return nil }
    checkFit(of: index, d, op: op)
    return Places(along: d, index, in: shape, op: op)
  }

  private func checkFit(of index: Tensor, _ dim: Int, op: StaticString) {
    require(
      Swift.max(index.ndim, 1) == Swift.max(ndim, 1)
        && shape.indices.allSatisfy { $0 == dim || index.shape[$0] <= shape[$0] },
      """
      \(opName(op)): the index, of shape \(index.shape), does not fit the shape \(shape) along dimension \
      \(dim); it needs as many dimensions, and no larger sizes but there
      """)
  }

  /// The part of `src` that `index` covers.
  private func cropped(_ src: Tensor, _ index: Tensor, op: StaticString) -> Tensor {
    require(
      src.dtype == dtype,
      "\(opName(op)): src is \(src.dtype), but the tensor is \(dtype); cast it with to(.\(dtype))")
    require(
      Swift.max(src.ndim, 1) == Swift.max(index.ndim, 1)
        && zip(src.shape, index.shape).allSatisfy { $0 >= $1 },
      """
      \(opName(op)): src, of shape \(src.shape), does not cover the index, of shape \(index.shape); it \
      needs as many dimensions, and no smaller sizes
      """)
    if src.shape == index.shape { return src }
    let shape = index.shape
    return src.window(op: op) { whole in
      shape.indices.reduce(whole) { $0.sliced($1, start: 0, length: shape[$1]) }
    }
  }
}

// MARK: - Along a dimension, slice by slice

extension Tensor {
  /// The slices at `index` along dimension `dim`, in that order: rows of an embedding with `dim` 0.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: 0-d or 1-d. Negative indices are errors.
  public func indexSelect(dim: Int, index: Tensor) -> Tensor {
    taken(at: slices(dim, index, op: #function), op: #function)
  }

  /// A copy with the slices of `source` added at `index` along dimension `dim`. Where indices meet, all
  /// is added.
  ///
  /// - Parameters:
  ///   - index: 0-d or 1-d. Negative indices are errors.
  ///   - source: of this tensor's shape and dtype, but with as many slices as there are indices.
  ///   - dim: the dimension, counted from the end if negative.
  public func indexAdd(dim: Int, index: Tensor, source: Tensor) -> Tensor {
    let places = slices(dim, index, op: #function)
    require(
      source.shape == places.shape && source.dtype == dtype,
      """
      indexAdd: the source has shape \(source.shape) and dtype \(source.dtype), but \(index.numel) \
      indices need the shape \(places.shape) and dtype \(dtype)
      """)
    return added(source, at: places, op: #function)
  }

  private func slices(_ dim: Int, _ index: Tensor, op: StaticString) -> Places {
    let d = shape.dimension(dim, op: op)
    require(
      index.ndim <= 1,
      "\(opName(op)): the index has one dimension, but this one has shape \(index.shape); flatten() it"
    )
    require(
      ndim > 0 || index.numel == 1,
      "\(opName(op)): a 0-d tensor has one slice, but there are \(index.numel) indices")
    let index = index.reshape([index.numel])
    let places = Places(
      [Pick(dims: d..<d + 1, index: index)], in: ndim == 0 ? [1] : shape, wraps: false, op: op)
    return ndim == 0 ? Places(offsets: places.offsets, row: 1, shape: []) : places
  }

  /// The elements at places counted in row-major order, in the shape of `index`.
  ///
  /// Negative indices count from the end.
  public func take(_ index: Tensor) -> Tensor {
    let pick = Pick(dims: 0..<1, index: index)
    return taken(at: Places([pick], in: [numel], wraps: true, op: #function), op: #function)
  }
}

// MARK: - Indices

extension Tensor {
  /// The coordinates of the elements that are not zero, a row each: int64, of shape [count, ndim].
  public func nonzero() -> Tensor {
    let positions = positionsOfTrue().array(of: Int.self)
    let strides = Layout.rowMajorStrides(shape)
    let y = Tensor(uninitialized: [positions.count, ndim], .int64)
    let rows = y.elements(as: Int64.self)
    for (i, position) in positions.enumerated() {
      for d in shape.indices { rows[i * ndim + d] = Int64(position / strides[d] % shape[d]) }
    }
    return y
  }

  /// Where the elements that are not zero stand in row-major order: int64, 1-d.
  func positionsOfTrue() -> Tensor {
    let truth = cast(to: .bool).compacted()
    return withExtendedLifetime(truth) {
      let flags = truth.elements(as: Bool.self)
      let y = Tensor(uninitialized: [flags.count { $0 }], .int64)
      let positions = y.elements(as: Int64.self)
      var next = 0
      for i in flags.indices where flags[i] {
        positions[next] = Int64(i)
        next += 1
      }
      return y
    }
  }
}

/// Vectors of zeros with a 1 at each index of `x`: int64, of shape `x.shape + [numClasses]`.
///
/// - Parameters:
///   - x: the tensor.
///   - numClasses: by default one more than the largest index.
public func oneHot(_ x: Tensor, numClasses: Int? = nil) -> Tensor {
  require(
    x.dtype.category == .integer, "oneHot: classes are integers, but the tensor is \(x.dtype)")
  require(
    x.numel > 0 || numClasses != nil, "oneHot: an empty tensor names no classes; pass numClasses")
  let classes = numClasses ?? (x.array(of: Int.self).max()! &+ 1)
  require(
    classes > 0 || (classes == 0 && x.numel == 0),
    "oneHot: classes are counted from 0, but there are to be \(classes)")
  let y = Tensor.zeros(x.shape + [classes], dtype: .int64)
  return y.scatter(dim: -1, index: x.unsqueeze(-1), value: 1)
}
