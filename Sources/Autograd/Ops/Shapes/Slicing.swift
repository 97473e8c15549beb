// Views of part of a tensor. Their gradients are added into the same part of the gradient of the
// whole.

extension Tensor {
  /// The part of this tensor that `find` returns for a layout of its shape, as a view.
  func window(op: StaticString, _ find: @escaping (Layout) -> Layout) -> Tensor {
    alias(find(layout)).windowing(self, op: op) { whole in whole.window(op: op, find) }
      .asView(of: self)
  }

  /// A tensor of zeros of shape `shape` with this one written into its view `window`.
  func embedded(
    in shape: [Int], op: StaticString = #function, window: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    let y = Tensor.filled(shape, .int(0), dtype, op: op)
    noGrad { window(y) }.assign(self)
    return y.wrt(self, op: op) { g in window(g) }
  }

  /// The dimension `dim`, counted from the front; unlike for a reduction, a 0-d tensor is an error.
  func axis(_ dim: Int, op: StaticString) -> Int {
    require(ndim > 0, "\(opName(op)): a 0-d tensor has no dimensions; read it with item()")
    return shape.dimension(dim, op: op)
  }
}

// MARK: - One slice

extension Tensor {
  /// The slice at `index` of dimension `dim`, which is removed, as a view.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: counted from the end if negative.
  public func select(dim: Int, index: Int) -> Tensor {
    let d = axis(dim, op: #function)
    let i = wrapped(index, d, of: shape, op: #function)
    return window(op: #function) { $0.selected(d, i) }
  }

  /// The slice of `length` from `start` on in dimension `dim`, as a view.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - start: counted from the end if negative.
  ///   - length: how many elements.
  public func narrow(dim: Int, start: Int, length: Int) -> Tensor {
    let d = axis(dim, op: #function)
    let size = shape[d]
    let first = start < 0 ? start + size : start
    require(
      first >= 0 && first <= size && length >= 0 && length <= size - first,
      """
      narrow: \(length) elements from \(start) on exceed dimension \(d), of size \(size), of \
      the shape \(shape)
      """)
    return window(op: #function) { $0.sliced(d, start: first, length: length) }
  }

  /// The slice of `length` from `start` on, a 0-d integer tensor, in dimension `dim`, as a view.
  public func narrow(dim: Int, start: Tensor, length: Int) -> Tensor {
    require(
      start.ndim == 0 && start.dtype.category == .integer,
      """
      narrow: start must be a 0-d integer tensor, but it is \(start.dtype) and has shape \
      \(start.shape)
      """)
    return narrow(dim: dim, start: start.item(as: Int.self), length: length)
  }

  /// The diagonal of dimensions `dim1` and `dim2` as the last dimension of a view. Offset 0 is the
  /// main diagonal; positive ones lie above it.
  public func diagonal(offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
    let (a, b) = plane(dim1, dim2, op: #function)
    return window(op: #function) { $0.diagonal(above: offset, a, b) }
  }

  /// Two different dimensions, counted from the front.
  func plane(_ dim1: Int, _ dim2: Int, op: StaticString) -> (Int, Int) {
    requireDimensions(atLeast: 2, op: op)
    let a = shape.dimension(dim1, op: op)
    let b = shape.dimension(dim2, op: op)
    require(
      a != b, "\(opName(op)): dim1 \(dim1) and dim2 \(dim2) are the same dimension of \(shape)")
    return (a, b)
  }
}

/// `index`, counted from the front, of dimension `d` of `shape`.
func wrapped(_ index: Int, _ d: Int, of shape: [Int], op: StaticString) -> Int {
  let size = shape[d]
  require(
    index >= -size && index < size,
    """
    \(opName(op)): index \(index) is out of range for dimension \(d), of size \(size), of the \
    shape \(shape)
    """)
  return index < 0 ? index + size : index
}
