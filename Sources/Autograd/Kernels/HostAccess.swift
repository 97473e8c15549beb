// Access to elements on the host: ops, losses and files read and write single elements only through
// these functions.

// MARK: - Reading

extension Tensor {
  /// Calls `body` with the elements in row-major order, converted to `S`.
  package func withElements<S: TensorScalar, R, E: Error>(
    of type: S.Type = S.self, _ body: (UnsafeBufferPointer<S>) throws(E) -> R
  ) throws(E) -> R {
    let source = cast(to: S.dtype).compacted()
    defer { withExtendedLifetime(source) {} }
    return try body(UnsafeBufferPointer(start: source.pointer(), count: source.numel))
  }

  /// The elements in row-major order, converted to `S`; truncated towards zero for an integer type.
  public func array<S: TensorScalar>(of type: S.Type = S.self) -> [S] {
    // All threads share one empty array, and initializing it would write to it.
    numel == 0 ? [] : withElements { Array($0) }
  }

  /// The value of a tensor of one element. An integer type must hold it, truncated towards zero.
  public func item<S: TensorScalar>(as type: S.Type) -> S {
    require(
      numel == 1,
      "item: expected a tensor of one element, got shape \(shape); use array(of:)")
    if S.dtype.category == .integer, S.dtype != dtype {
      let number: Scalar =
        dtype.isFloatingPoint
        ? .float(withElements { $0[0] }) : .int(withElements { $0[0] })
      requireFit(number, in: S.dtype, op: "item")
    }
    return withElements { $0[0] }
  }

  /// The value of a tensor of one element, as a `Double`.
  public func item() -> Double { item(as: Double.self) }

  /// The value of a tensor of one element, as the type that is expected:
  /// `let loss: Float = x.item()`, `if x.isnan().any().item() { }`.
  @_disfavoredOverload
  public func item<S: TensorScalar>() -> S { item(as: S.self) }

  /// Calls `body` with the bytes of the elements in row-major order.
  func withBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    let source = compacted()
    defer { withExtendedLifetime(source) {} }
    return try body(
      UnsafeRawBufferPointer(start: source.base, count: numel * dtype.itemSize))
  }
}

extension Double {
  /// The value of a tensor of one element.
  public init(_ x: Tensor) { self = x.item(as: Double.self) }
}

extension Float {
  /// The value of a tensor of one element.
  public init(_ x: Tensor) { self = x.item(as: Float.self) }
}

extension Int {
  /// The value of a tensor of one element, truncated towards zero.
  public init(_ x: Tensor) { self = x.item(as: Int.self) }
}

// MARK: - Writing

extension Tensor {
  /// Calls `body` with a buffer of the elements to write to; this tensor must be contiguous and
  /// have the dtype of `S`. Does not change the version.
  func withMutableElements<S: TensorScalar, R, E: Error>(
    of type: S.Type = S.self, _ body: (UnsafeMutableBufferPointer<S>) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeMutableBufferPointer(start: pointer(), count: numel))
  }

  /// Calls `body` with a buffer of the bytes of the elements to write to; this tensor must be
  /// contiguous. Does not change the version.
  func withMutableBytes<R, E: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeMutableRawBufferPointer(start: base, count: numel * dtype.itemSize))
  }

  /// A tensor whose elements `body` writes in row-major order.
  convenience init<S: TensorScalar>(
    writing shape: [Int], op: StaticString = "Tensor",
    _ body: (UnsafeMutableBufferPointer<S>) -> Void
  ) {
    self.init(uninitialized: shape, S.dtype, op: op)
    withMutableElements(body)
  }
}
