// Tensors put side by side, and copies of a tensor in another arrangement.

// MARK: - Several tensors

/// The tensors one after the other along dimension `dim`.
///
/// Their shapes agree but in `dim`; the result has the dtype that their dtypes promote to. Unlike in
/// PyTorch a tensor of shape [0] is not skipped among others of more dimensions.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  require(!tensors.isEmpty, "cat: there are no tensors; give at least one")
  let shape = tensors[0].shape
  for (i, x) in tensors.enumerated() {
    require(x.ndim > 0, "cat: tensor \(i) is 0-d; use stack, or unsqueeze(0) it")
  }
  let d = shape.dimension(dim, op: #function)
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim == shape.count && shape.indices.allSatisfy { $0 == d || x.shape[$0] == shape[$0] },
      """
      cat: tensor \(i) has shape \(x.shape), which does not continue \(shape) along dimension \(d); all \
      other sizes must agree
      """)
  }
  var ends = [0]
  for x in tensors { ends.append(ends.last! + x.shape[d]) }
  var joined = shape
  joined[d] = ends.last!
  return join(tensors, joined, op: #function) { i, whole in
    whole.sliced(d, start: ends[i], length: ends[i + 1] - ends[i])
  }
}

/// The tensors, which have one shape, along a new dimension `dim`.
public func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  require(!tensors.isEmpty, "stack: there are no tensors; give at least one")
  var shape = tensors[0].shape
  for (i, x) in tensors.enumerated() {
    require(
      x.shape == shape,
      "stack: tensor \(i) has shape \(x.shape), but tensor 0 has \(shape); they must agree")
  }
  let d = (shape + [tensors.count]).dimension(dim, op: #function)
  shape.insert(tensors.count, at: d)
  return join(tensors, shape, op: #function) { i, whole in whole.selected(d, i) }
}

/// A tensor of shape `shape` in which tensor i fills the part that `part(i, layout)` finds.
private func join(
  _ tensors: [Tensor], _ shape: [Int], op: StaticString,
  part: @escaping (Int, Layout) -> Layout
) -> Tensor {
  let dtype = tensors.dropFirst().reduce(tensors[0].dtype) { .promote($0, $1.dtype) }
  let y = Tensor(uninitialized: shape, dtype)
  for (i, x) in tensors.enumerated() { y.alias(part(i, y.layout)).assign(x) }
  for (i, x) in tensors.enumerated() {
    y.wrt(x, op: op) { g in g.window(op: op) { part(i, $0) } }
  }
  return y
}

// MARK: - Copies in another arrangement

extension Tensor {
  /// This tensor `counts[d]` times along dimension d, as a copy.
  ///
  /// More counts than dimensions add dimensions in front.
  public func `repeat`(_ counts: [Int]) -> Tensor {
    require(
      counts.count >= ndim && counts.allSatisfy { $0 >= 0 },
      "repeat: \(counts) does not give each dimension of the shape \(shape) a count")
    let sizes = Array(repeating: 1, count: counts.count - ndim) + shape
    let dims = counts.indices
    let y = reshape(dims.flatMap { [1, sizes[$0]] })
      .expand(dims.flatMap { [counts[$0], sizes[$0]] })
      .reshape(dims.map { Layout.count(of: [counts[$0], sizes[$0]]) })
    return y.sharesStorage(with: self) ? y.clone() : y
  }

  /// The elements in the opposite order along the dimensions `dims`, as a copy.
  public func flip(_ dims: [Int]) -> Tensor {
    let over = dims.isEmpty ? [] : shape.dimensions(dims, op: #function)
    return alias(layout.flipped(over)).copied().wrt(self) { g in g.flip(over) }
  }
}
