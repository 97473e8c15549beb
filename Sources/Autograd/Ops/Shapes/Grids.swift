// Tensors brought to a common shape, and all combinations of elements.

// MARK: - Common shapes

/// Views of the tensors, broadcast to one shape.
public func broadcastTensors(_ tensors: [Tensor]) -> [Tensor] {
  let shape = tensors.reduce([]) { broadcastShape($0, $1.shape, op: #function) }
  return tensors.map { $0.expand(shape) }
}

/// Which of the first two dimensions of a grid belongs to which coordinate.
public enum MeshgridIndexing: Sendable {
  /// Matrix indexing: dimension i belongs to coordinate i.
  case ij
  /// Cartesian indexing: dimension 0 belongs to the second coordinate, dimension 1 to the first.
  case xy
}

/// The coordinates of the points of a grid: for vectors of sizes n₀, n₁, … tensors of shape
/// [n₀, n₁, …], of which the i-th repeats the i-th vector along all dimensions but its own.
///
/// - Parameters:
///   - tensors: vectors or 0-d tensors of one dtype.
///   - indexing: whether the first two dimensions are exchanged. PyTorch wants it to be named.
/// - Returns: views; the elements of one vector are shared.
public func meshgrid(_ tensors: [Tensor], indexing: MeshgridIndexing = .ij) -> [Tensor] {
  require(!tensors.isEmpty, "meshgrid: there are no tensors; give at least one")
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim <= 1 && x.dtype == tensors[0].dtype,
      """
      meshgrid: tensor \(i), of shape \(x.shape) and dtype \(x.dtype), is not a vector of the dtype of \
      the first, \(tensors[0].dtype)
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

/// All choices of one element from each of the vectors, a row each, in lexicographic order: as the
/// Cartesian product in Python's itertools. Of a single vector, it is that vector.
public func cartesianProd(_ tensors: [Tensor]) -> Tensor {
  require(!tensors.isEmpty, "cartesianProd: there are no tensors; give at least one")
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim == 1 && x.dtype == tensors[0].dtype,
      """
      cartesianProd: tensor \(i), of shape \(x.shape) and dtype \(x.dtype), is not a vector of the dtype \
      of the first, \(tensors[0].dtype)
      """)
  }
  if tensors.count == 1 { return tensors[0] }
  return stack(meshgrid(tensors).map { $0.flatten() }, dim: 1)
}

extension Tensor {
  /// All choices of `r` elements of a vector in their order, a row each: as the combinations in
  /// Python's itertools.
  ///
  /// - Parameters:
  ///   - r: how many elements to choose. (Of no elements PyTorch makes a tensor of shape [0].)
  ///   - withReplacement: whether an element can be chosen several times.
  public func combinations(r: Int = 2, withReplacement: Bool = false) -> Tensor {
    require(ndim == 1, "combinations: a vector is needed, but the shape is \(shape); flatten() it")
    require(r >= 0, "combinations: \(r) elements cannot be chosen; give 0 or more")
    if r == 0 { return Tensor.empty([0], dtype: dtype) }
    let n = numel
    // Each choice a row of increasing indices; `apart` keeps neighbours from being the same.
    let apart = withReplacement ? 0 : 1
    var rows: [Int] = []
    var choice = (0..<r).map { $0 * apart }
    while choice.allSatisfy({ $0 < n }) {
      rows += choice
      guard let i = choice.indices.last(where: { choice[$0] < n - 1 - (r - 1 - $0) * apart })
      else { break }
      let next = choice[i] + 1
      for j in i..<r { choice[j] = next + (j - i) * apart }
    }
    return take(Tensor(rows, shape: [rows.count / r, r]))
  }
}
