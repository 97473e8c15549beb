// Tensors from values, and filled tensors.

// MARK: - From Swift's values

/// A number, a range of integers, or an array of such elements: what
/// ``Tensor/init(_:dtype:requiresGrad:)`` takes.
public protocol TensorElement {
  /// The type of the numbers.
  associatedtype Number: TensorScalar
  /// The sizes of the arrays, outermost first.
  var tensorShape: [Int] { get }
  /// Appends the numbers in order; stops if the arrays are ragged.
  func appendNumbers(to list: inout [Number], shape: ArraySlice<Int>)
}

extension TensorElement where Self: TensorScalar {
  public var tensorShape: [Int] { [] }
  /// Appends the number.
  public func appendNumbers(to list: inout [Self], shape: ArraySlice<Int>) {
    require(shape.isEmpty, "Tensor: the nested arrays are ragged; give each level one length")
    list.append(self)
  }
}

extension Float: TensorElement {}
extension Double: TensorElement {}
extension Int: TensorElement {}
extension Int64: TensorElement {}
extension Int32: TensorElement {}
extension UInt8: TensorElement {}
extension Bool: TensorElement {}

extension Array: TensorElement where Element: TensorElement {
  public var tensorShape: [Int] { [count] + (first?.tensorShape ?? []) }
  /// Appends the numbers of the elements.
  public func appendNumbers(to list: inout [Element.Number], shape: ArraySlice<Int>) {
    require(
      count == shape.first,
      """
      Tensor: the nested arrays are ragged: one has \(count) elements where the first has \
      \(shape.first ?? 0); give each level one length
      """)
    for element in self { element.appendNumbers(to: &list, shape: shape.dropFirst()) }
  }
}

extension Range: TensorElement where Bound == Int {
  /// One dimension: how many integers the range has.
  public var tensorShape: [Int] { [count] }
  /// Appends the integers of the range.
  public func appendNumbers(to list: inout [Int], shape: ArraySlice<Int>) {
    Array(self).appendNumbers(to: &list, shape: shape)
  }
}

extension ClosedRange: TensorElement where Bound == Int {
  /// One dimension: how many integers the range has.
  public var tensorShape: [Int] { [count] }
  /// Appends the integers of the range.
  public func appendNumbers(to list: inout [Int], shape: ArraySlice<Int>) {
    Array(self).appendNumbers(to: &list, shape: shape)
  }
}

extension Tensor {
  /// A tensor of the given numbers: one number, an array, nested arrays, or a range of integers.
  ///
  /// ```swift
  /// Tensor([[1, 2], [3, 4]])       // int64, shape [2, 2]
  /// Tensor([1.0, 2.0])             // float32
  /// Tensor(0.5, dtype: .float64)   // 0-d
  /// Tensor(0..<3)                  // 0, 1, 2
  /// ```
  ///
  /// - Parameters:
  ///   - values: the numbers; the dtype must hold them, truncated if they are not integers.
  ///   - dtype: the element type; by default integers become int64, `Bool` bool, `Float` float32,
  ///     and `Double` (the type of Swift's decimal literals, as of Python's) ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public convenience init<E: TensorElement>(
    _ values: E, dtype: DType? = nil, requiresGrad: Bool = false
  ) {
    let shape = values.tensorShape
    var numbers: [E.Number] = []
    numbers.reserveCapacity(Layout.count(of: shape))
    values.appendNumbers(to: &numbers, shape: shape[...])
    self.init(numbers, shape: shape, dtype: dtype, requiresGrad: requiresGrad)
  }

  /// A tensor of the given shape from its elements in row-major order.
  public convenience init<S: TensorScalar>(
    _ elements: [S], shape: [Int], dtype: DType? = nil, requiresGrad: Bool = false
  ) {
    let source = Tensor(uninitialized: shape, S.dtype)
    require(
      elements.count == source.numel,
      "Tensor: \(elements.count) elements do not fill the shape \(shape), which has \(source.numel)"
    )
    let dtype = dtype ?? S.defaultDType
    if dtype != S.dtype, dtype.category == .integer, dtype != .int64 || S.dtype.isFloatingPoint {
      for element in elements { requireFit(element.scalar, in: dtype, "element", op: "Tensor") }
    }
    elements.withUnsafeBytes { bytes in source.withMutableBytes { $0.copyMemory(from: bytes) } }
    let cast = source.cast(to: dtype)
    self.init(cast.storage, cast.layout, cast.dtype)
    self.requiresGrad = requiresGrad
  }
}

// MARK: - Filled tensors

