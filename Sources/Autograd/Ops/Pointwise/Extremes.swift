// The greater or lesser of two, and what keeps elements between bounds.

// MARK: - Two tensors

extension Tensor {
  /// The greater of each pair of elements, with broadcasting; NaN if one is. Equal elements share
  /// the gradient evenly.
  public func maximum(_ other: Tensor) -> Tensor {
    elementwise(.maximum, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        share(g, lost: a.value .< b.value, tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        share(g, lost: a.value .> b.value, tied: a.value .== b.value)
      }
  }

  /// The lesser of each pair of elements, with broadcasting; NaN if one is. Equal elements share
  /// the gradient evenly.
  public func minimum(_ other: Tensor) -> Tensor {
    elementwise(.minimum, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        share(g, lost: a.value .> b.value, tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        share(g, lost: a.value .< b.value, tied: a.value .== b.value)
      }
  }

  /// The greater of each pair of elements, with broadcasting; the other one if one is NaN. Equal elements
  /// share the gradient evenly.
  public func fmax(_ other: Tensor) -> Tensor {
    elementwise(.fmax, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        let wins = (a.value .>= b.value).logicalOr(b.value.isnan())
        return share(g, lost: wins.logicalNot(), tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        let loses = (a.value .> b.value).logicalOr(b.value.isnan())
        return share(g, lost: loses, tied: a.value .== b.value)
      }
  }

  /// The lesser of each pair of elements, with broadcasting; the other one if one is NaN. Equal elements
  /// share the gradient evenly.
  public func fmin(_ other: Tensor) -> Tensor {
    elementwise(.fmin, self, other)
      .wrt(self) { [a = Saved(self), b = Saved(other)] g in
        let wins = (a.value .<= b.value).logicalOr(b.value.isnan())
        return share(g, lost: wins.logicalNot(), tied: a.value .== b.value)
      }
      .wrt(other) { [a = Saved(self), b = Saved(other)] g in
        let loses = (a.value .< b.value).logicalOr(b.value.isnan())
        return share(g, lost: loses, tied: a.value .== b.value)
      }
  }
}

// MARK: - Bounds

extension Tensor {
  /// The elements, and the bound in place of those beyond it; where the bounds cross, `max` wins.
  ///
  /// The gradient passes strictly between the bounds and is 0 at them, as in PyTorch since 2.14;
  /// before, it was 1 at the bounds. NaN stays NaN; a bound that is NaN makes everything NaN.
  public func clamp<S: TensorScalar>(min: S? = nil, max: S? = nil) -> Tensor {
    bounded(min?.scalar, max?.scalar, op: #function).wrt(self) { [x = Saved(self)] g in
      let isAbove = min.map { x.value .> $0 }
      let isBelow = max.map { x.value .< $0 }
      let isInside = isAbove.flatMap { a in isBelow.map { a.logicalAnd($0) } ?? a } ?? isBelow!
      return Autograd.where(isInside, g, 0)
    }
  }

  /// ``clamp(min:max:)-(S?,_)`` with both bounds.
  public func clamp<S: TensorScalar>(_ min: S, _ max: S) -> Tensor { clamp(min: min, max: max) }

  /// The elements, and the element of the bound, which broadcasts, in place of those beyond it;
  /// where the bounds cross, `max` wins. At a bound the gradient is shared evenly.
  public func clamp(min: Tensor? = nil, max: Tensor? = nil) -> Tensor {
    guard let min else {
      guard let max else { fail("clamp: both bounds are nil; give at least one") }
      return minimum(max)
    }
    guard let max else { return maximum(min) }
    return between(min, max, op: #function)
  }

  /// The elements between those of two tensors. Only bounds that leave room between them share the
  /// gradient; a bound beside one that is NaN gets none.
  private func between(_ min: Tensor, _ max: Tensor, op: StaticString) -> Tensor {
    noGrad { maximum(min).minimum(max) }
      .wrt(self, op: op) { [x = Saved(self), a = Saved(min), b = Saved(max)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let isTied = (x .== a).logicalOr(x .== b).logicalAnd(a .< b)
        return share(g, lost: (x .< a).logicalOr(x .> b), tied: isTied)
      }
      .wrt(min, op: op) { [x = Saved(self), a = Saved(min), b = Saved(max)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let wins = (x .< a).logicalAnd(a .<= b)
        return Autograd.where(wins, g, Autograd.where((x .== a).logicalAnd(a .< b), g / 2, 0))
      }
      .wrt(max, op: op) { [x = Saved(self), a = Saved(min), b = Saved(max)] g in
        let (x, a, b) = (x.value, a.value, b.value)
        let wins = (x .> b).logicalAnd(a .<= b).logicalOr(a .> b)
        return Autograd.where(wins, g, Autograd.where((x .== b).logicalAnd(a .< b), g / 2, 0))
      }
  }

  /// The elements, and `min` in place of smaller ones; the gradient is 0 there and at the bound.
  public func clampMin(_ min: some TensorScalar) -> Tensor { clamp(min: min) }

  /// The greater of each element and that of `min`: ``maximum(_:)``.
  public func clampMin(_ min: Tensor) -> Tensor { clamp(min: min) }

  /// The elements, and `max` in place of greater ones; the gradient is 0 there and at the bound.
  public func clampMax(_ max: some TensorScalar) -> Tensor { clamp(max: max) }

  /// The lesser of each element and that of `max`: ``minimum(_:)``.
  public func clampMax(_ max: Tensor) -> Tensor { clamp(max: max) }

  /// The elements between two numbers; off the tape.
  private func bounded(_ min: Scalar?, _ max: Scalar?, op: StaticString) -> Tensor {
    let bounds = [min, max].compactMap { $0 }
    require(!bounds.isEmpty, "\(opName(op)): both bounds are nil; give at least one")
    let result = bounds.reduce(dtype) { $1.promoted(with: $0) }
    if result.isFloatingPoint {
      if bounds.contains(where: { $0.double.isNaN }) {
        return Tensor.full(shape, Double.nan, dtype: result)
      }
      let parameters = Parameters(min?.double ?? -.infinity, max?.double ?? .infinity)
      return elementwise(.clamp, cast(to: result), parameters, op: op)
    }
    // In int64, where every integer bound has its own value.
    var y = cast(to: .int64)
    if let min { y = elementwise(.maximum, y, min, op: op) }
    if let max { y = elementwise(.minimum, y, max, op: op) }
    return y.cast(to: result)
  }
}

/// What one of two competitors gets of the gradient: nothing, half, or all of it.
private func share(_ g: Tensor, lost: Tensor, tied: Tensor) -> Tensor {
  `where`(lost, 0, `where`(tied, g / 2, g))
}
