import TestSupport
import Testing

@testable import Autograd

/// Derivatives of determinants of singular matrices: they are polynomials of the elements.
@Suite struct DeterminantTests {
  /// The first derivative, and the second along the matrix of ones.
  private func slopes(_ rows: [[Double]], _ dtype: DType = .float64) -> [Tensor] {
    let x = Tensor(rows, dtype: dtype)
    x.requiresGrad = true
    let g = grad(of: x.det(), wrt: x, createGraph: true)
    return [g.detach(), grad(of: g.sum(), wrt: x)]
  }

  /// Rounding hides that this matrix is singular.
  @Test func aHiddenSingularMatrix() {
    let found = slopes([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    expectClose(found[0], [-3, 6, -3, 6, -12, 6, -3, 6, -3], tolerance: 1e-12)
    // Sums of cofactors of the minors: Σ ± over the elements in other rows and columns.
    expectClose(found[1], [0, 0, 0, 0, 0, 0, 0, 0, 0], tolerance: 1e-12)
  }

  /// ∂²det/∂a₀₀∂aᵢⱼ is the cofactor of aᵢⱼ in the minor without row and column 0.
  @Test func theSecondDerivativeOfAnElement() {
    let x = Tensor([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]], dtype: .float64)
    x.requiresGrad = true
    let g = grad(of: x.det(), wrt: x, createGraph: true)
    let second = grad(of: g[0, 0], wrt: x)
    expectClose(second, [0, 0, 0, 0, 9, -8, 0, -6, 5], tolerance: 1e-12)
  }

  @Test(arguments: [DType.float32, .float64]) func equalSingularValues(_ dtype: DType) {
    let tolerance = 64 * dtype.epsilon
    let ranks: [(diagonal: [Double], slope: [Double])] = [
      ([1.0, 1, 1], [2, -1, -1, -1, 2, -1, -1, -1, 2]),
      ([1, 1, 0], [1, 0, -1, 0, 1, -1, -1, -1, 2]),
      ([1, 0, 0], [0, 0, 0, 0, 1, -1, 0, -1, 1]), ([0, 0, 0], Array(repeating: 0, count: 9)),
    ]
    for (diagonal, expected) in ranks {
      let x = (0..<3).map { i in (0..<3).map { j in j == i ? diagonal[i] : 0 } }
      expectClose(slopes(x, dtype)[1], expected, tolerance: tolerance, "\(diagonal)")
    }
  }

  @Test func smallMatrices() {
    expectClose(slopes([[3]])[1], [0])
    expectClose(slopes([[1, 2], [2, 4]])[1], [1, -1, -1, 1])
    let nothing = Tensor.zeros([0, 0], dtype: .float64)
    nothing.requiresGrad = true
    let g = grad(of: nothing.det(), wrt: nothing, createGraph: true)
    #expect(g.shape == [0, 0])
  }

  /// The third derivative of a regular matrix, −1 or 1 for elements of one permutation.
  @Test func theThirdDerivative() {
    let x = Tensor([[2.0, 1, 0], [1, 3, 1], [0, 1, 4]], dtype: .float64)
    x.requiresGrad = true
    let first = grad(of: x.det(), wrt: x, createGraph: true)
    let second = grad(of: first[0, 0], wrt: x, createGraph: true)
    expectClose(grad(of: second[1, 1], wrt: x), [0, 0, 0, 0, 0, 0, 0, 0, 1], tolerance: 1e-12)
  }

  /// The derivatives along one permutation are 1 times the elements that are left, whatever the rank.
  @Test(arguments: [[1.0, 1, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1]])
  func higherDerivativesAtEqualSingularValues(_ diagonal: [Double]) {
    let x = Tensor(diagonal, dtype: .float64).diag()
    x.requiresGrad = true
    let first = grad(of: x.det(), wrt: x, createGraph: true)
    let second = grad(of: first[0, 0], wrt: x, createGraph: true)
    expectClose(second.detach()[1, 1], [diagonal[2]], tolerance: 1e-12)
    expectClose(grad(of: second[1, 1], wrt: x), [0, 0, 0, 0, 0, 0, 0, 0, 1], tolerance: 1e-12)
  }

  @Test func theFourthDerivativeAtZero() {
    let x = Tensor.zeros([1, 4, 4], dtype: .float64)
    x.requiresGrad = true
    var slope = x.det().sum()
    for i in 0..<3 { slope = grad(of: slope, wrt: x, createGraph: true)[0, i, i] }
    #expect(slope.item() == 0)
    var expected = Array(repeating: 0.0, count: 16)
    expected[15] = 1
    expectClose(grad(of: slope, wrt: x), expected, tolerance: 1e-12)
  }

  /// Derivatives of order 3 of a batch in which one matrix is singular.
  @Test func theThirdDerivativeInABatch() {
    let x = Tensor([[[1.0, 2], [2, 4]], [[0, 0], [0, 0]]], dtype: .float64)
    x.requiresGrad = true
    let first = grad(of: (x.det() * x.det()).sum(), wrt: x, createGraph: true)
    let second = grad(of: first.sum(), wrt: x, createGraph: true)
    // Along the ones, the slope of the first determinant is 1, and its second derivative 0.
    expectClose(second.sum(dim: [1, 2]).detach(), [2, 0], tolerance: 1e-12)
    expectClose(grad(of: second.sum(), wrt: x).sum(dim: [1, 2]), [0, 0], tolerance: 1e-12)
  }

  @Test func aMatrixThatIsNotFinite() {
    let x = Tensor([[[1.0, 2], [.nan, 4]], [[1, 2], [3, 4]]], dtype: .float64)
    x.requiresGrad = true
    let g = grad(of: x.det().sum(), wrt: x, createGraph: true)
    let second = grad(of: g.sum(), wrt: x)
    #expect(second[0].values.allSatisfy { $0.isNaN })
    expectClose(second[1], [1, -1, -1, 1], tolerance: 1e-12)
  }

  @Test func aBatch() {
    let x = Tensor([[[1.0, 2], [2, 4]], [[1, 2], [3, 4]]], dtype: .float64)
    x.requiresGrad = true
    let g = grad(of: x.det().sum(), wrt: x, createGraph: true)
    expectClose(g, [4, -2, -2, 1, 4, -3, -2, 1], tolerance: 1e-12)
    expectClose(grad(of: g.sum(), wrt: x), [1, -1, -1, 1, 1, -1, -1, 1], tolerance: 1e-12)
  }
}
