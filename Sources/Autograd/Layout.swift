/// Where the elements of a tensor lie in its storage: shape, strides and offset, counted in
/// elements.
struct Layout {
  let shape: [Int]
  /// The distance between neighbours in each dimension; nil exactly if the elements are contiguous
  /// in row-major order.
  let strides: [Int]?
  let offset: Int
  /// The number of elements.
  let count: Int

  /// A contiguous layout, for `op`.
  init(_ shape: [Int], offset: Int = 0, op: StaticString = "Tensor") {
    self.shape = shape
    strides = nil
    self.offset = offset
    count = Layout.count(of: shape, op: op)
  }

  /// A layout with the given strides; row-major strides are stored as nil.
  init(_ shape: [Int], strides: [Int], offset: Int, op: StaticString = "Tensor") {
    self.shape = shape
    self.strides = Layout.isRowMajor(shape, strides) ? nil : strides
    self.offset = offset
    count = Layout.count(of: shape, op: op)
  }

  /// A contiguous layout whose number of elements is known.
  private init(_ shape: [Int], offset: Int, count: Int) {
    self.shape = shape
    strides = nil
    self.offset = offset
    self.count = count
  }

  /// The contiguous layout of this shape at offset 0.
  var compact: Layout {
    offset == 0 && strides == nil ? self : Layout(shape, offset: 0, count: count)
  }

  var rank: Int { shape.count }
  var isContiguous: Bool { strides == nil }

  /// The stride of dimension `d`.
  func stride(_ d: Int) -> Int {
    if let strides { return strides[d] }
    var stride = 1
    for size in shape[(d + 1)...] { stride &*= max(size, 1) }
    return stride
  }

  /// The strides, also of a contiguous layout.
  var explicitStrides: [Int] { strides ?? Layout.rowMajorStrides(shape) }

  /// Whether both map every index to the same position.
  func isSame(as other: Layout) -> Bool {
    offset == other.offset && shape == other.shape && strides == other.strides
  }

  /// The number of elements of a shape, which `op` asks for.
  static func count(of shape: [Int], op: StaticString = "Tensor") -> Int {
    var count = 1
    for size in shape {
      require(size >= 0, "\(opName(op)): expected sizes of 0 or more, got the shape \(shape)")
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      require(
        !overflow,
        "\(opName(op)): the shape \(shape) has more than Int.max elements; use smaller sizes")
      count = product
    }
    return count
  }

  static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var strides = shape
    var next = 1
    for d in shape.indices.reversed() {
      strides[d] = next
      next &*= max(shape[d], 1)
    }
    return strides
  }

  private static func isRowMajor(_ shape: [Int], _ strides: [Int]) -> Bool {
    if shape.contains(0) { return true }
    var expected = 1
    for d in shape.indices.reversed() where shape[d] != 1 {
      if strides[d] != expected { return false }
      expected &*= shape[d]
    }
    return true
  }
}

// MARK: - Views

extension Layout {
  /// Dimension i of the result is dimension `order[i]` of this one.
  func permuted(_ order: [Int]) -> Layout {
    let strides = explicitStrides
    return Layout(order.map { shape[$0] }, strides: order.map { strides[$0] }, offset: offset)
  }

  /// With dimensions `a` and `b` exchanged.
  func exchanged(_ a: Int, _ b: Int) -> Layout {
    if a == b { return self }
    var shape = shape
    var strides = explicitStrides
    shape.swapAt(a, b)
    strides.swapAt(a, b)
    return Layout(shape, strides: strides, offset: offset)
  }

  /// Broadcast to `target`: repeats dimensions of size 1 and adds leading ones, without a copy.
  /// PyTorch's `expand`.
  func broadcast(to target: [Int], op: StaticString = "Tensor") -> Layout {
    if target == shape { return self }
    let strides = alignedStrides(to: target)
    return Layout(target, strides: strides, offset: offset, op: op)
  }

  /// The strides of this layout after broadcasting to `target`: 0 in repeated dimensions.
  func alignedStrides(to target: [Int]) -> [Int] {
    let own = explicitStrides
    let added = target.count - rank
    return target.indices.map { d in
      d < added || (shape[d - added] == 1 && target[d] != 1) ? 0 : own[d - added]
    }
  }

  /// Every `step`-th of the `length` elements from `start` on in dimension `dim`.
  func sliced(_ dim: Int, start: Int, length: Int, step: Int = 1) -> Layout {
    var shape = shape
    var strides = explicitStrides
    let offset = length == 0 ? offset : offset + start * strides[dim]
    shape[dim] = length
    // The stride of a single element is never used, and a large step could overflow it.
    if length > 1 { strides[dim] *= step }
    return Layout(shape, strides: strides, offset: offset)
  }

  /// The slice at `index` of dimension `dim`, which is removed, as a view.
  func selected(_ dim: Int, _ index: Int) -> Layout {
    var shape = shape
    var strides = explicitStrides
    let offset = offset + index * strides[dim]
    shape.remove(at: dim)
    strides.remove(at: dim)
    return Layout(shape, strides: strides, offset: offset)
  }

