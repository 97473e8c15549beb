// Elements without repetitions. Nothing is recorded: PyTorch has no gradients here, either.
//
// No NaN equals another; −0 equals 0.

extension Tensor {
  /// The different elements in ascending order, or the different slices along dimension `dim`, with
  /// what PyTorch returns on request: where each element went, and how often each occurs.
  ///
  /// ```swift
  /// let (values, inverse, counts) = labels.unique()
  /// ```
  ///
  /// - Parameter dim: the dimension along which slices are compared, by the first elements in which
  ///   they differ; nil compares elements. Counted from the end if negative.
  /// - Returns: `values`, 1-d, or of this tensor's shape but in `dim`; `inverse`, int64, for each
  ///   element (of its shape) or slice (1-d) its place in `values`; `counts`, int64, 1-d. PyTorch
  ///   does not promise the order without `sorted: true`; this is sorted always.
  public func unique(dim: Int? = nil) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    noGrad {
      guard let dim else {
        let (sorted, order) = alias().reshape([numel]).sort()
        let found = sorted.runs(order)
        return (found.values, found.inverse.reshape(shape), found.counts)
      }
      let slices = slices(along: dim, op: #function)
      let order = slices.rows.orderOfRows(op: #function)
      let found = slices.rows.indexSelect(dim: 0, index: order).runs(order)
      return (slices.restore(found.values), found.inverse, found.counts)
    }
  }

  /// The elements, flattened, or the slices along dimension `dim`, without those that repeat the
  /// one before them, with where each element went, and how many became one.
  ///
  /// - Parameter dim: the dimension along which slices are compared; nil compares elements in
  ///   row-major order. Counted from the end if negative.
  /// - Returns: `values`, 1-d, or of this tensor's shape but in `dim`; `inverse`, int64, for each
  ///   element (of its shape) or slice (1-d) its place in `values`; `counts`, int64, 1-d.
  public func uniqueConsecutive(
    dim: Int? = nil
  ) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    noGrad {
      guard let dim else {
        let found = alias().reshape([numel]).runs(nil)
        return (found.values, found.inverse.reshape(shape), found.counts)
      }
      let slices = slices(along: dim, op: #function)
      let found = slices.rows.runs(nil)
      return (slices.restore(found.values), found.inverse, found.counts)
    }
  }

  /// The slices along dimension `dim` as rows of a matrix, and the way back.
  private func slices(
    along dim: Int, op: StaticString
  ) -> (rows: Tensor, restore: (Tensor) -> Tensor) {
    require(
      ndim > 0, "\(opName(op)): a 0-d tensor has no dimensions to take slices along; leave out dim")
    let d = shape.dimension(dim, op: op)
    let rest = shape.indices.filter { $0 != d }
    require(
      numel > 0 || shape[d] == 0,
      """
      \(opName(op)): the shape \(shape) has slices without elements along dimension \(d); \
      there is nothing to compare
      """)
    let sizes = rest.map { shape[$0] }
    let rows = alias().movedim(d, 0).reshape([shape[d], Layout.count(of: sizes)])
    return (rows, { $0.reshape([$0.size(0)] + sizes).movedim(0, d).clone() })
  }

  /// The first of each run of equal elements or rows along the first dimension, the place of each
  /// in them, and the lengths of the runs. Element i came from the place `order[i]`, if that is not
  /// nil.
  private func runs(_ order: Tensor?) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let n = shape[0]
    guard n > 0 else {
      return (self, .zeros([0], dtype: .int64), .zeros([0], dtype: .int64))
    }
    // Whether each element differs from the one before.
    var differs = narrow(dim: 0, start: 1, length: n - 1)
      .ne(narrow(dim: 0, start: 0, length: n - 1))
    if ndim > 1 { differs = differs.any(dim: 1) }
    let isFirst = Autograd.cat([.ones([1], dtype: .bool), differs])
    let starts = isFirst.positionsOfTrue()
    let ends = Autograd.cat([
      starts.narrow(dim: 0, start: 1, length: starts.numel - 1), Tensor([n]),
    ])
    let place = isFirst.cumsum(dim: 0) - 1
    let inverse = order.map { place.scatter(dim: 0, index: $0, src: place) } ?? place
    return (indexSelect(dim: 0, index: starts), inverse, ends - starts)
  }
}
