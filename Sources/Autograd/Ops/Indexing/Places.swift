// Where an indexed op reads or writes, computed once, and the ops that every indexed read and write
// is built on. Each of them is written with the others, so that every order of derivative exists.

/// The elements of a tensor, the whole, that indices select along one of its dimensions, or along
/// several adjacent dimensions flattened into one.
struct Places {
  /// The shape of what is read or written: the list.
  let shape: [Int]
  /// The shape of the whole; [1] for a 0-d tensor.
  private let whole: [Int]
  /// The dimensions of the whole that are indexed.
  private let counted: Range<Int>
  /// The shape of the list with the dimensions that come from the indices as one, number
  /// `counted.lowerBound`.
  private let loopShape: [Int]
  /// Checked, int64; broadcasts to `loopShape`. (It may be the caller's, who must not change it
  /// before the backward pass.)
  private let index: Saved
}

// MARK: - From index tensors

/// An index tensor and the dimensions, flattened into one, that it indexes.
struct Pick {
  let dims: Range<Int>
  let index: Tensor
}

extension Places {
  /// The elements of a tensor of shape `shape` that `picks` choose from neighbouring dimensions.
  /// The dimensions of the indices, broadcast together, take the place of those.
  ///
  /// - Parameter wraps: whether a negative index counts from the end.
  init(_ picks: [Pick], in shape: [Int], wraps: Bool, op: StaticString) {
    let counted = picks[0].dims.lowerBound..<picks[picks.count - 1].dims.upperBound
    let picked = picks.reduce([]) { broadcastShape($0, $1.index.shape, op: op) }
    let parts = picks.map { pick in
      let place = Places.checked(pick.index, of: shape, pick.dims, wraps: wraps, op: op)
      let below = shape[pick.dims.upperBound..<counted.upperBound].reduce(1, *)
      return below == 1 ? place : elementwise(.mul, place, .int(Int64(below)))
    }
    let sum = parts.dropFirst().reduce(parts[0]) { elementwise(.add, $0, $1) }
    let list = sum.shape == picked ? sum : sum.alias(sum.layout.broadcast(to: picked)).copied()
    self.init(list.asOneDimension, counted, in: shape, picked: picked, op: op)
  }

  /// The elements at `positions`, checked and counted in row-major order: int64, contiguous.
  init(positions: Tensor, in shape: [Int], op: StaticString) {
    self.init(
      positions.asOneDimension, 0..<Swift.max(shape.count, 1),
      in: shape.isEmpty ? [1] : shape, picked: positions.shape, op: op)
  }

  private init(
    _ index: Tensor, _ counted: Range<Int>, in whole: [Int], picked: [Int], op: StaticString
  ) {
    shape = whole[..<counted.lowerBound] + picked + whole[counted.upperBound...]
    loopShape = whole[..<counted.lowerBound] + index.shape + whole[counted.upperBound...]
    self.whole = whole
    self.counted = counted
    let trailing = [Int](repeating: 1, count: whole.count - counted.upperBound)
    self.index = Saved(index.alias(index.layout.reshaped(index.shape + trailing)!), op: op)
  }

  /// The elements of a tensor of shape `shape` at the places of `index`, broadcast to `target`, but
  /// with the elements of `index` for their place in dimension `dim`: what `gather` reads.
  init(
    along dim: Int, _ index: Tensor, target: [Int]? = nil, in shape: [Int], wraps: Bool = false,
    op: StaticString
  ) {
    whole = shape.isEmpty ? [1] : shape
    counted = dim..<dim + 1
    self.shape = target ?? index.shape
    loopShape = self.shape.isEmpty ? [1] : self.shape
    // Rows that were expanded from an index are read as rows.
    let strides = index.layout.explicitStrides
    let once = index.shape.indices.reduce(index) {
      $1 != dim && strides[$1] == 0 && index.shape[$1] > 1
        ? $0.narrow(dim: $1, start: 0, length: 1) : $0
    }
    let places = Places.checked(once, of: whole, counted, wraps: wraps, op: op)
    self.index = Saved(index.ndim == 0 ? places.asOneDimension : places, op: op)
  }

  /// `index` as int64, contiguous and counted from the front, each checked against the size of the
  /// dimensions `dims` of `shape`.
  private static func checked(
    _ index: Tensor, of shape: [Int], _ dims: Range<Int>, wraps: Bool, op: StaticString
  ) -> Tensor {
    require(
      index.dtype.category == .integer,
      "\(opName(op)): indices are integers, but this index tensor is \(index.dtype); use to(.int64)"
    )
    let index = index.cast(to: .int64).compacted()
    let size = dims.reduce(1) { $0 * shape[$1] }
    if let found = checkedIndices(index, size: size, wraps: wraps) { return found }
    let least = wraps ? -size : 0
    let (i, value) = index.withElements(of: Int64.self) { values in
      let i = values.firstIndex { $0 < least || $0 >= size }!
      return (i, values[i])
    }
    fail(
      """
      \(opName(op)): index \(value), at \(coordinates(i, in: index.shape)) of the index tensor, is \
      out of range for \(description(of: dims, size, shape)); it takes \
      \(size == 0 ? "no index" : "\(least) … \(size - 1)")
      """)
  }

