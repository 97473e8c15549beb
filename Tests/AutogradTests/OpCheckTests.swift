import Autograd
import TestSupport
import Testing

/// Tests of the checks over the table themselves.
@Suite struct OpCheckTests {
  @Test func positionsThatGradientsDependOn() {
    let product = OpCase("*", [.real([2]), .real([2])]) { $0[0] * $0[1] }
    #expect(product.positionsThatGradientsDependOn() == [0, 1])
    let sum = OpCase("+", [.real([2]), .real([2])]) { $0[0] + $0[1] }
    #expect(sum.positionsThatGradientsDependOn() == [])
    let reciprocal = OpCase("/", [.real([2])]) { 1 / $0[0] }
    #expect(reciprocal.positionsThatGradientsDependOn() == [0, 1])
  }

  @Test func recordingFunctionsAreFound() {
    let file = SourceFile(
      path: "Sample.swift",
      text: """
        extension Tensor {
          /// Not here: y.wrt(x) { g in g }
          public static func + (a: Tensor, b: Tensor) -> Tensor {
            add(a, b).wrt(a) { g in g }.wrt(b) { g in g }
          }
          private var wrapped: Tensor { alias().wrt(self) { g in g } }
          @discardableResult
          public func max<S: Sendable>(
            _ dim: Int
          ) -> Tensor {
            func local() -> Int { 0 }
            return plain()
              .windowing(self) { x in x }
          }
          public func plain() -> Tensor { self }
          public subscript(i: Int) -> Tensor { picked(i).wrt(self) { g in g } }
        }
        func softmax(_ x: Tensor) -> Tensor { y.wrt(x) { g in g } }
        struct Windows {
          static func `where`() -> Tensor { y.wrt(x) { g in g } }
        }
        """)
    let found = RecordingFunction.found(in: file)
    #expect(found.map(\.name) == ["+", "wrapped", "max", "subscript", "softmax", "where"])
    #expect(found.first?.place == "Sample.swift:4")
  }

  /// A function with several faults, for some of the checks that must report it.
  @Test(arguments: [
    "first derivatives", "recorded for each input", "inputs and gradients unchanged",
  ])
  func faultsAreFound(_ description: String) throws {
    let fault = OpCase("faulty", [.real([2])]) { x in
      noGrad { x[0].mul_(2) }
      return noGrad { x[0] * 1 }
    }
    let pair = try #require(
      OpCheck.pairs(with: [fault]).first { $0.1.description == description })
    withKnownIssue { try pair.1.run(fault) }
  }
}
