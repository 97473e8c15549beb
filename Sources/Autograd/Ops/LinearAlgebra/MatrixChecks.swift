// What the ops of linear algebra ask of their inputs.

extension Tensor {
  /// Stops unless this is a matrix, or a batch of them, of real numbers.
  func requireMatrix(op: StaticString) {
    requireFloating(op: op)
    require(
      ndim >= 2,
      "\(opName(op)): a matrix has 2 dimensions, but the shape is \(shape); unsqueeze it")
  }

  /// Stops unless this is a square matrix, or a batch of them, of real numbers.
  func requireSquare(op: StaticString) {
    requireMatrix(op: op)
    require(
      size(-2) == size(-1),
      "\(opName(op)): a square matrix is needed, but the shape is \(shape)")
  }

  /// Stops unless `b` has the type of this tensor, and as many rows (columns, unless `left`) as this square
  /// matrix.
  func requireRightSide(_ b: Tensor, left: Bool = true, op: StaticString) {
    requireSameType(b, "the right side", op: op)
    require(
      b.ndim >= 2 && b.size(left ? -2 : -1) == size(-1),
      """
      \(opName(op)): a right side of shape \(b.shape) does not fit matrices of shape \(shape): \
      it needs \(size(-1)) \(left ? "rows" : "columns")
      """)
  }

  /// Whether `b` is a vector for each of these matrices, as PyTorch has it: 1-d, or of the shape of the
  /// batch and one dimension of theirs.
  func takesAsVectors(_ b: Tensor) -> Bool {
    b.ndim == 1 || (b.ndim == ndim - 1 && b.shape == Array(shape.dropLast()))
  }
}
