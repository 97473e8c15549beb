import CKernels

// Element-wise kernels: dtypes, broadcasting, and the choice of the cheapest call.

// MARK: - Into a tensor

extension Tensor {
  /// Overwrites the elements with `kernel` applied to `a`, which broadcasts to this shape. The
  /// kernel must match all dtypes.
  func fill(_ kernel: ck_map_fn, _ a: Tensor, _ parameters: Parameters = Parameters()) {
    if isShort(with: a) {
      launchShort(kernel, a, parameters)
    } else {
      launch(
        kernel, over: shape, count: numel, [Operand(self), Operand(a)], parameters: parameters)
    }
  }

  /// Overwrites the elements with `kernel` applied to `a` and `b`, which broadcast to this shape.
  func fill(
    _ kernel: ck_map_fn, _ a: Tensor, _ b: Tensor, _ parameters: Parameters = Parameters()
  ) {
    if isShort(with: a), isShort(with: b) {
      launchShort(kernel, a, b, parameters)
    } else {
      launch(
        kernel, over: shape, count: numel, [Operand(self), Operand(a), Operand(b)],
        parameters: parameters)
    }
  }

  /// Overwrites the elements with `kernel` applied to `a`, `b` and `c`, which broadcast to this
  /// shape.
  fileprivate func fill(
    _ kernel: ck_map_fn, _ a: Tensor, _ b: Tensor, _ c: Tensor,
    _ parameters: Parameters = Parameters()
  ) {
    launch(
      kernel, over: shape, count: numel, [self, a, b, c].map(Operand.init), parameters: parameters)
  }

  /// Overwrites the elements with `kernel` applied to `a`, of this shape, and `number`, or to
  /// `number` and `a` if `isReversed`.
  fileprivate func fill(
    _ kernel: ck_map_fn, _ a: Tensor, number: Scalar, isReversed: Bool = false
  ) {
    Tensor.withElement(number, a.dtype) { value in
      if isShort(with: a) {
        launchShort(kernel, a, number: value, isReversed: isReversed)
      } else {
        let (tensor, number) = (Operand(a), Operand(value: value))
        launch(
          kernel, over: shape, count: numel,
          [Operand(self)] + (isReversed ? [number, tensor] : [tensor, number]))
      }
    }
  }

  /// Calls `body` with the address of `scalar` converted to `dtype`.
  static func withElement<R>(
    _ scalar: Scalar, _ dtype: DType, _ body: (UnsafeMutableRawPointer) -> R
  ) -> R {
    var bits: UInt64 = 0
    return withUnsafeMutableBytes(of: &bits) { bytes in
      let p = bytes.baseAddress!
      switch dtype {
      case .float32: p.storeBytes(of: Float(scalar), as: Float.self)
      case .float64: p.storeBytes(of: scalar.double, as: Double.self)
      case .int64: p.storeBytes(of: scalar.int64, as: Int64.self)
      case .int32: p.storeBytes(of: Int32(scalar), as: Int32.self)
      case .uint8: p.storeBytes(of: UInt8(scalar), as: UInt8.self)
      case .bool: p.storeBytes(of: scalar.isTrue, as: Bool.self)
      }
      return body(p)
    }
  }
}

// MARK: - In place, off the tape

extension Tensor {
  /// Applies `kernel` to the elements.
  func update(_ kernel: ElementwiseKernel, op: StaticString) {
    fill(Kernels.elementwise(kernel, dtype, op: op), self)
  }

  /// Applies `kernel` to the elements and `other`, which has this dtype and broadcasts.
  func update(
    _ kernel: ElementwiseKernel, _ other: Tensor, _ parameters: Parameters, op: StaticString
  ) {
    fill(Kernels.elementwise(kernel, dtype, op: op), self, other, parameters)
  }

  /// Applies `kernel` to the elements, `a` and `b`, which have this dtype and broadcast.
  func update(
    _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ parameters: Parameters,
    op: StaticString
  ) {
    fill(Kernels.elementwise(kernel, dtype, op: op), self, a, b, parameters)
  }

  /// Applies `kernel` to the elements and `number`.
  func update(_ kernel: ElementwiseKernel, _ number: Scalar, op: StaticString) {
    fill(Kernels.elementwise(kernel, dtype, op: op), self, number: number)
  }

