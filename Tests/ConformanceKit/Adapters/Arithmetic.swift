import Autograd

// Functions of two tensors, or of a tensor and a number.

extension Adapter {
  static let arithmetic: [Adapter] = sums + multiples + quotients + powers + extremes + logarithms

  private static let sums: [Adapter] = [
    Adapter("add", "a + b, a.add(b, alpha:)") { c in
      if c.has(nil, "alpha") {
        return try c.scaled(c.left, c[1, "other"]) { $0.add($1, alpha: $2) }
      }
      return try c.isTensor(1, "other") ? c.left + c[1, "other"] : c.number(1, "other") + c.left
    },
    Adapter("sub", "a - b, a.sub(b, alpha:)") { c in
      if c.has(nil, "alpha") {
        return try c.scaled(c.left, c[1, "other"]) { $0.sub($1, alpha: $2) }
      }
      return try c.isTensor(1, "other") ? c.left - c[1, "other"] : c.left - c.number(1, "other")
    },
    Adapter("rsub", "b - a, b.sub(a, alpha:)") { c in
      if c.has(nil, "alpha") { return try c.scaled(c[1, "other"], c.x) { $0.sub($1, alpha: $2) } }
      return try c.isTensor(1, "other") ? c[1, "other"] - c.x : c.number(1, "other") - c.x
    },
    binary("__radd__", "b + a") {
      $1 + $0
    } number: {
      $1 + $0
    },
    binary("__rsub__", "b - a") {
      $1 - $0
    } number: {
      $1 - $0
    },
    Adapter("addcmul", "x.addcmul(a, b, value:)") { c in
      try c.x.addcmul(c[1, "tensor1"], c[2, "tensor2"], value: c.number(nil, "value", or: 1))
    },
    Adapter("addcdiv", "x.addcdiv(a, b, value:)") { c in
      try c.x.addcdiv(c[1, "tensor1"], c[2, "tensor2"], value: c.number(nil, "value", or: 1))
    },
    Adapter("lerp", "a.lerp(b, weight)") { c in
      try c.isTensor(2, "weight")
        ? c.x.lerp(c[1, "end"], c[2, "weight"] as Tensor)
        : c.x.lerp(c[1, "end"], c[2, "weight"] as Double)
    },
  ]

  private static let multiples: [Adapter] = [
    binary("mul", "a * b") {
      $0 * $1
    } number: {
      $0 * $1
    },
    binary("__rmul__", "b * a") {
      $1 * $0
    } number: {
      $1 * $0
    },
    binary("ldexp", "x.ldexp(e)") { $0.ldexp($1) },
    binary("copysign", "a.copysign(b)") {
      $0.copysign($1)
    } number: {
      $0.copysign($1)
    },
    binary("heaviside", "x.heaviside(values)") { $0.heaviside($1) },
    binary("nextafter", "a.nextafter(b)") { $0.nextafter($1) },
    Adapter("where", "where(condition, a, b)") { c in
      // torch.where(condition, a, b), or a.where(condition, b).
      let (first, second): (Tensor, Tensor) = try (c.x, c[1])
      let isMethod = second.dtype == .bool && first.dtype != .bool
      return try isMethod
        ? `where`(second, first, c[2, "other"]) : `where`(first, second, c[2, "other"])
    },
  ]

  private static let quotients: [Adapter] = [
    Adapter("div", "a / b, a.div(b, roundingMode:)") { c in
      let mode: RoundingMode? =
        switch try c["rounding_mode", or: nil] as String? {
        case nil: nil
        case "trunc": .trunc
        case "floor": .floor
        case let other?: throw NoSuchCase(value: .string(other))
        }
      guard c.isTensor(1, "other") else {
        let (x, b) = try (c.left, c.number(1, "other"))
        return mode.map { x.div(b, roundingMode: $0) } ?? x / b
      }
      let (a, b): (Tensor, Tensor) = try (c.left, c[1, "other"])
      return mode.map { a.div(b, roundingMode: $0) } ?? a / b
    },
    binary("true_divide", "a / b") {
      $0 / $1
    } number: {
      $0 / $1
    },
    binary("__rdiv__", "b / a") {
      $1 / $0
    } number: {
      $1 / $0
    },
    binary("floor_divide", "a.div(b, roundingMode: .floor)") {
      $0.div($1, roundingMode: .floor)
    } number: {
      $0.div($1, roundingMode: .floor)
    },
    binary("fmod", "a.fmod(b)") {
      $0.fmod($1)
    } number: {
      $0.fmod($1)
    },
    binary("remainder", "a.remainder(b)") {
      $0.remainder($1)
    } number: {
      $0.remainder($1)
    },
    binary("__rmod__", "b.remainder(a)") { $1.remainder($0) },
  ]

  private static let powers: [Adapter] = [
    binary("pow", "a.pow(b)") {
      $0.pow($1)
    } number: {
      $0.pow($1)
    },
    binary("__rpow__", "b.pow(a), pow(2, a)") {
      $1.pow($0)
    } number: {
      pow($1, $0)
    },
    binary("float_power", "a.floatPower(b)") {
      $0.floatPower($1)
    } number: {
      $0.floatPower($1)
    },
    binary("hypot", "a.hypot(b)") { $0.hypot($1) },
    binary("atan2", "y.atan2(x)") { $0.atan2($1) },
  ]

  private static let logarithms: [Adapter] = [
    binary("logaddexp", "a.logaddexp(b)") { $0.logaddexp($1) },
    binary("logaddexp2", "a.logaddexp2(b)") { $0.logaddexp2($1) },
    binary("xlogy", "x.xlogy(y)") {
      $0.xlogy($1)
    } number: {
      $0.xlogy($1)
    },
  ]

  private static let extremes: [Adapter] = [
    binary("fmax", "a.fmax(b)") { $0.fmax($1) },
    binary("fmin", "a.fmin(b)") { $0.fmin($1) },
    binary("maximum", "a.maximum(b)") { $0.maximum($1) },
    binary("minimum", "a.minimum(b)") { $0.minimum($1) },
    Adapter("clamp", "x.clamp(min:max:)") { c in
      if c.isTensor(1, "min") || c.isTensor(2, "max") {
        return try c.x.clamp(min: c[1, "min", or: nil] as Tensor?, max: c[2, "max", or: nil])
      }
      let bounds = [c.value(1, "min"), c.value(2, "max")]
      if bounds.contains(where: { if case .float = $0 { true } else { false } }) {
        return try c.x.clamp(min: c[1, "min", or: nil] as Double?, max: c[2, "max", or: nil])
      }
      return try c.x.clamp(min: c[1, "min", or: nil] as Int?, max: c[2, "max", or: nil])
    },
    Adapter("clamp_min", "x.clampMin(m)") { c in
      try c.isTensor(1, "min") ? c.x.clampMin(c[1, "min"]) : c.x.clampMin(c.number(1, "min"))
    },
    Adapter("clamp_max", "x.clampMax(m)") { c in
      try c.isTensor(1, "max") ? c.x.clampMax(c[1, "max"]) : c.x.clampMax(c.number(1, "max"))
    },
  ]
}

extension Call {
  /// A function of two tensors and the factor `alpha`.
  fileprivate func scaled(
    _ a: Tensor, _ b: Tensor, _ function: (Tensor, Tensor, any TensorScalar) -> Tensor
  ) throws -> Tensor {
    function(a, b, try number(nil, "alpha"))
  }
}
