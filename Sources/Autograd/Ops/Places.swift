import CKernels

// Where an indexed op reads or writes, worked out once, and the ops that every indexed read and write
// becomes. Each of them is written with the others, so that every order of derivative exists.

/// Elements that one thread should have at least.
private let grain = 32_768

/// Runs of elements in a contiguous tensor.
struct Places {
  /// Where the runs start, counted in elements: int64, contiguous.
  let offsets: Tensor
  /// The number of elements of a run.
  let row: Int
  /// The shape of all that is read or written.
  let shape: [Int]
}

// MARK: - From index tensors

/// An index tensor and the dimensions, seen as one, that it picks from.
struct Pick {
  let dims: Range<Int>
  let index: Tensor
}

extension Places {
  /// The elements of a tensor of shape `shape` that `picks` choose from neighbouring dimensions. The
  /// dimensions of the indices, broadcast together, take the place of those.
  ///
  /// - Parameter wraps: whether a negative index counts from the end.
  init(_ picks: [Pick], in shape: [Int], wraps: Bool, op: StaticString) {
    let first = picks[0].dims.lowerBound
    let last = picks[picks.count - 1].dims.upperBound
    let strides = Layout.rowMajorStrides(shape)
    let picked = picks.reduce([]) { broadcastShape($0, $1.index.shape, op: op) }
    let rank = first + picked.count
    let ramps = (0..<first).map { Places.ramp(shape[$0], strides[$0], dim: $0, rank: rank) }
    let parts = picks.map { pick in
      Places.offsets(
        pick.index, stride: strides[pick.dims.upperBound - 1], of: shape, pick.dims, wraps: wraps,
        op: op)
    }
    offsets = Places.sum(ramps + parts)
    row = Layout.count(of: Array(shape[last...]))
    self.shape = shape[..<first] + picked + shape[last...]
  }

  /// The elements of a tensor of shape `shape` at the places of `index`, but with the elements of
  /// `index` for their place in dimension `dim`: what `gather` reads.
  init(along dim: Int, _ index: Tensor, in shape: [Int], wraps: Bool = false, op: StaticString) {
    // A 0-d tensor is seen as one of a single dimension.
    let sizes = shape.isEmpty ? [1] : shape
    row = 1
    self.shape = index.shape
    if index.numel == 0 {
      offsets = Tensor(uninitialized: [0], .int64)
      return
    }
    let strides = Layout.rowMajorStrides(sizes)
    let ramps = sizes.indices.filter { $0 != dim }.map { d in
      Places.ramp(index.shape[d], strides[d], dim: d, rank: sizes.count)
    }
    let part = Places.offsets(
      index, stride: strides[dim], of: sizes, dim..<dim + 1, wraps: wraps, op: op)
    offsets = Places.sum(ramps + [part])
  }

  /// 0, stride, 2·stride, … along dimension `dim` of `rank`.
  private static func ramp(_ size: Int, _ stride: Int, dim: Int, rank: Int) -> Tensor {
    var shape = [Int](repeating: 1, count: rank)
    shape[dim] = size
    let y = Tensor(uninitialized: shape, .int64)
    let values = y.elements(as: Int64.self)
    for i in values.indices { values[i] = Int64(i &* stride) }
    return y
  }

  private static func sum(_ parts: [Tensor]) -> Tensor {
    parts.dropFirst().reduce(parts[0]) { elementwise(.add, $0, $1) }
  }

  /// `index` times `stride`, each index checked against the size of the dimensions `dims` of `shape`.
  private static func offsets(
    _ index: Tensor, stride: Int, of shape: [Int], _ dims: Range<Int>, wraps: Bool, op: StaticString
  ) -> Tensor {
    require(
      index.dtype.category == .integer,
      "\(opName(op)): indices are integers, but this index tensor is \(index.dtype); use to(.int64)"
    )
    let size = dims.reduce(1) { $0 * shape[$1] }
    let index = index.cast(to: .int64).compacted()
    let y = Tensor(uninitialized: index.shape, .int64)
    withExtendedLifetime(index) {
      nonisolated(unsafe) let from = index.elements(as: Int64.self)
      nonisolated(unsafe) let to = y.elements(as: Int64.self)
      let shift = wraps ? size : 0
      func place(_ value: Int64) -> Int { Int(value) &+ ((Int(value) >> 63) & shift) }
      func isOutside(_ place: Int) -> Bool { UInt(bitPattern: place) >= UInt(size) }
      parallelFor(from.count, grain: grain) { part in
        // What is wrong, if anything, is looked for afterwards: the first of all, in any part.
        var isWrong = false
        for i in part {
          let place = place(from[i])
          isWrong = isOutside(place) || isWrong
          to[i] = Int64(place &* stride)
        }
        if isWrong, let i = from.firstIndex(where: { isOutside(place($0)) }) {
          outOfRange(
            from[i], at: i, in: index.shape, dims.lowerBound, of: shape, wraps: wraps, op: op)
        }
      }
    }
    return y
  }

