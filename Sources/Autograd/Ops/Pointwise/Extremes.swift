// Element-wise maximum and minimum, and clamping.

// MARK: - Two tensors

extension Tensor {
  /// Element-wise maximum, with broadcasting; NaN if either element is NaN.
  ///
  /// Equal elements share the gradient evenly.
  public func maximum(_ other: Tensor) -> Tensor {
    elementwise(.maximum, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        gradientShare(g, lost: a.value .< b.value, tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        gradientShare(g, lost: a.value .> b.value, tied: a.value .== b.value)
      }
  }

  /// Element-wise minimum, with broadcasting; NaN if either element is NaN.
  ///
  /// Equal elements share the gradient evenly.
  public func minimum(_ other: Tensor) -> Tensor {
    elementwise(.minimum, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        gradientShare(g, lost: a.value .> b.value, tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        gradientShare(g, lost: a.value .< b.value, tied: a.value .== b.value)
      }
  }

  /// Element-wise maximum, with broadcasting; if one element is NaN, the other one.
  ///
  /// Where the elements are equal, this tensor gets the whole gradient, and `other` none, as in
  /// PyTorch; ``maximum(_:)`` shares it.
  public func fmax(_ other: Tensor) -> Tensor {
    elementwise(.fmax, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where((a.value .>= b.value).logicalOr(b.value.isnan()), g, 0)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where((a.value .>= b.value).logicalOr(b.value.isnan()), 0, g)
      }
  }

  /// Element-wise minimum, with broadcasting; if one element is NaN, the other one.
  ///
  /// Where the elements are equal, this tensor gets the whole gradient, and `other` none, as in
  /// PyTorch; ``minimum(_:)`` shares it.
  public func fmin(_ other: Tensor) -> Tensor {
    elementwise(.fmin, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where((a.value .<= b.value).logicalOr(b.value.isnan()), g, 0)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        Autograd.where((a.value .<= b.value).logicalOr(b.value.isnan()), 0, g)
      }
  }
}

// MARK: - Bounds

extension Tensor {
  /// Limits each element to the range from `min` to `max`; the result is `max` if `min` is greater.
  ///
  /// The gradient is 1 strictly between the bounds and 0 elsewhere, as in PyTorch since 2.14;
  /// before, it was 1 at the bounds. NaN stays NaN. If a bound is NaN, every element becomes NaN.
  ///
  /// The dtype must hold the bounds. A negative bound of a uint8 tensor stops; in PyTorch a negative
  /// `min` wraps around, so that −5 makes every element at least 251.
  public func clamp<S: TensorScalar>(min: S? = nil, max: S? = nil) -> Tensor {
    clamp(min, max, op: #function)
  }

  func clamp<S: TensorScalar>(_ min: S?, _ max: S?, op: StaticString) -> Tensor {
    clamped(min?.scalar, max?.scalar, op: op).wrt(self, op: op) { [x = Saved(self, op: op)] g in
      let isAbove = min.map { x.value .> $0 }
      let isBelow = max.map { x.value .< $0 }
      let isInside = isAbove.flatMap { a in isBelow.map { a.logicalAnd($0) } ?? a } ?? isBelow!
      return Autograd.where(isInside, g, 0)
    }
  }

  /// ``clamp(min:max:)-(S?,_)`` with both bounds.
  public func clamp<S: TensorScalar>(_ min: S, _ max: S) -> Tensor { clamp(min: min, max: max) }

  /// Limits each element to the range from `min` to `max`, which broadcast; where `min` is greater,
  /// the result is `max`.
  ///
  /// Elements equal to a bound share the gradient evenly with it.
  public func clamp(min: Tensor? = nil, max: Tensor? = nil) -> Tensor {
    guard let min else {
      guard let max else { fail("clamp: expected min or max, got nil for both; give one of them") }
      return named(#function) { minimum(max) }
    }
    guard let max else { return named(#function) { maximum(min) } }
    return clamped(min, max, op: #function)
  }

  /// Clamps to two tensors. An element shares the gradient with a bound only where min < max; a
  /// bound gets no gradient where the other is NaN.
  private func clamped(_ min: Tensor, _ max: Tensor, op: StaticString) -> Tensor {
    named(op) { noGrad { maximum(min).minimum(max) } }
      .wrt(self, op: op) {
        [x = Saved(self, op: op), a = Saved(min, op: op), b = Saved(max, op: op)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let isTied = (x .== a).logicalOr(x .== b).logicalAnd(a .< b)
        return gradientShare(g, lost: (x .< a).logicalOr(x .> b), tied: isTied)
      }
      .wrt(min, op: op) {
        [x = Saved(self, op: op), a = Saved(min, op: op), b = Saved(max, op: op)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let wins = (x .< a).logicalAnd(a .<= b)
        return Autograd.where(wins, g, Autograd.where((x .== a).logicalAnd(a .< b), g / 2, 0))
      }
      .wrt(max, op: op) {
        [x = Saved(self, op: op), a = Saved(min, op: op), b = Saved(max, op: op)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let wins = (x .> b).logicalAnd(a .<= b).logicalOr(a .> b)
        return Autograd.where(wins, g, Autograd.where((x .== b).logicalAnd(a .< b), g / 2, 0))
      }
  }

  /// Limits each element to at least `min`; the gradient is 0 at the bound and below it.
  public func clampMin(_ min: some TensorScalar) -> Tensor { clamp(min, nil, op: #function) }

  /// Element-wise maximum with `min`: ``maximum(_:)``.
  public func clampMin(_ min: Tensor) -> Tensor { named(#function) { maximum(min) } }

  /// Limits each element to at most `max`; the gradient is 0 at the bound and above it.
  public func clampMax(_ max: some TensorScalar) -> Tensor { clamp(nil, max, op: #function) }

  /// Element-wise minimum with `max`: ``minimum(_:)``.
  public func clampMax(_ max: Tensor) -> Tensor { named(#function) { minimum(max) } }

  /// Clamps to two scalars; records nothing.
  private func clamped(_ min: Scalar?, _ max: Scalar?, op: StaticString) -> Tensor {
    let bounds = [min, max].compactMap { $0 }
    require(
      !bounds.isEmpty, "\(opName(op)): expected min or max, got nil for both; give one of them")
    let result = bounds.reduce(dtype) { $1.promoted(with: $0) }
    for bound in bounds { requireFit(bound, in: result, "bound", op: op) }
    if result.isFloatingPoint {
      if bounds.contains(where: { $0.double.isNaN }) {
        return Tensor.full(shape, Double.nan, dtype: result)
      }
      let parameters = Parameters(min?.double ?? -.infinity, max?.double ?? .infinity)
      return elementwise(.clamp, cast(to: result), parameters, op: op)
    }
    require(
      result != .uint8 || (max?.int64 ?? 0) >= 0,
      "\(opName(op)): no uint8 is at most \(max?.text ?? ""); give a max of 0 or more")
    require(
      result != .uint8 || (min?.int64 ?? 0) >= 0,
      "\(opName(op)): every uint8 is at least \(min?.text ?? ""); give a min of 0 or more, or none")
    // In int64, which represents every integer bound.
    var y = cast(to: .int64)
    if let min { y = elementwise(.maximum, y, min, op: op) }
    if let max { y = elementwise(.minimum, y, max, op: op) }
    return y.cast(to: result)
  }
}

/// The part of the gradient that goes to one of two compared inputs: 0 where it lost, half where
/// both are equal, otherwise all.
private func gradientShare(_ g: Tensor, lost: Tensor, tied: Tensor) -> Tensor {
  `where`(lost, 0, `where`(tied, g / 2, g))
}
