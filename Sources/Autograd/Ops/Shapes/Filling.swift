// Copies in which numbers take the place of elements, or stand around them.

// MARK: - Fill

extension Tensor {
  /// A tensor of this shape and dtype whose elements all equal `value`. No gradient reaches this one.
  public func fill(_ value: some TensorScalar) -> Tensor {
    Tensor.fullLike(self, value).wrt(self) { g in .zerosLike(g) }
  }

  /// A tensor of this shape and dtype whose elements all equal that of the 0-d tensor `value`, which the
  /// gradient goes to.
  public func fill(_ value: Tensor) -> Tensor {
    require(
      value.ndim == 0,
      "fill: the value is a 0-d tensor, but this one has shape \(value.shape)")
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.assign(value)
    // An integer has no gradient, whatever it was converted from.
    guard dtype.isFloatingPoint else { return y }
    return y.wrt(self) { g in .zerosLike(g) }.wrt(value) { g in g }
  }
}

// MARK: - Pad

extension Tensor {
  /// A copy with `value` before and after the elements of the last dimensions.
  ///
  /// - Parameters:
  ///   - padding: how many places before and after the last dimension, then before and after the one in
  ///     front of it, and so on. Negative numbers cut elements off instead.
  ///   - value: what stands there, converted to this dtype.
  public func pad(_ padding: [Int], value: some TensorScalar = 0) -> Tensor {
    require(
      padding.count % 2 == 0 && padding.count / 2 <= ndim && !padding.contains(.min),
      """
      pad: the padding \(padding) does not consist of a number before and one after for some of the \
      dimensions of the shape \(shape), last dimension first
      """)
    var whole = shape
    // For each dimension the elements that stay, and where they come to lie.
    var kept: [(dim: Int, start: Int, length: Int, place: Int)] = []
    for i in 0..<padding.count / 2 {
      let d = ndim - 1 - i
      let (before, after) = (padding[2 * i], padding[2 * i + 1])
      let (cut, place) = (Swift.max(0, -before), Swift.max(0, before))
      let cutOff = sumOfSizes([cut, Swift.max(0, -after)], op: #function)
      require(
        cutOff <= shape[d],
        "pad: the padding \(padding) cuts more off dimension \(d) of the shape \(shape) than there is"
      )
      kept.append((d, cut, shape[d] - cutOff, place))
      whole[d] = sumOfSizes([place, shape[d] - cutOff, Swift.max(0, after)], op: #function)
    }
    let y = Tensor.full(whole, value, dtype: dtype)
    let source = kept.reduce(layout) { $0.sliced($1.dim, start: $1.start, length: $1.length) }
    let inside = kept.reduce(y.layout) { $0.sliced($1.dim, start: $1.place, length: $1.length) }
    y.alias(inside).assign(alias(source))
    // Zeros around the gradient where elements were cut off, and the other way round.
    return y.wrt(self) { g in g.pad(padding.map { -$0 }) }
  }
}
