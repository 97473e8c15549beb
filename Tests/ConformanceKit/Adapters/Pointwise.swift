import Autograd

extension Adapter {
  static let pointwise: [Adapter] = [
    Adapter("abs", "x.abs()") { c in try c.x.abs() },
    Adapter("clamp_min", "x.clampMin(m)") { c in
      c.isTensor(1) ? try c.x.clampMin(c[1]) : try c.x.clampMin(c.number(1, "min"))
    },
    Adapter("round", "x.round(decimals:)") { c in
      try c.x.round(decimals: c[1, "decimals", or: 0])
    },
  ]
}
