import TestSupport
import Testing

@testable import Autograd

/// Each test has one mistake that the checker must report.
@Suite struct GradcheckTests {
  private func input(_ values: [Double] = [0.3, -0.7, 1.1], shape: [Int]? = nil) -> Tensor {
    Tensor(values, shape: shape ?? [values.count], dtype: .float64, requiresGrad: true)
  }

  /// `x·factor`, with a rule that multiplies by `slope`.
  private static func scaled(_ x: Tensor, by factor: Double, slope: Double) -> Tensor {
    noGrad { x * factor }.wrt(x) { g in g * slope }
  }

  private func failure(
    _ inputs: [Tensor], mode: GradcheckMode = .full, _ function: @escaping ([Tensor]) -> [Tensor]
  ) -> GradcheckError? {
    #expect(throws: GradcheckError.self) { try gradcheck(function, inputs, mode: mode) }
  }

  // MARK: - Correct derivatives

  @Test func correctDerivativesPass() throws {
    let report = try gradcheck({ $0[0] * $0[1] / 3 }, [input(), input([1, 2, 3])])
    #expect(report.comparisons == 18)
    #expect(report.maxAbsoluteError < 1e-8)
    #expect(report.maxRelativeError < 1e-7)
    #expect(report.description.contains("18 derivatives agree"))
  }

  @Test func functionsOfOneTensorPass() throws {
    #expect(try gradcheck({ $0.exp() }, input()).comparisons == 9)
    #expect(try gradgradcheck({ x in x.exp() }, input()).comparisons == 18)
  }

  @Test func severalOutputsPassAndIntegersAreIgnored() throws {
    try gradcheck({ [$0[0] * 2, $0[0].to(.int64), $0[0].sum()] }, [input()])
  }

  @Test func unusedInputsPass() throws {
    try gradcheck({ $0[0] * 2 }, [input(), input()])
  }

  @Test func inputsThatRequireNoGradientAreNotChecked() throws {
    let indices = Tensor([1, 2, 3])
    let report = try gradcheck({ $0[0] * $0[1] }, [input(), indices])
    #expect(report.comparisons == 9)
  }

  @Test func emptyInputsPass() throws {
    let report = try gradcheck({ $0[0] * 2 }, [input([], shape: [0, 3])])
    #expect(report.comparisons == 0)
  }

  @Test func directionsPass() throws {
    let x = Sample.real([40, 50]).tensor()
    x.requiresGrad = true
    let report = try gradcheck(
      { $0[0] * $0[0] }, [x], mode: .directional(seed: 7, directions: 3))
    #expect(report.comparisons == 9)
  }

  @Test func secondDerivativesPass() throws {
    // Three outputs, by three elements of the input and three of the gradient.
    #expect(try gradgradcheck({ $0[0] * $0[0] * $0[0] }, [input()]).comparisons == 18)
    try gradgradcheck({ $0[0] / $0[1] }, [input(), input([1, 2, 3])])
    try gradgradcheck({ [$0[0] + $0[1], $0[0] * $0[1]] }, [input(), input([1, 2, 3])])
  }

  @Test func gradcheckInsideNoGrad() throws {
    try noGrad { _ = try gradcheck({ $0[0] * 2 }, [input()]) }
  }

  // MARK: - The given tensors

  @Test func theGivenTensorsDoNotChange() throws {
    let x = input()
    let before = x.array(of: Double.self)
    try gradcheck({ $0[0] * $0[0] }, [x])
    try gradgradcheck({ $0[0] * $0[0] }, [x])
    #expect(x.values == before)
    #expect(x.grad == nil)
    #expect(x.version == 0)
  }

  @Test func stridesAndOffsetsAreKept() throws {
    let base = Tensor((0..<24).map(Double.init), shape: [4, 6], dtype: .float64)
    let view = base.alias(base.layout.permuted([1, 0]).sliced(0, start: 1, length: 2, step: 2))
    view.requiresGrad = true
    try gradcheck(
      { x in
        #expect(x[0].strides == view.strides)
        #expect(x[0].storageOffset == view.storageOffset)
        #expect(!x[0].sharesStorage(with: view))
        return x[0] * x[0]
      }, [view])
  }

  // MARK: - Invalid inputs

  @Test func float32Throws() {
    let x = Tensor([1.0], dtype: .float32, requiresGrad: true)
    let error = failure([x]) { $0 }
    #expect(error?.kind == .unsupportedInput)
    #expect(error?.description.contains("to(.float64)") == true)
  }

  @Test func expandedInputsThrow() {
    let x = input([1], shape: [1]).detach().expand([3])
    x.requiresGrad = true
    #expect(failure([x]) { $0 }?.description.contains("expand inside the function") == true)
  }

  @Test func someInputMustRequireAGradient() {
    let error = failure([input().detach()]) { $0 }
    #expect(error?.description.contains("none of the 1 inputs requires a gradient") == true)
  }

  // MARK: - Wrong derivatives

  @Test func aWrongFactorIsReported() throws {
    let error = try #require(failure([input()]) { [Self.scaled($0[0], by: 3, slope: 6)] })
    #expect(error.kind == .mismatch)
    #expect((error.order, error.input, error.output) == (1, 0, 0))
    #expect(error.analytic == 6)
    #expect(abs(try #require(error.numeric) - 3) < 1e-6)
    #expect(error.inputElement == error.outputElement)
    #expect(error.description.contains("too large by a factor of 2"))
  }

