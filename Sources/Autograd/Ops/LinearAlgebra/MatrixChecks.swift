// Checks of inputs that the linear algebra ops share.

extension Tensor {
  /// Stops unless this is a floating-point matrix or batch of matrices.
  func requireMatrix(op: StaticString) {
    requireFloating(op: op)
    require(
      ndim >= 2,
      "\(opName(op)): expected at least 2 dimensions, got shape \(shape); unsqueeze it")
  }

  /// Stops unless this is a floating-point square matrix or batch of square matrices.
  func requireSquare(op: StaticString) {
    requireMatrix(op: op)
    require(
      size(-2) == size(-1),
      "\(opName(op)): expected square matrices, got shape \(shape)")
  }

  /// Stops unless `b` has the dtype of this square matrix, and as many rows (as many columns if
  /// `left` is false).
  func requireRightHandSide(_ b: Tensor, left: Bool = true, op: StaticString) {
    requireSameType(b, "the right-hand side", op: op)
    require(
      b.ndim >= 2 && b.size(left ? -2 : -1) == size(-1),
      """
      \(opName(op)): expected a right-hand side with \(size(-1)) \(left ? "rows" : "columns") for \
      matrices of shape \(shape), got shape \(b.shape)
      """)
  }

  /// Whether `b` holds a vector for each of these matrices. PyTorch's rule: `b` is 1-d, or its
  /// shape is that of this tensor without the last dimension.
  func hasVectors(in b: Tensor) -> Bool {
    b.ndim == 1 || (b.ndim == ndim - 1 && b.shape == Array(shape.dropLast()))
  }
}
