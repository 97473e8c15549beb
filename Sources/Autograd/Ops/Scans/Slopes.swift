// Slopes of a function that is known at points of a grid. (Derivatives of a program are what `grad` is
// for.)

extension Tensor {
  /// The slopes, by finite differences, of a function whose values on a grid this tensor holds, the points
  /// being `spacing` apart in each dimension.
  ///
  /// Inside, a slope is the central difference, (x[i + 1] − x[i − 1]) / 2h; at both ends it is taken
  /// from the 2 or 3 points there. PyTorch's `torch.gradient`; the derivative of a program is what
  /// `grad(of:wrt:)` gives.
  ///
  /// - Parameters:
  ///   - spacing: the distance h of neighbouring points.
  ///   - dim: one or several, counted from the end if negative; all dimensions by default.
  ///   - edgeOrder: the order of the error at the ends: 1 or 2. Each dimension has at least one element
  ///     more.
  /// - Returns: the slopes along each of `dim`, in the shape of this tensor.
  public func gradient(
    spacing: Double = 1, dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    slopeDims(dim.ints, edgeOrder, op: #function).map { slope($0, spacing, edgeOrder) }
  }

  /// The slopes, by finite differences, of a function whose values on a grid this tensor holds, the points
  /// being `spacing[k]` apart along the dimension `dim[k]`.
  public func gradient(
    spacing: [Double], dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    let dims = slopeDims(dim.ints, edgeOrder, op: #function)
    requireSpacings(spacing.count, dims)
    return zip(dims, spacing).map { slope($0, $1, edgeOrder) }
  }

  /// The slopes, by finite differences, of a function whose values on a grid this tensor holds, the points
  /// having the coordinates `spacing[k]`, a 1-d tensor, along the dimension `dim[k]`.
  public func gradient(
    spacing: [Tensor], dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    let dims = slopeDims(dim.ints, edgeOrder, op: #function)
    requireSpacings(spacing.count, dims)
    return zip(dims, spacing).map { d, points in
      require(
        points.shape == [shape[d]],
        """
        gradient: the coordinates of dimension \(d), of size \(shape[d]), have shape \(points.shape); \
        give a 1-d tensor of that size
        """)
      return slope(d, points, edgeOrder)
    }
  }

  private func slopeDims(_ dims: [Int], _ edgeOrder: Int, op: StaticString) -> [Int] {
    require(
      edgeOrder == 1 || edgeOrder == 2,
      "gradient: edgeOrder is 1 or 2, but this one is \(edgeOrder)")
    require(dtype != .bool, "gradient: not defined for bool tensors; cast with to(.float32)")
    let dims = shape.dimensions(dims, op: op)
    for d in dims {
      require(
        shape[d] > edgeOrder,
        """
        gradient: dimension \(d) of the shape \(shape) has too few elements for edgeOrder \(edgeOrder), \
        which takes \(edgeOrder + 1)
        """)
    }
    return dims
  }

  private func requireSpacings(_ count: Int, _ dims: [Int]) {
    require(
      count == dims.count,
      "gradient: \(count) spacings are not one for each of the dimensions \(dims) of the shape \(shape)"
    )
  }
}

// MARK: - Finite differences

extension Tensor {
  /// The slopes along dimension `d` of values that are `h` apart.
  private func slope(_ d: Int, _ h: Double, _ edgeOrder: Int) -> Tensor {
    let n = shape[d]
    func at(_ i: Int) -> Tensor { narrow(dim: d, start: i < 0 ? i + n : i, length: 1) }
    let first: Tensor
    let last: Tensor
    if edgeOrder == 1 {
      (first, last) = ((at(1) - at(0)) / h, (at(-1) - at(-2)) / h)
    } else {
      first = (at(1) * 2 - at(0) * 1.5 - at(2) * 0.5) / h
      last = (at(-1) * 1.5 - at(-2) * 2 + at(-3) * 0.5) / h
    }
    let length = n - 2
    let inside =
      (narrow(dim: d, start: 2, length: length) - narrow(dim: d, start: 0, length: length))
      / (2 * h)
    return Autograd.cat([first, inside, last], dim: d)
  }

  /// The slopes along dimension `d` of values at `points`: those of the parabola through each point and
  /// its neighbours.
  private func slope(_ d: Int, _ points: Tensor, _ edgeOrder: Int) -> Tensor {
    let n = shape[d]
    let steps = points.diff().reshape(shape.indices.map { $0 == d ? n - 1 : 1 })
    func part(_ x: Tensor, _ start: Int, _ length: Int) -> Tensor {
      x.narrow(dim: d, start: start, length: length)
    }
    /// The quotients of differences between neighbours.
    let chords = (part(self, 1, n - 1) - part(self, 0, n - 1)) / steps
    let (h1, h2) = (part(steps, 0, n - 2), part(steps, 1, n - 2))
    let (c1, c2) = (part(chords, 0, n - 2), part(chords, 1, n - 2))
    let inside = (c1 * h2 + c2 * h1) / (h1 + h2)
    var (first, last) = (part(chords, 0, 1), part(chords, n - 2, 1))
    if edgeOrder == 2 {
      // The slope of the parabola through the outermost three points, continued to the end.
      let bend = (c2 - c1) / (h1 + h2)
      first = first - part(bend, 0, 1) * part(steps, 0, 1)
      last = last + part(bend, n - 3, 1) * part(steps, n - 2, 1)
    }
    return Autograd.cat([first, inside, last], dim: d)
  }
}
