import Autograd
import TestSupport

extension OpCase {
  static let pointwise: [OpCase] =
    functions + powers + extremes + compositions + changesInPlace

  private static let functions: [OpCase] = [
    OpCase("exp", [.real([2, 3])]) { $0[0].exp() },
    OpCase("expm1", [.real([3])]) { $0[0].expm1() },
    OpCase("log", [.real([2, 3], in: 0.3...2)]) { $0[0].log() },
    OpCase("log1p", [.real([3], in: -0.7...2)]) { $0[0].log1p() },
    OpCase("logaddexp", [.real([2, 3]), .real([3])]) { $0[0].logaddexp($0[1]) },
    OpCase("xlogy", [.real([2, 3]), .real([3], in: 0.3...2)]) { $0[0].xlogy($0[1]) },
    OpCase("sin", [.real([2, 3])]) { $0[0].sin() },
    OpCase("cos", [.real([2, 3])]) { $0[0].cos() },
    OpCase("tanh", [.real([2, 3])]) { $0[0].tanh() },
    OpCase("sigmoid", [.real([2, 3])]) { $0[0].sigmoid() },
    OpCase("erf", [.real([2, 3])]) { $0[0].erf() },
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
    OpCase("clamp", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clamp(min: -1, max: 1.5) },
    OpCase("clamp", "below", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clampMin(-0.5) },
    OpCase("clamp", "above", [.values([4], [-1.5, -0.2, 0.3, 2])]) { $0[0].clampMax(1) },
    OpCase(
      "clamp", "tensors",
      [.values([4], [-1.5, -0.2, 0.3, 2]), .real([1], in: -1...(-0.6)), .real([], in: 0.6...1)]
    ) {
      $0[0].clamp(min: $0[1], max: $0[2])
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
    OpCase("lerp", [.real([2, 3]), .real([3])]) { $0[0].lerp($0[1], weight: 0.7) },
    OpCase("lerp", "tensor", [.real([2, 3]), .real([3]), .real([])]) {
      $0[0].lerp($0[1], weight: $0[2])
    },
  ]

  // On a copy: a leaf that requires a gradient cannot be changed in place.
  private static let changesInPlace: [OpCase] = [
    OpCase("add_", [.real([2, 3]), .real([3])]) { ($0[0] * 1).add_($0[1], alpha: 2) },
    OpCase("mul_", [.real([2, 3]), .real([3])]) { ($0[0] * 1).mul_($0[1]) },
    OpCase("div_", "of an output that was saved", [.real([2, 3]), .real([3], in: 0.5...2)]) {
      $0[0].exp().div_($0[1])
    },
    OpCase("exp_", "transposed", [.real([2, 3])]) { ($0[0] * 1).permute([1, 0]).exp_() },
    OpCase("copy_", [.real([2, 3]), .real([3])], orders: 1) { ($0[0] * 1).copy_($0[1]) },
    OpCase("overwrite", [.real([3])], orders: 1) { ($0[0] * 1).fill_(2) },
  ]
}
