// Subscripts: the kinds of index, and reading.

/// An index in a tensor's subscript: an integer, a range, an array or a tensor of integers or
/// bools, or one of `.all`, `.newAxis`, `.ellipsis` and `.slice(from:to:by:)`.
public protocol TensorIndexing {
  /// The kind of index.
  var tensorIndex: TensorIndex { get }
}

/// The kinds of index.
public struct TensorIndex: TensorIndexing {
  enum Kind {
    case integer(Int)
    /// Bounds count from the end if negative, and are clamped.
    case slice(from: Int?, to: Int?, by: Int)
    case newAxis
    case ellipsis
    case tensor(Tensor)
  }

  let kind: Kind
  /// Itself.
  public var tensorIndex: TensorIndex { self }
}

// MARK: - Indices

extension TensorIndexing where Self == TensorIndex {
  /// The whole dimension: PyTorch's `:`.
  public static var all: TensorIndex { .slice() }

  /// A new dimension of size 1: PyTorch's `None`.
  public static var newAxis: TensorIndex { TensorIndex(kind: .newAxis) }

  /// As many whole dimensions as the others leave: PyTorch's `...`.
  public static var ellipsis: TensorIndex { TensorIndex(kind: .ellipsis) }

  /// Every `step`-th element between two bounds, which count from the end if negative: PyTorch's
  /// `from:to:step`. Needed for a step, and for `1:-1`, which is no range in Swift.
  ///
  /// ```swift
  /// x[.slice(by: 2)]
  /// x[.slice(from: 1, to: -1)]
  /// ```
  public static func slice(from: Int? = nil, to: Int? = nil, by step: Int = 1) -> TensorIndex {
    TensorIndex(kind: .slice(from: from, to: to, by: step))
  }
}

extension Int: TensorIndexing {
  /// One element, which drops the dimension.
  public var tensorIndex: TensorIndex { TensorIndex(kind: .integer(self)) }
}

extension Range: TensorIndexing where Bound == Int {
  /// The elements from the lower bound up to the upper one.
  public var tensorIndex: TensorIndex { .slice(from: lowerBound, to: upperBound) }
}

extension ClosedRange: TensorIndexing where Bound == Int {
  /// The elements from the lower bound to the upper one.
  public var tensorIndex: TensorIndex { .slice(from: lowerBound, to: end(after: upperBound)) }
}

extension PartialRangeFrom: TensorIndexing where Bound == Int {
  /// The elements from the lower bound on.
  public var tensorIndex: TensorIndex { .slice(from: lowerBound) }
}

extension PartialRangeUpTo: TensorIndexing where Bound == Int {
  /// The elements before the upper bound.
  public var tensorIndex: TensorIndex { .slice(to: upperBound) }
}

extension PartialRangeThrough: TensorIndexing where Bound == Int {
  /// The elements to the upper bound.
  public var tensorIndex: TensorIndex { .slice(to: end(after: upperBound)) }
}

/// The bound past `last`; past the last element there is none.
private func end(after last: Int) -> Int? { last == -1 || last == .max ? nil : last + 1 }

extension Array: TensorIndexing where Element: TensorElement {
  /// The elements at these indices, or where these bools are true.
  public var tensorIndex: TensorIndex { TensorIndex(kind: .tensor(Tensor(self))) }
}

extension Tensor: TensorIndexing {
  /// The elements at these indices, or where these bools are true.
  public var tensorIndex: TensorIndex { TensorIndex(kind: .tensor(self)) }
}

// MARK: - Subscripts

extension Tensor {
  /// The elements that the indices select, as in PyTorch.
  ///
  /// ```swift
  /// x[0]                  // row 0
  /// x[.all, -1]           // the last column
  /// x[1..<3, (-2)...]     // rows 1 and 2, the last two columns
  /// x[.ellipsis, .newAxis]
  /// x[[2, 0, 2]]          // rows 2, 0 and 2
  /// x[mask] = 0.0
  /// ```
  ///
  /// - Integers, ranges, `.all`, `.newAxis` and `.ellipsis` give a view; a 0-d integer tensor is
  ///   like an integer.
  /// - Tensors and arrays of integers pick elements, as a copy; several broadcast together. Their
  ///   dimensions replace those that they index, or come first if other dimensions lie between.
  /// - A bool tensor selects the elements where it is true, and indexes as many dimensions as it
  ///   has. A uint8 tensor holds indices, unlike in PyTorch.
  /// - Negative integers and bounds count from the end. Bounds are clamped, integers are checked.
  ///
  /// Assigning overwrites the elements in place; see ``subscript(indices:)``.
  public subscript(indices: any TensorIndexing...) -> Tensor {
    get { self[indices: indices] }
    set { self[indices: indices] = newValue }
    _modify { yield &self[indices: indices] }
  }

