// Unary ops in place; see InPlace.swift.

extension Tensor {
  /// `clamp(min:max:)` in place.
  @discardableResult
  public func clamp_<S: TensorScalar>(min: S? = nil, max: S? = nil) -> Tensor {
    let bounds = [min, max].compactMap { $0?.scalar }
    requireRepresentable(bounds.reduce(dtype) { $1.promoted(with: $0) }, op: #function)
    return modify(op: #function) {
      assign(noGrad { clamp(min, max, op: "clamp_") })
    } recorded: { old, _ in
      old.clamp(min, max, op: "clamp_")
    }
  }

  /// `clamp(_:_:)` in place.
  @discardableResult
  public func clamp_<S: TensorScalar>(_ min: S, _ max: S) -> Tensor { clamp_(min: min, max: max) }

  /// `clampMin(_:)` of a scalar in place.
  @discardableResult
  public func clampMin_(_ min: some TensorScalar) -> Tensor {
    named(#function) { clamp_(min: min) }
  }

  /// `clampMax(_:)` of a scalar in place.
  @discardableResult
  public func clampMax_(_ max: some TensorScalar) -> Tensor {
    named(#function) { clamp_(max: max) }
  }

  /// `pow(_:)` of a scalar in place.
  @discardableResult
  public func pow_(_ exponent: some TensorScalar) -> Tensor {
    requireRepresentable(exponent.scalar.promoted(with: dtype), op: #function)
    return modify(op: #function) {
      assign(named("pow_") { noGrad { pow(exponent) } })
    } recorded: { old, _ in
      named("pow_") { old.pow(exponent) }
    }
  }

  /// ``relu()`` in place.
  @discardableResult
  public func relu_() -> Tensor { apply(.relu, op: #function) { $0.relu() } }

  /// ``abs()`` in place.
  @discardableResult
  public func abs_() -> Tensor { apply(.abs, op: #function) { $0.abs() } }

  /// ``square()`` in place.
  @discardableResult
  public func square_() -> Tensor { apply(.square, op: #function) { $0.square() } }

  /// ``reciprocal()`` in place.
  @discardableResult
  public func reciprocal_() -> Tensor { apply(.reciprocal, op: #function) { $0.reciprocal() } }

  /// ``rsqrt()`` in place.
  @discardableResult
  public func rsqrt_() -> Tensor { apply(.rsqrt, op: #function) { $0.rsqrt() } }

  /// ``log()`` in place.
  @discardableResult
  public func log_() -> Tensor { apply(.log, op: #function) { $0.log() } }

  /// ``sin()`` in place.
  @discardableResult
  public func sin_() -> Tensor { apply(.sin, op: #function) { $0.sin() } }

  /// ``cos()`` in place.
  @discardableResult
  public func cos_() -> Tensor { apply(.cos, op: #function) { $0.cos() } }

  /// ``tanh()`` in place.
  @discardableResult
  public func tanh_() -> Tensor { apply(.tanh, op: #function) { $0.tanh() } }

  /// ``sigmoid()`` in place.
  @discardableResult
  public func sigmoid_() -> Tensor { apply(.sigmoid, op: #function) { $0.sigmoid() } }

  /// ``exp()`` in place.
  @discardableResult
  public func exp_() -> Tensor { apply(.exp, op: #function) { $0.exp() } }

  /// ``sqrt()`` in place.
  @discardableResult
  public func sqrt_() -> Tensor { apply(.sqrt, op: #function) { $0.sqrt() } }

  /// Negates the elements in place.
  @discardableResult
  public func neg_() -> Tensor { apply(.neg, op: #function) { -$0 } }
}
