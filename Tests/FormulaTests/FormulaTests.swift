import Autograd
import Testing

/// The formulas have the values of the same formulas in Double.
@Suite struct FormulaTests {
  private static let x = [-1.9, -0.7, -0.2, 0.4, 0.9, 1.8]
  private static let y = [0.6, -1.3, 0.1, 1.4, -0.8, 0.5]

  private static let tensors: [String: @Sendable (Tensor, Tensor) -> Tensor] = [
    "gelu": gelu, "swish": swish, "mish": mish, "snake": snake, "elu": elu, "hardSwish": hardSwish,
    "squaredRelu": squaredRelu, "softsign": softsign, "charbonnier": charbonnier, "focal": focal,
    "huber": huber, "logCosh": logCosh, "binaryCrossEntropy": binaryCrossEntropy,
    "gaussianNLL": gaussianNLL, "quantileLoss": quantileLoss, "tversky": tversky,
    "lennardJones": lennardJones, "morse": morse, "pendulum": pendulum, "lorenz": lorenz,
    "rosenbrock": rosenbrock, "himmelblau": himmelblau, "ackley": ackley, "rastrigin": rastrigin,
    "blackBody": blackBody, "relativity": relativity, "normalDensity": normalDensity,
    "logistic": logistic, "laplace": laplace, "cauchy": cauchy, "mixture": mixture,
    "weightedMean": weightedMean, "standardized": standardized, "correlation": correlation,
    "logSumExp": logSumExp, "totalVariation": totalVariation, "accuracy": accuracy,
    "elasticNet": elasticNet, "divergence": divergence, "lastMinusFirst": lastMinusFirst,
    "trapezoid": trapezoid,
  ]

  @Test(arguments: elementwise.map(\.0)) func elementwiseFormula(_ name: String) throws {
    let number = try #require(elementwise.first { $0.0 == name }).1
    try expect(name, zip(Self.x, Self.y).map(number))
  }

  @Test(arguments: reductions.map(\.0)) func reducingFormula(_ name: String) throws {
    let number = try #require(reductions.first { $0.0 == name }).1
    try expect(name, [number(Self.x, Self.y)])
  }

  @Test func thereAreForty() {
    #expect(Self.tensors.count >= 40)
    #expect(Self.tensors.count == elementwise.count + reductions.count)
  }

  private func expect(_ name: String, _ expected: [Double]) throws {
    let formula = try #require(Self.tensors[name])
    let values = formula(Tensor(Self.x, dtype: .float64), Tensor(Self.y, dtype: .float64))
      .array(of: Double.self)
    try #require(values.count == expected.count)
    for (value, number) in zip(values, expected) {
      #expect(abs(value - number) <= 1e-9 * max(1, abs(number)), "\(name): \(value), \(number)")
    }
  }
}
