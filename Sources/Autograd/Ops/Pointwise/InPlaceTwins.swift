// Element-wise functions in place that have no kernel of their own for it: the result of the op is
// written back. See Tape/Mutation.swift.

// MARK: - Of one tensor

extension Tensor {
  /// ``acos()`` in place.
  @discardableResult
  public func acos_() -> Tensor { overwrite(op: #function) { x, _ in x.acos() } }

  /// ``acosh()`` in place.
  @discardableResult
  public func acosh_() -> Tensor { overwrite(op: #function) { x, _ in x.acosh() } }

  /// ``asin()`` in place.
  @discardableResult
  public func asin_() -> Tensor { overwrite(op: #function) { x, _ in x.asin() } }

  /// ``asinh()`` in place.
  @discardableResult
  public func asinh_() -> Tensor { overwrite(op: #function) { x, _ in x.asinh() } }

  /// ``atan()`` in place.
  @discardableResult
  public func atan_() -> Tensor { overwrite(op: #function) { x, _ in x.atan() } }

  /// ``atanh()`` in place.
  @discardableResult
  public func atanh_() -> Tensor { overwrite(op: #function) { x, _ in x.atanh() } }

  /// ``ceil()`` in place.
  @discardableResult
  public func ceil_() -> Tensor { overwrite(op: #function) { x, _ in x.ceil() } }

  /// ``cosh()`` in place.
  @discardableResult
  public func cosh_() -> Tensor { overwrite(op: #function) { x, _ in x.cosh() } }

  /// ``deg2rad()`` in place.
  @discardableResult
  public func deg2rad_() -> Tensor { overwrite(op: #function) { x, _ in x.deg2rad() } }

  /// ``digamma()`` in place.
  @discardableResult
  public func digamma_() -> Tensor { overwrite(op: #function) { x, _ in x.digamma() } }

  /// ``erf()`` in place.
  @discardableResult
  public func erf_() -> Tensor { overwrite(op: #function) { x, _ in x.erf() } }

  /// ``erfc()`` in place.
  @discardableResult
  public func erfc_() -> Tensor { overwrite(op: #function) { x, _ in x.erfc() } }

  /// ``erfinv()`` in place.
  @discardableResult
  public func erfinv_() -> Tensor { overwrite(op: #function) { x, _ in x.erfinv() } }

  /// ``exp2()`` in place.
  @discardableResult
  public func exp2_() -> Tensor { overwrite(op: #function) { x, _ in x.exp2() } }

  /// ``expm1()`` in place.
  @discardableResult
  public func expm1_() -> Tensor { overwrite(op: #function) { x, _ in x.expm1() } }

  /// ``floor()`` in place.
  @discardableResult
  public func floor_() -> Tensor { overwrite(op: #function) { x, _ in x.floor() } }

  /// ``frac()`` in place.
  @discardableResult
  public func frac_() -> Tensor { overwrite(op: #function) { x, _ in x.frac() } }

  /// ``i0()`` in place.
  @discardableResult
  public func i0_() -> Tensor { overwrite(op: #function) { x, _ in x.i0() } }

  /// ``lgamma()`` in place.
  @discardableResult
  public func lgamma_() -> Tensor { overwrite(op: #function) { x, _ in x.lgamma() } }

  /// ``log10()`` in place.
  @discardableResult
  public func log10_() -> Tensor { overwrite(op: #function) { x, _ in x.log10() } }

  /// ``log1p()`` in place.
  @discardableResult
  public func log1p_() -> Tensor { overwrite(op: #function) { x, _ in x.log1p() } }

  /// ``log2()`` in place.
  @discardableResult
  public func log2_() -> Tensor { overwrite(op: #function) { x, _ in x.log2() } }

  /// ``rad2deg()`` in place.
  @discardableResult
  public func rad2deg_() -> Tensor { overwrite(op: #function) { x, _ in x.rad2deg() } }

  /// ``sign()`` in place.
  @discardableResult
  public func sign_() -> Tensor { overwrite(op: #function) { x, _ in x.sign() } }

  /// ``sinc()`` in place.
  @discardableResult
  public func sinc_() -> Tensor { overwrite(op: #function) { x, _ in x.sinc() } }

  /// ``sinh()`` in place.
  @discardableResult
  public func sinh_() -> Tensor { overwrite(op: #function) { x, _ in x.sinh() } }

  /// ``tan()`` in place.
  @discardableResult
  public func tan_() -> Tensor { overwrite(op: #function) { x, _ in x.tan() } }

  /// ``trunc()`` in place.
  @discardableResult
  public func trunc_() -> Tensor { overwrite(op: #function) { x, _ in x.trunc() } }
}

// MARK: - With parameters

extension Tensor {
  /// ``logit(eps:)`` in place.
  @discardableResult
  public func logit_(eps: Double? = nil) -> Tensor {
    overwrite(op: #function) { x, _ in x.logit(eps: eps) }
  }

  /// ``nanToNum(nan:posinf:neginf:)`` in place.
  @discardableResult
  public func nanToNum_(nan: Double = 0, posinf: Double? = nil, neginf: Double? = nil) -> Tensor {
    overwrite(op: #function) { x, _ in x.nanToNum(nan: nan, posinf: posinf, neginf: neginf) }
  }

  /// ``round(decimals:)`` in place.
  @discardableResult
  public func round_(decimals: Int = 0) -> Tensor {
    overwrite(op: #function) { x, _ in x.round(decimals: decimals) }
  }
}

// MARK: - Of two tensors

extension Tensor {
  /// ``atan2(_:)`` in place.
  @discardableResult
  public func atan2_(_ x: Tensor) -> Tensor {
    overwrite(reading: [x], op: #function) { $0.atan2($1[0]) }
  }

  /// ``copysign(_:)-(Tensor)`` in place.
  @discardableResult
  public func copysign_(_ other: Tensor) -> Tensor {
    overwrite(reading: [other], op: #function) { $0.copysign($1[0]) }
  }

  /// ``fmod(_:)-(Tensor)`` in place.
  @discardableResult
  public func fmod_(_ other: Tensor) -> Tensor {
    overwrite(reading: [other], op: #function) { $0.fmod($1[0]) }
  }

  /// ``fmod(_:)-(TensorScalar)`` in place.
  @discardableResult
  public func fmod_(_ other: some TensorScalar) -> Tensor {
    overwrite(op: #function) { x, _ in x.fmod(other) }
  }

  /// ``hypot(_:)`` in place.
  @discardableResult
  public func hypot_(_ other: Tensor) -> Tensor {
    overwrite(reading: [other], op: #function) { $0.hypot($1[0]) }
  }

  /// ``remainder(_:)-(Tensor)`` in place.
  @discardableResult
  public func remainder_(_ other: Tensor) -> Tensor {
    overwrite(reading: [other], op: #function) { $0.remainder($1[0]) }
  }

  /// ``remainder(_:)-(TensorScalar)`` in place.
  @discardableResult
  public func remainder_(_ other: some TensorScalar) -> Tensor {
    overwrite(op: #function) { x, _ in x.remainder(other) }
  }

  /// ``pow(_:)-(Tensor)`` in place.
  @discardableResult
  public func pow_(_ exponent: Tensor) -> Tensor {
    overwrite(reading: [exponent], op: #function) { $0.pow($1[0]) }
  }

  /// ``xlogy(_:)-(Tensor)`` in place.
  @discardableResult
  public func xlogy_(_ y: Tensor) -> Tensor {
    overwrite(reading: [y], op: #function) { $0.xlogy($1[0]) }
  }

  /// ``clamp(min:max:)-(Tensor?,_)`` in place.
  @discardableResult
  public func clamp_(min: Tensor? = nil, max: Tensor? = nil) -> Tensor {
    let bounds = [min, max].compactMap { $0 }
    return overwrite(reading: bounds, op: #function) { x, bounds in
      x.clamp(min: min == nil ? nil : bounds.first, max: max == nil ? nil : bounds.last)
    }
  }

  /// ``lerp(_:_:)-(_,Tensor)`` in place.
  @discardableResult
  public func lerp_(_ end: Tensor, _ weight: Tensor) -> Tensor {
    overwrite(reading: [end, weight], op: #function) { $0.lerp($1[0], $1[1]) }
  }
}
