import Autograd

extension Adapter {
  static let pointwise: [Adapter] = functions + arithmetic

  /// An element-wise function.
  static func unary(
    _ op: String, _ spelling: String, _ function: @escaping @Sendable (Tensor) -> Tensor
  ) -> Adapter {
    Adapter(op, spelling) { c in function(try c.x) }
  }

  /// A function of two tensors.
  static func binary(
    _ op: String, _ spelling: String, _ function: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) -> Adapter {
    Adapter(op, spelling) { c in function(try c.left, try c[1, "other"]) }
  }

  /// A function of a tensor and another, or a number in its place.
  static func binary(
    _ op: String, _ spelling: String, _ function: @escaping @Sendable (Tensor, Tensor) -> Tensor,
    number: @escaping @Sendable (Tensor, any TensorScalar) -> Tensor
  ) -> Adapter {
    Adapter(op, spelling) { c in
      for name in ["other", "exponent"] where c.isTensor(1, name) {
        return function(try c.left, try c[1, name])
      }
      return number(try c.left, try c.number(1, c.has(1, "other") ? "other" : "exponent"))
    }
  }

  private static let functions: [Adapter] = [
    unary("abs", "x.abs()") { $0.abs() },
    unary("acos", "x.acos()") { $0.acos() },
    unary("acosh", "x.acosh()") { $0.acosh() },
    unary("asin", "x.asin()") { $0.asin() },
    unary("asinh", "x.asinh()") { $0.asinh() },
    unary("atan", "x.atan()") { $0.atan() },
    unary("atanh", "x.atanh()") { $0.atanh() },
    unary("ceil", "x.ceil()") { $0.ceil() },
    unary("cos", "x.cos()") { $0.cos() },
    unary("cosh", "x.cosh()") { $0.cosh() },
    unary("deg2rad", "x.deg2rad()") { $0.deg2rad() },
    unary("erf", "x.erf()") { $0.erf() },
    unary("erfc", "x.erfc()") { $0.erfc() },
    unary("exp", "x.exp()") { $0.exp() },
    unary("exp2", "x.exp2()") { $0.exp2() },
    unary("expm1", "x.expm1()") { $0.expm1() },
    unary("floor", "x.floor()") { $0.floor() },
    unary("frac", "x.frac()") { $0.frac() },
    unary("log", "x.log()") { $0.log() },
    unary("log10", "x.log10()") { $0.log10() },
    unary("log1p", "x.log1p()") { $0.log1p() },
    unary("log2", "x.log2()") { $0.log2() },
    unary("neg", "-x") { -$0 },
    unary("positive", "+x") { +$0 },
    unary("rad2deg", "x.rad2deg()") { $0.rad2deg() },
    unary("reciprocal", "x.reciprocal()") { $0.reciprocal() },
    unary("rsqrt", "x.rsqrt()") { $0.rsqrt() },
    unary("sgn", "x.sign()") { $0.sign() },
    unary("sigmoid", "x.sigmoid()") { $0.sigmoid() },
    unary("sign", "x.sign()") { $0.sign() },
    unary("sin", "x.sin()") { $0.sin() },
    unary("sinc", "x.sinc()") { $0.sinc() },
    unary("sinh", "x.sinh()") { $0.sinh() },
    unary("sqrt", "x.sqrt()") { $0.sqrt() },
    unary("square", "x.square()") { $0.square() },
    unary("tan", "x.tan()") { $0.tan() },
    unary("tanh", "x.tanh()") { $0.tanh() },
    unary("trunc", "x.trunc()") { $0.trunc() },
    Adapter("logit", "x.logit(eps:)") { c in try c.x.logit(eps: c[1, "eps", or: nil]) },
    Adapter("nan_to_num", "x.nanToNum(nan:posinf:neginf:)") { c in
      try c.x.nanToNum(
        nan: c[1, "nan", or: nil] ?? 0, posinf: c[2, "posinf", or: nil],
        neginf: c[3, "neginf", or: nil])
    },
    Adapter("round", "x.round(decimals:)") { c in
      try c.x.round(decimals: c["decimals", or: 0])
    },
  ]
}

extension Call {
  /// The input, or a number in place of it, as a 0-d tensor of the promoted dtype.
  var left: Tensor {
    get throws {
      if isTensor(0, "input") { return try x }
      let number = try number(0, "input")
      var dtype: DType?
      if isTensor(1, "other") {
        let other: Tensor = try self[1, "other"]
        if other.dtype.isFloatingPoint { dtype = other.dtype }
      }
      return Self.point(number, dtype)
    }
  }

  private static func point(_ number: some TensorScalar, _ dtype: DType?) -> Tensor {
    Tensor.full([], number, dtype: dtype)
  }
}
