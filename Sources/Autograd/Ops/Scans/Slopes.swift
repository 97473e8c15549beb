// Derivatives of functions sampled on a grid, by finite differences. Derivatives of programs are
// computed by `grad`.

extension Tensor {
  /// The gradient of a function sampled on a grid, by finite differences: PyTorch's
  /// `torch.gradient`.
  ///
  /// This tensor holds the samples, at distance `spacing` in each dimension. Inside, the slope is
  /// the central difference (x[i + 1] − x[i − 1]) / 2h; at both ends it is computed from the
  /// nearest 2 or 3 samples. For the gradient of a computation use `grad(of:wrt:)`.
  ///
  /// - Parameters:
  ///   - spacing: the distance h between neighbouring samples.
  ///   - dim: one or several, counted from the end if negative; all dimensions by default.
  ///   - edgeOrder: the order of accuracy at the ends: 1 or 2. Each of `dims` needs at least
  ///     `edgeOrder` + 1 samples.
  /// - Returns: the slopes along each of `dim`, in the shape of this tensor.
  public func gradient(
    spacing: Double = 1, dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    slopeDims(dim.ints, edgeOrder, op: #function).map { slope($0, spacing, edgeOrder) }
  }

  /// The gradient of a function sampled on a grid, by finite differences; neighbouring samples
  /// along the dimension `dim[k]` are `spacing[k]` apart.
  public func gradient(
    spacing: [Double], dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    let dims = slopeDims(dim.ints, edgeOrder, op: #function)
    requireSpacings(spacing.count, dims)
    return zip(dims, spacing).map { slope($0, $1, edgeOrder) }
  }

  /// The gradient of a function sampled on a grid, by finite differences; the samples along the
  /// dimension `dim[k]` have the coordinates `spacing[k]`, a 1-d tensor.
  public func gradient(
    spacing: [Tensor], dim: some IntList = [], edgeOrder: Int = 1
  ) -> [Tensor] {
    let dims = slopeDims(dim.ints, edgeOrder, op: #function)
    requireSpacings(spacing.count, dims)
    return zip(dims, spacing).map { d, points in
      require(
        points.shape == [shape[d]],
        """
        gradient: expected coordinates of shape [\(shape[d])] for dimension \(d) of the shape \
        \(shape), got shape \(points.shape)
        """)
      return slope(d, points, edgeOrder)
    }
  }

  private func slopeDims(_ dims: [Int], _ edgeOrder: Int, op: StaticString) -> [Int] {
    require(
      edgeOrder == 1 || edgeOrder == 2,
      "gradient: expected edgeOrder 1 or 2, got \(edgeOrder)")
    require(dtype != .bool, "gradient: not defined for bool tensors; cast with to(.float32)")
    let dims = shape.dimensions(dims, op: op)
    for d in dims {
      require(
        shape[d] > edgeOrder,
        """
        gradient: expected at least \(edgeOrder + 1) samples for edgeOrder \(edgeOrder), got \
        \(shape[d]) in dimension \(d) of the shape \(shape); leave that dimension out
        """)
    }
    return dims
  }

  private func requireSpacings(_ count: Int, _ dims: [Int]) {
    require(
      count == dims.count,
      """
      gradient: expected \(dims.count) spacings, one for each of the dimensions \(dims) of the \
      shape \(shape), got \(count)
      """
    )
  }
}

// MARK: - Finite differences

extension Tensor {
  /// The slopes along dimension `d` for samples at distance `h`.
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

  /// The slopes along dimension `d` for samples at `points`: in each point the slope of the
  /// parabola through it and its neighbours.
  private func slope(_ d: Int, _ points: Tensor, _ edgeOrder: Int) -> Tensor {
    let n = shape[d]
    let steps = points.diff().reshape(shape.indices.map { $0 == d ? n - 1 : 1 })
    func part(_ x: Tensor, _ start: Int, _ length: Int) -> Tensor {
      x.narrow(dim: d, start: start, length: length)
    }
    /// The difference quotients of neighbouring samples.
    let chords = (part(self, 1, n - 1) - part(self, 0, n - 1)) / steps
    let (h1, h2) = (part(steps, 0, n - 2), part(steps, 1, n - 2))
    let (c1, c2) = (part(chords, 0, n - 2), part(chords, 1, n - 2))
    let inside = (c1 * h2 + c2 * h1) / (h1 + h2)
    var (first, last) = (part(chords, 0, 1), part(chords, n - 2, 1))
    if edgeOrder == 2 {
      // At the ends, the slope of the parabola through the outermost three samples.
      let bend = (c2 - c1) / (h1 + h2)
      first = first - part(bend, 0, 1) * part(steps, 0, 1)
      last = last + part(bend, n - 3, 1) * part(steps, n - 2, 1)
    }
    return Autograd.cat([first, inside, last], dim: d)
  }
}
