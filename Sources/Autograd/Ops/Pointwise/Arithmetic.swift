// Addition, subtraction, multiplication and division, with broadcasting and type promotion.

extension Tensor {
  /// Element-wise sum, with broadcasting; the logical "or" of bool tensors.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    elementwise(addition(of: resultType(a, b)), a, b).wrt(a) { g in g }.wrt(b) { g in g }
  }

  /// Element-wise difference, with broadcasting; not defined for bool tensors.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    requireSubtractable(a.dtype, b.dtype, op: #function)
    return elementwise(.sub, a, b).wrt(a) { g in g }.wrt(b) { g in -g }
  }

  /// Element-wise product, with broadcasting.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.mul, a, b)
      .wrt(a, saving: b) { g, b in g * b }
      .wrt(b, saving: a) { g, a in g * a }
  }

  /// Element-wise quotient, with broadcasting; integers are converted to floating point first.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    elementwise(.div, a, b)
      .wrt(a) { [b = Saved(b)] g in g / b.value }
      .wrt(b) { [b = Saved(b)] g, y in -g * (y / b.value) }
  }

  /// Element-wise negation; not defined for bool tensors.
  public static prefix func - (x: Tensor) -> Tensor {
    requireSubtractable(x.dtype, x.dtype, op: "negation")
    return elementwise(.neg, x).wrt(x) { g in -g }
  }
}

// MARK: - With a scalar

extension Tensor {
  /// Adds `b` to each element.
  public static func + <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(addition(of: b.scalar.promoted(with: a.dtype)), a, b.scalar).wrt(a) { g in g }
  }

  /// Adds `a` to each element.
  public static func + <S: TensorScalar>(a: S, b: Tensor) -> Tensor { b + a }

  /// Subtracts `b` from each element.
  public static func - <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    requireSubtractable(a.dtype, S.dtype, op: #function)
    return elementwise(.sub, a, b.scalar).wrt(a) { g in g }
  }

  /// Subtracts each element from `a`.
  public static func - <S: TensorScalar>(a: S, b: Tensor) -> Tensor {
    requireSubtractable(S.dtype, b.dtype, op: #function)
    return elementwise(.sub, b, a.scalar, isReversed: true).wrt(b) { g in -g }
  }

  /// Multiplies each element by `b`.
  public static func * <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.mul, a, b.scalar).wrt(a) { g in g * b }
  }

  /// Multiplies each element by `a`.
  public static func * <S: TensorScalar>(a: S, b: Tensor) -> Tensor { b * a }

  /// Divides each element by `b`; integers are converted to floating point first.
  public static func / <S: TensorScalar>(a: Tensor, b: S) -> Tensor {
    elementwise(.div, a, b.scalar).wrt(a) { g in g / b }
  }

  /// Divides `a` by each element.
  public static func / <S: TensorScalar>(a: S, b: Tensor) -> Tensor {
    elementwise(.div, b, a.scalar, isReversed: true)
      .wrt(b) { [b = Saved(b)] g, y in -g * (y / b.value) }
  }
}

// MARK: - As methods

extension Tensor {
  /// `self + other`.
  public func add(_ other: some TensorScalar) -> Tensor { self + other }
  /// `self - other`.
  public func sub(_ other: some TensorScalar) -> Tensor { self - other }
  /// `self * other`, with broadcasting.
  public func mul(_ other: Tensor) -> Tensor { self * other }
  /// `self * other`.
  public func mul(_ other: some TensorScalar) -> Tensor { self * other }
}

// MARK: - Fused multiply and add

