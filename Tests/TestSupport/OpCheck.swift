import TestSupport
import Testing

@testable import Autograd

/// What every differentiable op must satisfy, over every row of the table.
@Suite struct OpTableTests {
  private static let differentiable = OpCase.all.filter { row in
    row.inputs.contains(where: \.isDifferentiable)
  }

  // MARK: - Derivatives

  @Test(arguments: differentiable.filter { $0.orders >= 1 })
  func firstDerivatives(_ row: OpCase) throws {
    try gradcheck(row.call, row.leaves(), mode: row.mode)
  }

  @Test(arguments: differentiable.filter { $0.orders >= 2 })
  func secondDerivatives(_ row: OpCase) throws {
    try gradgradcheck(row.call, row.leaves(), mode: row.mode)
  }

  /// A rule may have a kernel of its own, which a recorded pass replaces by what the kernel means.
  @Test(arguments: differentiable.filter { $0.orders >= 2 })
  func recordedPassesGiveTheSameGradients(_ row: OpCase) {
    let x = row.leaves()
    let y = row.call(x)
    let plain = row.gradients(of: y, x, retainGraph: true)
    let recorded = row.gradients(of: y, x, createGraph: true)
    for (i, (a, b)) in zip(plain, recorded).enumerated() {
      #expect(distance(a, b) <= 1e-12, "input \(i) of \(row)")
    }
  }

  // MARK: - float32

  /// float32 rounds to 2⁻²⁴ ≈ 6e-8. The samples are small and well conditioned: a few dozen roundings, each
  /// magnified a few times, stay below 1e-5 of the largest element; a wrong path is off by far more.
  @Test(arguments: OpCase.all.filter { $0.op != "to" })  // whose rows name the type
  func float32GivesTheNumbersOfFloat64(_ row: OpCase) {
    let singles = row.leaves(.float32)
    let doubles = singles.map { x in
      let y = x.detach().to(x.dtype == .float32 ? .float64 : x.dtype)
      y.requiresGrad = x.requiresGrad
      return y
    }
    let (a, b) = (row.call(singles), row.call(doubles))
    #expect(a.dtype == .float32 && b.dtype == .float64)
    #expect(a.shape == b.shape)
    #expect(distance(a, b) <= 1e-5)
    guard a.requiresGrad else { return }
    for (i, (a, b)) in zip(row.gradients(of: a, singles), row.gradients(of: b, doubles))
      .enumerated()
    {
      #expect(a == nil || a!.dtype == .float32)
      #expect(distance(a, b) <= 1e-5, "the gradient of input \(i)")
    }
  }

  // MARK: - Layouts

  @Test(arguments: OpCase.all.filter { !needsItsStrides.contains($0.op) }, Arrangement.allCases)
  func layoutsDoNotMatter(_ row: OpCase, _ arrangement: Arrangement) {
    let x = row.leaves()
    let y = row.call(x)
    let expected = y.requiresGrad ? row.gradients(of: y, x) : []
    for i in x.indices where x[i].ndim > 0 {
      var arranged = row.leaves()
      arranged[i] = arrangement.arranged(x[i])
      let z = row.call(arranged)
      #expect(distance(z, y) <= 1e-13, "input \(i)")
      guard z.requiresGrad else { continue }
      for (k, (a, b)) in zip(row.gradients(of: z, arranged), expected).enumerated() {
        #expect(distance(a, b) <= 1e-12, "the gradient of input \(k), input \(i) arranged")
      }
    }
  }

