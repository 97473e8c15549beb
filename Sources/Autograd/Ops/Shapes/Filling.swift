// Copies with every element replaced by a number.

extension Tensor {
  /// A tensor of this shape and dtype whose elements all equal `value`. The gradient of this tensor
  /// is 0.
  public func fill(_ value: some TensorScalar) -> Tensor {
    Tensor.filled(shape, value.scalar, dtype, op: #function).wrt(self) { g in .zerosLike(g) }
  }

  /// A tensor of this shape and dtype whose elements all equal that of the 0-d tensor `value`,
  /// which receives the gradient.
  public func fill(_ value: Tensor) -> Tensor {
    require(
      value.ndim == 0,
      "fill: the value must be 0-d, but it has shape \(value.shape)")
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.assign(value)
    // Integers have no gradient, even if `value` is floating-point.
    guard dtype.isFloatingPoint else { return y }
    return y.wrt(self) { g in .zerosLike(g) }.wrt(value) { g in g }
  }
}