  private static func description(of dims: Range<Int>, _ size: Int, _ shape: [Int]) -> String {
    dims.count == 1
      ? "dimension \(dims.lowerBound), of size \(size), of the shape \(shape)"
      : "the \(size) elements of dimensions \(Array(dims)) of the shape \(shape)"
  }
}

extension Tensor {
  /// The elements of a contiguous tensor in a row; off the tape.
  fileprivate var asOneDimension: Tensor { alias(layout.reshaped([numel])!) }
}

/// The coordinates of element `i`, in row-major order, of a shape.
func coordinates(_ i: Int, in shape: [Int]) -> [Int] {
  zip(shape, Layout.rowMajorStrides(shape)).map { size, stride in i / stride % max(size, 1) }
}

// MARK: - On the tape

extension Tensor {
  /// The elements at `places`.
  func taken(at places: Places, op: StaticString) -> Tensor {
    let y = Tensor(uninitialized: places.shape, dtype)
    places.run(.take, list: y, whole: self)
    return y.wrt(self, op: op) { [shape] g in g.scattered(at: places, in: shape, op: op) }
  }

  /// Zeros of shape `shape`, to which these elements, which broadcast, are added at `places`.
  func scattered(at places: Places, in shape: [Int], op: StaticString) -> Tensor {
    let y = Tensor.filled(shape, .int(0), dtype, op: op)
    y.combine(.add, self, places)
    return y.wrt(self, op: op) { g in g.taken(at: places, op: op) }
  }

  /// Zeros of shape `shape`, to which these elements, which broadcast, are added at the places of
  /// `index` along dimension `dim`: what `scatterAdd` does to zeros.
  package func scattered(along dim: Int, _ index: Tensor, in shape: [Int], op: StaticString)
    -> Tensor
  {
    requireMemory(for: shape, dtype, op: op)
    return scattered(at: Places(along: dim, index, in: shape, op: op), in: shape, op: op)
  }

  /// A copy to which `source`, which broadcasts, is added at `places`; duplicate places accumulate.
  func added(_ source: Tensor, at places: Places, op: StaticString) -> Tensor {
    let y = copied()
    y.combine(.add, source, places)
    return y.wrt(self, op: op) { g in g }
      .wrt(source, op: op) { g in g.taken(at: places, op: op) }
  }

  /// A copy with `source`, which broadcasts, written at `places`; for duplicate places the last
  /// value is kept.
  func replaced(by source: Tensor, at places: Places, op: StaticString) -> Tensor {
    let y = copied()
    y.combine(.put, source, places)
    return y.wrt(self, op: op) { g in g.replaced(by: .zeros([], dtype: g.dtype), at: places, op: op)
    }
    .wrt(source, op: op) { g in g.taken(at: places, op: op) }
  }
}

// MARK: - Off the tape

extension Tensor {
  /// Combines the elements at `places` with those of `source`, which broadcasts and is cast, in
  /// order.
  func combine(_ kernel: IndexedKernel, _ source: Tensor, _ places: Places) {
    let source = source.cast(to: dtype)
    let list =
      source.shape == places.shape
      ? source : source.alias(source.layout.broadcast(to: places.shape))
    places.run(kernel, list: list, whole: self)
  }
}

extension Places {
  /// Calls `kernel` for the elements of `list`, which has the shape of these places, and their
  /// elements of `whole`.
  fileprivate func run(_ kernel: IndexedKernel, list: Tensor, whole: Tensor) {
    if list.numel == 0 { return }
    // (A list that is written to is contiguous.)
    let shaped = list.layout.reshaped(loopShape).map { list.alias($0) }
    let list = shaped ?? list.copied().alias(Layout(loopShape))
    let isTaking = kernel == .take
    // The indexed dimensions need one common stride.
    guard let strides = strides(of: whole.layout) else {
      let copy = whole.copied()
      run(kernel, list: list, whole: copy)
      if !isTaking { whole.assign(copy) }
      return
    }
    let index = index.value
    let axis = counted.lowerBound
    IndexedLoop(
      shape: loopShape, axis: axis, list: Operand(list, strides: list.strides),
      index: Operand(index, strides: index.layout.alignedStrides(to: loopShape)),
      whole: Operand(
        whole,
        strides: strides[..<axis] + [0] + strides[counted.upperBound...]),
      step: strides[counted.upperBound - 1], size: self.whole[counted].reduce(1, *)
    ).run(kernel, whole.dtype)
  }

  /// The strides of the whole; nil if the indexed dimensions cannot be flattened into one.
  private func strides(of layout: Layout) -> [Int]? {
    let strides = layout.rank == 0 ? [1] : layout.explicitStrides
    let counted = Layout(Array(whole[counted]), strides: Array(strides[counted]), offset: 0)
    return counted.reshaped([counted.count]).map { line in
      strides[..<self.counted.upperBound].dropLast() + line.explicitStrides
        + strides[self.counted.upperBound...]
    }
  }
}
