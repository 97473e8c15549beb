import Autograd

extension Adapter {
  /// Of the group `pointwise`.
  static let specialFunctions: [Adapter] = [
    Adapter("digamma", "x.digamma()") { c in try c.x.digamma() },
    Adapter("erfinv", "x.erfinv()") { c in try c.x.erfinv() },
    Adapter("i0", "x.i0()") { c in try c.x.i0() },
    Adapter("igamma", "a.igamma(x)") { c in try c.x.igamma(c[1, "other"]) },
    Adapter("igammac", "a.igammac(x)") { c in try c.x.igammac(c[1, "other"]) },
    Adapter("lgamma", "x.lgamma()") { c in try c.x.lgamma() },
    Adapter("mvlgamma", "x.mvlgamma(p)") { c in try c.x.mvlgamma(c[1, "p"]) },
    Adapter("polygamma", "x.polygamma(n)") { c in
      // The function has the order first, the method and the database of cases the tensor.
      let order = c.isTensor(0) ? 1 : 0
      let x: Tensor = try c[1 - order, "input"]
      return x.polygamma(try c[order, "n"])
    },
    Adapter("special.entr", "x.entr()") { c in try c.x.entr() },
    Adapter("special.erfcx", "x.erfcx()") { c in try c.x.erfcx() },
    Adapter("special.i0e", "x.i0e()") { c in try c.x.i0e() },
    Adapter("special.i1", "x.i1()") { c in try c.x.i1() },
    Adapter("special.i1e", "x.i1e()") { c in try c.x.i1e() },
    Adapter("special.log_ndtr", "x.logNdtr()") { c in try c.x.logNdtr() },
    Adapter("special.ndtr", "x.ndtr()") { c in try c.x.ndtr() },
    Adapter("special.ndtri", "x.ndtri()") { c in try c.x.ndtri() },
    Adapter("special.xlog1py", "x.xlog1py(y)") { c in
      if !c.isTensor(0, "input") { return try product(c.number(0, "input"), c[1, "other"]) }
      return c.isTensor(1, "other")
        ? try c.x.xlog1py(c[1, "other"]) : try c.x.xlog1py(c.number(1, "other"))
    },
    Adapter("special.zeta", "x.zeta(q)") { c in
      if !c.isTensor(0, "input") { return try zetas(c.number(0, "input"), c[1, "other"]) }
      return c.isTensor(1, "other")
        ? try c.x.zeta(c[1, "other"]) : try c.x.zeta(c.number(1, "other"))
    },
  ]

  // Separate functions, which open the existential.
  private static func product(_ x: some TensorScalar, _ y: Tensor) -> Tensor { xlog1py(x, y) }
  private static func zetas(_ x: some TensorScalar, _ q: Tensor) -> Tensor { zeta(x, q) }
}
