import Autograd
import Dispatch
import TestSupport
import Testing

// MARK: - The same numbers as in PyTorch

/// A seed, and the calls after it.
struct RandomStream: Sendable, CustomTestStringConvertible {
  let seed: Int
  let draws: [Draw]
  var testDescription: String { "seed \(seed)" }
}

/// A call, and the first and last numbers that it gave in PyTorch.
struct Draw: Sendable {
  let call: String
  let dtype: DType
  let shape: [Int]
  let args: [Double]
  let head: [Double]
  let tail: [Double]

  init(
    _ call: String, _ dtype: DType, _ shape: [Int], _ args: [Double], _ head: [Double],
    _ tail: [Double]
  ) {
    self.call = call
    self.dtype = dtype
    self.shape = shape
    self.args = args
    self.head = head
    self.tail = tail
  }

  func callAsFunction(_ generator: Generator) -> Tensor {
    let isTransposed = call.hasSuffix(".t")
    let x =
      isTransposed
      ? Tensor.zeros(shape.reversed(), dtype: dtype).permute([1, 0])
      : Tensor.zeros(shape, dtype: dtype)
    switch call.prefix(while: { $0 != "." }) {
    case "rand": return .rand(shape, dtype: dtype, generator: generator)
    case "randn": return .randn(shape, dtype: dtype, generator: generator)
    case "randint": return .randint(Int(args[0]), Int(args[1]), shape, generator: generator)
    case "randperm": return .randperm(shape[0], generator: generator)
    case "uniform_": return x.uniform_(args[0], args[1], generator: generator)
    case "normal_": return x.normal_(args[0], args[1], generator: generator)
    case "bernoulli_": return x.bernoulli_(args[0], generator: generator)
    case "exponential_": return x.exponential_(args[0], generator: generator)
    case "bernoulli":
      return Tensor.full(shape, args[0], dtype: dtype).bernoulli(generator: generator)
    default: fatalError("no call is named \(call)")
    }
  }

  /// Logarithms and sines of C libraries differ in the last bits; all other operations are exact.
  func tolerance(of value: Double) -> Double {
    guard call.contains("n_") || call == "randn" || call.contains("exp") else { return 0 }
    return (dtype == .float32 ? 1e-6 : 1e-14) * (1 + abs(value))
  }
}

@Test(.ownGenerator, arguments: RandomStream.all)
func streamsAreThoseOfPyTorch(stream: RandomStream) {
  let generator = Generator(seed: stream.seed)
  for (i, draw) in stream.draws.enumerated() {
    let values = draw(generator).values
    let pairs =
      Array(zip(values, draw.head)) + Array(zip(values.suffix(draw.tail.count), draw.tail))
    for (got, decimal) in pairs {
      let expected = draw.dtype == .float32 ? Double(Float(decimal)) : decimal
      #expect(
        abs(got - expected) <= draw.tolerance(of: expected), "call \(i), \(draw.call)\(draw.shape)")
    }
  }
}

@Test(.ownGenerator) func negativeAndLongSeedsCountByTheirLow32Bits() {
  let expected = Tensor.rand([4], generator: Generator(seed: 7)).values
  #expect(Tensor.rand([4], generator: Generator(seed: 7 + 1 << 32)).values == expected)
  #expect(Tensor.rand([4], generator: Generator(seed: 7 - 1 << 40)).values == expected)
  #expect(Tensor.rand([4], generator: Generator(seed: 8)).values != expected)
}

@Test(.ownGenerator) func sameAsTheDefaultGeneratorOfPyTorch() {
  // torch.Generator().initial_seed()
  #expect(Generator().initialSeed == 67_280_421_310_721)
}

@Test(.ownGenerator) func randLikeFillsInTheOrderOfMemory() {
  let x = Tensor.zeros([2, 3]).permute([1, 0])
  let y = Tensor.randLike(x, generator: Generator(seed: 0))
  #expect(y.strides == [1, 3])
  let row = Tensor.rand([2, 3], generator: Generator(seed: 0)).permute([1, 0])
  #expect(y.values == row.values)
  // Repeated elements have no order in memory.
  #expect(
    Tensor.randnLike(Tensor.zeros([1, 3]).expand([2, 3]), dtype: .float64).isContiguous)
}

@Test(.ownGenerator) func sliceIsFilledAndTheRestKept() {
  let x = Tensor.zeros([4, 6])
  let y = x.narrow(dim: 1, start: 1, length: 2)
  y.uniform_(1, 2, generator: Generator(seed: 0))
  #expect(y.values == Tensor.zeros([4, 2]).uniform_(1, 2, generator: Generator(seed: 0)).values)
  #expect(x.values.count { $0 == 0 } == 16)
}

// MARK: - The generator

