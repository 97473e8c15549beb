import Autograd

// Formulas that reduce, index and compare; see Formulas.swift.

func weightedMean(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x * y.abs()).sum() / (y.abs().sum() + 1e-8) - 0.5 * (x.max() - x.min()) / 2
}

func standardized(_ x: Tensor, _ y: Tensor) -> Tensor {
  (((x - x.mean()) / (x.std(correction: 0) + 1e-5)) * 0.5 + 0.1 * y).square().mean()
}

func correlation(_ x: Tensor, _ y: Tensor) -> Tensor {
  ((x - x.mean()) * (y - y.mean())).sum()
    / (((x - x.mean()).pow(2)).sum() * ((y - y.mean()).pow(2)).sum() + 1e-12).sqrt()
}

func logSumExp(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x - x.max()).exp().sum().log() + x.max() - 0.1 * (y - y.max()).exp().sum().log()
}

func totalVariation(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x[1...] - x[..<(-1)]).abs().sum() + 0.5 * (y[1...] - y[0..<(y.numel - 1)]).pow(2).mean() - 1
}

func accuracy(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x .> 0).eq(y .> 0).to(.float64).mean() * 100 - 2 * ((x .>= 0.5) & (y .< 0.5)).sum() / 10
}

func elasticNet(_ x: Tensor, _ y: Tensor) -> Tensor {
  (x - y).square().sum() / Double(2 * x.numel) + 0.3 * (0.5 * x.abs().sum() + 0.25 * (x * x).sum())
}

func divergence(_ x: Tensor, _ y: Tensor) -> Tensor {
  -0.5 * (1 + y - x.pow(2) - y.exp()).sum() / Double(x.shape[0]) + 1e-3 * (x.norm() + y.norm(1))
}

func lastMinusFirst(_ x: Tensor, _ y: Tensor) -> Tensor {
  2 * x[-1] - 3 * x[0] + 0.5 * (y[0] + y[1] * 2 - y[-1] / 4) + 1 - x[1] * y[1]
}

func trapezoid(_ x: Tensor, _ y: Tensor) -> Tensor {
  0.1 * (x.sum() - 0.5 * (x[0] + x[-1])) + 0.1 / 2 * (y[1...] + y[..<(-1)]).sum()
}