  /// Adds `other`, of the same shape; does not change the version.
  func accumulate(_ other: Tensor) {
    update(.add, other.cast(to: dtype), Parameters(), op: #function)
  }
}

// MARK: - Types

/// The dtype in which `a op b` is computed. A 0-d tensor does not promote a tensor with dimensions
/// of the same category.
func resultType(_ a: Tensor, _ b: Tensor) -> DType {
  if a.dtype == b.dtype { return a.dtype }
  if (a.ndim == 0) == (b.ndim == 0) { return .promote(a.dtype, b.dtype) }
  let (full, scalar) = a.ndim == 0 ? (b.dtype, a.dtype) : (a.dtype, b.dtype)
  return scalar.category > full.category ? .promote(full, scalar) : full
}

/// The dtype in which an op of three tensors is computed, by the same rule.
func resultType(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> DType {
  let tensors = [a, b, c]
  let full = tensors.filter { $0.ndim > 0 }.map(\.dtype)
  let scalars = tensors.filter { $0.ndim == 0 }.map(\.dtype)
  guard let first = full.first else { return scalars[1...].reduce(scalars[0], DType.promote) }
  let result = full.reduce(first, DType.promote)
  return scalars.reduce(result) { $1.category > $0.category ? $1 : $0 }
}

// MARK: - To a new tensor, off the tape

/// `kernel` applied to each element of `a`; the dtype is `result` if given, else that of the
/// computation.
func elementwise(
  _ kernel: ElementwiseKernel, _ a: Tensor, _ parameters: Parameters = Parameters(),
  to result: DType? = nil, op: StaticString = #function
) -> Tensor {
  if let function = Kernels.elementwise(kernel, a.dtype), a.isShort(with: a) {
    let y = Tensor(uninitialized: a.layout.compact, result ?? a.dtype)
    y.launchShort(function, a, parameters)
    return y
  }
  let dtype = Kernels.domain(kernel, a.dtype)
  let function = Kernels.elementwise(kernel, dtype, op: op)
  let a = a.cast(to: dtype)
  let y = Tensor(uninitialized: a.layout.compact, result ?? dtype)
  y.fill(function, a, parameters)
  return y
}

/// `kernel` applied to `a` and `b`, with broadcasting and promotion.
func elementwise(
  _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ parameters: Parameters = Parameters(),
  to result: DType? = nil, op: StaticString = #function
) -> Tensor {
  guard a.dtype == b.dtype, let function = Kernels.elementwise(kernel, a.dtype) else {
    let dtype = Kernels.domain(kernel, resultType(a, b))
    // Stops if the kernel does not support the dtype.
    _ = Kernels.elementwise(kernel, dtype, op: op)
    return elementwise(
      kernel, a.cast(to: dtype), b.cast(to: dtype), parameters, to: result, op: op)
  }
  // The common case is written out: reference counting takes most of the time of a small op.
  if a.isShort(with: b) {
    let y = Tensor(uninitialized: a.layout.compact, result ?? a.dtype)
    y.launchShort(function, a, b, parameters)
    return y
  }
  let layout =
    a.shape == b.shape ? a.layout.compact : Layout(broadcastShape(a.shape, b.shape, op: op))
  let y = Tensor(uninitialized: layout, result ?? a.dtype)
  y.fill(function, a, b, parameters)
  return y
}

/// `kernel` applied to `a`, `b` and `c`, with broadcasting and promotion.
func elementwise(
  _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ c: Tensor,
  _ parameters: Parameters = Parameters(), op: StaticString = #function
) -> Tensor {
  if a.dtype == b.dtype, b.dtype == c.dtype, a.isShort(with: b), a.isShort(with: c),
    let function = Kernels.elementwise(kernel, a.dtype)
  {
    let y = Tensor(uninitialized: a.layout.compact, a.dtype)
    y.launchShort(function, a, b, c, parameters)
    return y
  }
  let dtype = Kernels.domain(kernel, resultType(a, b, c))
  let shape = broadcastShape(broadcastShape(a.shape, b.shape, op: op), c.shape, op: op)
  let y = Tensor(uninitialized: shape, dtype)
  y.fill(
    Kernels.elementwise(kernel, dtype, op: op), a.cast(to: dtype), b.cast(to: dtype),
    c.cast(to: dtype), parameters)
  return y
}

/// The elements of `a` where `condition`, which is bool, is true, else those of `b`, with
/// broadcasting and promotion.
func choose(_ condition: Tensor, _ a: Tensor, _ b: Tensor, op: StaticString) -> Tensor {
  let dtype = resultType(a, b)
  let shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape, op: op), op: op)
  let y = Tensor(uninitialized: shape, dtype)
  y.fill(
    Kernels.elementwise(.where, dtype, op: op), condition, a.cast(to: dtype), b.cast(to: dtype))
  return y
}

/// `kernel` applied to each element of `a` and the number `b`, or to `b` and the element if
/// `isReversed`.
func elementwise(
  _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Scalar, isReversed: Bool = false,
  to result: DType? = nil, op: StaticString = #function
) -> Tensor {
  let dtype = Kernels.domain(kernel, b.promoted(with: a.dtype))
  let function = Kernels.elementwise(kernel, dtype, op: op)
  let a = a.cast(to: dtype)
  let y = Tensor(uninitialized: a.layout.compact, result ?? dtype)
  y.fill(function, a, number: b, isReversed: isReversed)
  return y
}

extension Tensor {
  /// This tensor if its dtype is `dtype`, else a contiguous copy converted to it.
  func cast(to dtype: DType) -> Tensor {
    if dtype == self.dtype { return self }
    let y = Tensor(uninitialized: layout.compact, dtype)
    y.fill(Kernels.cast(self.dtype, dtype), self)
    return y
  }
}
