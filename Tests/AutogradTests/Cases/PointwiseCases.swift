import Autograd
import TestSupport

extension OpCase {
  static let pointwise: [OpCase] =
    functions + angles + powers + extremes + quotients + compositions + changesInPlace

  private static let functions: [OpCase] = [
    OpCase("exp", [.real([2, 3])]) { $0[0].exp() },
    OpCase("exp2", [.real([2, 3])]) { $0[0].exp2() },
    OpCase("expm1", [.real([3])]) { $0[0].expm1() },
    OpCase("ldexp", [.real([2, 3]), .real([3])]) { $0[0].ldexp($0[1]) },
    OpCase("ldexp", "integers", [.real([2, 3]), .indices([3], below: 4)]) { $0[0].ldexp($0[1]) },
    OpCase("log", [.real([2, 3], in: 0.3...2)]) { $0[0].log() },
    OpCase("log2", [.real([2, 3], in: 0.3...2)]) { $0[0].log2() },
    OpCase("log10", [.real([2, 3], in: 0.3...2)]) { $0[0].log10() },
    OpCase("logit", [.real([2, 3], in: 0.1...0.9)]) { $0[0].logit() },
    OpCase("timesComplement", "logit'", [.real([2, 3], in: 0.1...0.9)]) { $0[0].logit() },
    OpCase("logit", "eps", [.values([4], [0.05, 0.3, 0.6, 0.97])]) { $0[0].logit(eps: 0.1) },
    OpCase("log1p", [.real([3], in: -0.7...2)]) { $0[0].log1p() },
    OpCase("logaddexp", [.real([2, 3]), .real([3])]) { $0[0].logaddexp($0[1]) },
    OpCase("logaddexp2", [.real([2, 3]), .real([3])]) { $0[0].logaddexp2($0[1]) },
    OpCase("xlogy", "number", [.real([2, 3])]) { $0[0].xlogy(1.7) },
    OpCase("xlogy", [.real([2, 3]), .real([3], in: 0.3...2)]) { $0[0].xlogy($0[1]) },
    OpCase("sigmoid", [.real([2, 3])]) { $0[0].sigmoid() },
    OpCase("erf", [.real([2, 3])]) { $0[0].erf() },
    OpCase("erfc", [.real([2, 3])]) { $0[0].erfc() },
    OpCase("abs", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].abs() },
    OpCase("sign", [.values([4], [-1.5, -0.2, 0.3, 2])], orders: 1) { $0[0].sign() },
    OpCase("nanToNum", [.real([3])]) { $0[0].nanToNum() },
    OpCase("floor", [.values([4], [-1.6, -0.2, 0.3, 2.4])], orders: 1) { $0[0].floor() },
    OpCase("ceil", [.values([4], [-1.6, -0.2, 0.3, 2.4])], orders: 1) { $0[0].ceil() },
    OpCase("trunc", [.values([4], [-1.6, -0.2, 0.3, 2.4])], orders: 1) { $0[0].trunc() },
    OpCase("round", [.values([4], [-1.6, -0.2, 0.3, 2.4])], orders: 1) { $0[0].round() },
    OpCase("round", "decimals", [.values([2], [-1.66, 0.23])], orders: 1) {
      $0[0].round(decimals: 1)
    },
  ]

  private static let angles: [OpCase] = [
    OpCase("sin", [.real([2, 3])]) { $0[0].sin() },
    OpCase("cos", [.real([2, 3])]) { $0[0].cos() },
    OpCase("tan", [.real([2, 3], in: -1.2...1.2)]) { $0[0].tan() },
    OpCase("asin", [.real([2, 3], in: -0.8...0.8)]) { $0[0].asin() },
    OpCase("acos", [.real([2, 3], in: -0.8...0.8)]) { $0[0].acos() },
    OpCase("atan", [.real([2, 3])]) { $0[0].atan() },
    OpCase("atanSlope", "atan'", [.real([2, 3])]) { $0[0].atan() },
    OpCase("oneMinusSquare", "asin'", [.real([2, 3], in: -0.9...0.9)]) { $0[0].asin() },
    OpCase("atan2", [.real([2, 3]), .real([3], in: 0.4...2)]) { $0[0].atan2($0[1]) },
    OpCase("overSquaredDistance", "atan2'", [.real([2, 3]), .real([3], in: 0.4...2)]) {
      $0[0].atan2($0[1])
    },
    OpCase("cosine", "hypot'", [.real([2, 3], in: 0.4...2), .real([3])]) { $0[0].hypot($0[1]) },
    OpCase("hypot", [.real([2, 3], in: 0.4...2), .real([3])]) { $0[0].hypot($0[1]) },
    OpCase("sinc", [.real([2, 3], in: 0.2...2)]) { $0[0].sinc() },
    OpCase("sinh", [.real([2, 3])]) { $0[0].sinh() },
    OpCase("cosh", [.real([2, 3])]) { $0[0].cosh() },
    OpCase("tanh", [.real([2, 3])]) { $0[0].tanh() },
    OpCase("sechSquared", "tanh'", [.real([2, 3])]) { $0[0].tanh() },
    OpCase("asinh", [.real([2, 3])]) { $0[0].asinh() },
    OpCase("acosh", [.real([2, 3], in: 1.4...3)]) { $0[0].acosh() },
    OpCase("atanh", [.real([2, 3], in: -0.8...0.8)]) { $0[0].atanh() },
  ]

  private static let powers: [OpCase] = [
    OpCase("square", [.real([2, 3])]) { $0[0].square() },
    OpCase("sqrt", [.real([2, 3], in: 0.3...2)]) { $0[0].sqrt() },
    OpCase("rsqrt", [.real([2, 3], in: 0.3...2)]) { $0[0].rsqrt() },
    OpCase("reciprocal", [.real([2, 3], in: 0.3...2)]) { $0[0].reciprocal() },
    OpCase("pow", "0", [.real([3])], orders: 1) { $0[0].pow(0) },
    OpCase("pow", "1", [.real([3])]) { $0[0].pow(1) },
    OpCase("pow", "2", [.real([3])]) { $0[0].pow(2) },
    OpCase("pow", "3", [.real([3])]) { $0[0].pow(3) },
    OpCase("pow", "4", [.real([3])]) { $0[0].pow(4) },
    OpCase("pow", "0.5", [.real([3], in: 0.3...2)]) { $0[0].pow(0.5) },
    OpCase("pow", "-0.5", [.real([3], in: 0.3...2)]) { $0[0].pow(-0.5) },
    OpCase("pow", "-1", [.real([3], in: 0.3...2)]) { $0[0].pow(-1) },
    OpCase("pow", "-2", [.real([3], in: 0.3...2)]) { $0[0].pow(-2) },
    OpCase("pow", "1.7", [.real([3], in: 0.3...2)]) { $0[0].pow(1.7) },
    OpCase("pow", "tensors", [.real([2, 3], in: 0.3...2), .real([3])]) { $0[0].pow($0[1]) },
    OpCase("pow", "integer exponents", [.real([2, 3]), .indices([3], below: 4)]) {
      $0[0].pow($0[1])
    },
    OpCase("pow", "of a number", [.real([3])]) { Autograd.pow(2.5, $0[0]) },
  ]

  private static let extremes: [OpCase] = [
    OpCase("maximum", [.real([2, 3]), .real([3], in: -1.3...1.6)]) { $0[0].maximum($0[1]) },
    OpCase("minimum", [.real([2, 3]), .real([3], in: -1.3...1.6)]) { $0[0].minimum($0[1]) },
    OpCase("fmax", [.real([2, 3]), .real([3], in: -1.3...1.6)]) { $0[0].fmax($0[1]) },
    OpCase("fmin", [.real([2, 3]), .real([3], in: -1.3...1.6)]) { $0[0].fmin($0[1]) },
    OpCase("clamp", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clamp(min: -1, max: 1.5) },
    OpCase("clamp", "below", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clampMin(-0.5) },
    OpCase("clamp", "above", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clampMax(1) },
    OpCase(
      "clamped", "tensors",
      [.values([4], [-1.5, -0.2, 0.3, 2]), .real([1], in: -1...(-0.6)), .real([], in: 0.6...1)]
    ) {
      $0[0].clamp(min: $0[1], max: $0[2])
    },
  ]

  // Points at which the rounded quotient is continuous.
  private static let quotients: [OpCase] = [
    OpCase(
      "div", "trunc", [.values([2, 2], [-2.4, 0.3, 1.7, 3.1]), .values([2], [1, 1.2])], orders: 1
    ) {
      $0[0].div($0[1], roundingMode: .trunc)
    },
    OpCase("div", "floor", [.values([2, 2], [-2.4, 0.3, 1.7, 3.1])], orders: 1) {
      $0[0].div(-1.1, roundingMode: .floor)
    },
    OpCase("fmod", [.values([2, 2], [-2.4, 0.3, 1.7, 3.1]), .values([2], [1, 1.2])]) {
      $0[0].fmod($0[1])
    },
    OpCase("remainder", [.values([2, 2], [-2.4, 0.3, 1.7, 3.1]), .values([2], [-1, 1.2])]) {
      $0[0].remainder($0[1])
    },
    OpCase("remainder", "number", [.values([2, 2], [-2.4, 0.3, 1.7, 3.1])]) {
      $0[0].remainder(1.1)
    },
    OpCase("frac", [.values([4], [-1.6, -0.2, 0.3, 2.4])], orders: 1) { $0[0].frac() },
    OpCase("copysign", [.values([2, 2], [-1.6, 0.2, 0.3, 2.4]), .values([2], [-1, 2])]) {
      $0[0].copysign($0[1])
    },
    OpCase("nextafter", [.real([2, 3]), .real([3], in: 2...3)], orders: 1) {
      $0[0].nextafter($0[1])
    },
  ]

  private static let compositions: [OpCase] = [
    OpCase("add", [.real([2, 3]), .real([3])]) { $0[0].add($0[1], alpha: 2) },
    OpCase("sub", [.real([2, 3]), .real([3])]) { $0[0].sub($0[1], alpha: 0.5) },
    OpCase("addcmul", [.real([2, 3]), .real([3]), .real([2, 1])]) {
      $0[0].addcmul($0[1], $0[2], value: 0.5)
    },
    OpCase("addcdiv", [.real([2, 3]), .real([3]), .real([2, 1], in: 0.5...2)]) {
      $0[0].addcdiv($0[1], $0[2], value: 0.5)
    },
    OpCase("lerp", [.real([2, 3]), .real([3])]) { $0[0].lerp($0[1], 0.7) },
    OpCase("lerp", "tensor", [.real([2, 3]), .real([3]), .values([2, 1], [0.2, 0.9])]) {
      $0[0].lerp($0[1], $0[2])
    },
  ]

  // On a copy: a leaf that requires a gradient cannot be changed in place.
  private static let changesInPlace: [OpCase] = [
    OpCase("add_", [.real([2, 3]), .real([3])]) { ($0[0] * 1).add_($0[1], alpha: 2) },
    OpCase("mul_", [.real([2, 3]), .real([3])]) { ($0[0] * 1).mul_($0[1]) },
    OpCase("div_", "of an output that was saved", [.real([2, 3]), .real([3], in: 0.5...2)]) {
      $0[0].exp().div_($0[1])
    },
    OpCase("addcmul_", [.real([2, 3]), .real([3]), .real([2, 1])]) {
      ($0[0] * 1).addcmul_($0[1], $0[2], value: 0.5)
    },
    OpCase("addcdiv_", [.real([2, 3]), .real([3]), .real([2, 1], in: 0.5...2)]) {
      ($0[0] * 1).addcdiv_($0[1], $0[2], value: 0.5)
    },
    OpCase("lerp_", [.real([2, 3]), .real([3])]) { ($0[0] * 1).lerp_($0[1], 0.3) },
    OpCase("pow_", [.real([3], in: 0.3...2)]) { ($0[0] * 1).pow_(1.5) },
    OpCase("exp_", "transposed", [.real([2, 3])]) { ($0[0] * 1).permute([1, 0]).exp_() },
    OpCase("copy_", [.real([2, 3]), .real([3])], orders: 1) { ($0[0] * 1).copy_($0[1]) },
    OpCase("overwrite", [.real([3])], orders: 1) { ($0[0] * 1).fill_(2) },
  ]
}
