import Autograd

// Formulas as users write them, in single expressions: literals of both kinds, tensors, numbers and
// methods mixed. Tests/Spelling/formulas compiles this file with a budget for each expression;
// FormulaTests compares the values with the same formulas in Double (Numbers.swift).

let mu = 0.3
let sigma = 1.7
let epsilon = 1e-6

// MARK: - Activations

func gelu(_ x: Tensor, _ y: Tensor) -> Tensor {
  0.5 * x * (1 + ((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)).tanh())
}

func swish(_ x: Tensor, _ y: Tensor) -> Tensor {
  x / (1 + (-1.702 * x).exp()) + 0.1 * y * (1 - 1 / (1 + (-x).exp()))
}

func mish(_ x: Tensor, _ y: Tensor) -> Tensor {
  x * (1 + x.exp()).log().tanh() - y * (1 + (2 * y).exp()).log().tanh() / 2
}

func snake(_ x: Tensor, _ y: Tensor) -> Tensor {
  x + (0.5 * x).sin().pow(2) / 0.5 + (y + (2 * y).sin().pow(2) / 2) * 0.25
}

func elu(_ x: Tensor, _ y: Tensor) -> Tensor {
  x.clamp(min: 0) + 1.5 * ((x / 1.5).exp() - 1).clamp(max: 0) - 0.01 * y.abs()
}

func hardSwish(_ x: Tensor, _ y: Tensor) -> Tensor {
  x * (x + 3).clamp(0, 6) / 6 + y * (y + 3).clamp(min: 0, max: 6) * (1.0 / 6)
}

func squaredRelu(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x.maximum(y * 0.1) + 1).pow(2) - 2 * (x.minimum(y) - 1).square() + 1
}

func softsign(_ x: Tensor, _ y: Tensor) -> Tensor {
  2 * x / (1 + x.abs()) - y / (1 + 3 * y.abs()) + 0.5 * (x - y) / (1 + (x - y).abs())
}

// MARK: - Losses

func charbonnier(_ x: Tensor, _ y: Tensor) -> Tensor {
  ((x - y) * (x - y) + epsilon * epsilon).sqrt() + 0.5 * ((x + y).pow(2) + 1e-3).sqrt() - 1
}

func focal(_ x: Tensor, _ y: Tensor) -> Tensor {
  -0.25 * (1 - x.sigmoid()).pow(2) * x.sigmoid().log()
    - 0.75 * x.sigmoid().pow(2) * (1 - x.sigmoid() + epsilon).log()
}

func huber(_ x: Tensor, _ y: Tensor) -> Tensor {
  `where`((x - y).abs() .< 1.0, 0.5 * (x - y) * (x - y), 1.0 * ((x - y).abs() - 0.5 * 1.0))
}

func logCosh(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x - y) + (1 + (-2 * (x - y)).exp()).log() - 2.0.logarithm + 0.5 * (x * x + y * y) / 2
}

func binaryCrossEntropy(_ x: Tensor, _ y: Tensor) -> Tensor {
  -(y.sigmoid() * (x.sigmoid() + 1e-12).log() + (1 - y.sigmoid()) * (1 - x.sigmoid() + 1e-12).log())
}

func gaussianNLL(_ x: Tensor, _ y: Tensor) -> Tensor {
  0.5 * ((2 * Double.pi * (y * y + 0.1)).log() + (x - mu) * (x - mu) / (y * y + 0.1))
}

func quantileLoss(_ x: Tensor, _ y: Tensor) -> Tensor {
  (0.9 * (y - x)).maximum((0.9 - 1) * (y - x)) + (0.1 * (y - x)).maximum((0.1 - 1) * (y - x))
}

func tversky(_ x: Tensor, _ y: Tensor) -> Tensor {
  1 - (x.abs() * y.abs() + 1) / (x.abs() * y.abs() + 0.3 * x.abs() + 0.7 * y.abs() + 1)
}

// MARK: - Physics and mathematics

func lennardJones(_ x: Tensor, _ y: Tensor) -> Tensor {
  4 * 0.2 * ((1.1 / (x * x + 1)).pow(12) - (1.1 / (x * x + 1)).pow(6)) - y / 3
}

func morse(_ x: Tensor, _ y: Tensor) -> Tensor {
  2.5 * (1 - (-1.2 * (x - 0.74)).exp()).pow(2) - 2.5 + 0.5 * 3 * y * y
}

func pendulum(_ x: Tensor, _ y: Tensor) -> Tensor {
  -9.81 / 2.0 * x.sin() - 0.1 * y - 0.02 * y * y.abs() + 1.5 * (2 * Double.pi * 0.3 * x).cos()
}

func lorenz(_ x: Tensor, _ y: Tensor) -> Tensor {
  10 * (y - x) + x * (28 - y) - y - 8.0 / 3.0 * (x * y - 2) + (x * y - 8 / 3.0 * y) * 0.01
}

func rosenbrock(_ x: Tensor, _ y: Tensor) -> Tensor {
  (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) + 0.5 * (x - 1) * (y - 1)
}

func himmelblau(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x * x + y - 11).pow(2) + (x + y * y - 7).pow(2)
}

func ackley(_ x: Tensor, _ y: Tensor) -> Tensor {
  -20 * (-0.2 * (0.5 * (x * x + y * y)).sqrt()).exp()
    - (0.5 * ((2 * Double.pi * x).cos() + (2 * Double.pi * y).cos())).exp() + 20 + 2.718281828
}

func rastrigin(_ x: Tensor, _ y: Tensor) -> Tensor {
  20 + x * x - 10 * (2 * Double.pi * x).cos() + y * y - 10 * (2 * Double.pi * y).cos()
}

func blackBody(_ x: Tensor, _ y: Tensor) -> Tensor {
  2 * (x.abs() + 1).pow(3) / ((1.4 * (x.abs() + 1) / (y.abs() + 0.5)).exp() - 1)
}

func relativity(_ x: Tensor, _ y: Tensor) -> Tensor {
  1 / (1 - (x / 4).pow(2)).sqrt() * (y - x * 0.25) + (1 - y * y / 16.0).sqrt() - 1
}

// MARK: - Distributions

func normalDensity(_ x: Tensor, _ y: Tensor) -> Tensor {
  (-0.5 * ((x - mu) / sigma).pow(2)).exp() / (sigma * (2 * Double.pi).squareRoot()) + y * 1e-2
}

func logistic(_ x: Tensor, _ y: Tensor) -> Tensor {
  ((x - mu) / sigma).exp() / (sigma * (1 + ((x - mu) / sigma).exp()).pow(2)) - 3 * y / 7
}

func laplace(_ x: Tensor, _ y: Tensor) -> Tensor {
  (-(x - mu).abs() / sigma).exp() / (2 * sigma) * (1 + 0.5 * y) + (1 - 0.5 * y) / 2
}

func cauchy(_ x: Tensor, _ y: Tensor) -> Tensor {
  1 / (Double.pi * sigma * (1 + ((x - mu) / sigma) * ((x - mu) / sigma))) + y.pow(2) / 100
}

func mixture(_ x: Tensor, _ y: Tensor) -> Tensor {
  (0.3 * (-0.5 * (x - 1).pow(2)).exp() + 0.7 * (-0.5 * (x + 1).pow(2) / 4).exp() / 2 + 1e-9).log()
    + 0.5 * y
}
