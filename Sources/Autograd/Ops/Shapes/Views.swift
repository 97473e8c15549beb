// Views of the same elements in another shape. A view shares the storage, so a change in place is
// visible in both; the ops that may copy instead say so.

// MARK: - Reshaping

extension Tensor {
  /// The same elements in the same order in another shape; a view where the strides allow it, else
  /// a copy.
  ///
  /// One size may be -1, which is inferred from the others.
  @inlinable
  public func reshape<S: IntList>(_ size: S, _ more: S...) -> Tensor {
    reshape(to: size.followed(by: more))
  }

  @usableFromInline
  func reshape(to shape: [Int]) -> Tensor {
    reshaped(to: inferred(shape, op: #function), op: #function)
  }

  /// The same elements in the same order in another shape, without copying; an error where the
  /// strides do not allow that.
  ///
  /// One size may be -1, which is inferred from the others.
  @inlinable
  public func view<S: IntList>(_ size: S, _ more: S...) -> Tensor {
    view(as: size.followed(by: more))
  }

  @usableFromInline
  func view(as shape: [Int]) -> Tensor { viewed(as: shape, op: #function) }

  /// ``view(_:_:)`` as the shape of `other`.
  public func viewAs(_ other: Tensor) -> Tensor { viewed(as: other.shape, op: #function) }

  /// ``reshape(_:_:)`` to the shape of `other`.
  public func reshapeAs(_ other: Tensor) -> Tensor {
    reshaped(to: inferred(other.shape, op: #function), op: #function)
  }

  /// Merges the dimensions from `startDim` to `endDim`, both included, into one; all of them by
  /// default.
  ///
  /// A 0-d tensor becomes a vector of one element. A view where the strides allow it, else a copy.
  public func flatten(startDim: Int = 0, endDim: Int = -1) -> Tensor {
    let sizes = ndim == 0 ? [1] : shape
    let first = sizes.dimension(startDim, op: #function)
    let last = sizes.dimension(endDim, op: #function)
    require(
      first <= last,
      "flatten: startDim \(startDim) comes after endDim \(endDim) in the shape \(shape)")
    let merged = Layout.count(of: Array(sizes[first...last]), op: #function)
    return reshaped(to: sizes[..<first] + [merged] + sizes[(last + 1)...], op: #function)
  }

  /// ``flatten(startDim:endDim:)`` from `startDim` on, as in `flatten(1)`.
  public func flatten(_ startDim: Int, _ endDim: Int = -1) -> Tensor {
    flatten(startDim: startDim, endDim: endDim)
  }

  /// Splits dimension `dim` into dimensions of the given sizes, one of which may be -1, which is
  /// inferred.
  public func unflatten(dim: Int, sizes: [Int]) -> Tensor {
    let d = axis(dim, op: #function)
    require(!sizes.isEmpty, "unflatten: give at least one size for dimension \(d)")
    let parts = Tensor.inferred(sizes, count: shape[d], of: [shape[d]], op: #function)
    return reshaped(to: shape[..<d] + parts + shape[(d + 1)...], op: #function)
  }

  /// Removes every dimension of size 1.
  public func squeeze() -> Tensor {
    reshaped(to: shape.filter { $0 != 1 }, op: #function)
  }

  /// Removes those of the dimensions `dim`, one or several, whose size is 1.
  public func squeeze(_ dim: some IntList) -> Tensor {
    let dims = dim.ints
    let named = dims.isEmpty ? [] : shape.dimensions(dims, op: #function)
    let kept = shape.indices.filter { shape[$0] != 1 || !named.contains($0) }
    return reshaped(to: kept.map { shape[$0] }, op: #function)
  }

  /// Inserts a dimension of size 1 at position `dim`, 0 … ``ndim``; -1 is the end.
  public func unsqueeze(_ dim: Int) -> Tensor {
    require(
      dim >= -ndim - 1 && dim <= ndim,
      """
      unsqueeze: dimension \(dim) is out of range for the shape \(shape); \
      give \(-ndim - 1) … \(ndim)
      """)
    var target = shape
    target.insert(1, at: dim < 0 ? dim + ndim + 1 : dim)
    return reshaped(to: target, op: #function)
  }

  /// ``squeeze(_:)``.
  public func squeeze(dim: some IntList) -> Tensor { squeeze(dim) }

  /// ``unsqueeze(_:)``.
  public func unsqueeze(dim: Int) -> Tensor { unsqueeze(dim) }

  /// This tensor, or a view of shape [1] of a 0-d one.
  public func atleast1d() -> Tensor { ndim >= 1 ? self : reshaped(to: [1], op: #function) }

  /// This tensor, or a view with leading dimensions of size 1 so that it has 2 dimensions.
  public func atleast2d() -> Tensor {
    ndim >= 2 ? self : reshaped(to: [1, numel], op: #function)
  }

  /// This tensor, or a view with 3 dimensions: of shape [1, 1, 1] for a 0-d tensor, [1, n, 1] for a
  /// vector, and [m, n, 1] for a matrix.
  public func atleast3d() -> Tensor {
    switch ndim {
    case 0, 1: reshaped(to: [1, numel, 1], op: #function)
    case 2: reshaped(to: shape + [1], op: #function)
    default: self
    }
  }

  private func viewed(as shape: [Int], op: StaticString) -> Tensor {
    let target = inferred(shape, op: op)
    guard let layout = layout.reshaped(target) else {
      fail(
        """
        \(opName(op)): the shape \(self.shape) with strides \(strides) cannot be viewed as \
        \(target) without copying; use reshape(\(shape))
        """)
    }
    return alias(layout).wrt(self, op: op) { [shape = self.shape] g in g.reshape(shape) }
      .asView(of: self)
  }

  func reshaped(to target: [Int], op: StaticString) -> Tensor {
    let view = layout.reshaped(target)
    let y = view.map { alias($0) } ?? copied(op: op).alias(Layout(target))
    y.wrt(self, op: op) { [shape] g in g.reshape(shape) }
    return view == nil ? y : y.asView(of: self)
  }

  /// `target` with its -1 replaced by the inferred size.
  func inferred(_ target: [Int], op: StaticString) -> [Int] {
    Tensor.inferred(target, count: numel, of: shape, op: op)
  }

  private static func inferred(
    _ target: [Int], count: Int, of shape: [Int], op: StaticString
  ) -> [Int] {
    require(
      target.allSatisfy { $0 >= -1 },
      "\(opName(op)): sizes must not be negative, except one -1, but the shape is \(target)")
    var result = target
    if let d = target.firstIndex(of: -1) {
      result.remove(at: d)
      require(
        !result.contains(-1), "\(opName(op)): only one size can be -1, but the shape is \(target)")
      let rest = Layout.count(of: result, op: op)
      require(
        rest != 0 && count % rest == 0,
        """
        \(opName(op)): the -1 in \(target) cannot be inferred from the shape \(shape), of \
        \(count) elements
        """)
      result.insert(count / rest, at: d)
    }
    require(
      Layout.count(of: result, op: op) == count,
      "\(opName(op)): the shape \(target) does not fit the \(count) elements of the shape \(shape)"
    )
    return result
  }
}

// MARK: - Reordering dimensions

extension Tensor {
  /// The dimensions reordered: dimension i of the result is the i-th given one, as in
  /// `permute(2, 0, 1)` and `permute([2, 0, 1])`.
  @inlinable
  public func permute<D: IntList>(_ dim: D, _ more: D...) -> Tensor {
    permute(to: dim.followed(by: more))
  }

  @usableFromInline
  func permute(to dims: [Int]) -> Tensor {
    let order = dims.map { shape.dimension($0, op: #function) }
    require(
      order.count == ndim && Set(order).count == ndim,
      "permute: \(dims) must contain each dimension of the shape \(shape) once")
    return permuted(order, op: #function)
  }

  /// The dimensions `dim0` and `dim1` swapped.
  public func transpose(_ dim0: Int, _ dim1: Int) -> Tensor {
    let a = shape.dimension(dim0, op: #function)
    let b = shape.dimension(dim1, op: #function)
    return exchanged(a, b, op: #function)
  }

  /// The transposed matrix; a tensor of fewer than 2 dimensions is returned as a view of the same
  /// shape. For a batch of matrices use ``mT``.
  ///
  /// PyTorch's `t()`. (There `T` also reverses more dimensions, which is deprecated.)
  public var T: Tensor {
    require(
      ndim <= 2,
      """
      T: the tensor must have at most 2 dimensions, but its shape is \(shape); \
      use mT for a batch of matrices, or permute
      """)
    return exchanged(0, Swift.max(ndim - 1, 0), op: #function)
  }

  /// The transposed matrices: the last two dimensions swapped.
  public var mT: Tensor {
    requireDimensions(atLeast: 2, op: #function)
    return exchanged(ndim - 2, ndim - 1, op: #function)
  }

  /// Moves the dimensions `source`, one or several, to the positions `destination`; the others keep
  /// their order.
  public func movedim(_ source: some IntList, _ destination: some IntList) -> Tensor {
    let (source, destination) = (source.ints, destination.ints)
    require(
      source.count == destination.count,
      """
      movedim: source and destination must be equally many, but they are \(source) and \
      \(destination)
      """)
    for dim in source + destination { requireDimension(dim, op: #function) }
    if source.isEmpty || ndim == 0 { return permuted(Array(shape.indices), op: #function) }
    let from = shape.dimensions(source, op: #function)
    let to = shape.dimensions(destination, op: #function)
    var others = shape.indices.filter { !from.contains($0) }[...]
    let order = shape.indices.map { d in
      to.firstIndex(of: d).map { from[$0] } ?? others.removeFirst()
    }
    return permuted(order, op: #function)
  }

  private func exchanged(_ a: Int, _ b: Int, op: StaticString) -> Tensor {
    alias(layout.exchanged(a, b)).wrt(self, op: op) { g in g.exchanged(a, b, op: op) }
      .asView(of: self)
  }

  private func permuted(_ order: [Int], op: StaticString) -> Tensor {
    alias(layout.permuted(order)).wrt(self, op: op) { g in
      var inverse = order
      for (i, d) in order.enumerated() { inverse[d] = i }
      return g.permuted(inverse, op: op)
    }
    .asView(of: self)
  }
}

// MARK: - Broadcasting

extension Tensor {
  /// Broadcasts dimensions of size 1, and adds leading dimensions, without copying. A size of -1
  /// keeps the dimension as it is.
  @inlinable
  public func expand<S: IntList>(_ size: S, _ more: S...) -> Tensor {
    expand(to: size.followed(by: more))
  }

  @usableFromInline
  func expand(to shape: [Int]) -> Tensor {
    let added = shape.count - ndim
    require(
      added >= 0, "expand: the shape \(shape) has fewer dimensions than the tensor, \(self.shape)")
    let target = shape.indices.map { d in
      shape[d] == -1 && d >= added ? self.shape[d - added] : shape[d]
    }
    require(
      target.allSatisfy { $0 >= 0 },
      "expand: \(shape) has a negative size; -1 is allowed only for dimensions that the tensor has")
    require(
      self.shape.indices.allSatisfy { self.shape[$0] == 1 || self.shape[$0] == target[$0 + added] },
      "expand: the shape \(self.shape) does not broadcast to \(shape); only sizes of 1 can grow")
    return alias(layout.broadcast(to: target, op: #function)).wrt(self) { g in g }
      .asView(of: self)
  }

  /// This tensor broadcast to the shape of `other`, without copying.
  public func expandAs(_ other: Tensor) -> Tensor { named(#function) { expand(other.shape) } }
}

// MARK: - Copies

extension Tensor {
  /// A contiguous copy; differentiable.
  public func clone() -> Tensor { copied(op: #function).wrt(self) { g in g } }

  /// The elements in row-major order; this tensor itself if they are contiguous already, else a
  /// copy.
  public func contiguous() -> Tensor { isContiguous ? self : clone() }

  /// The elements converted to `dtype`; this tensor itself if it has that dtype.
  public func to(_ dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let y = cast(to: dtype)
    // The engine casts the gradient back. Integers have no gradient.
    return dtype.isFloatingPoint ? y.wrt(self) { g in g } : y
  }
}
