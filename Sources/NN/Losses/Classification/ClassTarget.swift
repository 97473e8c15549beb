import Autograd

// Checks and shapes that the losses over classes share. The input has the classes in dimension 1,
// [batch, classes, …], or is a single sample, [classes]; the target has the same shape without the
// classes.

/// A target of class indices, checked and flattened to rows.
struct ClassTarget {
  /// The classes, [rows] of int64; 0 where a row is ignored.
  let index: Tensor
  /// Whether a row is ignored, [rows] of bool; nil if none is.
  let isIgnored: Tensor?
  /// The weight of each row's class, [rows]; 0 where it is ignored. Nil if all are 1.
  let factor: Tensor?

  /// Stops if a class is out of range.
  ///
  /// - Parameters:
  ///   - target: the indices.
  ///   - input: the input of the loss.
  ///   - weight: the weights of the classes, [classes], of the input's dtype.
  ///   - ignoreIndex: the class of rows to ignore.
  ///   - op: the loss, for messages.
  init(_ target: Tensor, for input: Tensor, weight: Tensor?, ignoreIndex: Int, op: StaticString) {
    let shape = input.shapeWithoutClasses
    require(
      target.dtype != .bool,
      """
      \(opName(op)): class indices must be integers, but the target is bool; cast it with \
      to(.int64)
      """)
    require(
      target.shape == shape,
      """
      \(opName(op)): an input of shape \(input.shape), with \(input.classCount) classes in \
      dimension \(input.classDimension), needs indices of shape \(shape), but the target has shape \
      \(target.shape)\(target.shape == input.shape ? "; take argmax(dim:) of one-hot vectors" : "")
      """)
    let flat = target.detach().to(.int64).reshape([target.numel])
    let mayIgnore = !flat.isInRange(of: input.classCount) || 0..<input.classCount ~= ignoreIndex
    isIgnored = mayIgnore ? flat.eq(ignoreIndex) : nil
    // For a gradient a copy, since the target may be changed before it is computed.
    index =
      isIgnored.map { flat.maskedFill($0, 0) }
      ?? (input.requiresGrad && GradMode.isEnabled ? flat.clone() : flat)
    let hasClasses =
      input.classCount > 0 && (!mayIgnore || index.isInRange(of: input.classCount))
    for (row, value) in hasClasses ? [] : Array(flat.array(of: Int.self).enumerated())
    where value != ignoreIndex && !(0..<input.classCount).contains(value) {
      fail(
        """
        \(opName(op)): the class \(value)\(place(of: row, in: shape)) of the target is out of \
        range: there are \(input.classCount) classes, from 0 on; rows with the class \
        \(ignoreIndex) are ignored
        """)
    }
    // Without classes all rows are ignored, and there is no weight to select.
    let weights = input.classCount == 0 ? nil : weight?.indexSelect(dim: 0, index: index)
    factor =
      isIgnored.map { (weights ?? .ones([flat.numel], dtype: input.dtype)).maskedFill($0, 0) }
      ?? weights
  }
}

/// The position of row `row` in a target of shape `shape`, for a message.
private func place(of row: Int, in shape: [Int]) -> String {
  if shape.isEmpty { return "" }
  if shape.count == 1 { return " in row \(row)" }
  var position: [Int] = []
  var rest = row
  for size in shape.reversed() {
    position.insert(rest % size, at: 0)
    rest /= size
  }
  return " at \(position)"
}

extension Tensor {
  /// The dimension of the classes in the input of a loss.
  var classDimension: Int { ndim == 1 ? 0 : 1 }

  /// The number of classes in the input of a loss.
  var classCount: Int { shape[classDimension] }

  /// The shape of the input of a loss without the classes.
  var shapeWithoutClasses: [Int] {
    Array(shape[..<classDimension] + shape[(classDimension + 1)...])
  }

  /// One value for each class, [classes], in a shape that broadcasts to this input of a loss.
  func perClass(_ values: Tensor) -> Tensor {
    values.reshape([classCount] + Array(repeating: 1, count: ndim - classDimension - 1))
  }

  /// The element of each position at its index, in the input of a loss; [positions]. 0 if there are
  /// no classes.
  func picked(_ index: Tensor) -> Tensor {
    let d = classDimension
    if shape[d] == 0 { return sum(dim: d).reshape([index.numel]) }
    var places = shape
    places[d] = 1
    return gather(dim: d, index: index.reshape(places)).reshape([index.numel])
  }
}

/// Checks the input of a loss over classes and the weights of the classes, which it returns off the
/// tape.
///
/// - Parameter ofIndices: whether the target is class indices. The weights must then have the
///   input's dtype, and no gradient flows to them, as in PyTorch.
func classWeight(
  _ weight: Tensor?, for input: Tensor, ofIndices: Bool = true, op: StaticString
) -> Tensor? {
  require(
    input.ndim > 0 && input.dtype.isFloatingPoint,
    """
    \(opName(op)): expected real numbers of shape [classes] or [batch, classes, …], got \
    \(input.dtype) of shape \(input.shape)
    """)
  guard let weight else { return nil }
  require(
    weight.shape == [input.classCount],
    """
    \(opName(op)): the weight has shape \(weight.shape), but must have [\(input.classCount)] for \
    the \(input.classCount) classes of an input of shape \(input.shape)
    """)
  if !ofIndices { return weight }
  require(
    weight.dtype == input.dtype,
    """
    \(opName(op)): the weight is \(weight.dtype), but the input is \(input.dtype); cast the weight \
    with to(.\(input.dtype))
    """)
  require(
    !weight.requiresGrad || !GradMode.isEnabled,
    """
    \(opName(op)): the weight requires a gradient, but none flows to it if the target is class \
    indices; detach() it
    """)
  return weight.detach()
}
