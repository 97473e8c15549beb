// Ops that change their tensor in place, under PyTorch's underscore names. The rules are in
// Tape/Mutation.swift.
//
// Each keeps the tensor's shape and dtype, and returns the tensor. While recording, a leaf that
// requires a gradient cannot be changed, nor a view of one: use `noGrad { }`, or change a `clone()`.

// MARK: - Arithmetic

extension Tensor {
  /// Adds `alpha * other`, which broadcasts to this shape, in place.
  @discardableResult
  public func add_(_ other: Tensor, alpha: some TensorScalar = 1) -> Tensor {
    let common = resultType(self, other)
    requireAlpha(alpha.scalar, for: common, op: #function)
    if alpha.scalar.isOne || !common.isFloatingPoint {
      let term = alpha.scalar.isOne ? other : other.multiple(alpha.scalar, common)
      return combine(addition(of: common), term, op: #function) { $0 + $1 }
    }
    return combine(.axpy, other, Parameters(alpha.scalar.double), op: #function) {
      $0.add($1, alpha: alpha)
    }
  }

  /// Adds the scalar `other` in place.
  @discardableResult
  public func add_(_ other: some TensorScalar) -> Tensor {
    let kernel = addition(of: other.scalar.promoted(with: dtype))
    return combine(kernel, other.scalar, op: #function) { $0 + other }
  }

  /// Subtracts `alpha * other`, which broadcasts to this shape, in place.
  @discardableResult
  public func sub_(_ other: Tensor, alpha: some TensorScalar = 1) -> Tensor {
    requireSubtractable(dtype, other.dtype, op: #function)
    let common = resultType(self, other)
    requireAlpha(alpha.scalar, for: common, op: #function)
    if alpha.scalar.isOne || !common.isFloatingPoint {
      let term = alpha.scalar.isOne ? other : other.multiple(alpha.scalar, common)
      return combine(.sub, term, op: #function) { $0 - $1 }
    }
    return combine(.axpy, other, Parameters(-alpha.scalar.double), op: #function) {
      $0.sub($1, alpha: alpha)
    }
  }

  /// Subtracts the scalar `other` in place.
  @discardableResult
  public func sub_<S: TensorScalar>(_ other: S) -> Tensor {
    requireSubtractable(dtype, S.dtype, op: #function)
    return combine(.sub, other.scalar, op: #function) { $0 - other }
  }

  /// Multiplies by `other`, which broadcasts to this shape, in place.
  @discardableResult
  public func mul_(_ other: Tensor) -> Tensor { combine(.mul, other, op: #function) { $0 * $1 } }

  /// Multiplies by the scalar `other` in place.
  @discardableResult
  public func mul_(_ other: some TensorScalar) -> Tensor {
    combine(.mul, other.scalar, op: #function) { $0 * other }
  }

  /// Divides by `other`, which broadcasts to this shape, in place; not defined for integer tensors.
  @discardableResult
  public func div_(_ other: Tensor) -> Tensor { combine(.div, other, op: #function) { $0 / $1 } }

  /// Divides by the scalar `other` in place; not defined for integer tensors.
  @discardableResult
  public func div_(_ other: some TensorScalar) -> Tensor {
    combine(.div, other.scalar, op: #function) { $0 / other }
  }
}

// MARK: - Fused multiply and add

extension Tensor {
  /// Adds `value * a * b`, which broadcasts to this shape, in place.
  @discardableResult
  public func addcmul_(_ a: Tensor, _ b: Tensor, value: some TensorScalar = 1) -> Tensor {
    let common = resultType(self, a, b)
    requireProducts(value.scalar, common, op: #function)
    if !common.isFloatingPoint {
      return overwrite(op: #function) { x, _ in
        x.integerSum(a, b, value.scalar, common, op: #function)
      }
    }
    return combine(.addcmul, a, b, Parameters(value.scalar.double), op: #function) {
      $0.addcmul($1, $2, value: value)
    }
  }

  /// Adds `value * a / b`, which broadcasts to this shape, in place; not defined for integer
  /// tensors.
  @discardableResult
  public func addcdiv_(_ a: Tensor, _ b: Tensor, value: some TensorScalar = 1) -> Tensor {
    requireFactor(value.scalar, "value", for: resultType(self, a, b).computeType, op: #function)
    return combine(.addcdiv, a, b, Parameters(value.scalar.double), op: #function) {
      $0.addcdiv($1, $2, value: value)
    }
  }

  /// ``lerp(_:_:)-(_,Double)`` in place: adds `weight * (end - self)`.
  @discardableResult
  public func lerp_(_ end: Tensor, _ weight: Double) -> Tensor {
    combine(.lerp, end, floatingScalar(weight), op: #function) { old, end, _ in
      old.lerp(end, weight)
    }
  }
}

// MARK: - Overwriting

extension Tensor {
  /// Sets every element to 0.
  @discardableResult
  public func zero_() -> Tensor { overwrite(.int(0), op: #function) }

  /// Sets every element to `value`, converted to this dtype, which must hold it.
  @discardableResult
  public func fill_(_ value: some TensorScalar) -> Tensor { overwrite(value.scalar, op: #function) }

  /// Copies the elements of `source`, which broadcasts to this shape and is converted to this
  /// dtype.
  ///
  /// The gradient goes to `source`.
  @discardableResult
  public func copy_(_ source: Tensor) -> Tensor {
    requireUnchangedShape(with: source, op: #function)
    return modify(reading: [source], op: #function) {
      assign(source.separated(from: self))
    } recorded: { old, inputs in
      let y = Tensor(uninitialized: old.shape, old.dtype)
      y.assign(inputs[0])
      return y.wrt(old) { g in .zerosLike(g) }.wrt(inputs[0]) { g in g }
    } link: { now, old, inputs in
      now.wrt(old) { g in .zerosLike(g) }.wrt(inputs[0]) { g in g }
    }
  }

  private func overwrite(_ value: Scalar, op: StaticString) -> Tensor {
    requireFit(value, in: dtype, op: op)
    return modify(op: op) {
      assign(value)
    } recorded: { old, _ in
      let y = Tensor(uninitialized: old.shape, old.dtype)
      y.assign(value)
      return y.wrt(old, op: op) { g in .zerosLike(g) }
    } link: { now, old, _ in
      now.wrt(old, op: op) { g in .zerosLike(g) }
    }
  }
}

// MARK: - Shared implementation

extension Tensor {
  /// Applies `kernel` to this tensor and `other` in place; `meaning` is the same op out of place.
  private func combine(
    _ kernel: ElementwiseKernel, _ other: Tensor, _ parameters: Parameters = Parameters(),
    op: StaticString, _ meaning: (Tensor, Tensor) -> Tensor
  ) -> Tensor {
    let common = Kernels.domain(kernel, resultType(self, other))
    requireRepresentable(common, op: op)
    requireUnchangedShape(with: other, op: op)
    return modify(reading: [other], op: op) {
      if common == dtype {
        let other = other.cast(to: common).separated(from: self)
        update(kernel, other, parameters, op: op)
      } else {
        assign(elementwise(kernel, self, other, parameters, op: op))
      }
    } recorded: { old, inputs in
      meaning(old, inputs[0])
    }
  }

  /// Applies `kernel` to this tensor, `a` and `b` in place; `meaning` is the same op out of place.
  private func combine(
    _ kernel: ElementwiseKernel, _ a: Tensor, _ b: Tensor, _ parameters: Parameters = Parameters(),
    op: StaticString, _ meaning: (Tensor, Tensor, Tensor) -> Tensor
  ) -> Tensor {
    let common = Kernels.domain(kernel, resultType(self, a, b))
    requireRepresentable(common, op: op)
    for other in [a, b] { requireUnchangedShape(with: other, op: op) }
    return modify(reading: [a, b], op: op) {
      if common == dtype {
        let (a, b) = (
          a.cast(to: common).separated(from: self), b.cast(to: common).separated(from: self)
        )
        update(kernel, a, b, parameters, op: op)
      } else {
        assign(elementwise(kernel, self, a, b, parameters, op: op))
      }
    } recorded: { old, inputs in
      meaning(old, inputs[0], inputs[1])
    }
  }

  /// Applies `kernel` to this tensor and a scalar in place; `meaning` is the same op out of place.
  private func combine(
    _ kernel: ElementwiseKernel, _ number: Scalar, op: StaticString, _ meaning: (Tensor) -> Tensor
  ) -> Tensor {
    requireRepresentable(Kernels.domain(kernel, number.promoted(with: dtype)), op: op)
    return modify(op: op) {
      update(kernel, number, op: op)
    } recorded: { old, _ in
      meaning(old)
    }
  }

  /// Applies `kernel` to each element in place; `meaning` is the same op out of place.
  func apply(
    _ kernel: ElementwiseKernel, op: StaticString, _ meaning: (Tensor) -> Tensor
  ) -> Tensor {
    requireRepresentable(Kernels.domain(kernel, dtype), op: op)
    return modify(op: op) {
      update(kernel, op: op)
    } recorded: { old, _ in
      meaning(old)
    }
  }

  /// Stops unless this dtype can represent a result of dtype `common`.
  func requireRepresentable(_ common: DType, op: StaticString) {
    require(
      common.category <= dtype.category,
      """
      \(opName(op)): the result is \(common), but this tensor is \(dtype); use the op that returns \
      a new tensor, or cast this one with to(.\(common)) first
      """)
  }

  /// Stops unless broadcasting with `other` keeps this tensor's shape.
  private func requireUnchangedShape(with other: Tensor, op: StaticString) {
    let result = broadcastShape(shape, other.shape, op: op)
    require(
      result == shape,
      """
      \(opName(op)): the result has shape \(result), but this tensor has shape \(shape); use the \
      op that returns a new tensor
      """)
  }
}
