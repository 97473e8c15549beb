// Broadcasting to a common shape, grids, and combinations of elements.

// MARK: - Common shapes

/// Views of the tensors, broadcast to one shape.
public func broadcastTensors(_ tensors: [Tensor]) -> [Tensor] {
  let shape = tensors.reduce([]) { broadcastShape($0, $1.shape, op: #function) }
  return tensors.map { $0.expand(shape) }
}

/// The order of the first two dimensions of a grid.
public enum MeshgridIndexing: Sendable {
  /// Matrix indexing: dimension i belongs to coordinate i.
  case ij
  /// Cartesian indexing: dimension 0 belongs to the second coordinate, dimension 1 to the first.
  case xy
}

/// The coordinates of the points of a grid: for vectors of sizes n₀, n₁, … tensors of shape [n₀,
/// n₁, …], of which the i-th holds the i-th vector along dimension i, repeated along the others.
///
/// - Parameters:
///   - tensors: vectors or 0-d tensors of one dtype.
///   - indexing: whether the first two dimensions are swapped. PyTorch warns if it is left out.
/// - Returns: views of the vectors.
public func meshgrid(_ tensors: [Tensor], indexing: MeshgridIndexing = .ij) -> [Tensor] {
  require(!tensors.isEmpty, "meshgrid: there are no tensors; give at least one")
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim <= 1 && x.dtype == tensors[0].dtype,
      """
      meshgrid: tensor \(i), of shape \(x.shape) and dtype \(x.dtype), is not a vector of the \
      dtype of the first, \(tensors[0].dtype)
      """)
  }
  var dims = Array(tensors.indices)
  if indexing == .xy, dims.count >= 2 { dims.swapAt(0, 1) }
  var shape = tensors.map(\.numel)
  for (x, d) in zip(tensors, dims) { shape[d] = x.numel }
  return zip(tensors, dims).map { x, d in
    var own = [Int](repeating: 1, count: shape.count)
    own[d] = x.numel
    return x.reshape(own).expand(shape)
  }
}

// MARK: - Combinations

/// The Cartesian product of vectors: one row for each choice of one element from each, in
/// lexicographic order, as in Python's `itertools.product`. For a single vector it is that vector.
public func cartesianProd(_ tensors: [Tensor]) -> Tensor {
  require(!tensors.isEmpty, "cartesianProd: there are no tensors; give at least one")
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim == 1 && x.dtype == tensors[0].dtype,
      """
      cartesianProd: tensor \(i), of shape \(x.shape) and dtype \(x.dtype), is not a vector of the \
      dtype of the first, \(tensors[0].dtype)
      """)
  }
  if tensors.count == 1 { return tensors[0] }
  return stack(meshgrid(tensors).map { $0.flatten() }, dim: 1)
}

extension Tensor {
  /// The combinations of `r` elements of a vector, a row each, as in Python's
  /// `itertools.combinations`.
  ///
  /// - Parameters:
  ///   - r: the length of a combination. For 0 the result has shape [0], as in PyTorch.
  ///   - withReplacement: whether an element may be chosen several times.
  public func combinations(r: Int = 2, withReplacement: Bool = false) -> Tensor {
    require(
      ndim == 1,
      "combinations: the tensor must be 1-d, but its shape is \(shape); flatten() it")
    require(r >= 0, "combinations: r must not be negative, but it is \(r)")
    if r == 0 { return Tensor.empty([0], dtype: dtype) }
    let n = numel
    if n == 0 || !withReplacement && r > n { return Tensor.empty([0, r], dtype: dtype) }
    let rows = numberOfChoices(r, of: withReplacement ? Double(n) + Double(r) - 1 : Double(n))
    require(
      rows * Double(r) <= 0x1p43,
      """
      combinations: the choices of \(r) of \(n) elements, about \(rows) of them, do not fit in \
      memory; use a smaller r
      """)
    // Each choice is a row of indices, neighbours of which differ by at least `apart`.
    let apart = withReplacement ? 0 : 1
    var indices: [Int] = []
    var choice = (0..<r).map { $0 * apart }
    while choice.allSatisfy({ $0 < n }) {
      indices += choice
      guard let i = choice.indices.last(where: { choice[$0] < n - 1 - (r - 1 - $0) * apart })
      else { break }
      let next = choice[i] + 1
      for j in i..<r { choice[j] = next + (j - i) * apart }
    }
    return take(Tensor(indices, shape: [indices.count / r, r]))
  }

  /// The binomial coefficient, or ∞.
  private func numberOfChoices(_ r: Int, of n: Double) -> Double {
    let fewer = Swift.min(Double(r), n - Double(r))
    var (count, i) = (1.0, 1.0)
    while i <= fewer, count < 0x1p60 {
      count *= (n - fewer + i) / i
      i += 1
    }
    return count
  }
}
