// Selecting by masks.

// MARK: - where

/// The elements of `a` where `condition` holds, those of `b` elsewhere, with broadcasting and
/// promotion.
///
/// The elements that are not selected get the gradient 0. If the derivative of the function that
/// computed them is NaN or infinite there, 0 times it is NaN: make its input safe first:
///
/// ```swift
/// `where`(x .> 0, `where`(x .> 0, x, 1).log(), 0)
/// ```
public func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  require(
    condition.dtype == .bool,
    "where: the condition is \(condition.dtype), not bool; compare it, or cast it with to(.bool)")
  return `where`(condition, a, b, op: #function)
}

/// ``where(_:_:_:)`` as `op`.
private func `where`(
  _ condition: Tensor, _ a: Tensor, _ b: Tensor, op: StaticString
) -> Tensor {
  choose(condition, a, b, op: op)
    .wrt(a, op: op) { [c = Saved(condition, op: op)] g in `where`(c.value, g, 0) }
    .wrt(b, op: op) { [c = Saved(condition, op: op)] g in `where`(c.value, 0, g) }
}

/// The elements of `a` where `condition` holds, the number `b`, which the common dtype must hold,
/// elsewhere.
public func `where`<S: TensorScalar>(_ condition: Tensor, _ a: Tensor, _ b: S) -> Tensor {
  `where`(condition, a, a.chosenScalar(b.scalar))
}

/// The number `a` where `condition` holds, the elements of `b` elsewhere.
public func `where`<S: TensorScalar>(_ condition: Tensor, _ a: S, _ b: Tensor) -> Tensor {
  `where`(condition, b.chosenScalar(a.scalar), b)
}

/// The number `a` where `condition` holds, the number `b` elsewhere.
public func `where`<S: TensorScalar, R: TensorScalar>(_ condition: Tensor, _ a: S, _ b: R) -> Tensor
{
  `where`(condition, Tensor.full([], a), Tensor.full([], b))
}

extension Tensor {
  /// The number as the other choice beside this tensor; stops if the common dtype cannot hold it.
  fileprivate func chosenScalar(_ number: Scalar) -> Tensor {
    .filled([], number, number.promoted(with: dtype), name: "number", op: "where")
  }

  /// The elements of this tensor where `condition` holds, those of `other` elsewhere, with
  /// broadcasting and promotion: the free function of three arguments as a method.
  public func `where`(_ condition: Tensor, _ other: Tensor) -> Tensor {
    Autograd.where(condition, self, other)
  }

  /// The elements of this tensor where `condition` holds, the number `other` elsewhere.
  public func `where`(_ condition: Tensor, _ other: some TensorScalar) -> Tensor {
    Autograd.where(condition, self, other)
  }
}

// MARK: - Masks

extension Tensor {
  /// A copy with `value`, which this dtype must hold, where `mask` holds; the mask broadcasts with
  /// this tensor.
  public func maskedFill<S: TensorScalar>(_ mask: Tensor, _ value: S) -> Tensor {
    maskedFill(mask, .filled([], value.scalar, dtype, op: #function))
  }

  /// A copy with the element of the 0-d tensor `value` where `mask` holds; the mask broadcasts with
  /// this tensor.
  public func maskedFill(_ mask: Tensor, _ value: Tensor) -> Tensor {
    require(
      mask.dtype == .bool, "maskedFill: the mask is \(mask.dtype), not bool; cast it with to(.bool)"
    )
    require(
      value.ndim == 0,
      "maskedFill: the value must be 0-d, but it has shape \(value.shape); use where")
    return Autograd.where(mask, value.to(dtype), self, op: #function)
  }

  /// The elements where `mask` holds, in row-major order, as a 1-d tensor; both broadcast.
  public func maskedSelect(_ mask: Tensor) -> Tensor {
    require(
      mask.dtype == .bool,
      "maskedSelect: the mask is \(mask.dtype), not bool; cast it with to(.bool)")
    let target = broadcastShape(shape, mask.shape, op: #function)
    let positions = mask.expand(target).positionsOfTrue()
    let x = target == shape ? self : expand(target)
    return x.taken(
      at: Places(positions: positions, in: target, op: #function), op: #function)
  }
}

extension Tensor {
  /// A copy with the elements of `source` written where `mask` holds, both in row-major order; the
  /// mask broadcasts with this tensor.
  ///
  /// - Parameters:
  ///   - mask: bool.
  ///   - source: of this tensor's dtype and any shape, with at least as many elements as the mask
  ///     selects; the rest is not read, and its gradient is 0.
  public func maskedScatter(_ mask: Tensor, source: Tensor) -> Tensor {
    require(
      mask.dtype == .bool,
      "maskedScatter: the mask is \(mask.dtype), not bool; cast it with to(.bool)")
    require(
      source.dtype == dtype,
      "maskedScatter: the source is \(source.dtype), but the tensor \(dtype); cast it with to(_:)")
    let target = broadcastShape(shape, mask.shape, op: #function)
    let positions = mask.expand(target).positionsOfTrue()
    require(
      source.numel >= positions.numel,
      """
      maskedScatter: the source, of shape \(source.shape), has \(source.numel) elements, but the \
      mask selects \(positions.numel)
      """)
    return expand(target).replaced(
      by: source.reshape([source.numel]).narrow(dim: 0, start: 0, length: positions.numel),
      at: Places(positions: positions, in: target, op: #function), op: #function)
  }
}