  /// The elements that the indices of a list select, for subscripts put together at run time.
  ///
  /// Assigning broadcasts the value and casts it to this tensor's dtype. For duplicate indices the
  /// last value is kept. While recording, an assignment to a tensor that was computed, or to a view
  /// of one, is recorded: gradients flow to the value, and to the earlier elements that were not
  /// overwritten.
  public subscript(indices list: [any TensorIndexing]) -> Tensor {
    get { taken(at: Selection(list, in: shape, op: "subscript"), op: "subscript") }
    set { assign(newValue, at: Selection(list, in: shape, op: "subscript"), op: "subscript") }
    // A compound assignment, such as `x[0] *= w`.
    _modify {
      let selection = Selection(list, in: shape, op: "subscript")
      var part = taken(at: selection, op: "subscript")
      // Rules may save the part, which is overwritten below.
      if part.mayBeSaved, part.sharesStorage(with: self) { part = part.clone() }
      yield &part
      assign(part, at: selection, op: "subscript")
    }
  }

  /// Overwrites the elements that the indices select with a number, which this dtype must hold, in
  /// place.
  @_disfavoredOverload
  public subscript(indices: any TensorIndexing...) -> any TensorScalar {
    @available(*, unavailable, message: "read a number with item()")
    get { fatalError() }
    set { self[indices: indices] = element(newValue) }
  }

  /// The elements that the indices select, of which nil is `.newAxis`: PyTorch's `None`.
  @_disfavoredOverload
  public subscript(indices: (any TensorIndexing)?...) -> Tensor {
    get { self[indices: indices.map { $0 ?? TensorIndex.newAxis }] }
    set { self[indices: indices.map { $0 ?? TensorIndex.newAxis }] = newValue }
    _modify { yield &self[indices: indices.map { $0 ?? TensorIndex.newAxis }] }
  }

  /// The elements that the indices of the last dimensions select: `x[..., 0]` is
  /// `x[.ellipsis, 0]`, and `x[...]` the whole tensor.
  public subscript(_: UnboundedRange, indices: any TensorIndexing...) -> Tensor {
    get { self[indices: [TensorIndex.ellipsis] + indices] }
    set { self[indices: [TensorIndex.ellipsis] + indices] = newValue }
    _modify { yield &self[indices: [TensorIndex.ellipsis] + indices] }
  }

  /// The elements that an index of the first dimension and those of the last ones select:
  /// `x[0, ..., 1]` is `x[0, .ellipsis, 1]`.
  public subscript(
    first: any TensorIndexing, _: UnboundedRange, indices: any TensorIndexing...
  ) -> Tensor {
    get { self[indices: [first, TensorIndex.ellipsis] + indices] }
    set { self[indices: [first, TensorIndex.ellipsis] + indices] = newValue }
    _modify { yield &self[indices: [first, TensorIndex.ellipsis] + indices] }
  }

  /// Overwrites the elements that the indices of the last dimensions select with a number, in
  /// place.
  @_disfavoredOverload
  public subscript(_: UnboundedRange, indices: any TensorIndexing...) -> any TensorScalar {
    @available(*, unavailable, message: "read a number with item()")
    get { fatalError() }
    set { self[indices: [TensorIndex.ellipsis] + indices] = element(newValue) }
  }

  /// Overwrites the elements that an index of the first dimension and those of the last ones select
  /// with a number, in place.
  @_disfavoredOverload
  public subscript(
    first: any TensorIndexing, _: UnboundedRange, indices: any TensorIndexing...
  ) -> any TensorScalar {
    @available(*, unavailable, message: "read a number with item()")
    get { fatalError() }
    set { self[indices: [first, TensorIndex.ellipsis] + indices] = element(newValue) }
  }

  /// The number as a 0-d tensor of this dtype, for an assignment.
  private func element(_ number: any TensorScalar) -> Tensor {
    .filled([], number.scalar, dtype, op: "subscript")
  }

  /// What `selection` selects.
  func taken(at selection: Selection, op: StaticString) -> Tensor {
    guard let picks = selection.picks else { return window(op: op, selection.view) }
    var y = selection.steps.isEmpty ? self : window(op: op, selection.view)
    if let order = picks.order { y = y.permute(order) }
    return y.taken(at: picks.places, op: op)
  }
}
