// Unique elements. Not differentiable, as in PyTorch.
//
// NaN does not equal NaN; −0 equals 0.

extension Tensor {
  /// The unique elements in ascending order, or the unique slices along dimension `dim`, with the
  /// inverse indices and the counts, which PyTorch returns on request.
  ///
  /// ```swift
  /// let (values, inverse, counts) = labels.unique()
  /// ```
  ///
  /// - Parameter dim: the dimension along which slices are compared, in lexicographic order; nil
  ///   compares elements. Counted from the end if negative.
  /// - Returns: `values`, 1-d, or of this tensor's shape except in `dim`; `inverse`, int64, for
  ///   each element (of its shape) or slice (1-d) its index in `values`; `counts`, int64, 1-d. The
  ///   order is always ascending; PyTorch promises it only with `sorted=True`.
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

  /// The elements, flattened, or the slices along dimension `dim`, without those equal to the one
  /// before, with the inverse indices and the counts.
  ///
  /// - Parameter dim: the dimension along which slices are compared; nil compares elements in
  ///   row-major order. Counted from the end if negative.
  /// - Returns: `values`, 1-d, or of this tensor's shape except in `dim`; `inverse`, int64, for
  ///   each element (of its shape) or slice (1-d) its index in `values`; `counts`, int64, 1-d.
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
      \(opName(op)): the shape \(shape) has empty slices along dimension \(d), which \
      cannot be compared
      """)
    let sizes = rest.map { shape[$0] }
    let rows = alias().movedim(d, 0).reshape([shape[d], Layout.count(of: sizes)])
    return (rows, { $0.reshape([$0.size(0)] + sizes).movedim(0, d).clone() })
  }

  /// The first of each run of equal elements or rows along the first dimension, the index of the
  /// run of each element, and the lengths of the runs. Element i came from position `order[i]`, if
  /// that is not nil.
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
