// Views in which an element may occur several times: sliding windows, and arbitrary strides.

// MARK: - Windows

extension Tensor {
  /// The sliding windows of `size` elements along dimension `dim`, with starts `step` apart, as a
  /// view: the dimension gets the size of the number of windows, and a last dimension of size
  /// `size` is added.
  ///
  /// ```swift
  /// Tensor([1, 2, 3, 4]).unfold(dim: 0, size: 2, step: 1)  // [[1, 2], [2, 3], [3, 4]]
  /// ```
  ///
  /// There are ⌊(n − size) / step⌋ + 1 windows of n elements; elements after the last are left out.
  public func unfold(dim: Int, size: Int, step: Int) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    let length = ndim == 0 ? 1 : shape[d]
    require(
      size >= 0 && size <= length,
      """
      unfold: a window of \(size) elements does not fit into dimension \(d) of the shape \
      \(shape)
      """)
    require(step > 0, "unfold: the step must be positive, but it is \(step)")
    let windows = alias(layout.unfolded(d, size: size, step: step))
    return windows.wrt(self) { [shape] g in g.folded(into: shape, d, step: step) }
      .asView(of: self)
  }

  /// The sum of these windows in a tensor of shape `whole`.
  private func folded(into whole: [Int], _ d: Int, step: Int) -> Tensor {
    let size = shape[ndim - 1]
    let y = sumOfWindows(in: whole, d, step: step)
    return y.wrt(self) { g in g.unfold(dim: d, size: size, step: step) }
  }
}

// MARK: - Arbitrary strides

extension Tensor {
  /// A view of the storage with the shape `size`, the strides `stride` and the offset
  /// `storageOffset`.
  ///
  /// The result depends on how this tensor is stored (``strides``, ``storageOffset``), and may
  /// contain elements of the storage outside this tensor, which get no gradient: prefer another op
  /// where one exists. Positions may overlap; the gradient of an element is the sum over its
  /// positions.
  ///
  /// - Parameters:
  ///   - size: the shape.
  ///   - stride: the distance in the storage between neighbours along each dimension, in elements;
  ///     not negative.
  ///   - storageOffset: the position of the first element in the storage; by default this tensor's.
  public func asStrided(_ size: [Int], _ stride: [Int], storageOffset: Int? = nil) -> Tensor {
    require(
      size.count == stride.count && size.allSatisfy { $0 >= 0 } && stride.allSatisfy { $0 >= 0 },
      """
      asStrided: the sizes and the strides must be equally many and not negative, but they are \
      \(size) and \(stride)
      """)
    let target = Layout(
      size, strides: stride, offset: storageOffset ?? layout.offset, op: #function)
    let room = storage.byteCount / dtype.itemSize
    require(
      target.offset >= 0 && target.end.map { $0 <= room } ?? false,
      """
      asStrided: the shape \(size) with strides \(stride) from \(target.offset) on reaches beyond \
      the storage, which has \(room) elements
      """)
    return alias(target).wrt(self) { [layout] g in g.unstrided(from: target, into: layout) }
      .asView(of: self)
  }

  /// The gradient of a tensor of layout `source` from this gradient of the view `target` of its
  /// storage.
  func unstrided(from target: Layout, into source: Layout) -> Tensor {
    var all = spread(from: target, beside: source)
    if source.overlapsItself {
      // An element that occurs several times shares its gradient among its positions.
      let ones = Tensor.full(source.shape, 1, dtype: dtype)
      let times = noGrad { ones.spread(from: source, beside: target) }
      all = all / Autograd.where(times .> 0, times, 1)
    }
    return all.picked(source, beside: target)
  }

  /// The elements of this tensor, which has the layout `layout`, added up by their positions in a
  /// vector that covers `layout` and `other`.
  func spread(from layout: Layout, beside other: Layout) -> Tensor {
    let first = Swift.min(layout.offset, other.offset)
    let count = Swift.max(layout.end!, other.end!) - first
    let offsets = Tensor.arange(count).alias(layout.moved(by: -first)).copied()
    let places = Places(positions: offsets, in: [count], op: "asStrided")
    return scattered(at: places, in: [count], op: "asStrided")
  }

  /// The elements at the positions of `layout` in this vector, which covers it and `other`.
  func picked(_ layout: Layout, beside other: Layout) -> Tensor {
    asStrided(
      layout.shape, layout.explicitStrides,
      storageOffset: layout.offset - Swift.min(layout.offset, other.offset))
  }
}
