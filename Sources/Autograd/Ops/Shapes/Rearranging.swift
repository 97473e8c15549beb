// Repeating, flipping and rolling: copies with the elements rearranged.

// MARK: - Repeating

extension Tensor {
  /// This tensor repeated along each dimension, as a copy: `count` times along the first, and so
  /// on.
  ///
  /// If there are more counts than dimensions, leading dimensions are added.
  public func `repeat`<S: IntList>(_ count: S, _ more: S...) -> Tensor {
    repeated(count.followed(by: more), op: #function)
  }

  /// This tensor repeated along each dimension, as a copy: `count` times along the first, and so
  /// on.
  ///
  /// If there are more counts than dimensions, leading dimensions are added; if there are fewer,
  /// unlike for `repeat`, they apply to the last dimensions.
  public func tile<S: IntList>(_ count: S, _ more: S...) -> Tensor {
    let counts = count.followed(by: more)
    let ones = Array(repeating: 1, count: Swift.max(0, ndim - counts.count))
    return repeated(ones + counts, op: #function)
  }

  private func repeated(_ counts: [Int], op: StaticString) -> Tensor {
    require(
      counts.count >= ndim && counts.allSatisfy { $0 >= 0 },
      """
      \(opName(op)): the counts \(counts) must not be negative, and there must be one for each \
      dimension of the shape \(shape)
      """)
    let sizes = Array(repeating: 1, count: counts.count - ndim) + shape
    let dims = counts.indices
    let target = dims.map { Layout.count(of: [counts[$0], sizes[$0]], op: op) }
    _ = Layout.count(of: target, op: op)
    let y = reshape(dims.flatMap { [1, sizes[$0]] })
      .expand(dims.flatMap { [counts[$0], sizes[$0]] })
      .reshaped(to: target, op: op)
    return y.sharesStorage(with: self) ? y.clone() : y
  }

  /// Each element, or each slice along dimension `dim`, repeated `repeats` times in a row: `[1, 2]`
  /// becomes `[1, 1, 2, 2]`.
  ///
  /// Without `dim` the tensor is flattened first.
  public func repeatInterleave(_ repeats: Int, dim: Int? = nil) -> Tensor {
    require(
      repeats >= 0, "repeatInterleave: the repeats must not be negative, but they are \(repeats)")
    guard let dim else { return flatten().repeatInterleave(repeats, dim: 0) }
    let d = axis(dim, op: #function)
    let added = unsqueeze(d + 1)
    var wide = added.shape
    wide[d + 1] = repeats
    var target = shape
    target[d] = Layout.count(of: [shape[d], repeats], op: #function)
    _ = Layout.count(of: target, op: #function)
    let y = added.expand(wide).reshaped(to: target, op: #function)
    return y.sharesStorage(with: self) ? y.clone() : y
  }

  /// Each element, or each slice along dimension `dim`, repeated as often as its element of
  /// `repeats` says: with the repeats `[1, 2]`, `[1, 2]` becomes `[1, 2, 2]`.
  ///
  /// Without `dim` the tensor is flattened first.
  ///
  /// - Parameters:
  ///   - repeats: integers, one for each slice, or one for all.
  ///   - dim: the dimension, counted from the end if negative.
  public func repeatInterleave(_ repeats: Tensor, dim: Int? = nil) -> Tensor {
    guard let dim else { return flatten().repeatInterleave(repeats, dim: 0) }
    let d = axis(dim, op: #function)
    require(
      repeats.dtype.category == .integer && repeats.ndim <= 1
        && (repeats.numel == shape[d] || repeats.numel == 1),
      """
      repeatInterleave: the repeats must be integers, one for each of the \(shape[d]) slices along \
      dimension \(d), but they are \(repeats.dtype) and have shape \(repeats.shape)
      """)
    let given = repeats.array(of: Int.self)
    let counts = given.count == 1 ? Array(repeating: given[0], count: shape[d]) : given
    if let wrong = counts.first(where: { $0 < 0 }) {
      fail("repeatInterleave: the repeats must not be negative, but one is \(wrong)")
    }
    let count = sumOfSizes(counts, op: #function)
    let index = Tensor(writing: [count], op: #function) { elements in
      var rest: Slice<UnsafeMutableBufferPointer<Int64>> = elements[...]
      for (i, count) in counts.enumerated() {
        rest.prefix(count).update(repeating: Int64(i))
        rest = rest.dropFirst(count)
      }
    }
    return indexSelect(dim: d, index: index)
  }
}

// MARK: - Flipping

extension Tensor {
  /// The elements in reverse order along the given dimensions, as a copy.
  public func flip<D: IntList>(_ dim: D, _ more: D...) -> Tensor {
    let dims = dim.followed(by: more)
    return flipped(dims.isEmpty ? [] : shape.dimensions(dims, op: #function), op: #function)
  }

  /// The columns in reverse order: ``flip(_:_:)`` of dimension 1.
  public func fliplr() -> Tensor {
    requireDimensions(atLeast: 2, op: #function)
    return flipped([1], op: #function)
  }

  /// The rows in reverse order: ``flip(_:_:)`` of dimension 0.
  public func flipud() -> Tensor {
    requireDimensions(atLeast: 1, op: #function)
    return flipped([0], op: #function)
  }

  private func flipped(_ dims: [Int], op: StaticString) -> Tensor {
    alias(layout.flipped(dims)).copied().wrt(self, op: op) { g in g.flipped(dims, op: op) }
  }

  /// Rotates the plane of the two dimensions `dims` by `k`·90°, from the first towards the second,
  /// as a copy.
  ///
  /// ```swift
  /// Tensor([[1, 2], [3, 4]]).rot90()  // [[2, 4], [1, 3]]
  /// ```
  public func rot90(k: Int = 1, dims: [Int] = [0, 1]) -> Tensor {
    require(
      dims.count == 2 && ndim >= 2,
      """
      rot90: dims must name 2 dimensions of the shape \(shape), but it is \(dims)
      """)
    let plane = shape.dimensions(dims, op: #function)
    return switch k & 3 {
    case 1: flipped([plane[1]], op: #function).transpose(plane[0], plane[1])
    case 2: flipped(plane, op: #function)
    case 3: flipped([plane[0]], op: #function).transpose(plane[0], plane[1])
    default: clone()
    }
  }
}

// MARK: - Rolling

extension Tensor {
  /// The elements shifted by `shifts[i]` along dimension `dims[i]`, as a copy; those shifted beyond
  /// the end reappear at the start. Without `dims` the tensor is flattened for the shift.
  ///
  /// ```swift
  /// x.roll(1, dims: 0)
  /// x.roll([1, -1], dims: [0, 1])
  /// ```
  public func roll(_ shifts: some IntList, dims: some IntList = []) -> Tensor {
    let (shifts, dims) = (shifts.ints, dims.ints)
    if dims.isEmpty, shifts.count == 1 {
      return flatten().roll(shifts, dims: 0).reshape(to: shape)
    }
    require(
      shifts.count == dims.count && !dims.isEmpty,
      "roll: give as many shifts as dims, not \(shifts) and \(dims)")
    var places = [Int](repeating: 0, count: ndim)
    for (shift, dim) in zip(shifts, dims) {
      let d = axis(dim, op: #function)
      // Both are less than the size, so the sum overflows only for a tensor expanded beyond memory.
      if shape[d] > 0 { places[d] = (places[d] + shift % shape[d]) % shape[d] }
    }
    return rolled(zip(places, shape).map { $0 < 0 ? $0 + $1 : $0 })
  }

  /// Shifted by `places[d]`, which is not negative and less than the size, along each dimension d.
  private func rolled(_ places: [Int]) -> Tensor {
    let y = Tensor(uninitialized: layout.compact, dtype)
    copyRolled(layout, y, y.layout, places, from: 0)
    return y.wrt(self, op: "roll") { [shape] g in
      g.rolled(zip(places, shape).map { $0 == 0 ? 0 : $1 - $0 })
    }
  }

  /// Copies the elements of `source` to those of `target` in `y`, shifted along dimension `d` and
  /// those after it: in two parts along each dimension.
  private func copyRolled(
    _ source: Layout, _ y: Tensor, _ target: Layout, _ places: [Int], from d: Int
  ) {
    guard d < ndim else {
      y.alias(target).assign(alias(source))
      return
    }
    let (shift, size) = (places[d], shape[d])
    if shift == 0 {
      copyRolled(source, y, target, places, from: d + 1)
      return
    }
    for (from, to, length) in [(0, shift, size - shift), (size - shift, 0, shift)] {
      copyRolled(
        source.sliced(d, start: from, length: length), y,
        target.sliced(d, start: to, length: length), places, from: d + 1)
    }
  }
}
