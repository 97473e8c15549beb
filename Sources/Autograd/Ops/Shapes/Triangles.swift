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
    requireMatrix(rows, columns, dtype, op: #function)
    let first = Swift.min(rows, offset < 0 ? Int(clamping: offset.magnitude) : 0)
    return indices(first..<rows, columns, dtype, op: #function) { row in
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
    requireMatrix(rows, columns, dtype, op: #function)
    let (reach, overflow) = columns.subtractingReportingOverflow(offset)
    let end = overflow ? rows : Swift.max(0, Swift.min(rows, reach))
    return indices(0..<end, columns, dtype, op: #function) { row in
      bounded(row, offset, 0, columns)..<columns
    }
  }

  private static func requireMatrix(
    _ rows: Int, _ columns: Int, _ dtype: DType, op: StaticString
  ) {
    require(
      rows >= 0 && columns >= 0,
      "\(opName(op)): rows and columns must not be negative, but they are \(rows) and \(columns)")
    require(
      dtype.category == .integer,
      "\(opName(op)): the dtype must be an integer type, but it is \(dtype)")
  }

  /// The row and column of each element that `kept` finds in a row. Every row has some if there are
  /// columns, and from the first or the last row on each has one more, up to all columns.
  private static func indices(
    _ rows: Range<Int>, _ columns: Int, _ dtype: DType, op: StaticString,
    kept: (Int) -> Range<Int>
  ) -> Tensor {
    guard columns > 0, let first = rows.first, let last = rows.last else {
      return .zeros([2, 0], dtype: dtype)
    }
    let shortest = Swift.min(kept(first).count, kept(last).count)
    let growing = Swift.min(rows.count, columns - shortest)
    func count<N: Numeric>(_ half: (N) -> N, _ number: (Int) -> N) -> N {
      number(growing) * number(shortest) + half(number(growing) * number(growing - 1))
        + number(rows.count - growing) * number(columns)
    }
    let estimate = count({ $0 / 2 }, { Double($0) })
    require(
      estimate < 0x1p60, "\(opName(op)): \(estimate) elements are too many; use a smaller matrix")
    let exact = count({ $0 / 2 }, { $0 })
    return Tensor(writing: [2, exact], op: op) { (indices: UnsafeMutableBufferPointer<Int64>) in
      var i = 0
      for row in rows {
        for column in kept(row) {
          (indices[i], indices[exact + i]) = (Int64(row), Int64(column))
          i += 1
        }
      }
    }.cast(to: dtype)
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
      ? onDiagonal(diagonal, op: #function) : self.diagonal(offset: diagonal).clone()
  }

  /// The matrix with the elements, in row-major order, on diagonal `offset`, and zeros elsewhere.
  public func diagflat(offset: Int = 0) -> Tensor {
    flatten().onDiagonal(offset, op: #function)
  }

  /// Square matrices, in the dimensions `dim1` and `dim2` of the result, with the vectors of the
  /// last dimension on diagonal `offset`, and zeros elsewhere: the inverse of
  /// ``diagonal(offset:dim1:dim2:)``.
  public func diagEmbed(offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
    onDiagonal(offset, dim1, dim2, op: #function)
  }

  private func onDiagonal(
    _ offset: Int, _ dim1: Int = -2, _ dim2: Int = -1, op: StaticString
  ) -> Tensor {
    requireDimensions(atLeast: 1, op: op)
    let added = shape + [1]
    let a = added.dimension(dim1, op: op)
    let b = added.dimension(dim2, op: op)
    require(a != b, "\(opName(op)): dim1 \(dim1) and dim2 \(dim2) are the same dimension")
    require(offset > .min, "\(opName(op)): the offset \(offset) is too large")
    let size = sumOfSizes([shape[ndim - 1], Swift.abs(offset)], op: op)
    var whole = Array(shape.dropLast())
    for d in [Swift.min(a, b), Swift.max(a, b)] { whole.insert(size, at: d) }
    return embedded(in: whole, op: op) { whole in
      whole.diagonal(offset: offset, dim1: a, dim2: b)
    }
  }
}
