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

@Test(.ownGenerator) func orthogonalMatrices() {
  expect(
    filled([2, 3]) { orthogonal_($0, gain: 2, generator: $1) },
    equals: [
      1.147961653489, -0.2185892164404, -1.623084346722, -0.6908303366829, -1.861765501196,
      -0.2378711089515,
    ])
  expect(
    filled([3, 2]) { orthogonal_($0, generator: $1) },
    equals: [
      0.5349526297617, -0.1699301523812, -0.7563608392015, 0.3401837823826, -0.376488996962,
      -0.9248776878677,
    ])
  expect(
    filled([2, 3, 2]) { orthogonal_($0, generator: $1) },
    equals: [
      0.4719070318262, -0.08985821782992, -0.6672216917153, 0.1740735848868, -0.3321187618999,
      -0.4282989413304, 0.08035160121424, 0.7271682156098, -0.2345123132458, -0.4184624241877,
      -0.3103897538284, 0.3719158259426,
    ])
}

@Test(.ownGenerator) func sparseMatrices() {
  expect(
    filled([4, 3]) { sparse_($0, sparsity: 0.4, generator: $1) },
    equals: [
      0, 0, 0, 0.005684312772807, 0, 0, 0.004033468476293, 0.008380263329977, -0.007192575784694,
      0, -0.005966353626151, 0.001820364850613,
    ])
  expect(
    filled([3, 2]) { sparse_($0, sparsity: 0, std: 2, generator: $1) },
    equals: [
      3.081992216488, -0.5868578115219, -4.357578764149, 1.136862554561, -2.169044684848,
      -2.797190790742,
    ])
  #expect(filled([3, 2]) { sparse_($0, sparsity: 1, generator: $1) } == [0, 0, 0, 0, 0, 0])
}

@Test(.ownGenerator) func deltasOfDirac() {
  func ones(_ shape: [Int], groups: Int = 1) -> [Int] {
    filled(shape) { x, _ in dirac_(x, groups: groups) }.indices(where: { $0 == 1 })
  }
  #expect(ones([4, 2, 3], groups: 2) == [1, 10, 13, 22])
  #expect(ones([2, 3, 2, 3]) == [4, 28])
  #expect(ones([1, 1, 2, 2, 3]) == [10])
  let signal = Tensor.randn([1, 4, 5])
  let weight = dirac_(Tensor.empty([4, 2, 3]), groups: 2)
  #expect(conv1d(signal, weight, padding: 1, groups: 2).equal(signal))
}

extension [Double] {
  fileprivate func indices(where isIncluded: (Double) -> Bool) -> [Int] {
    indices.filter { self[$0] != 0 && isIncluded(self[$0]) }
  }
}

@Test(.ownGenerator) func structuresThatDoNotFitStop() async {
  let vector = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { orthogonal_(Tensor.zeros([3])) }
  expectMessage(vector, "orthogonal_: expected weights of at least 2 dimensions, got the shape [3]")
  let cube = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { sparse_(Tensor.zeros([3, 2, 2]), sparsity: 0.5) }
  expectMessage(cube, "sparse_: expected 2 dimensions, got the shape [3, 2, 2]")
  let part = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { sparse_(Tensor.zeros([3, 2]), sparsity: 1.5) }
  expectMessage(part, "sparse_: sparsity must be from 0 to 1, but it is 1.5")
  let matrix = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { dirac_(Tensor.zeros([3, 2])) }
  expectMessage(matrix, "dirac_: expected weights of 3, 4 or 5 dimensions, got the shape [3, 2]")
  let groups = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { dirac_(Tensor.zeros([3, 2, 1]), groups: 2) }
  expectMessage(
    groups, "dirac_: the number of outputs must be a multiple of groups, but there are 3")
}

private let inf = Double.infinity

