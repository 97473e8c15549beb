// Copies of a tensor with a slice replaced.

extension Tensor {
  /// A copy with `src` in place of the elements at `index` of dimension `dim`.
  ///
  /// - Parameters:
  ///   - src: of the shape of `select(dim:index:)`.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: counted from the end if negative.
  public func selectScatter(_ src: Tensor, dim: Int, index: Int) -> Tensor {
    let d = axis(dim, op: #function)
    let i = wrapped(index, d, of: shape, op: #function)
    return replaced(by: src, op: #function) { $0.selected(d, i) }
  }

  /// A copy with `src` in place of every `step`-th element from `start` up to `end` of dimension
  /// `dim`.
  ///
  /// - Parameters:
  ///   - src: of the shape of that slice.
  ///   - dim: the dimension, counted from the end if negative.
  ///   - start: where the slice begins; counted from the end if negative, and clamped.
  ///   - end: where it ends, likewise; by default the end of the dimension.
  ///   - step: 1 or more.
  public func sliceScatter(
    _ src: Tensor, dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1
  ) -> Tensor {
    let d = axis(dim, op: #function)
    let slice = TensorIndex.slice(from: start, to: end, by: step)
    let list = Array(repeating: TensorIndex.all, count: d) + [slice]
    let selection = Selection(list, in: shape, op: #function)
    return replaced(by: src, op: #function, selection.view)
  }

  /// A copy with `src` in place of the diagonal of dimensions `dim1` and `dim2`.
  ///
  /// - Parameters:
  ///   - src: of the shape of ``diagonal(offset:dim1:dim2:)``.
  ///   - offset: 0 is the main diagonal; positive ones lie above it.
  ///   - dim1: the dimension of the rows.
  ///   - dim2: the dimension of the columns.
  public func diagonalScatter(
    _ src: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1
  ) -> Tensor {
    let (a, b) = plane(dim1, dim2, op: #function)
    return replaced(by: src, op: #function) { $0.diagonal(above: offset, a, b) }
  }

  /// A copy with `src` in the part that `find` returns for a layout of this shape.
  private func replaced(
    by src: Tensor, op: StaticString, _ find: @escaping (Layout) -> Layout
  ) -> Tensor {
    let y = copied()
    let part = y.alias(find(y.layout))
    require(
      src.shape == part.shape,
      """
      \(opName(op)): src has shape \(src.shape), but the slice has \(part.shape); \
      expand or reshape it
      """)
    part.assign(src)
    // Integers have no gradient, even if floating-point values were written.
    guard dtype.isFloatingPoint else { return y }
    return y.wrt(self, op: op) { g in
      g.replaced(by: .zeros(part.shape, dtype: g.dtype), op: op, find)
    }
    .wrt(src, op: op) { g in g.window(op: op, find) }
  }
}