@Test(.ownGenerator) func restoringTheStateRepeatsTheNumbers() throws {
  let generator = Generator(seed: 3)
  _ = Tensor.randn([3], generator: generator)  // computes a spare number
  let state = generator.state
  let expected = Tensor.randn([5], generator: generator).values
  generator.state = state
  #expect(Tensor.randn([5], generator: generator).values == expected)
  let other = Generator(seed: 9)
  other.state = try Generator.State(bytes: state.bytes)
  #expect(Tensor.randn([5], generator: other).values == expected)
  #expect(other.initialSeed == 3)
}

@Test(.ownGenerator) func stateHasTheBytesOfPyTorch() {
  // torch.manual_seed(-7); torch.randn(3); torch.rand(10); torch.get_rng_state()
  let generator = Generator(seed: -7)
  _ = Tensor.randn([3], generator: generator)
  _ = Tensor.rand([10], generator: generator)
  let bytes = generator.state.bytes
  #expect(bytes.count == 5056)
  #expect(bytes[0..<8] == [249, 255, 255, 255, 255, 255, 255, 255])
  #expect(bytes[8..<24] == [95, 2, 0, 0, 1, 0, 0, 0, 18, 0, 0, 0, 0, 0, 0, 0])
  #expect(bytes[24..<32] == [0xba, 0xb0, 0xfc, 0xf3, 0, 0, 0, 0])
  // The spare number 1.1157024082917169 except for its last bits, and the flag that it is valid.
  #expect(bytes[5025..<5032] == [0xe6, 0xba, 0xc4, 0xea, 0xd9, 0xf1, 0x3f])
  #expect(bytes[5040] == 1)
}

@Test(
  .ownGenerator,
  arguments: [
    [UInt8](repeating: 0, count: 5055), [UInt8](repeating: 0, count: 5056),
    [UInt8](repeating: 255, count: 5056),
  ])
func invalidStatesThrow(bytes: [UInt8]) {
  #expect(throws: Generator.StateError.self) { try Generator.State(bytes: bytes) }
}

@Test(.ownGenerator) func threadsDoNotRace() {
  let generator = Generator(seed: 0)
  DispatchQueue.concurrentPerform(iterations: 8) { _ in
    for _ in 0..<50 { _ = Tensor.rand([10], generator: generator) }
  }
  let other = Generator(seed: 0)
  _ = Tensor.rand([8 * 50 * 10], generator: other)
  #expect(generator.state == other.state)
}

@Test(.ownGenerator) func seedsOfTheSystemDiffer() {
  let generator = Generator(seed: 0)
  let seed = generator.seed()
  #expect(generator.initialSeed == seed)
  #expect(generator.seed() != seed)
}

// MARK: - Statistics

@Test(.ownGenerator) func momentsAreThoseOfTheDistributions() {
  let generator = Generator(seed: 42)
  let n = 40_000
  // Within five standard errors.
  func check(_ x: Tensor, mean: Double, variance: Double, _ label: String) {
    let values = x.values
    let m = values.reduce(0, +) / Double(n)
    let v = values.reduce(0) { $0 + ($1 - m) * ($1 - m) } / Double(n)
    #expect(abs(m - mean) < 5 * (variance / Double(n)).squareRoot(), "\(label)")
    #expect(abs(v - variance) < 0.05 * variance, "\(label)")
  }
  for dtype in [DType.float32, .float64] {
    let x = Tensor.empty([n], dtype: dtype)
    check(x.uniform_(-1, 3, generator: generator), mean: 1, variance: 4.0 / 3, "uniform")
    check(x.normal_(2, 3, generator: generator), mean: 2, variance: 9, "normal")
    check(x.exponential_(2, generator: generator), mean: 0.5, variance: 0.25, "exponential")
    check(x.bernoulli_(0.2, generator: generator), mean: 0.2, variance: 0.16, "bernoulli")
  }
  check(.randint(0, 10, [n], generator: generator), mean: 4.5, variance: 8.25, "randint")
}

@Test(.ownGenerator) func permutationHoldsEachNumberOnce() {
  let x = Tensor.randperm(1000, generator: Generator(seed: 1))
  #expect(x.dtype == .int64)
  #expect(x.array(of: Int.self).sorted() == Array(0..<1000))
  #expect(Tensor.randperm(0).shape == [0])
}

// MARK: - Shapes, dtypes, the tape

@Test(.ownGenerator) func emptyAndZeroDimensionalTensors() {
  let generator = Generator(seed: 0)
  let before = generator.state
  #expect(Tensor.randn([0, 3], generator: generator).shape == [0, 3])
  #expect(generator.state == before)
  #expect(Tensor.rand([], generator: generator).shape == [])
}

@Test(.ownGenerator) func dtypesOfResults() {
  #expect(Tensor.rand([2]).dtype == .float32)
  #expect(Tensor.randn([2], dtype: .float64).dtype == .float64)
  #expect(Tensor.randint(3, [2]).dtype == .int64)
  #expect(Tensor.randint(0, 256, [2], dtype: .uint8).dtype == .uint8)
  #expect(Tensor.zeros([2], dtype: .int32).bernoulli_(1).values == [1, 1])
  #expect(Tensor.rand([2], requiresGrad: true).isLeaf)
}