  @Test(arguments: OpCase.all)
  func gradientsOfAnyLayoutAreTaken(_ row: OpCase) {
    let x = row.leaves()
    let y = row.call(x)
    guard y.requiresGrad, y.ndim > 0 else { return }
    let expected = row.gradients(of: y, x, retainGraph: true)
    for arrangement in Arrangement.allCases {
      let g = arrangement.arranged(row.cotangent(of: y)).detach()
      let found = row.gradients(of: y, x, from: g, retainGraph: true)
      for (a, b) in zip(found, expected) { #expect(distance(a, b) <= 1e-12, "\(arrangement)") }
    }
  }

  /// An input that one row of numbers stands for, by a stride of 0.
  @Test(
    arguments: differentiable.filter {
      !needsDistinctRows.contains($0.op) && !needsItsStrides.contains($0.op)
    })
  func expandedInputsBehave(_ row: OpCase) {
    let x = row.leaves()
    for i in x.indices where x[i].ndim > 0 && x[i].size(0) > 1 && x[i].requiresGrad {
      let shape = x[i].shape
      let first = x[i].alias(x[i].layout.sliced(0, start: 0, length: 1)).copied()
      var (expanded, written) = (row.leaves(), row.leaves())
      expanded[i] = first.expand(shape)
      expanded[i].requiresGrad = true
      written[i] = first.expand(shape).clone()
      written[i].requiresGrad = true
      let (a, b) = (row.call(expanded), row.call(written))
      #expect(distance(a, b) <= 1e-13, "input \(i)")
      let gradients = zip(row.gradients(of: a, expanded), row.gradients(of: b, written))
      for (k, (a, b)) in gradients.enumerated() {
        #expect(distance(a, b) <= 1e-12, "the gradient of input \(k), input \(i) expanded")
      }
    }
  }
  /// Ops that stop where the strides are not what they want.
  private static let needsItsStrides: Set<String> = ["view", "viewed", "asStrided"]
  /// Ops that stop, or have no derivative, where two rows are alike.
  private static let needsDistinctRows: Set<String> = [
    "luDecomposition", "qr", "eigenpairs", "singularTriplets",
  ]

  // MARK: - What is recorded

  @Test(arguments: OpCase.all)
  func nothingIsRecordedInVain(_ row: OpCase) {
    #expect(noGrad { row.call(row.leaves()) }.node == nil)
    #expect(row.call(row.leaves().map { $0.detach() }).node == nil)
  }

  @Test(arguments: differentiable)
  func whatRequiresAGradientIsRecorded(_ row: OpCase) {
    for (i, sample) in row.inputs.enumerated() where sample.isDifferentiable {
      let x = row.leaves().enumerated().map { $0 == i ? $1 : $1.detach() }
      #expect(row.call(x).requiresGrad, "input \(i)")
    }
  }

  @Test(arguments: OpCase.all)
  func inputsAndGradientsAreNotChanged(_ row: OpCase) {
    let x = row.leaves()
    let values = x.map(\.values)
    let y = row.call(x)
    if y.requiresGrad {
      let g = row.cotangent(of: y)
      let before = g.values
      _ = row.gradients(of: y, x, from: g)
      #expect(g.values == before)
      #expect(g.version == 0)
    }
    #expect(x.map(\.values) == values)
    #expect(x.allSatisfy { $0.version == 0 })
  }

  // MARK: - What stays alive

  @Test(arguments: OpCase.all)
  func nothingStaysAlive(_ row: OpCase) {
    func walk(createGraph: Bool) {
      let x = row.leaves()
      let y = row.call(x)
      guard y.requiresGrad else { return }
      _ = row.gradients(of: y, x, createGraph: createGraph)
    }
    walk(createGraph: true)  // what an op sets up once and keeps is no leak
    #expect(leakedStorages { _ = row.call(row.leaves()) } == 0, "never walked")
    #expect(leakedStorages { walk(createGraph: false) } == 0, "walked")
    if row.orders >= 2 {
      #expect(leakedStorages { walk(createGraph: true) } == 0, "walked and recorded")
    }
  }
}

// MARK: - Layouts

/// Ways for the same elements to lie in memory.
enum Arrangement: CaseIterable {
  /// The dimensions in reverse order.
  case transposed
  /// Every other element of the last dimension, from the second on.
  case strided
  /// Contiguous, but not from the start of the storage.
  case shifted

  /// A leaf with the elements of `x`, so laid out; what lies between them is NaN, or no index at all.
  func arranged(_ x: Tensor) -> Tensor {
    let count = x.numel
    let layout =
      switch self {
      case .transposed:
        Layout(x.shape.reversed()).permuted(x.shape.indices.reversed())
      case .strided:
        Layout(x.shape, strides: Layout.rowMajorStrides(x.shape).map { 2 * $0 }, offset: 1)
      case .shifted:
        Layout(x.shape, offset: 3)
      }
    let y = Tensor(Storage(count: 2 * count + 3, dtype: x.dtype), layout, x.dtype)
    y.alias(Layout([2 * count + 3])).assign(.float(.nan))
    y.assign(x)
    y.requiresGrad = x.requiresGrad
    return y
  }
}