/// Numbers in a tail, against the mean of the truncated distribution.
@Test(
  .ownGenerator,
  arguments: [
    (5.25, 1e6, 5.42866, 0.174), (5.25, inf, 5.42866, 0.174), (-1e6, -5.25, -5.42866, 0.174),
    (-inf, -5.25, -5.42866, 0.174), (30, inf, 30.03326, 0.0334), (30, 30.1, 30.02807, 0.024),
    (-30.1, -30, -30.02807, 0.024), (1, inf, 1.52514, 0.446), (1e10, inf, 1e10, 1e-4),
  ] as [(Double, Double, Double, Double)], [DType.float32, .float64])
func truncatedNormalInATail(range: (Double, Double, Double, Double), dtype: DType) {
  let (a, b, mean, std) = range
  let count = 20_000
  let x = truncNormal_(Tensor.empty([count], dtype: dtype), a: a, b: b).to(.float64)
  #expect(x.amin().item() >= a && x.amax().item() <= b)
  // Four standard errors, and the rounding of float32.
  let error = 4 * std / Double(count).squareRoot() + mean.magnitude * 1e-7
  #expect(abs(x.mean().item() - mean) < error, "\(x.mean().item())")
  let shifted = truncNormal_(
    Tensor.empty([count], dtype: dtype), mean: 2, std: 0.5, a: 2 + a / 2, b: 2 + b / 2)
  #expect(abs(shifted.to(.float64).mean().item() - (2 + mean / 2)) < error)
}

@Test(.ownGenerator) func truncatedNormalOfOneNumber() {
  #expect(filled([2]) { truncNormal_($0, a: 1, b: 1, generator: $1) } == [1, 1])
  #expect(filled([2]) { truncNormal_($0, a: 50, b: 50, generator: $1) } == [50, 50])
  #expect(truncNormal_(Tensor.empty([0]), a: 8, b: inf).shape == [0])
  // No float32 is inside.
  let x = truncNormal_(Tensor.empty([20]), a: 1e8 + 4.1, b: 1e8 + 4.2)
  #expect(x.values.allSatisfy { $0 == 1e8 || $0 == 1e8 + 8 })
  // All bounds are infinite: the normal distribution.
  #expect(
    filled([20]) { truncNormal_($0, a: -inf, b: inf, generator: $1) }
      == filled([20]) { normal_($0, generator: $1) })
}

@Test(.ownGenerator) func invalidTruncatedNormalsStop() async {
  let order = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { truncNormal_(Tensor.zeros([3]), a: 2, b: 1) }
  expectMessage(
    order, "truncNormal_: the lower bound a must not be above b, but they are 2.0 and 1.0")
  let infinite = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { truncNormal_(Tensor.zeros([3]), a: .infinity, b: .infinity) }
  expectMessage(infinite, "truncNormal_: the lower bound a must not be above b")
  let std = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { truncNormal_(Tensor.zeros([3]), std: 0) }
  expectMessage(
    std, "truncNormal_: expected a finite mean and a finite, positive std, but they are 0.0 and 0.0"
  )
  let integers = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { truncNormal_(Tensor.zeros([3], dtype: .int64)) }
  expectMessage(integers, "truncNormal_: real numbers do not fit a tensor of dtype int64")
}

/// Messages name the function that was called, not the one that draws.
@Test(.ownGenerator) func invalidScalesStop() async {
  let gain = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { xavierUniform_(Tensor.zeros([2, 3]), gain: -1) }
  expectMessage(gain, "xavierUniform_: gain must be finite and not negative, but it is -1.0")
  let normal = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { xavierNormal_(Tensor.zeros([2, 3]), gain: .infinity) }
  expectMessage(normal, "xavierNormal_: gain must be finite and not negative, but it is inf")
  let slope = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { kaimingUniform_(Tensor.zeros([2, 3]), a: .nan) }
  expectMessage(slope, "kaimingUniform_: a, the negative slope, must be a number, but it is nan")
  let integers = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { kaimingNormal_(Tensor.zeros([2, 3], dtype: .int32)) }
  expectMessage(integers, "kaimingNormal_: real numbers do not fit a tensor of dtype int32")
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
  #expect(xavierUniform_(Tensor.zeros([2, 3, 0])).shape == [2, 3, 0])
  #expect(xavierNormal_(Tensor.zeros([3, 0])).shape == [3, 0])
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
