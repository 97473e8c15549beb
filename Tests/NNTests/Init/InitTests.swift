import Autograd
import NN
import TestSupport
import Testing

/// A float64 tensor filled by `fill` after seed 0.
private func filled(_ shape: [Int], _ fill: (Tensor, Generator) -> Tensor) -> [Double] {
  let x = Tensor.empty(shape, dtype: .float64, requiresGrad: true)
  #expect(fill(x, Generator(seed: 0)) === x)
  #expect(x.isLeaf && x.requiresGrad)
  return x.values
}

private func expect(
  _ got: [Double], equals expected: [Double], at location: SourceLocation = #_sourceLocation
) {
  #expect(got.count == expected.count, sourceLocation: location)
  for (a, b) in zip(got, expected) {
    #expect(abs(a - b) < 1e-10, sourceLocation: location)
  }
}

// The numbers are those of torch 2.13 after torch.manual_seed(0).

@Test(.ownGenerator) func xavier() {
  expect(
    filled([2, 3]) { xavierUniform_($0, gain: 2, generator: $1) },
    equals: [
      2.0596690585, 0.910621021035, -0.177975026149, 1.84362398089, 0.635463855789, 1.27574614494,
    ])
  expect(
    filled([2, 3]) { xavierNormal_($0, generator: $1) },
    equals: [
      0.974611513501, -0.185580734707, -1.37798739783, 0.359507505897, -0.68591215508,
      -0.884549394879,
    ])
}

@Test(.ownGenerator) func kaiming() {
  expect(
    filled([2, 3]) { kaimingUniform_($0, a: 5.0.squareRoot(), generator: $1) },
    equals: [
      0.542770454253, 0.239969709308, -0.0469005374381, 0.485837577377, 0.167459429584,
      0.336188627849,
    ])
  expect(
    filled([2, 3]) { kaimingUniform_($0, mode: .fanOut, nonlinearity: .relu, generator: $1) },
    equals: [
      1.62831136276, 0.719909127925, -0.140701612314, 1.45751273213, 0.502378288751, 1.00856588355,
    ])
  expect(
    filled([2, 3, 2]) { kaimingNormal_($0, nonlinearity: .tanh, generator: $1) },
    equals: [
      1.04851504467, -0.199653081916, -1.48247840085, 0.386768495327, -0.737923987107,
      -0.951623632018, 0.274442768348, 0.57020469635, -0.489392794689, -0.274440507539,
      -0.405958944697, 0.123860139714,
    ])
}

@Test(.ownGenerator) func truncatedNormal() {
  // Most numbers fall inside: they are drawn until they do.
  expect(
    filled([2, 3]) { truncNormal_($0, a: -0.5, b: 1, generator: $1) },
    equals: [
      0.403346847629, -0.293428905761, 0.370393533374, 0.568431277281, 0.939809907954,
      0.182036485061,
    ])
  // Few do: candidates from the range are rejected by their density.
  expect(
    filled([2, 3]) { truncNormal_($0, mean: 1, std: 0.5, a: 3, b: 4, generator: $1) },
    equals: [
      3.08529545642, 3.22997125628, 3.1630045496, 3.09565177051, 3.1896080775, 3.04143948667,
    ])
  expect(
    filled([2, 3]) { truncNormal_($0, std: 0.02, generator: $1) },
    equals: [
      0.0308199221649, -0.00586857811522, -0.0435757876415, 0.0113686255456, -0.0216904468485,
      -0.0279719079074,
    ])
}

@Test(.ownGenerator) func fills() {
  #expect(filled([2]) { x, _ in constant_(x, 1.5) } == [1.5, 1.5])
  #expect(filled([2]) { x, _ in ones_(x) } == [1, 1])
  #expect(filled([2]) { x, _ in zeros_(x) } == [0, 0])
  #expect(filled([2, 3]) { x, _ in eye_(x) } == [1, 0, 0, 0, 1, 0])
  #expect(
    filled([20]) { uniform_($0, a: 2, b: 3, generator: $1) }.allSatisfy { (2..<3).contains($0) })
  let normal = filled([20]) { normal_($0, mean: 2, std: 3, generator: $1) }
  #expect(
    normal
      == Tensor.empty([20], dtype: .float64)
      .normal_(2, 3, generator: Generator(seed: 0)).values)
}

@Test(.ownGenerator) func gains() {
  #expect(calculateGain(.linear) == 1 && calculateGain(.sigmoid) == 1)
  #expect(calculateGain(.tanh) == 5.0 / 3 && calculateGain(.selu) == 0.75)
  #expect(calculateGain(.relu) == 2.0.squareRoot())
  #expect(calculateGain(.leakyRelu, 0.2) == (2 / 1.04).squareRoot())
  #expect(calculateGain(.leakyRelu) == (2 / 1.0001).squareRoot())
}

@Test(.ownGenerator) func emptyWeightsAreAccepted() {
  #expect(kaimingUniform_(Tensor.zeros([0, 3])).shape == [0, 3])
}

@Test(.ownGenerator) func vectorsHaveNoFans() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    xavierUniform_(Tensor.zeros([3]))
  }
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(text.contains("xavierUniform_: expected weights of at least 2 dimensions"))
}
