// Cumulative maxima and minima along a dimension, with indices.

extension Tensor {
  /// The cumulative maximum along dimension `dim` and its indices.
  ///
  /// Element i is the maximum of elements 0…i and the index of the last element equal to it. From
  /// the first NaN on, the values are NaN.
  ///
  /// - Returns: the values and their int64 indices. The gradient goes to the elements at the
  ///   indices.
  public func cummax(dim: Int) -> (values: Tensor, indices: Tensor) {
    cumulativeExtremes(.max, dim, op: #function)
  }

  /// The cumulative minimum along dimension `dim` and its indices.
  ///
  /// Element i is the minimum of elements 0…i and the index of the last element equal to it. From
  /// the first NaN on, the values are NaN.
  ///
  /// - Returns: the values and their int64 indices. The gradient goes to the elements at the
  ///   indices.
  public func cummin(dim: Int) -> (values: Tensor, indices: Tensor) {
    cumulativeExtremes(.min, dim, op: #function)
  }

  private func cumulativeExtremes(
    _ kernel: ExtremeKernel, _ dim: Int, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: op)
    return selecting(runningExtremes(kernel, d), d, op: op)
  }
}
