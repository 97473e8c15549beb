// Copies in which a number replaces every element.

extension Tensor {
  /// A tensor of this shape and dtype whose elements all equal `value`. No gradient reaches this
  /// one.
  public func fill(_ value: some TensorScalar) -> Tensor {
    Tensor.fullLike(self, value).wrt(self) { g in .zerosLike(g) }
  }

  /// A tensor of this shape and dtype whose elements all equal that of the 0-d tensor `value`,
  /// which the gradient goes to.
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