extension Tensor {
  /// `self + alpha * other` in one pass.
  ///
  /// - Parameters:
  ///   - other: the tensor to add; it broadcasts with this one.
  ///   - alpha: an integer if both tensors hold integers.
  public func add(_ other: Tensor, alpha: some TensorScalar = 1) -> Tensor {
    if case .int(1) = alpha.scalar { return self + other }
    let common = resultType(self, other)
    requireAlpha(alpha.scalar, for: common, op: #function)
    let sum =
      common.isFloatingPoint
      ? elementwise(.axpy, self, other, Parameters(alpha.scalar.double))
      : elementwise(addition(of: common), self, other.multiple(alpha.scalar, common))
    return sum.wrt(self) { g in g }.wrt(other) { g in g * alpha }
  }

  /// `self - alpha * other` in one pass.
  ///
  /// - Parameters:
  ///   - other: the tensor to subtract; it broadcasts with this one.
  ///   - alpha: an integer if both tensors hold integers.
  public func sub(_ other: Tensor, alpha: some TensorScalar = 1) -> Tensor {
    requireSubtractable(dtype, other.dtype, op: #function)
    if case .int(1) = alpha.scalar { return self - other }
    let common = resultType(self, other)
    requireAlpha(alpha.scalar, for: common, op: #function)
    let difference =
      common.isFloatingPoint
      ? elementwise(.axpy, self, other, Parameters(-alpha.scalar.double))
      : elementwise(.sub, self, other.multiple(alpha.scalar, common))
    return difference.wrt(self) { g in g }.wrt(other) { g in g * -alpha.scalar.double }
  }

  /// `self + value * a * b`, with broadcasting.
  ///
  /// - Parameters:
  ///   - a: the first factor.
  ///   - b: the second factor.
  ///   - value: the factor of the product; an integer if all tensors hold integers.
  public func addcmul(_ a: Tensor, _ b: Tensor, value: some TensorScalar = 1) -> Tensor {
    let common = resultType(self, a, b)
    requireProducts(value.scalar, common, op: #function)
    let sum =
      common.isFloatingPoint
      ? elementwise(.addcmul, self, a, b, Parameters(value.scalar.double))
      : integerSum(a, b, value.scalar, common, op: #function)
    return sum.wrt(self) { g in g }
      .wrt(a) { [b = Saved(b)] g in g.zero.addcmul(g, b.value, value: value) }
      .wrt(b) { [a = Saved(a)] g in g.zero.addcmul(g, a.value, value: value) }
  }

  /// `self + value * a / b`, with broadcasting; integers are converted to floating point first.
  ///
  /// - Parameters:
  ///   - a: the dividend.
  ///   - b: the divisor.
  ///   - value: the factor of the quotient.
  public func addcdiv(_ a: Tensor, _ b: Tensor, value: some TensorScalar = 1) -> Tensor {
    requireFactor(value.scalar, "value", for: resultType(self, a, b).computeType, op: #function)
    return elementwise(.addcdiv, self, a, b, Parameters(value.scalar.double))
      .wrt(self) { g in g }
      .wrt(a) { [b = Saved(b)] g in g.zero.addcdiv(g, b.value, value: value) }
      .wrt(b) { [a = Saved(a), b = Saved(b)] g in
        -g * (g.zero.addcdiv(a.value, b.value, value: value) / b.value)
      }
  }

  /// Linear interpolation, `self + weight * (end - self)`, with broadcasting.
  ///
  /// Exactly this tensor at weight 0 and exactly `end` at weight 1.
  ///
  /// - Parameters:
  ///   - end: the values at weight 1.
  ///   - weight: the weight of `end` for each element.
  public func lerp(_ end: Tensor, _ weight: Tensor) -> Tensor {
    elementwise(.lerp, self, end, weight)
      .wrt(self) { [w = Saved(weight)] g in g * (1 - w.value) }
      .wrt(end) { [w = Saved(weight)] g in g * w.value }
      .wrt(weight) { [a = Saved(self), b = Saved(end)] g in g * (b.value - a.value) }
  }

  /// Linear interpolation, `self + weight * (end - self)`, with broadcasting.
  ///
  /// Exactly this tensor at weight 0 and exactly `end` at weight 1.
  ///
  /// - Parameters:
  ///   - end: the values at weight 1.
  ///   - weight: the weight of `end`.
  public func lerp(_ end: Tensor, _ weight: Double) -> Tensor {
    elementwise(.lerp, self, end, floatingScalar(weight))
      .wrt(self) { g in g * (1 - weight) }
      .wrt(end) { g in g * weight }
  }
}

// MARK: - Dtypes

extension Tensor {
  /// 0 in this dtype, 0-d.
  fileprivate var zero: Tensor { Tensor(0, dtype: dtype) }

  /// The scalar `other` as a 0-d tensor, in the dtype that it and this tensor promote to.
  func scalarTensor(_ other: some TensorScalar) -> Tensor {
    Tensor(other.scalar, as: other.scalar.promoted(with: dtype))
  }

  /// The scalar `other` as a 0-d tensor for an op that computes in floating point, also for integer
  /// tensors: a uint8 would not hold it.
  func floatingScalar(_ other: some TensorScalar) -> Tensor {
    Tensor(other.scalar, as: other.scalar.promoted(with: dtype.computeType))
  }
}

// MARK: - Factors of integers

extension Tensor {
  /// The elements, converted to `dtype`, which is not floating-point, times `factor`, off the tape.
  /// Of bools it is the logical "and".
  func multiple(_ factor: Scalar, _ dtype: DType) -> Tensor {
    dtype == .bool
      ? elementwise(.logicalAnd, self, .bool(factor.isTrue), to: .bool)
      : elementwise(.mul, cast(to: dtype), factor)
  }

  /// This tensor plus `value * a * b`, in the integer type `dtype`, off the tape.
  func integerSum(
    _ a: Tensor, _ b: Tensor, _ value: Scalar, _ dtype: DType, op: StaticString
  ) -> Tensor {
    let product = elementwise(.mul, a.multiple(value, dtype), b.cast(to: dtype), op: op)
    return elementwise(.add, cast(to: dtype), product, op: op)
  }
}

/// The kernel that adds elements of `dtype`.
func addition(of dtype: DType) -> ElementwiseKernel { dtype == .bool ? .logicalOr : .add }

/// Stops for bool tensors: `1 - mask` is more often a mistake than intended.
func requireSubtractable(_ a: DType, _ b: DType, op: StaticString) {
  require(
    a != .bool && b != .bool,
    """
    \(opName(op)): not defined for bool tensors; use logicalNot() to invert a mask, logicalXor() \
    for the difference of two, or cast with to(.float32)
    """)
}

/// Stops unless `factor`, the argument `name`, can multiply elements of `dtype` without being
/// rounded.
func requireFactor(_ factor: Scalar, _ name: String, for dtype: DType, op: StaticString) {
  require(
    factor.category < .floating || dtype.isFloatingPoint,
    """
    \(opName(op)): expected an integer \(name) for \(dtype) tensors, got \(factor.text); use an \
    integer, or cast the tensors with to(.float32)
    """)
  requireFit(factor, in: dtype, name, op: op)
}

/// Stops unless `alpha` can be the factor of a sum of type `dtype`.
func requireAlpha(_ alpha: Scalar, for dtype: DType, op: StaticString) {
  require(
    alpha.category != .bool || dtype == .bool,
    """
    \(opName(op)): alpha can be a Bool only for bool tensors, but the result is \(dtype); use 0 \
    or 1
    """)
  requireFactor(alpha, "alpha", for: dtype, op: op)
}

/// Stops unless sums of products with the factor `value` are defined for `dtype`.
func requireProducts(_ value: Scalar, _ dtype: DType, op: StaticString) {
  require(
    dtype != .bool, "\(opName(op)): not defined for bool tensors; use logicalAnd and logicalOr")
  requireFactor(value, "value", for: dtype, op: op)
}

// MARK: - Rebinding

extension Tensor {
  /// Rebinds `a` to `a + b`; the old tensor is not changed. To change it in place, use `add_`.
  public static func += (a: inout Tensor, b: Tensor) { a = a + b }
  /// Rebinds `a` to `a - b`.
  public static func -= (a: inout Tensor, b: Tensor) { a = a - b }
  /// Rebinds `a` to `a * b`.
  public static func *= (a: inout Tensor, b: Tensor) { a = a * b }
  /// Rebinds `a` to `a / b`.
  public static func /= (a: inout Tensor, b: Tensor) { a = a / b }
  /// Rebinds `a` to `a + b`.
  public static func += <S: TensorScalar>(a: inout Tensor, b: S) { a = a + b }
  /// Rebinds `a` to `a - b`.
  public static func -= <S: TensorScalar>(a: inout Tensor, b: S) { a = a - b }
  /// Rebinds `a` to `a * b`.
  public static func *= <S: TensorScalar>(a: inout Tensor, b: S) { a = a * b }
  /// Rebinds `a` to `a / b`.
  public static func /= <S: TensorScalar>(a: inout Tensor, b: S) { a = a / b }
}
