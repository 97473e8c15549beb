import TestSupport
import Testing

@testable import Autograd

/// Functions computed by decompositions: values by hand, special cases, messages.
@Suite struct LinearAlgebraTests {
  private let a = Tensor([[2.0, 1], [1, 3]], dtype: .float64)

  private func isClose(_ x: Tensor, _ numbers: [Double]) -> Bool {
    x.numel == numbers.count && zip(x.values, numbers).allSatisfy { Swift.abs($0 - $1) < 1e-14 }
  }

  @Test func determinants() {
    #expect(isClose(a.det(), [5]))
    let (sign, logarithm) = (-a).slogdet()
    #expect(sign.item() == 1 && Swift.abs(logarithm.item() - 1.6094379124341003) < 1e-15)
    #expect(Tensor.eye(3).mul_(-1).logdet().item().isNaN)
    #expect(Tensor.zeros([2, 2]).slogdet().sign.item() == 0)
    #expect(Tensor.zeros([2, 2]).logdet().item() == -.infinity)
    #expect(Tensor.zeros([3, 0, 0]).det().values == [1, 1, 1])
    // Two rows are exchanged.
    #expect(Tensor([[0.0, 1], [1, 0]]).det().item() == -1)
  }

  @Test func cofactorsOfSingularMatrices() {
    let x = Tensor([[1.0, 0, 0], [0, 2, 0], [0, 0, 0]], dtype: .float64, requiresGrad: true)
    let g = grad(of: x.det(), wrt: x, createGraph: true)
    #expect(isClose(g, [0, 0, 0, 0, 0, 0, 0, 0, 2]))
    let weights = Tensor.arange(0, 9, dtype: .float64).reshape([3, 3])
    let second = grad(of: (g * weights).sum(), wrt: x)
    for (found, expected) in zip(second.values, [16.0, 0, -12, 0, 8, -7, -4, -5, 4]) {
      #expect(Swift.abs(found - expected) < 1e-13)
    }
  }

  @Test func inversesAndSystems() {
    #expect(isClose(a.inv(), [0.6, -0.2, -0.2, 0.4]))
    #expect(isClose(a.solve(Tensor([1.0, 2], dtype: .float64)), [0.2, 0.6]))
    let (inverse, info) = Tensor([[[1.0, 0], [0, 2]], [[1, 2], [2, 4]]]).invEx()
    #expect(info.dtype == .int32 && info.array(of: Int.self) == [0, 2])
    #expect(inverse[0].values == [1, 0, 0, 0.5])
    let (factor, failures) = Tensor([[4.0, 0], [0, -1]]).choleskyEx()
    #expect(failures.item() == 2 && factor[0, 0].item() == 2)
  }

  @Test func leastSquares() {
    // The line through (0, 1), (1, 2), (2, 4).
    let points = Tensor([[1.0, 0], [1, 1], [1, 2]], dtype: .float64)
    let heights = Tensor([1.0, 2, 4], dtype: .float64)
    for driver in [LeastSquaresDriver.gels, .gelsy, .gelsd, .gelss] {
      let (line, residuals, rank, values) = points.lstsq(heights, driver: driver)
      for (x, y) in zip(line.values, [5.0 / 6, 1.5]) { #expect(Swift.abs(x - y) < 1e-14) }
      #expect(
        driver == .gelsy ? residuals.numel == 0 : Swift.abs(residuals.item() - 1 / 6.0) < 1e-14)
      #expect(driver == .gels ? rank.numel == 0 : rank.item() == 2)
      #expect(values.numel == (driver == .gelsd || driver == .gelss ? 2 : 0))
    }
    // The solution of least norm.
    let flat = Tensor([[1.0, 1], [1, 1]], dtype: .float64)
    #expect(isClose(flat.lstsq(Tensor([2.0, 2], dtype: .float64)).solution, [1, 1]))
  }

  @Test func exponentials() {
    let turn = Tensor([[0.0, -1], [1, 0]], dtype: .float64)
    let angle = 20.0
    let expected = [
      0.40808206181339196, -0.9129452507276277, 0.9129452507276277, 0.40808206181339196,
    ]
    for (x, y) in zip((turn * angle).matrixExp().values, expected) {
      #expect(Swift.abs(x - y) < 1e-13)
    }
    #expect(Tensor.zeros([2, 3, 3]).matrixExp().equal(Tensor.eye(3).expand([2, 3, 3])))
    #expect(Tensor.full([1, 1], Double.nan).matrixExp().item().isNaN)
  }

  @Test func norms() {
    let x = Tensor([[3.0, 0], [0, -4]], dtype: .float64)
    #expect(isClose(x.matrixNorm(.nuclear), [7]))
    #expect(isClose(x.matrixNorm(.p(2)), [4]) && isClose(x.matrixNorm(.p(-2)), [3]))
    #expect(Tensor.zeros([2, 0, 3]).matrixNorm(.p(2), keepdim: true).shape == [2, 1, 1])
    #expect(x.matrixRank(atol: 3.5).item() == 1)
    #expect(isClose(a.matrixPower(-2), [0.4, -0.2, -0.2, 0.2]))
  }

  // MARK: - Errors

  @Test func singularMatricesStop() async {
    let inverse = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([[[1.0, 0], [0, 2]], [[1, 2], [2, 4]]]).inv() }
    expectMessage(
      inverse, "inv: the matrix [1] of the batch is singular: pivot 2 of 2 is 0; call pinv")
    let factor = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([[1.0, 2], [2, 1]]).cholesky() }
    expectMessage(factor, "cholesky: the matrix is not positive definite: pivot 2 is not positive")
    let power = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2, 2]).matrixPower(-1) }
    expectMessage(power, "matrixPower: the matrix is singular: pivot 1 of 2 is 0")
  }

  @Test func infinitiesAndNaNStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([[1.0, 2], [2, .infinity]]).svdvals() }
    expectMessage(result, "svdvals: expected finite elements, but the matrix has infinities or NaN")
    await #expect(processExitsWith: .failure) { _ = Tensor([[Double.infinity]]).eigh() }
  }

  @Test func shapesThatDoNotFitStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 2]).solve(Tensor.ones([3, 1])) }
    expectMessage(
      result,
      """
      solve: expected a right-hand side with 2 rows for matrices of shape [2, 2], got shape \
      [3, 1]
      """)
    await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).det() }
    await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]).qr() }
    await #expect(processExitsWith: .failure) { _ = Tensor([[1, 2], [3, 4]]).inv() }
    await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3, 4]).tensorinv() }
  }
}
