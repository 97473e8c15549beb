// Running maxima and minima along a dimension, with indices.

extension Tensor {
  /// The largest elements so far along dimension `dim`, and where they are: element i of the result is the
  /// largest of elements 0 … i, the last of equal ones. From the first NaN on it is NaN.
  ///
  /// - Returns: the values, and their int64 indices. The gradient goes to the elements at the indices.
  public func cummax(dim: Int) -> (values: Tensor, indices: Tensor) {
    extremesSoFar(.max, dim, op: #function)
  }

  /// The smallest elements so far along dimension `dim`, and where they are: element i of the result is the
  /// smallest of elements 0 … i, the last of equal ones. From the first NaN on it is NaN.
  ///
  /// - Returns: the values, and their int64 indices. The gradient goes to the elements at the indices.
  public func cummin(dim: Int) -> (values: Tensor, indices: Tensor) {
    extremesSoFar(.min, dim, op: #function)
  }

  private func extremesSoFar(
    _ kernel: ExtremeKernel, _ dim: Int, op: StaticString
  ) -> (values: Tensor, indices: Tensor) {
    let d = shape.dimension(dim, op: op)
    return selecting(runningExtremes(kernel, d), d, op: op)
  }
}
