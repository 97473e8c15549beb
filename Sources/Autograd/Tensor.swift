/// An n-dimensional array that remembers how it was computed.
///
/// A tensor shares its storage with its views. While recording is on (``noGrad(_:)`` turns it off),
/// an op on a tensor that requires a gradient records its derivative on the tape, and
/// ``backward(gradient:retainGraph:createGraph:inputs:)`` propagates the gradient to the leaves,
/// where it accumulates in ``grad``:
///
/// ```swift
/// let x = Tensor([1.0, 2.0], requiresGrad: true)
/// (x * x).sum().backward()
/// print(x.grad!)  // tensor([2., 4.])
/// ```
///
/// A tensor is mutable state and belongs to one thread at a time; it is not `Sendable`. Threads may
/// share leaves and tensors that nobody changes, see <doc:HowBackwardWorks>.
public final class Tensor {
  var storage: Storage
  let layout: Layout
  /// The type of the elements.
  // It changes in `adopt` only; a check at each access would cost as for `ownNode`.
  @exclusivity(unchecked) public internal(set) var dtype: DType
  /// Whether this is a view, made without recording, of a tensor that requires a gradient.
  private(set) var isUnrecordedView = false
  /// How often the history of this tensor was changed through a view, or while it had views; in a
  /// view, the number of the base that `ownNode` belongs to.
  @exclusivity(unchecked) var rewrites: UInt32 = 0
  // Accesses never overlap, see Node; checking that at run time took a third of a small
  // op.
  @exclusivity(unchecked) var ownNode: Node?
  // Of the type of any object: a property of its own type would make the compiler free tensors as a
  // linked list, which takes 12 % of a small op. The base of a base is nil, so nothing recurses.
  @exclusivity(unchecked) private var viewed: AnyObject?

  init(_ storage: Storage, _ layout: Layout, _ dtype: DType, node: Node? = nil) {
    self.storage = storage
    self.layout = layout
    self.dtype = dtype
    ownNode = node
  }

  deinit {
    // The last owner of a node returns it to the pool.
    if ownNode != nil, isKnownUniquelyReferenced(&ownNode) { NodePool.retire(&ownNode) }
  }

  /// A contiguous tensor of uninitialised elements, for `op`.
  convenience init(uninitialized shape: [Int], _ dtype: DType, op: StaticString = "Tensor") {
    self.init(uninitialized: Layout(shape, op: op), dtype, op: op)
  }

  /// A tensor of uninitialised elements with a contiguous layout.
  convenience init(uninitialized layout: Layout, _ dtype: DType, op: StaticString = "Tensor") {
    self.init(Storage(count: layout.count, dtype: dtype, op: op), layout, dtype)
  }
}

// MARK: - Shape

extension Tensor {
  /// The size of each dimension; empty for a 0-d tensor (a scalar).
  public var shape: [Int] { layout.shape }

  /// The number of dimensions: PyTorch's `dim()`.
  public var ndim: Int { layout.rank }

  /// The number of elements.
  public var numel: Int { layout.count }

  /// The size of dimension `dim`, counted from the end if negative.
  public func size(_ dim: Int) -> Int {
    require(ndim > 0, "size: expected a tensor with dimensions, got a 0-d tensor; use numel")
    return shape[shape.dimension(dim, op: #function)]
  }

  /// The distance between neighbours in each dimension, in elements.
  public var strides: [Int] { layout.explicitStrides }

  /// The position of the first element in the storage, in elements.
  public var storageOffset: Int { layout.offset }

  /// Whether the elements lie in row-major order without gaps.
  public var isContiguous: Bool { layout.isContiguous }

  /// Whether both tensors use the same storage, as views do.
  public func sharesStorage(with other: Tensor) -> Bool { storage === other.storage }

  /// The number of in-place changes to the storage: PyTorch's `_version`.
  public var version: Int { Int(storage.version) }
}

// MARK: - Views

extension Tensor {
  /// A view of the same storage, with another layout if given; off the tape.
  func alias(_ layout: Layout? = nil) -> Tensor { Tensor(storage, layout ?? self.layout, dtype) }

  /// Notes that this tensor, an alias whose derivative is recorded, is a view of `x`: a change in
  /// place of one changes the history of both.
  @inline(__always)
  func asView(of x: Tensor) -> Tensor {
    if x.isUnrecordedView || (x.node != nil && ownNode == nil) {
      isUnrecordedView = true
    } else {
      let root = x.viewBase ?? x
      viewBase = root
      rewrites = root.rewrites
    }
    return self
  }

  /// The tensor that this one is a view of, itself no view; see Tape/ViewHistory.swift.
  var viewBase: Tensor? {
    @inline(__always) get { viewed.map { unsafeDowncast($0, to: Tensor.self) } }
    @inline(__always) set { viewed = newValue }
  }

  var isView: Bool {
    @inline(__always) get { viewed != nil }
  }

  /// Whether this is a view, and nothing else refers to its base.
  func ownsBase() -> Bool { viewed != nil && isKnownUniquelyReferenced(&viewed) }

  /// How this tensor was computed; nil if it does not require a gradient.
  var node: Node? {
    @inline(__always) get {
      if isView { followBase() }
      return ownNode
    }
    @inline(__always) set { ownNode = newValue }
  }
}