@Test(.ownGenerator) func integersSpanTheWholeRange() {
  let x = Tensor.randint(.min, .max, [100], generator: Generator(seed: 0)).array(of: Int.self)
  #expect(x.contains { $0 < -(1 << 61) } && x.contains { $0 > 1 << 61 })
}

@Test(.ownGenerator) func parametersCanBeReinitializedUnderNoGrad() {
  let x = Tensor.zeros([3], requiresGrad: true)
  let version = x.version
  noGrad { x.normal_(generator: Generator(seed: 0)) }
  #expect(x.requiresGrad && x.isLeaf && x.version == version + 1)
  #expect(x.values == Tensor.randn([3], generator: Generator(seed: 0)).values)
}

@Test(.ownGenerator) func probabilitiesBroadcast() {
  let p = Tensor([[0.0], [1.0]])
  #expect(Tensor.empty([2, 3]).bernoulli_(p).values == [0, 0, 0, 1, 1, 1])
  #expect(!p.bernoulli().requiresGrad)
}

// MARK: - Errors

@Test(.ownGenerator) func inPlaceSamplingOfALeafWhileRecordingStops() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    Tensor.zeros([3], requiresGrad: true).uniform_()
  }
  expectMessage(result, "uniform_: this tensor, of shape [3], requires a gradient")
}

@Test(.ownGenerator) func boundsInTheWrongOrderStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    Tensor.zeros([3]).uniform_(1, 0)
  }
  expectMessage(result, "uniform_: [1.0, 0.0) is not a range")
}

@Test(.ownGenerator) func nanBoundsStop() async {
  await #expect(processExitsWith: .failure) { Tensor.zeros([3]).uniform_(.nan, 1) }
  await #expect(processExitsWith: .failure) { Tensor.zeros([3]).uniform_(0, .infinity) }
  await #expect(processExitsWith: .failure) { Tensor.zeros([3]).uniform_(-3e38, 3e38) }
  await #expect(processExitsWith: .failure) { Tensor.zeros([3]).normal_(0, .nan) }
  await #expect(processExitsWith: .failure) { Tensor.zeros([3]).exponential_(0) }
}

@Test(.ownGenerator) func probabilitiesOutOfRangeStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = Tensor([0.5, 1.5]).bernoulli()
  }
  expectMessage(result, "bernoulli: probabilities must be in [0, 1], but one is 1.5")
}

@Test(.ownGenerator) func integersThatDoNotFitTheDtypeStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    _ = Tensor.randint(0, 300, [2], dtype: .uint8)
  }
  expectMessage(result, "are not all uint8 numbers, which go from 0 to 255")
  let permutation = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { _ = Tensor.randperm(257, dtype: .uint8) }
  expectMessage(
    permutation,
    """
    randperm: the integers 0 ..< 257 are not all uint8 numbers, which go up to 255; choose another \
    dtype
    """)
  #expect(Tensor.randperm(256, dtype: .uint8).numel == 256)
  await #expect(processExitsWith: .failure) { _ = Tensor.randint(3, 3, [2]) }
}

@Test(.ownGenerator) func realNumbersForAnIntegerTensorStop() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    Tensor.zeros([3], dtype: .int64).normal_()
  }
  expectMessage(result, "normal_: real numbers do not fit a tensor of dtype int64")
}

@Test(.ownGenerator) func repeatedElementsCannotBeDrawn() async {
  let result = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) {
    Tensor.zeros([1, 3]).expand([2, 3]).uniform_()
  }
  expectMessage(result, "share memory; clone() it first")
}

/// Messages name the function that was called, not the one that draws.
@Test(.ownGenerator) func messagesNameTheFunctionCalled() async {
  let uniform = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { _ = Tensor.rand([2], dtype: .int64) }
  expectMessage(uniform, "rand: real numbers do not fit a tensor of dtype int64")
  let normal = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { _ = Tensor.normal(0, -1, [2]) }
  expectMessage(normal, "normal: std must not be negative, but it is -1.0")
  let like = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { _ = Tensor.randnLike(Tensor([1, 2])) }
  expectMessage(like, "randnLike: real numbers do not fit a tensor of dtype int64")
  let chance = await #expect(
    processExitsWith: .failure, observing: [\.standardErrorContent]
  ) { _ = Tensor([0.5, 2]).bernoulli() }
  expectMessage(chance, "bernoulli: probabilities must be in [0, 1], but one is 2.0")
}

/// Their sum, and the quotients of the race, are out of range of float32.
@Test(.ownGenerator) func hugeProbabilities() {
  let p = Tensor.full([8], 3e38, dtype: .float32)
  for draws in [
    p.multinomial(400, replacement: true),
    cat((0..<400).map { _ in p.multinomial(1) }, dim: 0),
  ] {
    for k in 0..<8 { #expect((20...90).contains(draws.eq(k).sum().item(as: Int.self))) }
  }
}
