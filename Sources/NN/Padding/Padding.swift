import Autograd

/// The elements that ``pad(_:_:mode:value:)`` adds.
public enum PadMode: Sendable {
  /// A given number.
  case constant
  /// The elements next to the border, in reverse order: `c b [a b c] b a`.
  case reflect
  /// The element at the border: `a a [a b c] c c`.
  case replicate
  /// The elements from the opposite end: `b c [a b c] a b`.
  case circular
}

/// Adds elements before and after the last dimensions: PyTorch's `pad`.
///
/// ```swift
/// pad(x, [1, 1])                        // a zero on both sides of the last dimension
/// pad(x, [1, 2, 0, 3], mode: .reflect)  // last dimension 1 and 2, the one before it 0 and 3
/// ```
///
/// Negative numbers remove elements instead. Unlike in PyTorch, every mode takes any number of
/// dimensions.
///
/// - Parameters:
///   - input: the tensor.
///   - padding: the numbers of elements to add before and after the last dimension, then before and
///     after the one in front of it, and so on.
///   - mode: what the added elements are. `.reflect` adds fewer elements than the dimension has,
///     `.circular` at most as many as remain of it.
///   - value: the element that mode `.constant` adds, converted to the dtype of the input; 0 in the
///     other modes.
public func pad(
  _ input: Tensor, _ padding: [Int], mode: PadMode = .constant, value: some TensorScalar = 0
) -> Tensor {
  pad(input, padding, mode: mode, value: value, op: #function)
}

/// ``pad(_:_:mode:value:)`` as a part of `op`.
func pad(
  _ input: Tensor, _ padding: [Int], mode: PadMode, value: some TensorScalar, op: StaticString
) -> Tensor {
  let ends = ends(of: input.shape, padding, op)
  let added = ends.filter { $0.before != 0 || $0.after != 0 }
  var shape = input.shape
  for end in added { shape[end.dim] += end.before + end.after }
  if mode == .constant {
    requireFit(value.scalar, in: input.dtype, "value", op: op)
    if added.isEmpty { return input.clone() }
    let y = Tensor.uninitialized(shape, input.dtype, op: op)
    let sides = added.map {
      PaddedRows.Side(dim: $0.dim, before: $0.before, after: $0.after, source: nil)
    }
    write(input, to: y, sides, value.scalar)
    // The gradient loses what was added, and is 0 where elements were removed.
    return y.wrt(input) { g in pad(g, padding.map { -$0 }) }
  }
  require(
    value.scalar.double == 0, "\(opName(op)): mode .\(mode) takes no value, but it is \(value)")
  if added.isEmpty { return input.clone() }
  for end in added { requireSources(end, input.shape[end.dim], mode, op) }
  if input.numel == 0 { return composed(input, added, mode, op) }
  let y = Tensor.uninitialized(shape, input.dtype, op: op)
  let sides = added.map { end in
    PaddedRows.Side(
      dim: end.dim, before: end.before, after: end.after,
      source: source(end, input.shape[end.dim], mode))
  }
  let rows = write(input, to: y, sides, .int(0))
  return y.wrt(
    input, op: op, fused: { g in rows.summed(g) },
    meaning: { x in composed(x, added, mode, op) })
}

/// `x` padded with elements of its own, in ordinary ops.
private func composed(_ x: Tensor, _ ends: [Ends], _ mode: PadMode, _ op: StaticString) -> Tensor {
  ends.reduce(x) { x, end in
    let size = x.shape[end.dim]
    let source = source(end, size, mode)
    let indices = (-end.before..<size + end.after).map { 0..<size ~= $0 ? $0 : source($0) }
    return x.indexSelect(dim: end.dim, index: Tensor(indices), op: op)
  }
}

// MARK: - The ends of dimensions

/// The numbers of elements to add before and after a dimension; negative if elements are removed.
private struct Ends {
  let dim, before, after: Int

  /// The number of elements removed at the start.
  var removedBefore: Int { max(0, -before) }
  /// The number of elements removed at both ends, which is at most the size of the dimension.
  var removed: Int { removedBefore + max(0, -after) }
}

/// The padding of each dimension, checked against the shape.
private func ends(of shape: [Int], _ padding: [Int], _ op: StaticString) -> [Ends] {
  require(
    padding.count % 2 == 0 && padding.count / 2 <= shape.count,
    """
    \(opName(op)): the padding \(padding) must have two numbers, before and after, for each of the last \
    dimensions of the shape \(shape), the last dimension first
    """)
  return (0..<padding.count / 2).map { i in
    let d = shape.count - 1 - i
    let (before, after) = (padding[2 * i], padding[2 * i + 1])
    // Compared one by one: neither negating nor adding the numbers may overflow.
    let kept = shape[d] &+ min(0, after)
    require(
      before >= -shape[d] && after >= -shape[d] && kept &+ min(0, before) >= 0,
      """
      \(opName(op)): the padding \(padding) removes more elements from dimension \(d) of the shape \(shape) \
      than there are
      """)
    require(
      !shape[d].addingReportingOverflow(max(0, before)).overflow
        && !(shape[d] + max(0, before)).addingReportingOverflow(max(0, after)).overflow,
      "\(opName(op)): with the padding \(padding), dimension \(d) of the shape \(shape) is too large"
    )
    return Ends(dim: d, before: before, after: after)
  }
}

// MARK: - Modes

/// Writes `input`, padded at `sides`, to `y`, and returns how.
@discardableResult
private func write(
  _ input: Tensor, to y: Tensor, _ sides: [PaddedRows.Side], _ value: Scalar
) -> PaddedRows {
  let rows = PaddedRows(sides, input.shape)
  rows.write(input, to: y, value: value)
  return rows
}

/// Stops unless `mode` has elements for all positions.
private func requireSources(_ end: Ends, _ size: Int, _ mode: PadMode, _ op: StaticString) {
  let count = size + end.before + end.after
  require(
    size > 0 && count > 0,
    """
    \(opName(op)): mode .\(mode) needs dimensions that are not empty before or after, but dimension \
    \(end.dim) has \(size) elements before and \(count) after
    """)
  // Stops if there is not the memory for so many.
  _ = Tensor.uninitialized([count], .int64, op: op)
  switch mode {
  case .constant, .replicate: break
  case .reflect:
    require(
      end.before < size && end.after < size,
      """
      \(opName(op)): mode .reflect adds fewer elements than there are, but the padding is \(end.before) and \
      \(end.after) for dimension \(end.dim), of size \(size)
      """)
  case .circular:
    let kept = size - end.removed
    require(
      kept > 0 && end.before <= kept && end.after <= kept,
      """
      \(opName(op)): mode .circular adds at most as many elements as there are, but the padding is \
      \(end.before) and \(end.after) for dimension \(end.dim), of which \(kept) elements remain
      """)
  }
}

/// The index, in a dimension of `size` elements, of the element that the one at a position outside
/// equals.
private func source(_ end: Ends, _ size: Int, _ mode: PadMode) -> (Int) -> Int {
  switch mode {
  case .reflect: { i in i < 0 ? -i : 2 * (size - 1) - i }
  case .replicate: { i in min(max(i, 0), size - 1) }
  case .constant, .circular:
    // Elements that are removed at one end do not reappear at the other.
    { [first = end.removedBefore, kept = size - end.removed] i in
      first + ((i - first) % kept + kept) % kept
    }
  }
}
