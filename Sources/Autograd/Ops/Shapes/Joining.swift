// Joining tensors: concatenating, stacking, block diagonals.

// MARK: - Along an existing dimension

/// The tensors concatenated along dimension `dim`.
///
/// Their shapes must agree except in `dim`; the result has the promoted dtype. As in PyTorch,
/// tensors of shape [0] are skipped, whatever the number of dimensions of the others.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  joined(tensors, dim, op: #function)
}

/// The tensors concatenated along dimension 1, or along dimension 0 if the first is a vector; 0-d
/// tensors are vectors of one element.
public func hstack(_ tensors: [Tensor]) -> Tensor {
  let parts = tensors.map { $0.atleast1d() }
  return joined(parts, parts.first?.ndim == 1 ? 0 : 1, op: #function)
}

/// The tensors concatenated along dimension 0, vectors as rows.
public func vstack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.atleast2d() }, 0, op: #function)
}

/// The tensors concatenated along dimension 2, after ``Tensor/atleast3d()``.
public func dstack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.atleast3d() }, 2, op: #function)
}

/// The tensors concatenated along dimension 1, vectors as columns.
public func columnStack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.ndim < 2 ? $0.reshape([$0.numel, 1]) : $0 }, 1, op: #function)
}

private func joined(_ tensors: [Tensor], _ dim: Int, op: StaticString) -> Tensor {
  requireSome(tensors, op: op)
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim > 0, "\(opName(op)): tensor \(i) is 0-d; use stack, or unsqueeze(0) it")
  }
  // PyTorch skips tensors of shape [0] for compatibility with its old versions, where they were the
  // only empty tensors.
  let isNothing = tensors.map { $0.shape == [0] }
  let shape = (zip(tensors, isNothing).first { !$1 }?.0 ?? tensors[0]).shape
  let d = shape.dimension(dim, op: op)
  for (i, x) in tensors.enumerated() where !isNothing[i] {
    require(
      x.ndim == shape.count && shape.indices.allSatisfy { $0 == d || x.shape[$0] == shape[$0] },
      """
      \(opName(op)): tensor \(i) has shape \(x.shape), which does not fit \(shape); all sizes \
      but that of dimension \(d) must agree
      """)
  }
  let lengths = zip(tensors, isNothing).map { $1 ? 0 : $0.shape[d] }
  var whole = shape
  whole[d] = sumOfSizes(lengths, op: op)
  var starts = [0]
  for length in lengths { starts.append(starts.last! + length) }
  return join(tensors, whole, along: d, op: op) { i, whole in
    // The window of a skipped tensor has its shape, [0].
    isNothing[i]
      ? Layout([0]) : whole.sliced(d, start: starts[i], length: lengths[i])
  }
}

// MARK: - Along new dimensions

/// The tensors, which must have the same shape, joined along a new dimension `dim`.
public func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  requireSome(tensors, op: #function)
  var shape = tensors[0].shape
  for (i, x) in tensors.enumerated() {
    require(
      x.shape == shape,
      "stack: tensor \(i) has shape \(x.shape), but tensor 0 has \(shape); they must agree")
  }
  let d = (shape + [tensors.count]).dimension(dim, op: #function)
  shape.insert(tensors.count, at: d)
  return join(tensors, shape, along: d, op: #function) { i, whole in whole.selected(d, i) }
}

/// A matrix with the tensors along its diagonal and zeros elsewhere; a vector is a matrix of one
/// row, a 0-d tensor one of a single element.
public func blockDiag(_ tensors: [Tensor]) -> Tensor {
  var ends = [(0, 0)]
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim <= 2,
      "blockDiag: tensor \(i) must have at most 2 dimensions, but has shape \(x.shape)")
    let (rows, columns) = (x.ndim == 2 ? x.shape[0] : 1, x.ndim == 2 ? x.shape[1] : x.numel)
    ends.append((ends[i].0 + rows, ends[i].1 + columns))
  }
  // Without tensors PyTorch's result has shape [1, 0].
  let shape = tensors.isEmpty ? [1, 0] : [ends.last!.0, ends.last!.1]
  return join(tensors, shape, along: nil, op: #function) { i, whole in
    let block =
      whole
      .sliced(0, start: ends[i].0, length: ends[i + 1].0 - ends[i].0)
      .sliced(1, start: ends[i].1, length: ends[i + 1].1 - ends[i].1)
    return (0..<(2 - tensors[i].ndim)).reduce(block) { block, _ in block.selected(0, 0) }
  }
}

// MARK: - Helpers

private func requireSome(_ tensors: [Tensor], op: StaticString) {
  require(!tensors.isEmpty, "\(opName(op)): there are no tensors; give at least one")
}

/// A tensor of shape `shape` with tensor i written into the part `part(i, layout)`.
///
/// - Parameter d: the dimension along which the parts follow each other and cover the whole; nil if
///   they do not, and the rest is zeros.
private func join(
  _ tensors: [Tensor], _ shape: [Int], along d: Int?, op: StaticString,
  part: @escaping (Int, Layout) -> Layout
) -> Tensor {
  let dtype = tensors.dropFirst().reduce(tensors.first?.dtype ?? .default) {
    .promote($0, $1.dtype)
  }
  let y = d == nil ? Tensor.zeros(shape, dtype: dtype) : Tensor(uninitialized: shape, dtype)
  let blocks = d.map { shape[..<$0].reduce(1, *) } ?? 0
  var start = 0
  for (i, x) in tensors.enumerated() {
    if blocks == 0 || !y.putColumns(of: x, at: start, blocks: blocks) {
      y.alias(part(i, y.layout)).assign(x)
    }
    if blocks > 0 { start += x.numel / blocks }
  }
  for (i, x) in tensors.enumerated() {
    y.wrt(x, op: op) { g in g.window(op: op) { part(i, $0) } }
  }
  return y
}
