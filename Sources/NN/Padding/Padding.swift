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
  if mode == .constant {
    var shape = input.shape
    for end in ends { shape[end.dim] += end.before + end.after }
    let y = Tensor.filled(shape, value.scalar, input.dtype, op: op)
    noGrad { copy(input, into: y, ends) }
    // The gradient loses what was added, and is 0 where elements were removed.
    return y.wrt(input) { g in pad(g, padding.map { -$0 }) }
  }
  require(
    value.scalar.double == 0, "\(opName(op)): mode .\(mode) takes no value, but it is \(value)")
  let added = ends.filter { $0.before != 0 || $0.after != 0 }
  if added.isEmpty { return input.clone() }
  return added.reduce(input) { x, end in
    let indices = sourceIndices(end, x.shape[end.dim], mode, op)
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

/// Copies the elements of `input` that remain to their places in `y`.
private func copy(_ input: Tensor, into y: Tensor, _ ends: [Ends]) {
  var (source, target) = (input, y)
  for end in ends {
    let length = input.shape[end.dim] - end.removed
    source = source.narrow(dim: end.dim, start: end.removedBefore, length: length)
    target = target.narrow(dim: end.dim, start: max(0, end.before), length: length)
  }
  target.copy_(source)
}

/// For each element of the padded dimension, the index of the element that it equals.
private func sourceIndices(_ end: Ends, _ size: Int, _ mode: PadMode, _ op: StaticString) -> [Int] {
  let positions = -end.before..<size + end.after
  require(
    size > 0 && !positions.isEmpty,
    """
    \(opName(op)): mode .\(mode) needs dimensions that are not empty before or after, but dimension \
    \(end.dim) has \(size) elements before and \(positions.count) after
    """)
  // Stops if there is not the memory for so many.
  _ = Tensor.uninitialized([positions.count], .int64, op: op)
  switch mode {
  case .reflect:
    require(
      end.before < size && end.after < size,
      """
      \(opName(op)): mode .reflect adds fewer elements than there are, but the padding is \(end.before) and \
      \(end.after) for dimension \(end.dim), of size \(size)
      """)
    return positions.map { i in i < 0 ? -i : i < size ? i : 2 * (size - 1) - i }
  case .replicate:
    return positions.map { i in min(max(i, 0), size - 1) }
  case .constant, .circular:
    let kept = size - end.removed
    require(
      kept > 0 && end.before <= kept && end.after <= kept,
      """
      \(opName(op)): mode .circular adds at most as many elements as there are, but the padding is \
      \(end.before) and \(end.after) for dimension \(end.dim), of which \(kept) elements remain
      """)
    // Elements that are removed at one end do not reappear at the other.
    let first = end.removedBefore
    return positions.map { i in first + ((i - first) % kept + kept) % kept }
  }
}
