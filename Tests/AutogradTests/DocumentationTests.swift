import Autograd
import Testing

// The functions that the README and the guides show.

private func charbonnier(_ x: Tensor, _ y: Tensor, epsilon: Double = 1e-3) -> Tensor {
  ((x - y).square() + epsilon * epsilon).sqrt().mean()
}

private func cube(_ x: Tensor) -> Tensor {
  noGrad { x * x * x }.wrt(x) { [x = Saved(x)] g in g * 3 * x.value * x.value }
}

private func softplus(_ x: Tensor) -> Tensor {
  let slope = noGrad { x.sigmoid() }
  return noGrad { x.softplus() }
    .wrt(x, fused: { g in g * slope }, meaning: { x in (x.exp() + 1).log() })
}

@Suite struct DocumentationTests {
  @Test func theFunctionsShownHaveTheirDerivatives() throws {
    let generator = Generator(seed: 0)
    func leaf() -> Tensor {
      .randn([4, 3], dtype: .float64, requiresGrad: true, generator: generator)
    }
    let (x, y) = (leaf(), leaf())
    try gradcheck({ charbonnier($0[0], $0[1]) }, [x, y])
    try gradgradcheck({ charbonnier($0[0], $0[1]) }, [x, y])
    for function in [cube, softplus] {
      try gradcheck({ function($0[0]) }, [x])
      try gradgradcheck({ function($0[0]) }, [x])
    }
  }
}
