// Iteration over the first dimension, as in Python.

extension Tensor: Sequence {
  /// An iterator over the slices along the first dimension, which are views.
  ///
  /// ```swift
  /// for row in x { print(row.sum().item()) }
  /// for (a, b) in zip(x, y) { … }
  /// ```
  ///
  /// A 0-d tensor cannot be iterated over.
  public func makeIterator() -> Iterator {
    require(ndim > 0, "for … in: a 0-d tensor cannot be iterated over; read it with item()")
    return Iterator(tensor: self)
  }

  /// An iterator over the slices of a tensor along its first dimension.
  public struct Iterator: IteratorProtocol {
    let tensor: Tensor
    var index = 0

    /// The next slice.
    public mutating func next() -> Tensor? {
      guard index < tensor.shape[0] else { return nil }
      defer { index += 1 }
      return tensor.select(dim: 0, index: index)
    }
  }
}
