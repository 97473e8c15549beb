// Views of part of a tensor. Their gradients are added into the same part of the gradient of the whole.

extension Tensor {
  /// The part of this tensor that `find` finds in a layout of its shape.
  func window(op: StaticString, _ find: @escaping (Layout) -> Layout) -> Tensor {
    alias(find(layout)).windowing(self, op: op) { whole in whole.window(op: op, find) }
  }

  /// A tensor of zeros of shape `shape` with this one where `window` looks.
  func embedded(in shape: [Int], window: @escaping (Tensor) -> Tensor) -> Tensor {
    let y = Tensor.zeros(shape, dtype: dtype)
    noGrad { window(y) }.assign(self)
    return y.wrt(self) { g in window(g) }
  }

  /// The dimension `dim`, counted from the front; unlike a reduction, a slice needs one to be there.
  func axis(_ dim: Int, op: StaticString) -> Int {
    require(ndim > 0, "\(opName(op)): a 0-d tensor has no dimensions; read it with item()")
    return shape.dimension(dim, op: op)
  }
}

// MARK: - One slice

extension Tensor {
  /// The elements at `index` of dimension `dim`, which is dropped.
  ///
  /// - Parameters:
  ///   - dim: the dimension, counted from the end if negative.
  ///   - index: counted from the end if negative.
  public func select(dim: Int, index: Int) -> Tensor {
    let d = axis(dim, op: #function)
    let i = wrapped(index, d, of: shape, op: #function)
    return window(op: #function) { $0.selected(d, i) }
  }

  /// The `length` elements from `start` on in dimension `dim`.
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
      narrow: \(length) elements from \(start) on do not lie in dimension \(d), of size \(size), of the \
      shape \(shape)
      """)
    return window(op: #function) { $0.sliced(d, start: first, length: length) }
  }

  /// The diagonal of dimensions `dim1` and `dim2` as the last dimension of a view; `offset` counts
  /// places above the main diagonal.
  public func diagonal(offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
    require(ndim >= 2, "diagonal: two dimensions are needed, but the shape is \(shape)")
    let a = shape.dimension(dim1, op: #function)
    let b = shape.dimension(dim2, op: #function)
    require(a != b, "diagonal: dim1 \(dim1) and dim2 \(dim2) are the same dimension of \(shape)")
    return window(op: #function) { $0.diagonal(above: offset, a, b) }
  }
}

/// `index`, counted from the front, of dimension `d` of `shape`.
func wrapped(_ index: Int, _ d: Int, of shape: [Int], op: StaticString) -> Int {
  let size = shape[d]
  require(
    index >= -size && index < size,
    """
    \(opName(op)): index \(index) is out of range for dimension \(d), of size \(size), of the shape \
    \(shape)
    """)
  return index < 0 ? index + size : index
}

// MARK: - Several slices

extension Tensor {
  /// Parts of `size` elements along dimension `dim`; the last may be shorter.
  public func split(_ size: Int, dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    let length = shape[d]
    require(
      size > 0 || (size == 0 && length == 0),
      "split: parts of \(size) elements do not make up dimension \(d), of size \(length)")
    if length == 0 { return [part(d, 0..<0, op: #function)] }
    return stride(from: 0, to: length, by: size).map { start in
      part(d, start..<start + Swift.min(size, length - start), op: #function)
    }
  }

  /// Parts of the given sizes along dimension `dim`, which they make up.
  public func split(_ sizes: [Int], dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    require(
      Layout.count(of: sizes) >= 0 && sizes.reduce(0, &+) == shape[d],
      "split: the sizes \(sizes) do not add up to the size of dimension \(d) of the shape \(shape)")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return part(d, start..<start + size, op: #function)
    }
  }

  /// `chunks` parts of one length along dimension `dim`, of which the last may be shorter; fewer where
  /// rounding up the length leaves nothing for the rest.
  public func chunk(_ chunks: Int, dim: Int = 0) -> [Tensor] {
    require(chunks > 0, "chunk: \(chunks) parts were asked for; give 1 or more")
    let d = axis(dim, op: #function)
    let length = shape[d]
    if length == 0 { return (0..<chunks).map { _ in part(d, 0..<0, op: #function) } }
    return split(length / chunks + (length % chunks == 0 ? 0 : 1), dim: d)
  }

  /// The slices along dimension `dim`, which is dropped.
  public func unbind(dim: Int = 0) -> [Tensor] {
    let d = axis(dim, op: #function)
    return (0..<shape[d]).map { i in window(op: #function) { $0.selected(d, i) } }
  }

  private func part(_ d: Int, _ range: Range<Int>, op: StaticString) -> Tensor {
    window(op: op) { $0.sliced(d, start: range.lowerBound, length: range.count) }
  }
}