  /// With a new dimension of size 1 before dimension `dim`.
  func unsqueezed(_ dim: Int) -> Layout {
    var shape = shape
    shape.insert(1, at: dim)
    guard var strides else { return Layout(shape, offset: offset, count: count) }
    strides.insert(1, at: dim)
    return Layout(shape, strides: strides, offset: offset)
  }

  /// The diagonal of dimensions `dim1` and `dim2`, `above` positions above the main diagonal, as
  /// last dimension.
  func diagonal(above: Int, _ dim1: Int, _ dim2: Int) -> Layout {
    let strides = explicitStrides
    let kept = shape.indices.filter { $0 != dim1 && $0 != dim2 }
    // Beyond the corners the diagonal is empty; clamping keeps the sums below from overflowing.
    let above = min(max(above, -shape[dim1]), shape[dim2])
    let length =
      above >= 0 ? min(shape[dim1], shape[dim2] - above) : min(shape[dim1] + above, shape[dim2])
    let start = above >= 0 ? above * strides[dim2] : -above * strides[dim1]
    return Layout(
      kept.map { shape[$0] } + [max(length, 0)],
      strides: kept.map { strides[$0] } + [strides[dim1] + strides[dim2]],
      offset: length > 0 ? offset + start : offset)
  }

  /// All windows of `size` neighbours in dimension `dim`, `step` apart. Dimension `dim` becomes the
  /// number of windows, and the windows are the new last dimension. A 0-d layout is treated as 1-d.
  func unfolded(_ dim: Int, size: Int, step: Int) -> Layout {
    if rank == 0 { return Layout([size], offset: offset) }
    let stride = explicitStrides[dim]
    let windows = sliced(dim, start: 0, length: (shape[dim] - size) / step + 1, step: step)
    return Layout(
      windows.shape + [size], strides: windows.explicitStrides + [stride], offset: offset)
  }

  /// With every position greater by `distance`.
  func moved(by distance: Int) -> Layout {
    if distance == 0 { return self }
    guard let strides else { return Layout(shape, offset: offset + distance, count: count) }
    return Layout(shape, strides: strides, offset: offset + distance)
  }

  /// With the dimensions `dims` reversed. Read-only: the strides are negative.
  func flipped(_ dims: [Int]) -> Layout {
    if count == 0 { return self }
    var strides = explicitStrides
    var offset = offset
    for d in dims where d < rank {
      offset += (shape[d] - 1) * strides[d]
      strides[d] = -strides[d]
    }
    return Layout(shape, strides: strides, offset: offset)
  }

  /// The same elements in the same order with the shape `target`, which has as many elements; nil
  /// if that needs a copy.
  func reshaped(_ target: [Int]) -> Layout? {
    guard let strides else { return Layout(target, offset: offset, count: count) }
    if count == 0 { return Layout(target, offset: offset) }
    // Sizes of 1 have no effect. The other dimensions form groups, each mergeable into one
    // dimension.
    var groups: [(size: Int, stride: Int)] = []
    for d in shape.indices.reversed() where shape[d] != 1 {
      if let last = groups.last, strides[d] == last.size * last.stride {
        groups[groups.count - 1].size *= shape[d]
      } else {
        groups.append((shape[d], strides[d]))
      }
    }
    // Each new dimension must divide the rest of one group, innermost first.
    var result = [Int](repeating: 1, count: target.count)
    var group = 0
    var used = 1
    for d in target.indices.reversed() where target[d] != 1 {
      if group < groups.count, used == groups[group].size {
        group += 1
        used = 1
      }
      guard group < groups.count, groups[group].size % (used * target[d]) == 0 else { return nil }
      result[d] = groups[group].stride * used
      used *= target[d]
    }
    return Layout(target, strides: result, offset: offset)
  }

  /// The position after the last element, for non-negative strides; nil on overflow.
  var end: Int? {
    if count == 0 { return offset }
    var last = offset
    for (size, stride) in zip(shape, explicitStrides) {
      let (reach, tooFar) = (size - 1).multipliedReportingOverflow(by: stride)
      let (sum, beyond) = last.addingReportingOverflow(reach)
      if tooFar || beyond { return nil }
      last = sum
    }
    return last < .max ? last + 1 : nil
  }

  /// Whether two indices refer to the same position, as after broadcasting.
  var overlapsItself: Bool {
    guard let strides else { return false }
    // Each stride must exceed the extent of all dimensions with smaller strides.
    let order = shape.indices.filter { shape[$0] > 1 }
      .sorted { abs(strides[$0]) < abs(strides[$1]) }
    var extent = 0
    for d in order {
      if abs(strides[d]) <= extent { return true }
      extent += abs(strides[d]) * (shape[d] - 1)
    }
    return false
  }
}
