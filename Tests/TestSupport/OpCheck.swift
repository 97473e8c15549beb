import Autograd
import Testing

/// A property of every differentiable op, to be checked on the rows of a table.
///
/// A test target runs all checks on its rows by one test:
/// ```swift
/// @Test(arguments: OpCheck.pairs(with: OpCase.all))
/// func opsPassTheCheck(_ row: OpCase, _ check: OpCheck) throws { try check.run(row) }
/// ```
public struct OpCheck: Sendable, CustomStringConvertible {
  public let description: String
  /// Whether a row is one that the check is made for.
  let applies: @Sendable (OpCase) -> Bool
  /// Records an issue, or throws, if the op lacks the property.
  public let run: @Sendable (OpCase) throws -> Void

  init(
    _ description: String, where applies: @escaping @Sendable (OpCase) -> Bool = { _ in true },
    _ run: @escaping @Sendable (OpCase) throws -> Void
  ) {
    self.description = description
    self.applies = applies
    self.run = run
  }

  /// Every check, but for changes in place: see ``OpCase/positionsThatGradientsDependOn()``.
  static let all = derivatives + [float32] + layouts + recording + [leaks]

  /// Each row with each check that applies to it.
  public static func pairs(with rows: [OpCase]) -> [(OpCase, OpCheck)] {
    all.flatMap { check in rows.filter(check.applies).map { ($0, check) } }
  }
}

// MARK: - Derivatives

extension OpCheck {
  private static let derivatives = [
    OpCheck("first derivatives", where: { $0.isDifferentiable && $0.orders >= 1 }) { row in
      try gradcheck(row.call, row.leaves(), mode: row.gradcheckMode)
    },
    OpCheck("second derivatives", where: { $0.isDifferentiable && $0.orders >= 2 }) { row in
      try gradgradcheck(row.call, row.leaves(), mode: row.gradcheckMode)
    },
    // A fused rule is replaced by its meaning in a pass that is recorded.
    OpCheck("a recorded pass", where: { $0.isDifferentiable && $0.orders >= 2 }) { row in
      let x = row.leaves()
      let y = row.call(x)
      let plain = row.gradients(of: y, x, retainGraph: true)
      let recorded = row.gradients(of: y, x, createGraph: true)
      for (i, (a, b)) in zip(plain, recorded).enumerated() {
        #expect(distance(a, b) <= 1e-12, "input \(i)")
      }
    },
  ]

  /// The results of float32 are those of float64.
  ///
  /// float32 rounds to 2⁻²⁴ ≈ 6e-8. The samples are small and well conditioned: a few dozen
  /// roundings, each magnified a few times, stay below 1e-5 of the largest element.
  private static let float32 = OpCheck("float32", where: { !$0.limits.contains(.fixedDType) }) {
    row in
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
    let gradients = zip(row.gradients(of: a, singles), row.gradients(of: b, doubles))
    for (i, (a, b)) in gradients.enumerated() {
      #expect(a == nil || a!.dtype == .float32)
      #expect(distance(a, b) <= 1e-5, "the gradient of input \(i)")
    }
  }
}

// MARK: - Layouts

extension OpCheck {
  private static let layouts =
    Arrangement.allCases.map { arrangement in
      OpCheck(
        "inputs that are \(arrangement)", where: { !$0.limits.contains(.fixedStrides) }
      ) { compareInputs(of: $0, arrangement) }
    } + [
      OpCheck("gradients of any layout", compareGradientLayouts),
      OpCheck(
        "inputs that are expanded",
        where: {
          $0.isDifferentiable && $0.limits.isDisjoint(with: [.fixedStrides, .distinctRows])
        }, compareExpandedInputs),
    ]

  private static func compareInputs(of row: OpCase, _ arrangement: Arrangement) {
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

  private static func compareGradientLayouts(of row: OpCase) {
    let x = row.leaves()
    let y = row.call(x)
    guard y.requiresGrad, y.ndim > 0 else { return }
    let expected = row.gradients(of: y, x, retainGraph: true)
    for arrangement in Arrangement.allCases {
      let g = arrangement.arranged(row.cotangent(of: y))
      let found = row.gradients(of: y, x, from: g, retainGraph: true)
      for (a, b) in zip(found, expected) { #expect(distance(a, b) <= 1e-12, "\(arrangement)") }
    }
  }

  /// An input whose rows are one row in memory, of stride 0, against the same rows written out.
  private static func compareExpandedInputs(of row: OpCase) {
    let x = row.leaves()
    for i in x.indices where x[i].ndim > 0 && x[i].size(0) > 1 && x[i].requiresGrad {
      let shape = x[i].shape
      let first = x[i].detach().narrow(dim: 0, start: 0, length: 1).clone()
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
}

// MARK: - Recording and memory

extension OpCheck {
  private static let recording = [
    OpCheck("nothing recorded without need") { row in
      #expect(!noGrad { row.call(row.leaves()) }.requiresGrad)
      #expect(!row.call(row.leaves().map { $0.detach() }).requiresGrad)
    },
    OpCheck("recorded for each input", where: \.isDifferentiable) { row in
      for (i, sample) in row.inputs.enumerated() where sample.isDifferentiable {
        let x = row.leaves().enumerated().map { $0 == i ? $1 : $1.detach() }
        #expect(row.call(x).requiresGrad, "input \(i)")
      }
    },
    OpCheck("inputs and gradients unchanged") { row in
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
    },
  ]

  private static let leaks = OpCheck("no leaks") { row in
    func differentiate(createGraph: Bool) {
      let x = row.leaves()
      let y = row.call(x)
      guard y.requiresGrad else { return }
      _ = row.gradients(of: y, x, createGraph: createGraph)
    }
    // What an op allocates once and keeps is no leak.
    differentiate(createGraph: true)
    #expect(leakedStorages { _ = row.call(row.leaves()) } == 0, "without a backward pass")
    #expect(leakedStorages { differentiate(createGraph: false) } == 0, "after a backward pass")
    if row.orders >= 2 {
      #expect(leakedStorages { differentiate(createGraph: true) } == 0, "after a recorded pass")
    }
  }
}
