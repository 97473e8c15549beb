import Autograd

extension Adapter {
  static let comparison: [Adapter] = [
    binary("eq", "a .== b, a.eq(b)") {
      $0.eq($1)
    } number: {
      $0.eq($1)
    },
    binary("ne", "a .!= b, a.ne(b)") {
      $0.ne($1)
    } number: {
      $0.ne($1)
    },
    binary("lt", "a .< b, a.lt(b)") {
      $0.lt($1)
    } number: {
      $0.lt($1)
    },
    binary("le", "a .<= b, a.le(b)") {
      $0.le($1)
    } number: {
      $0.le($1)
    },
    binary("gt", "a .> b, a.gt(b)") {
      $0.gt($1)
    } number: {
      $0.gt($1)
    },
    binary("ge", "a .>= b, a.ge(b)") {
      $0.ge($1)
    } number: {
      $0.ge($1)
    },
    Adapter("isclose", "a.isclose(b, rtol:atol:equalNan:)") { c in
      try c.x.isclose(
        c[1, "other"], rtol: c[2, "rtol", or: 1e-5], atol: c[3, "atol", or: 1e-8],
        equalNan: c[4, "equal_nan", or: false])
    },
    Adapter("allclose", "a.allclose(b, rtol:atol:equalNan:)") { c in
      try c.x.allclose(
        c[1, "other"], rtol: c[2, "rtol", or: 1e-5], atol: c[3, "atol", or: 1e-8],
        equalNan: c[4, "equal_nan", or: false])
    },
    Adapter("equal", "a.equal(b)") { c in try c.x.equal(c[1, "other"]) },
    unary("isfinite", "x.isfinite()") { $0.isfinite() },
    unary("isinf", "x.isinf()") { $0.isinf() },
    unary("isnan", "x.isnan()") { $0.isnan() },
    unary("isneginf", "x.isneginf()") { $0.isneginf() },
    unary("isposinf", "x.isposinf()") { $0.isposinf() },
    unary("isreal", "x.isreal()") { $0.isreal() },
    unary("signbit", "x.signbit()") { $0.signbit() },
    Adapter("isin", "x.isin(elements, invert:)") { c in
      c.ignore("assume_unique")  // only a hint
      let x: Tensor = try c[0, "elements"]
      let invert: Bool = try c[nil, "invert", or: false]
      return try c.isTensor(1, "test_elements")
        ? x.isin(c[1, "test_elements"] as Tensor, invert: invert)
        : x.isin(c.number(1, "test_element"), invert: invert)
    },
    binary("logical_and", "a.logicalAnd(b)") { $0.logicalAnd($1) },
    binary("logical_or", "a.logicalOr(b)") { $0.logicalOr($1) },
    binary("logical_xor", "a.logicalXor(b)") { $0.logicalXor($1) },
    unary("logical_not", "x.logicalNot()") { $0.logicalNot() },
    binary("bitwise_and", "a & b") {
      $0 & $1
    } number: {
      $0 & $1
    },
    binary("bitwise_or", "a | b") {
      $0 | $1
    } number: {
      $0 | $1
    },
    binary("bitwise_xor", "a ^ b") {
      $0 ^ $1
    } number: {
      $0 ^ $1
    },
    unary("bitwise_not", "~x") { ~$0 },
  ]
}
