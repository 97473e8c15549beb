// Triangles and diagonals of matrices.

// MARK: - Triangles

extension Tensor {
  /// The lower triangle of each matrix; zeros above diagonal `diagonal`: 0 is the main one,
  /// positive ones lie above it.
  public func tril(diagonal: Int = 0) -> Tensor {
    triangle(op: #function) { row, columns in 0..<bounded(row, diagonal, 1, columns) }
      .wrt(self) { g in g.tril(diagonal: diagonal) }
  }

  /// The upper triangle of each matrix; zeros below diagonal `diagonal`: 0 is the main one,
  /// positive ones lie above it.
  public func triu(diagonal: Int = 0) -> Tensor {
    triangle(op: #function) { row, columns in bounded(row, diagonal, 0, columns)..<columns }
      .wrt(self) { g in g.triu(diagonal: diagonal) }
  }

  /// A copy of each matrix with zeros outside the columns `kept(row, columns)`.
  private func triangle(op: StaticString, kept: (Int, Int) -> Range<Int>) -> Tensor {
    requireDimensions(atLeast: 2, op: op)
    let (rows, columns) = (shape[ndim - 2], shape[ndim - 1])
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.copyRows(of: compacted()) { row in kept(row % rows, columns) }
    return y
  }
}

/// row + diagonal + extra, at least 0 and at most `columns`.
private func bounded(_ row: Int, _ diagonal: Int, _ extra: Int, _ columns: Int) -> Int {
  let (sum, overflow) = diagonal.addingReportingOverflow(row + extra)
  return overflow ? columns : max(0, min(columns, sum))
}

extension Tensor {
  /// The indices of the lower triangle of a matrix, row by row: [2, n], first the row indices, then
  /// the column indices.
  ///
  /// - Parameters:
  ///   - rows: the number of rows of the matrix.
  ///   - columns: the number of its columns.
  ///   - offset: the last diagonal of the triangle: 0 is the main one, positive ones lie above it.
  ///   - dtype: an integer type.
  public static func trilIndices(
    _ rows: Int, _ columns: Int, offset: Int = 0, dtype: DType = .int64
  ) -> Tensor {
    indices(rows, columns, dtype, op: #function) { row in
      0..<bounded(row, offset, 1, columns)
    }
  }

  /// The indices of the upper triangle of a matrix, row by row: [2, n], first the row indices, then
  /// the column indices.
  ///
  /// - Parameters:
  ///   - rows: the number of rows of the matrix.
  ///   - columns: the number of its columns.
  ///   - offset: the first diagonal of the triangle: 0 is the main one, positive ones lie above it.
  ///   - dtype: an integer type.
  public static func triuIndices(
    _ rows: Int, _ columns: Int, offset: Int = 0, dtype: DType = .int64
  ) -> Tensor {
    indices(rows, columns, dtype, op: #function) { row in
      bounded(row, offset, 0, columns)..<columns
    }
  }

  private static func indices(
    _ rows: Int, _ columns: Int, _ dtype: DType, op: StaticString, kept: (Int) -> Range<Int>
  ) -> Tensor {
    require(
      rows >= 0 && columns >= 0,
      "\(opName(op)): rows and columns must not be negative, but they are \(rows) and \(columns)")
    require(
      dtype.category == .integer,
      "\(opName(op)): the dtype must be an integer type, but it is \(dtype)")
    let rowIndices = (0..<rows).flatMap { row in kept(row).map { _ in row } }
    let columnIndices = (0..<rows).flatMap { row in Array(kept(row)) }
    return Tensor(rowIndices + columnIndices, shape: [2, rowIndices.count], dtype: dtype)
  }
}

// MARK: - Diagonals

extension Tensor {
  /// For a vector, the matrix with it on diagonal `diagonal` and zeros elsewhere; for a matrix, a
  /// copy of that diagonal. 0 is the main diagonal; positive ones lie above it.
  public func diag(diagonal: Int = 0) -> Tensor {
    require(
      ndim == 1 || ndim == 2,
      "diag: the tensor must be 1-d or 2-d, but its shape is \(shape); use diagonal or diagEmbed")
    return ndim == 1
      ? diagEmbed(offset: diagonal) : self.diagonal(offset: diagonal).clone()
  }

  /// The matrix with the elements, in row-major order, on diagonal `offset`, and zeros elsewhere.
  public func diagflat(offset: Int = 0) -> Tensor { flatten().diagEmbed(offset: offset) }

  /// Square matrices, in the dimensions `dim1` and `dim2` of the result, with the vectors of the
  /// last dimension on diagonal `offset`, and zeros elsewhere: the inverse of
  /// ``diagonal(offset:dim1:dim2:)``.
  public func diagEmbed(offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
    requireDimensions(atLeast: 1, op: #function)
    let added = shape + [1]
    let a = added.dimension(dim1, op: #function)
    let b = added.dimension(dim2, op: #function)
    require(a != b, "diagEmbed: dim1 \(dim1) and dim2 \(dim2) are the same dimension")
    require(offset > .min, "diagEmbed: the offset \(offset) is too large")
    let size = sumOfSizes([shape[ndim - 1], Swift.abs(offset)], op: #function)
    var whole = Array(shape.dropLast())
    for d in [Swift.min(a, b), Swift.max(a, b)] { whole.insert(size, at: d) }
    return embedded(in: whole, op: #function) { whole in
      whole.diagonal(offset: offset, dim1: a, dim2: b)
    }
  }
}
