// Reading elements at index tensors. The indices may have any integer dtype; they are checked, also
// in release builds.

// MARK: - Along a dimension, element by element

extension Tensor {
  /// Elements gathered along dimension `dim`: for two dimensions and `dim` 0,
  /// `y[i, j] = x[index[i, j], j]`.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: with as many dimensions as this tensor, and no larger sizes except in `dim`; the
  ///     result has its shape. Negative indices are errors.
  public func gather(dim: Int, index: Tensor) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    if index.numel > 0 { checkFit(of: index, d, op: #function) }
    return taken(at: Places(along: d, index, in: shape, op: #function), op: #function)
  }

  /// The elements at `indices` along dimension `dim`; the other dimensions broadcast. Without
  /// `dim`, the elements at positions in row-major order, as a 1-d tensor.
  ///
  /// Negative indices count from the end.
  public func takeAlongDim(_ indices: Tensor, dim: Int? = nil) -> Tensor {
    guard let dim else { return flatten().takeAlongDim(indices.flatten(), dim: 0) }
    let d = shape.dimension(dim, op: #function)
    require(
      indices.ndim == ndim,
      """
      takeAlongDim: the indices, of shape \(indices.shape), need as many dimensions as the tensor, \
      of shape \(shape); unsqueeze or reshape them
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
    let places = Places(along: d, indices, target: own, in: target, wraps: true, op: #function)
    return x.taken(at: places, op: #function)
  }

  /// Stops unless `index` has as many dimensions as this tensor, and no larger sizes except in
  /// `dim`.
  func checkFit(of index: Tensor, _ dim: Int, op: StaticString) {
    require(
      Swift.max(index.ndim, 1) == Swift.max(ndim, 1)
        && shape.indices.allSatisfy { $0 == dim || index.shape[$0] <= shape[$0] },
      """
      \(opName(op)): the index, of shape \(index.shape), does not fit the shape \(shape) along \
      dimension \(dim); it needs as many dimensions, and no larger sizes except there
      """)
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
    indexSelect(dim: dim, index: index, op: #function)
  }

  /// ``indexSelect(dim:index:)`` as a part of `op`.
  package func indexSelect(dim: Int, index: Tensor, op: StaticString) -> Tensor {
    taken(at: slices(dim, index, op: op), op: op)
  }

  /// The places of the slices at `index` along dimension `dim`.
  func slices(_ dim: Int, _ index: Tensor, wraps: Bool = false, op: StaticString) -> Places {
    let d = shape.dimension(dim, op: op)
    require(
      index.ndim <= 1,
      "\(opName(op)): the index must be 0-d or 1-d, but it has shape \(index.shape); flatten() it"
    )
    require(
      ndim > 0 || index.numel == 1,
      "\(opName(op)): a 0-d tensor has one slice, but there are \(index.numel) indices")
    // A 0-d tensor has one slice; a 0-d index selects it and adds no dimension.
    let index = index.reshape(ndim == 0 ? [] : [index.numel])
    let pick = Pick(dims: d..<d + 1, index: index)
    return Places([pick], in: ndim == 0 ? [1] : shape, wraps: wraps, op: op)
  }

  /// The elements at positions in row-major order, in the shape of `index`.
  ///
  /// Negative indices count from the end.
  public func take(_ index: Tensor) -> Tensor {
    taken(at: flatPlaces(index, op: #function), op: #function)
  }

  /// The places of the row-major positions `index`, which count from the end if negative.
  func flatPlaces(_ index: Tensor, op: StaticString) -> Places {
    let sizes = ndim == 0 ? [1] : shape
    return Places([Pick(dims: sizes.indices, index: index)], in: sizes, wraps: true, op: op)
  }
}

// MARK: - Indices

extension Tensor {
  /// The coordinates of the elements that are not zero, a row each: int64, of shape [count, ndim].
  ///
  /// PyTorch also calls this `argwhere`. `nonzero().unbind(dim: 1)` gives the indices of each
  /// dimension, as `as_tuple=True` does in PyTorch.
  public func nonzero() -> Tensor {
    let positions = positionsOfTrue().array(of: Int.self)
    let strides = Layout.rowMajorStrides(shape)
    return Tensor(writing: [positions.count, ndim]) { (rows: UnsafeMutableBufferPointer<Int64>) in
      for (i, position) in positions.enumerated() {
        for d in shape.indices { rows[i * ndim + d] = Int64(position / strides[d] % shape[d]) }
      }
    }
  }
}
