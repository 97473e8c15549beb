// Comparisons and logic. The results are bool and have no gradient, so nothing is recorded.

// MARK: - Comparisons

extension Tensor {
  /// Whether each element is equal to that of `other`, with broadcasting; also `a .== b`.
  public func eq(_ other: Tensor) -> Tensor { elementwise(.eq, self, other, to: .bool) }

  /// Whether each element is equal to the scalar `other`; also `a .== b`.
  public func eq(_ other: some TensorScalar) -> Tensor { compared(.eq, other.scalar) }

  /// Whether each element differs from that of `other`, with broadcasting; also `a .!= b`.
  public func ne(_ other: Tensor) -> Tensor { elementwise(.ne, self, other, to: .bool) }

  /// Whether each element differs from the scalar `other`; also `a .!= b`.
  public func ne(_ other: some TensorScalar) -> Tensor { compared(.ne, other.scalar) }

  /// Whether each element is less than that of `other`, with broadcasting; also `a .< b`.
  public func lt(_ other: Tensor) -> Tensor { elementwise(.lt, self, other, to: .bool) }

  /// Whether each element is less than the scalar `other`; also `a .< b`.
  public func lt(_ other: some TensorScalar) -> Tensor { compared(.lt, other.scalar) }

  /// Whether each element is at most that of `other`, with broadcasting; also `a .<= b`.
  public func le(_ other: Tensor) -> Tensor { elementwise(.le, self, other, to: .bool) }

  /// Whether each element is at most the scalar `other`; also `a .<= b`.
  public func le(_ other: some TensorScalar) -> Tensor { compared(.le, other.scalar) }

  /// Whether each element is greater than that of `other`, with broadcasting; also `a .> b`.
  public func gt(_ other: Tensor) -> Tensor { elementwise(.gt, self, other, to: .bool) }

  /// Whether each element is greater than the scalar `other`; also `a .> b`.
  public func gt(_ other: some TensorScalar) -> Tensor { compared(.gt, other.scalar) }

  /// Whether each element is at least that of `other`, with broadcasting; also `a .>= b`.
  public func ge(_ other: Tensor) -> Tensor { elementwise(.ge, self, other, to: .bool) }

  /// Whether each element is at least the scalar `other`; also `a .>= b`.
  public func ge(_ other: some TensorScalar) -> Tensor { compared(.ge, other.scalar) }

  private func compared(_ kernel: ElementwiseKernel, _ number: Scalar) -> Tensor {
    // In int64, which represents every integer: a uint8 is never equal to -1 or 300.
    let areIntegers = number.category == .integer && dtype.category == .integer
    return elementwise(kernel, areIntegers ? cast(to: .int64) : self, number, to: .bool)
  }
}

extension Tensor {
  /// Whether each element of `a` is equal to that of `b`, with broadcasting.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { a.eq(b) }
  /// Whether each element of `a` is equal to the scalar `b`.
  public static func .== (a: Tensor, b: some TensorScalar) -> Tensor { a.eq(b) }
  /// Whether the scalar `a` is equal to each element of `b`.
  public static func .== (a: some TensorScalar, b: Tensor) -> Tensor { b.eq(a) }

  /// Whether each element of `a` differs from that of `b`, with broadcasting.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { a.ne(b) }
  /// Whether each element of `a` differs from the scalar `b`.
  public static func .!= (a: Tensor, b: some TensorScalar) -> Tensor { a.ne(b) }
  /// Whether the scalar `a` differs from each element of `b`.
  public static func .!= (a: some TensorScalar, b: Tensor) -> Tensor { b.ne(a) }

  /// Whether each element of `a` is less than that of `b`, with broadcasting.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { a.lt(b) }
  /// Whether each element of `a` is less than the scalar `b`.
  public static func .< (a: Tensor, b: some TensorScalar) -> Tensor { a.lt(b) }
  /// Whether the scalar `a` is less than each element of `b`.
  public static func .< (a: some TensorScalar, b: Tensor) -> Tensor { b.gt(a) }

  /// Whether each element of `a` is at most that of `b`, with broadcasting.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { a.le(b) }
  /// Whether each element of `a` is at most the scalar `b`.
  public static func .<= (a: Tensor, b: some TensorScalar) -> Tensor { a.le(b) }
  /// Whether the scalar `a` is at most each element of `b`.
  public static func .<= (a: some TensorScalar, b: Tensor) -> Tensor { b.ge(a) }

  /// Whether each element of `a` is greater than that of `b`, with broadcasting.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { a.gt(b) }
  /// Whether each element of `a` is greater than the scalar `b`.
  public static func .> (a: Tensor, b: some TensorScalar) -> Tensor { a.gt(b) }
  /// Whether the scalar `a` is greater than each element of `b`.
  public static func .> (a: some TensorScalar, b: Tensor) -> Tensor { b.lt(a) }

  /// Whether each element of `a` is at least that of `b`, with broadcasting.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { a.ge(b) }
  /// Whether each element of `a` is at least the scalar `b`.
  public static func .>= (a: Tensor, b: some TensorScalar) -> Tensor { a.ge(b) }
  /// Whether the scalar `a` is at least each element of `b`.
  public static func .>= (a: some TensorScalar, b: Tensor) -> Tensor { b.le(a) }
}

