import Foundation

// The formulas of Formulas.swift and Reductions.swift in Double.

extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
}

func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
func square(_ x: Double) -> Double { x * x }
func bounded(_ x: Double) -> Double { min(max(x + 3, 0), 6) }

typealias Elementwise = @Sendable (Double, Double) -> Double

let elementwise: [(String, Elementwise)] = [
  (
    "gelu",
    { x, _ in
      let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
      return 0.5 * x * (1 + tanh(inner))
    }
  ),
  (
    "swish",
    { x, y in
      let gate = 1 - sigmoid(x)
      return x * sigmoid(1.702 * x) + 0.1 * y * gate
    }
  ),
  ("mish", { x, y in x * tanh(log1p(exp(x))) - y * tanh(log1p(exp(2 * y))) / 2 }),
  (
    "snake",
    { x, y in
      let first = x + square(sin(x / 2)) * 2
      return first + (y + square(sin(2 * y)) / 2) / 4
    }
  ),
  (
    "elu",
    { x, y in
      let base = x > 0 ? x : 1.5 * expm1(x / 1.5)
      return base - 0.01 * abs(y)
    }
  ),
  ("hardSwish", { x, y in x * bounded(x) / 6 + y * bounded(y) / 6 }),
  ("squaredRelu", { x, y in square(max(x, y / 10) + 1) - 2 * square(min(x, y) - 1) + 1 }),
  (
    "softsign",
    { x, y in
      let d = x - y
      let first = 2 * x / (1 + abs(x)) - y / (1 + 3 * abs(y))
      return first + d / 2 / (1 + abs(d))
    }
  ),
  (
    "charbonnier",
    { x, y in
      let first = (square(x - y) + 1e-12).squareRoot()
      return first + (square(x + y) + 1e-3).squareRoot() / 2 - 1
    }
  ),
  (
    "focal",
    { x, _ in
      let p = sigmoid(x)
      return -square(1 - p) * log(p) / 4 - 0.75 * p * p * log(1 - p + 1e-6)
    }
  ),
  ("huber", { x, y in abs(x - y) < 1 ? square(x - y) / 2 : abs(x - y) - 0.5 }),
  ("logCosh", { x, y in log(cosh(x - y)) + (x * x + y * y) / 4 }),
  (
    "binaryCrossEntropy",
    { x, y in
      let (p, t) = (sigmoid(x), sigmoid(y))
      return -t * log(p + 1e-12) - (1 - t) * log(1 - p + 1e-12)
    }
  ),
  (
    "gaussianNLL",
    { x, y in
      let variance = y * y + 0.1
      return (log(2 * Double.pi * variance) + square(x - 0.3) / variance) / 2
    }
  ),
  (
    "quantileLoss",
    { x, y in
      let d = y - x
      return max(0.9 * d, -0.1 * d) + max(0.1 * d, -0.9 * d)
    }
  ),
  (
    "tversky",
    { x, y in
      let (a, b) = (abs(x), abs(y))
      return 1 - (a * b + 1) / (a * b + 0.3 * a + 0.7 * b + 1)
    }
  ),
  (
    "lennardJones",
    { x, y in
      let ratio = pow(1.1 / (x * x + 1), 6)
      return 0.8 * (ratio * ratio - ratio) - y / 3
    }
  ),
  ("morse", { x, y in 2.5 * square(1 - exp(-1.2 * (x - 0.74))) - 2.5 + 1.5 * y * y }),
  (
    "pendulum",
    { x, y in
      let drag = 0.1 * y + 0.02 * y * abs(y)
      return -4.905 * sin(x) - drag + 1.5 * cos(0.6 * Double.pi * x)
    }
  ),
  (
    "lorenz",
    { x, y in
      let first = 10 * (y - x) + x * (28 - y) - y
      return first - 8 * (x * y - 2) / 3 + (x * y - 8 * y / 3) / 100
    }
  ),
  (
    "rosenbrock",
    { x, y in
      square(1 - x) + 100 * square(y - x * x) + (x - 1) * (y - 1) / 2
    }
  ),
  ("himmelblau", { x, y in square(x * x + y - 11) + square(x + y * y - 7) }),
  (
    "ackley",
    { x, y in
      let turns = cos(2 * Double.pi * x) + cos(2 * Double.pi * y)
      let root = ((x * x + y * y) / 2).squareRoot()
      return -20 * exp(-root / 5) - exp(turns / 2) + 22.718281828
    }
  ),
  (
    "rastrigin",
    { x, y in
      let turns = cos(2 * Double.pi * x) + cos(2 * Double.pi * y)
      return 20 + x * x + y * y - 10 * turns
    }
  ),
  (
    "blackBody",
    { x, y in
      let frequency = abs(x) + 1
      return 2 * pow(frequency, 3) / expm1(1.4 * frequency / (abs(y) + 0.5))
    }
  ),
  (
    "relativity",
    { x, y in
      let factor = 1 / (1 - x * x / 16).squareRoot()
      return factor * (y - x / 4) + (1 - y * y / 16).squareRoot() - 1
    }
  ),
  (
    "normalDensity",
    { x, y in
      let z = (x - 0.3) / 1.7
      return exp(-z * z / 2) / (1.7 * (2 * Double.pi).squareRoot()) + y / 100
    }
  ),
  (
    "logistic",
    { x, y in
      let z = exp((x - 0.3) / 1.7)
      return z / (1.7 * square(1 + z)) - 3 * y / 7
    }
  ),
  ("laplace", { x, y in exp(-abs(x - 0.3) / 1.7) / 3.4 * (1 + y / 2) + (1 - y / 2) / 2 }),
  (
    "cauchy",
    { x, y in
      let z = (x - 0.3) / 1.7
      return 1 / (Double.pi * 1.7 * (1 + z * z)) + y * y / 100
    }
  ),
  (
    "mixture",
    { x, y in
      let narrow = 0.3 * exp(-square(x - 1) / 2)
      let wide = 0.35 * exp(-square(x + 1) / 8)
      return log(narrow + wide + 1e-9) + y / 2
    }
  ),
]