  @Test(arguments: [
    (-3.0, "wrong sign"), (1.5, "too small by a factor of 2"), (9, "too large by a factor of 3"),
    (1, "too small by a factor of 3"),
  ])
  func ratiosAreReported(_ slope: Double, _ hint: String) {
    let error = failure([input()]) { [Self.scaled($0[0], by: 3, slope: slope)] }
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }

  @Test func theWorstElementIsReported() throws {
    let wrong = Tensor([[2.0, 2, 2], [2, 2.5, 2]], dtype: .float64)
    let x = input([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let error = try #require(
      failure([x]) { x in [noGrad { x[0] * 2 }.wrt(x[0]) { g in g * wrong }] })
    #expect(error.inputElement == [1, 1])
    #expect(error.outputElement == [1, 1])
    #expect(error.description.contains("output 0 at [1, 1]"))
  }

  @Test func aMissingTranspositionIsReported() {
    let x = input([1, 2, 3, 4], shape: [4])
    let m = Tensor([[1.0, 2, 3, 4], [0, 1, 2, 3], [0, 0, 1, 5], [1, 0, 0, 1]], dtype: .float64)
    let error = failure([x]) { x in
      [noGrad { (m * x[0]).sum(dim: 1) }.wrt(x[0]) { g in (m * g).sum(dim: 1) }]
    }
    #expect(error?.description.contains("transpos") == true, "\(error?.description ?? "")")
  }

  @Test func aGradientOfZerosIsReported() {
    let error = failure([input()]) { [Self.scaled($0[0], by: 3, slope: 0)] }
    #expect(error?.description.contains("All gradients are zero") == true)
  }

  @Test func aMissingRuleIsReported() {
    let error = failure([input()]) { x in [noGrad { x[0] * 2 }] }
    #expect(error?.kind == .notRecorded)
    // Only one of two inputs has a rule.
    let second = failure([input(), input()]) { x in
      [noGrad { x[0] * x[1] }.wrt(x[0]) { [b = Saved(x[1])] g in g * b.value }]
    }
    #expect(second?.kind == .mismatch)
    #expect(second?.input == 1)
  }

  @Test func aRuleThatIgnoresItsGradientIsReported() {
    let error = failure([input([2], shape: [])]) { x in
      [noGrad { x[0] * 3 }.wrt(x[0]) { _ in Tensor(3.0, dtype: .float64) }]
    }
    #expect(error?.kind == .notProportional)
  }

  @Test func randomFunctionsAreReported() {
    nonisolated(unsafe) var calls = 0.0
    let error = failure([input()]) { x in
      calls += 1
      return [x[0] * calls]
    }
    #expect(error?.kind == .nondeterministic)
    #expect(error?.description.contains("two runs of the function") == true)
  }

  @Test func randomRulesAreReported() {
    nonisolated(unsafe) var calls = 0.0
    let error = failure([input()]) { x in
      [
        noGrad { x[0] * 2 }.wrt(x[0]) { g in
          calls += 1
          return g * calls
        }
      ]
    }
    #expect(error?.kind == .nondeterministic)
    #expect(error?.description.contains("two backward passes") == true)
  }

  @Test func kinksAreReported() {
    // |x| at 0, with the slope 1.
    let error = failure([input([0], shape: [])]) { x in
      [Tensor(abs(x[0].item()), dtype: .float64).wrt(x[0]) { g in g }]
    }
    #expect(error?.description.contains("kink or a jump") == true, "\(error?.description ?? "")")
  }

  @Test func infinitiesAreReported() {
    let error = failure([input([0], shape: [])]) { [1 / ($0[0] * 0)] }
    #expect(error?.kind == .notFinite)
  }

  @Test func directionsReportTheElement() {
    let wrong = Tensor([2.0, 2, 3], dtype: .float64)
    let error = failure([input()], mode: .directional(seed: 1)) { x in
      [noGrad { x[0] * 2 }.wrt(x[0]) { g in g * wrong }]
    }
    #expect(error?.kind == .mismatch)
    #expect(error?.inputElement == [2])
  }

  @Test func wrongSecondDerivativesAreReported() throws {
    // The first derivative of x² is right, but uses a detached x, so the second is missing.
    let square = { (x: [Tensor]) -> Tensor in
      noGrad { x[0] * x[0] }.wrt(x[0]) { [x = x[0].detach()] g in g * x * 2 }
    }
    try gradcheck(square, [input()])
    let error = #expect(throws: GradcheckError.self) { try gradgradcheck(square, [input()]) }
    #expect(error?.order == 2)
    #expect(error?.description.contains("the gradient of input 0") == true)
    #expect(error?.description.contains("with respect to input 0") == true)
  }

  @Test func givenGradientsMustFit() {
    let error = #expect(throws: GradcheckError.self) {
      try gradgradcheck(
        { $0[0] * 2 }, [input()], gradOutputs: [Tensor.ones([2], dtype: .float64)])
    }
    #expect(error?.kind == .unsupportedInput)
  }
}