// MARK: - Logic

extension Tensor {
  /// Element-wise logical "and", with broadcasting; every number other than 0 is true.
  public func logicalAnd(_ other: Tensor) -> Tensor {
    elementwise(.logicalAnd, self, other, to: .bool)
  }

  /// Element-wise logical "or", with broadcasting; every number other than 0 is true.
  public func logicalOr(_ other: Tensor) -> Tensor {
    elementwise(.logicalOr, self, other, to: .bool)
  }

  /// Element-wise logical "exclusive or", with broadcasting; every number other than 0 is true.
  public func logicalXor(_ other: Tensor) -> Tensor {
    elementwise(.logicalXor, self, other, to: .bool)
  }

  /// Element-wise logical "not"; every number other than 0 is true.
  public func logicalNot() -> Tensor { elementwise(.logicalNot, self, to: .bool) }

  /// Whether the element of `x` is false: ``logicalNot()``.
  public static prefix func ! (x: Tensor) -> Tensor { x.logicalNot() }
}

// MARK: - Classification

extension Tensor {
  /// Whether each element is NaN.
  public func isnan() -> Tensor { elementwise(.isnan, self, to: .bool) }

  /// Whether each element is infinite.
  public func isinf() -> Tensor { elementwise(.isinf, self, to: .bool) }

  /// Whether each element is neither infinite nor NaN.
  public func isfinite() -> Tensor { elementwise(.isfinite, self, to: .bool) }

  /// Whether each element is +∞.
  public func isposinf() -> Tensor { self .== Double.infinity }

  /// Whether each element is −∞.
  public func isneginf() -> Tensor { self .== -Double.infinity }

  /// True for every element: there are no complex dtypes.
  public func isreal() -> Tensor { Tensor.ones(shape, dtype: .bool) }
}

// MARK: - Membership

extension Tensor {
  /// Whether each element is equal to one of `elements`; NaN never is.
  ///
  /// - Parameters:
  ///   - elements: the values to look for, of any shape.
  ///   - invert: whether to return the negation: true where an element is none of `elements`.
  public func isin(_ elements: Tensor, invert: Bool = false) -> Tensor {
    let common = resultType(self, elements)
    return common.isFloatingPoint
      ? isin(Set(elements.cast(to: common).array(of: Double.self)), as: common, invert)
      : isin(Set(elements.array(of: Int64.self)), as: common, invert)
  }

  /// Whether each element is equal to the scalar `element`.
  public func isin(_ element: some TensorScalar, invert: Bool = false) -> Tensor {
    invert ? ne(element) : eq(element)
  }

  private func isin<S: TensorScalar & Hashable>(
    _ elements: Set<S>, as common: DType, _ invert: Bool
  ) -> Tensor {
    Tensor(
      cast(to: common).array(of: S.self).map { elements.contains($0) != invert }, shape: shape)
  }
}

// MARK: - Whole tensors

extension Tensor {
  /// Whether both tensors have the same shape and equal elements; NaN is not equal to NaN.
  public func equal(_ other: Tensor) -> Bool { shape == other.shape && eq(other).areAllTrue }

  /// Whether each element is close to that of `other`: |a - b| ≤ atol + rtol·|b|.
  ///
  /// Equal infinities are close. NaN is close to NaN only with `equalNan`. Both tensors have one
  /// dtype; their shapes broadcast.
  public func isclose(
    _ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false
  ) -> Tensor {
    requireComparable(other, rtol, atol, op: #function)
    return noGrad {
      var isClose = named(#function) { eq(other) }
      if equalNan { isClose = isClose.logicalOr(isnan().logicalAnd(other.isnan())) }
      let (a, b) = (cast(to: .float64), other.cast(to: .float64))
      let distance = (a - b).abs()
      let isNear = distance.le(b.abs() * rtol + atol).logicalAnd(distance.isfinite())
      return isClose.logicalOr(isNear)
    }
  }

  /// Whether every element is close to that of `other`; see ``isclose(_:rtol:atol:equalNan:)``.
  public func allclose(
    _ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNan: Bool = false
  ) -> Bool {
    requireComparable(other, rtol, atol, op: #function)
    return named(#function) {
      isclose(other, rtol: rtol, atol: atol, equalNan: equalNan).areAllTrue
    }
  }

  private func requireComparable(
    _ other: Tensor, _ rtol: Double, _ atol: Double, op: StaticString
  ) {
    require(
      dtype == other.dtype,
      """
      \(opName(op)): expected tensors of one dtype, got \(dtype) and \(other.dtype); cast one of \
      them with to(_:)
      """)
    require(
      rtol >= 0 && atol >= 0,
      "\(opName(op)): expected rtol and atol of at least 0, got \(rtol) and \(atol)")
  }

  /// Whether all elements of a bool tensor are true.
  var areAllTrue: Bool {
    withBytes { !$0.contains(0) }
  }
}
