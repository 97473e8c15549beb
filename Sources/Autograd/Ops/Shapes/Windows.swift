// Views in which an element may stand several times: overlapping windows, and any strides.

// MARK: - Windows

extension Tensor {
  /// All windows of `size` neighbours in dimension `dim` that start `step` apart, as a view: how
  /// many there are takes the place of the dimension, and a last dimension of size `size` is added.
  ///
  /// ```swift
  /// Tensor([1, 2, 3, 4]).unfold(dim: 0, size: 2, step: 1)  // [[1, 2], [2, 3], [3, 4]]
  /// ```
  ///
  /// ⌊(n − size) / step⌋ + 1 windows fit into n elements; what is left over at the end is not seen.
  public func unfold(dim: Int, size: Int, step: Int) -> Tensor {
    let d = shape.dimension(dim, op: #function)
    let length = ndim == 0 ? 1 : shape[d]
    require(
      size >= 0 && size <= length,
      """
      unfold: a window of \(size) elements does not fit into dimension \(d), of size \(length), of the \
      shape \(shape)
      """)
    require(step > 0, "unfold: windows are 1 or more elements apart, but the step is \(step)")
    let windows = alias(layout.unfolded(d, size: size, step: step))
    return windows.wrt(self) { [shape] g in g.folded(into: shape, d, step: step) }
  }

  /// The sum, in a tensor of shape `whole`, of these windows onto it.
  private func folded(into whole: [Int], _ d: Int, step: Int) -> Tensor {
    let y = Tensor.zeros(whole, dtype: dtype)
    let size = shape[ndim - 1]
    if whole.isEmpty {
      if size == 1 { y.alias(layout.compact).assign(self) }
    } else if size <= shape[d] {
      for i in 0..<size {
        y.alias(y.layout.sliced(d, start: i, length: shape[d], step: step))
          .accumulate(alias(layout.selected(ndim - 1, i)))
      }
    } else {
      for i in 0..<shape[d] {
        // What is left of the dimensions once d is gone, with the window where d was.
        let order = Array(0..<d) + [ndim - 2] + Array(d..<ndim - 2)
        y.alias(y.layout.sliced(d, start: i * step, length: size))
          .accumulate(alias(layout.selected(d, i).permuted(order)))
      }
    }
    return y.wrt(self) { g in g.unfold(dim: d, size: size, step: step) }
  }
}

// MARK: - Any strides

extension Tensor {
  /// The elements of the storage that lie in steps of `stride`, from `storageOffset` on, as a view
  /// of shape `size`.
  ///
  /// What is seen depends on how this tensor is stored (``strides``, ``storageOffset``), and need
  /// not be part of it: other ops say better what they mean. Positions may meet; the gradient of an
  /// element is then the sum over all of them. No gradient reaches elements that this tensor does
  /// not have.
  ///
  /// - Parameters:
  ///   - size: the shape.
  ///   - stride: the distance between neighbours in each dimension, in elements; not negative.
  ///   - storageOffset: the position of the first element in the storage; by default this tensor's.
  public func asStrided(_ size: [Int], _ stride: [Int], storageOffset: Int? = nil) -> Tensor {
    require(
      size.count == stride.count && size.allSatisfy { $0 >= 0 } && stride.allSatisfy { $0 >= 0 },
      """
      asStrided: each dimension has a size and a stride that are not negative, but the sizes are \(size) \
      and the strides \(stride)
      """)
    let target = Layout(size, strides: stride, offset: storageOffset ?? layout.offset)
    let room = storage.byteCount / dtype.itemSize
    require(
      target.offset >= 0 && target.end.map { $0 <= room } ?? false,
      """
      asStrided: the shape \(size) with strides \(stride) from \(target.offset) on reaches beyond the \
      storage, which has \(room) elements
      """)
    return alias(target).wrt(self) { [layout] g in g.unstrided(from: target, into: layout) }
  }

  /// The gradient of a tensor of layout `source` from this one, of the view `target` of its
  /// storage.
  private func unstrided(from target: Layout, into source: Layout) -> Tensor {
    let first = Swift.min(source.offset, target.offset)
    let count = Swift.max(source.end!, target.end!) - first
    func places(_ layout: Layout) -> Places {
      let at = Layout(
        layout.shape, strides: layout.explicitStrides, offset: layout.offset - first)
      let offsets = Tensor.arange(count).alias(at).copied()
      return Places(positions: offsets, in: [count], op: "asStrided")
    }
    var all = scattered(at: places(target), in: [count], op: "asStrided")
    if source.overlapsItself {
      // An element that stands several times shares its gradient among its positions.
      let ones = Tensor.full(source.shape, 1, dtype: dtype)
      let times = noGrad { ones.scattered(at: places(source), in: [count], op: "asStrided") }
      all = all / Autograd.where(times .> 0, times, 1)
    }
    return all.asStrided(
      source.shape, source.explicitStrides, storageOffset: source.offset - first)
  }
}