extension Tensor {
  /// A tensor whose elements all equal `value`.
  ///
  /// - Parameters:
  ///   - shape: the size of each dimension.
  ///   - value: the value; the dtype must hold it. A negative integer down to −255 wraps around in
  ///     a uint8 tensor, as in PyTorch.
  ///   - dtype: by default int64 for an integer, bool for a `Bool`, else ``DType/default``.
  ///   - requiresGrad: whether the tensor is a leaf that gradients flow to.
  public static func full<S: TensorScalar>(
    _ shape: [Int], _ value: S, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    filled(
      shape, value.scalar, dtype ?? S.defaultDType, requiresGrad: requiresGrad, op: #function)
  }

  private static func filled(
    _ shape: [Int], _ value: Scalar, _ dtype: DType, requiresGrad: Bool, op: StaticString
  ) -> Tensor {
    let y = filled(shape, value, dtype, op: op)
    y.requiresGrad = requiresGrad
    return y
  }

  @usableFromInline
  static func constant(
    _ value: Int, shape: [Int], dtype: DType, requiresGrad: Bool, op: StaticString
  ) -> Tensor {
    filled(shape, .int(Int64(value)), dtype, requiresGrad: requiresGrad, op: op)
  }

  /// Zeros: `zeros(2, 3)` and `zeros([2, 3])` have the shape [2, 3], `zeros([])` is 0-d.
  @inlinable
  public static func zeros<S: IntList>(
    _ size: S, _ more: S..., dtype: DType = .default, requiresGrad: Bool = false
  ) -> Tensor {
    constant(
      0, shape: size.followed(by: more), dtype: dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// Ones: `ones(2, 3)` and `ones([2, 3])` have the shape [2, 3], `ones([])` is 0-d.
  @inlinable
  public static func ones<S: IntList>(
    _ size: S, _ more: S..., dtype: DType = .default, requiresGrad: Bool = false
  ) -> Tensor {
    constant(
      1, shape: size.followed(by: more), dtype: dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// A tensor with uninitialised elements.
  @inlinable
  public static func empty<S: IntList>(
    _ size: S, _ more: S..., dtype: DType = .default, requiresGrad: Bool = false
  ) -> Tensor {
    empty(
      shape: size.followed(by: more), dtype: dtype, requiresGrad: requiresGrad, op: #function)
  }

  @usableFromInline
  static func empty(
    shape: [Int], dtype: DType, requiresGrad: Bool, op: StaticString
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype, op: op)
    y.requiresGrad = requiresGrad
    return y
  }
}

// MARK: - Filled tensors like another

extension Tensor {
  /// A tensor of the shape and, unless another is given, the dtype of `x` whose elements all equal
  /// `value`.
  public static func fullLike<S: TensorScalar>(
    _ x: Tensor, _ value: S, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    filled(
      x.shape, value.scalar, dtype ?? x.dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// Zeros of the shape and, unless another is given, the dtype of `x`.
  public static func zerosLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false)
    -> Tensor
  {
    filled(x.shape, .int(0), dtype ?? x.dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// Ones of the shape and, unless another is given, the dtype of `x`.
  public static func onesLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false)
    -> Tensor
  {
    filled(x.shape, .int(1), dtype ?? x.dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// A tensor of the shape and, unless another is given, the dtype of `x` with uninitialised
  /// elements.
  public static func emptyLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false)
    -> Tensor
  {
    empty(shape: x.shape, dtype: dtype ?? x.dtype, requiresGrad: requiresGrad, op: #function)
  }
}

// MARK: - Tensors of another's dtype

extension Tensor {
  /// A tensor of the given numbers and, unless another is given, of this tensor's dtype.
  public func newTensor(
    _ values: some TensorElement, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    Tensor(values, dtype: dtype ?? self.dtype, requiresGrad: requiresGrad)
  }

  /// A tensor of shape `shape` whose elements all equal `value`, and, unless another is given, of
  /// this tensor's dtype.
  public func newFull<S: TensorScalar>(
    _ shape: [Int], _ value: S, dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    .filled(
      shape, value.scalar, dtype ?? self.dtype, requiresGrad: requiresGrad, op: #function)
  }

  /// Zeros of the given shape and, unless another is given, of this tensor's dtype.
  public func newZeros<S: IntList>(
    _ size: S, _ more: S..., dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    .constant(
      0, shape: size.followed(by: more), dtype: dtype ?? self.dtype, requiresGrad: requiresGrad,
      op: #function)
  }

  /// Ones of the given shape and, unless another is given, of this tensor's dtype.
  public func newOnes<S: IntList>(
    _ size: S, _ more: S..., dtype: DType? = nil, requiresGrad: Bool = false
  ) -> Tensor {
    .constant(
      1, shape: size.followed(by: more), dtype: dtype ?? self.dtype, requiresGrad: requiresGrad,
      op: #function)
  }
}
