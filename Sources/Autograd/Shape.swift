// Shapes: broadcasting, and dimensions counted from the end.

/// The shape that both shapes broadcast to: dimensions are aligned at the end, and a size of 1 or a
/// missing dimension is repeated.
package func broadcastShape(_ a: [Int], _ b: [Int], op: StaticString) -> [Int] {
  if a == b { return a }
  let (long, short) = a.count >= b.count ? (a, b) : (b, a)
  let added = long.count - short.count
  // Usually one of the shapes is the result, and its array is returned without a copy.
  var (isLong, isShort) = (true, added == 0)
  for i in short.indices where long[added + i] != short[i] {
    let (x, y) = (long[added + i], short[i])
    if y != 1 { isLong = false }
    if x != 1 { isShort = false }
    require(
      x == 1 || y == 1,
      """
      \(opName(op)): shapes \(a) and \(b) do not broadcast: sizes \(x) and \(y) differ, \
      and neither is 1; reshape one of them
      """)
  }
  if isLong { return long }
  if isShort { return short }
  return long.indices.map { d in d < added || long[d] != 1 ? long[d] : short[d - added] }
}

/// The sum of sizes; stops on overflow.
func sumOfSizes(_ sizes: [Int], op: StaticString) -> Int {
  sizes.reduce(0) { sum, size in
    let (next, overflow) = sum.addingReportingOverflow(size)
    require(!overflow, "\(opName(op)): the sizes \(sizes) add up to more than Int.max")
    return next
  }
}

extension [Int] {
  /// Dimension `dim` of this shape, counted from the front; a negative `dim` counts from the end.
  func dimension(_ dim: Int, op: StaticString) -> Int {
    // A 0-d tensor is treated as 1-d, as in PyTorch.
    let rank = Swift.max(count, 1)
    require(
      dim >= -rank && dim < rank,
      """
      \(opName(op)): dimension \(dim) is out of range for the shape \(self); \
      use \(-rank) … \(rank - 1)
      """)
    return dim < 0 ? dim + rank : dim
  }

  /// The dimensions `dims` counted from the front, without duplicates; all dimensions if `dims` is
  /// empty.
  func dimensions(_ dims: [Int], op: StaticString) -> [Int] {
    if dims.isEmpty { return Array(indices) }
    if dims.count == 1 {
      let d = dimension(dims[0], op: op)
      return d == dims[0] ? dims : [d]
    }
    let found = dims.map { dimension($0, op: op) }
    require(
      Set(found).count == found.count,
      "\(opName(op)): the dimensions \(dims) of the shape \(self) contain a duplicate")
    return found
  }
}

extension Tensor {
  /// Stops unless this tensor has the dimension `dim`.
  package func requireDimension(_ dim: Int, op: StaticString) {
    _ = shape.dimension(dim, op: op)
  }

  /// Stops unless this tensor has `least` dimensions or more.
  func requireDimensions(atLeast least: Int, op: StaticString) {
    require(
      ndim >= least,
      """
      \(opName(op)): expected a tensor of \(least) or more dimensions, got shape \(shape); \
      unsqueeze or reshape it
      """)
  }
}
