// Tensors put side by side.

// MARK: - Along a dimension that they have

/// The tensors one after the other along dimension `dim`.
///
/// Their shapes agree but in `dim`; the result has the dtype that their dtypes promote to. As in
/// PyTorch, tensors of shape [0] may stand among others of more dimensions, and add nothing.
public func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor {
  joined(tensors, dim, op: #function)
}

/// The tensors side by side: along dimension 1, or along the only one if the first has no more.
public func hstack(_ tensors: [Tensor]) -> Tensor {
  let parts = tensors.map { $0.atleast1d() }
  return joined(parts, parts.first?.ndim == 1 ? 0 : 1, op: #function)
}

/// The tensors one above the other: along dimension 0, vectors as rows.
public func vstack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.atleast2d() }, 0, op: #function)
}

/// The tensors one behind the other: along dimension 2, vectors and matrices as
/// ``Tensor/atleast3d()`` sees them.
public func dstack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.atleast3d() }, 2, op: #function)
}

/// The tensors side by side, vectors as columns: along dimension 1.
public func columnStack(_ tensors: [Tensor]) -> Tensor {
  joined(tensors.map { $0.ndim < 2 ? $0.reshape([$0.numel, 1]) : $0 }, 1, op: #function)
}

private func joined(_ tensors: [Tensor], _ dim: Int, op: StaticString) -> Tensor {
  requireSome(tensors, op: op)
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim > 0, "\(opName(op)): tensor \(i) is 0-d; use stack, or unsqueeze(0) it")
  }
  // From the time before PyTorch's tensors could have sizes of 0: an empty list in the making.
  let isNothing = tensors.map { $0.shape == [0] }
  let shape = (zip(tensors, isNothing).first { !$1 }?.0 ?? tensors[0]).shape
  let d = shape.dimension(dim, op: op)
  for (i, x) in tensors.enumerated() where !isNothing[i] {
    require(
      x.ndim == shape.count && shape.indices.allSatisfy { $0 == d || x.shape[$0] == shape[$0] },
      """
      \(opName(op)): tensor \(i) has shape \(x.shape), which does not continue \(shape) along \
      dimension \(d); all other sizes must agree
      """)
  }
  let lengths = zip(tensors, isNothing).map { $1 ? 0 : $0.shape[d] }
  var whole = shape
  whole[d] = sumOfSizes(lengths, op: op)
  var starts = [0]
  for length in lengths { starts.append(starts.last! + length) }
  return join(tensors, whole, op: op) { i, whole in
    // The window onto what has no part in the whole has the shape [0], as it has.
    isNothing[i]
      ? Layout([0]) : whole.sliced(d, start: starts[i], length: lengths[i])
  }
}

// MARK: - Along new dimensions

/// The tensors, which have one shape, along a new dimension `dim`.
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
  return join(tensors, shape, op: #function) { i, whole in whole.selected(d, i) }
}

/// A matrix with the tensors along its diagonal and zeros elsewhere; vectors are rows, a 0-d tensor
/// has one element.
public func blockDiag(_ tensors: [Tensor]) -> Tensor {
  var ends = [(0, 0)]
  for (i, x) in tensors.enumerated() {
    require(
      x.ndim <= 2,
      "blockDiag: tensor \(i) has shape \(x.shape), but a block has at most 2 dimensions")
    let (rows, columns) = (x.ndim == 2 ? x.shape[0] : 1, x.ndim == 2 ? x.shape[1] : x.numel)
    ends.append((ends[i].0 + rows, ends[i].1 + columns))
  }
  // Of no blocks at all PyTorch makes a row without elements.
  let shape = tensors.isEmpty ? [1, 0] : [ends.last!.0, ends.last!.1]
  return join(tensors, shape, isFilled: false, op: #function) { i, whole in
    let block =
      whole
      .sliced(0, start: ends[i].0, length: ends[i + 1].0 - ends[i].0)
      .sliced(1, start: ends[i].1, length: ends[i + 1].1 - ends[i].1)
    return (0..<(2 - tensors[i].ndim)).reduce(block) { block, _ in block.selected(0, 0) }
  }
}

// MARK: - What they share

private func requireSome(_ tensors: [Tensor], op: StaticString) {
  require(!tensors.isEmpty, "\(opName(op)): there are no tensors; give at least one")
}

/// A tensor of shape `shape` in which tensor i fills the part that `part(i, layout)` finds.
///
/// - Parameter isFilled: whether the parts make up the whole; the rest is zeros.
private func join(
  _ tensors: [Tensor], _ shape: [Int], isFilled: Bool = true, op: StaticString,
  part: @escaping (Int, Layout) -> Layout
) -> Tensor {
  let dtypes = tensors.map(\.dtype)
  let dtype = dtypes.dropFirst().reduce(dtypes.first ?? .default) { .promote($0, $1) }
  let y = isFilled ? Tensor(uninitialized: shape, dtype) : Tensor.zeros(shape, dtype: dtype)
  for (i, x) in tensors.enumerated() { y.alias(part(i, y.layout)).assign(x) }
  for (i, x) in tensors.enumerated() {
    y.wrt(x, op: op) { g in g.window(op: op) { part(i, $0) } }
  }
  return y
}