  private static func outOfRange(
    _ value: Int64, at i: Int, in indexShape: [Int], _ dim: Int, of shape: [Int], wraps: Bool,
    op: StaticString
  ) -> Never {
    let size = shape[dim]
    let range = size == 0 ? "no index" : "\(wraps ? -size : 0) … \(size - 1)"
    fail(
      """
      \(opName(op)): index \(value), at \(coordinates(i, in: indexShape)) of the index tensor, is out of \
      range for dimension \(dim), of size \(size), of the shape \(shape); it takes \(range)
      """)
  }
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
    y.take(compacted(), places)
    return y.wrt(self, op: op) { [shape] g in g.spread(at: places, in: shape, op: op) }
  }

  /// Zeros of shape `shape`, to which these elements, which broadcast, are added at `places`.
  func spread(at places: Places, in shape: [Int], op: StaticString) -> Tensor {
    let y = Tensor.zeros(shape, dtype: dtype)
    y.add(self, places, op: op)
    return y.wrt(self, op: op) { g in g.taken(at: places, op: op) }
  }

  /// A copy to which `source`, which broadcasts, is added at `places`; where places meet, all of it.
  func added(_ source: Tensor, at places: Places, op: StaticString) -> Tensor {
    let y = copied()
    y.add(source, places, op: op)
    return y.wrt(self, op: op) { g in g }
      .wrt(source, op: op) { g in g.taken(at: places, op: op) }
  }

  /// A copy in which `source`, which broadcasts, stands at `places`; where places meet, the last of it.
  func replaced(by source: Tensor, at places: Places, op: StaticString) -> Tensor {
    let y = copied()
    y.put(source, places)
    return y.wrt(self, op: op) { g in g.replaced(by: .zeros([], dtype: g.dtype), at: places, op: op)
    }
    .wrt(source, op: op) { g in g.taken(at: places, op: op) }
  }
}

// MARK: - Off the tape; this tensor is contiguous

extension Tensor {
  /// Overwrites the elements with those of `source`, contiguous, at `places`.
  private func take(_ source: Tensor, _ places: Places) {
    let row = places.row
    let item = dtype.itemSize
    nonisolated(unsafe) let offsets = places.offsets.elements(as: Int64.self)
    nonisolated(unsafe) let (x, y) = (source.base, base)
    let fewest = Swift.max(1, grain / Swift.max(row, 1))
    parallelFor(numel == 0 ? 0 : offsets.count, grain: fewest) { part in
      ck_take(
        Int64(part.count), Int64(row), Int64(item), offsets.baseAddress! + part.lowerBound, x,
        y + part.lowerBound * row * item)
    }
  }

  /// Overwrites the elements at `places` with those of `source`, in order.
  func put(_ source: Tensor, _ places: Places) {
    let source = source.spreadOut(over: places, dtype)
    if source.numel == 0 { return }
    withExtendedLifetime(source) {
      ck_put(
        Int64(places.offsets.numel), Int64(places.row), Int64(dtype.itemSize),
        places.offsets.elements(as: Int64.self).baseAddress, source.base, base)
    }
  }

  /// Adds the elements of `source` to those at `places`, in order: one thread, so that the sums have the
  /// same bits each time.
  private func add(_ source: Tensor, _ places: Places, op: StaticString) {
    guard let kernel = Kernels.table(dtype).pointee.add_at else { Kernels.unsupported(op, dtype) }
    let source = source.spreadOut(over: places, dtype)
    if source.numel == 0 { return }
    withExtendedLifetime(source) {
      kernel(
        Int64(places.offsets.numel), Int64(places.row),
        places.offsets.elements(as: Int64.self).baseAddress, source.base, base)
    }
  }

  /// The elements, contiguous, with one for each element of `places`.
  private func spreadOut(over places: Places, _ dtype: DType) -> Tensor {
    let x = cast(to: dtype)
    return x.shape == places.shape
      ? x.compacted() : x.alias(x.layout.broadcast(to: places.shape)).copied()
  }
}