typealias Reduction = @Sendable ([Double], [Double]) -> Double

func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
func centered(_ x: [Double]) -> [Double] { x.map { $0 - mean(x) } }
func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).map(*).reduce(0, +) }
func logSumExp(_ x: [Double]) -> Double { log(x.map(exp).reduce(0, +)) }
func magnitudes(_ x: [Double]) -> [Double] { x.map(abs) }
func steps(_ x: [Double]) -> [Double] { zip(x.dropFirst(), x).map(-) }

let reductions: [(String, Reduction)] = [
  (
    "weightedMean",
    { x, y in
      let weights = magnitudes(y)
      return dot(x, weights) / (weights.reduce(0, +) + 1e-8) - (x.max()! - x.min()!) / 4
    }
  ),
  (
    "standardized",
    { x, y in
      let c = centered(x)
      let deviation = (dot(c, c) / Double(x.count)).squareRoot() + 1e-5
      return mean(zip(c, y).map { square($0 / deviation / 2 + $1 / 10) })
    }
  ),
  (
    "correlation",
    { x, y in
      let (a, b) = (centered(x), centered(y))
      return dot(a, b) / (dot(a, a) * dot(b, b) + 1e-12).squareRoot()
    }
  ),
  ("logSumExp", { x, y in logSumExp(x) - (logSumExp(y) - y.max()!) / 10 }),
  (
    "totalVariation",
    { x, y in
      let jumps = steps(y)
      return magnitudes(steps(x)).reduce(0, +) + mean(jumps.map(square)) / 2 - 1
    }
  ),
  (
    "accuracy",
    { x, y in
      let agreements = zip(x, y).filter { ($0 > 0) == ($1 > 0) }.count
      let misses = zip(x, y).filter { $0 >= 0.5 && $1 < 0.5 }.count
      return 100 * Double(agreements) / Double(x.count) - Double(misses) / 5
    }
  ),
  (
    "elasticNet",
    { x, y in
      let d = zip(x, y).map(-)
      let penalty = magnitudes(x).reduce(0, +) / 2 + dot(x, x) / 4
      return dot(d, d) / Double(2 * x.count) + 0.3 * penalty
    }
  ),
  (
    "divergence",
    { x, y in
      let terms = zip(x, y).map { 1 + $1 - $0 * $0 - exp($1) }
      let norms = dot(x, x).squareRoot() + magnitudes(y).reduce(0, +)
      return -terms.reduce(0, +) / Double(2 * x.count) + norms / 1000
    }
  ),
  (
    "lastMinusFirst",
    { x, y in
      let ends = 2 * x.last! - 3 * x[0] + 1
      return ends + (y[0] + 2 * y[1] - y.last! / 4) / 2 - x[1] * y[1]
    }
  ),
  (
    "trapezoid",
    { x, y in
      let sums = zip(y.dropFirst(), y).map(+).reduce(0, +)
      return (x.reduce(0, +) - (x[0] + x.last!) / 2) / 10 + sums / 20
    }
  ),
]
