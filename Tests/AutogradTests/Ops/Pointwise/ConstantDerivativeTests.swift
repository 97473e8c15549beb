import Autograd
import TestSupport
import Testing

/// How often a function can be differentiated until the derivative is 0, and whether that 0 is
/// recorded; all as in PyTorch.
@Suite struct ConstantDerivativeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The derivatives of order 1 and up at 0.75, −0.25 and 2.5.
    let derivatives: [[Double]]
    /// Whether the last of them can be differentiated again.
    let isEndless: Bool
    let call: @Sendable (Tensor) -> Tensor

    init(
      _ name: String, _ derivatives: [[Double]], isEndless: Bool = false,
      _ call: @escaping @Sendable (Tensor) -> Tensor
    ) {
      testDescription = name
      self.derivatives = derivatives
      self.isEndless = isEndless
      self.call = call
    }
  }

  private static let zeros = [0.0, 0, 0]

  private static let rows = [
    Row("pow 0", [zeros]) { $0.pow(0) },
    Row("pow 1", [[1, 1, 1], zeros]) { $0.pow(1) },
    Row("pow 2", [[1.5, -0.5, 5], [2, 2, 2], zeros]) { $0.pow(2) },
    Row("pow 3", [[1.6875, 0.1875, 18.75], [4.5, -1.5, 15], [6, 6, 6], zeros]) { $0.pow(3) },
    Row("pow 3.0", [[1.6875, 0.1875, 18.75], [4.5, -1.5, 15], [6, 6, 6], zeros]) { $0.pow(3.0) },
    Row("square", [[1.5, -0.5, 5], [2, 2, 2], zeros]) { $0.square() },
    Row("floatPower 2", [[1.5, -0.5, 5], [2, 2, 2], zeros]) { $0.floatPower(2) },
    Row("pow of a tensor", [[0, 1, 5], [0, 0, 2], zeros, zeros], isEndless: true) {
      $0.pow(Tensor([0.0, 1, 2], dtype: .float64))
    },
    Row("pow of a 0-d tensor", [[1.5, -0.5, 5], [2, 2, 2], zeros, zeros], isEndless: true) {
      $0.pow(Tensor(2.0, dtype: .float64))
    },
    Row("product", [[1.5, -0.5, 5], [2, 2, 2]]) { $0 * $0 },
    Row("multiple", [[3, 3, 3]]) { $0 * 3 },
    Row("sum", [[1, 1, 1]]) { $0 + 3 },
    Row("abs", [[1, -1, 1], zeros]) { $0.abs() },
    Row("clamp", [[1, 1, 0]]) { $0.clamp(-1, 1) },
    Row("relu", [[1, 0, 1], zeros, zeros], isEndless: true) { $0.relu() },
    Row("leakyRelu", [[1, 0.25, 1], zeros]) { $0.leakyRelu(negativeSlope: 0.25) },
    Row("prelu", [[1, 0.25, 1], zeros]) { $0.prelu(Tensor([0.25], dtype: .float64)) },
    Row("hardtanh", [[1, 1, 0], zeros]) { $0.hardtanh() },
    Row("relu6", [[1, 0, 1], zeros]) { $0.relu6() },
    Row("threshold", [[1, 0, 1], zeros]) { $0.threshold(0.5, value: 9) },
    Row("hardshrink", [[1, 0, 1], zeros]) { $0.hardshrink() },
    Row("softshrink", [[1, 0, 1], zeros]) { $0.softshrink() },
  ]

  @Test(arguments: rows)
  func endsAsInPyTorch(_ row: Row) {
    let x = Tensor([0.75, -0.25, 2.5], dtype: .float64, requiresGrad: true)
    var y = row.call(x)
    for (i, expected) in row.derivatives.enumerated() {
      #expect(y.requiresGrad, "order \(i)")
      y = grad(of: y.sum(), wrt: x, createGraph: true)
      expectClose(y, expected)
    }
    #expect(y.requiresGrad == row.isEndless)
  }

  @Test func squareInPlaceToo() {
    let x = Tensor([0.75, -0.25], dtype: .float64, requiresGrad: true)
    let y = (x * 1).pow_(2)
    let first = grad(of: y.sum(), wrt: x, createGraph: true)
    let second = grad(of: first.sum(), wrt: x, createGraph: true)
    expectClose(grad(of: second.sum(), wrt: x), [0, 0])
  }
}
