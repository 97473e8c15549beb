import Autograd
import TestSupport

extension OpCase {
  static let decompositions: [OpCase] = triangles + factors + systems + spectra + functions

  /// X·Xᵀ + 1, symmetric and positive definite.
  private static func positive(_ x: Tensor) -> Tensor {
    x.matmul(x.mT) + Tensor.eye(x.size(-2), dtype: x.dtype)
  }

  /// X + 3, well conditioned.
  private static func regular(_ x: Tensor) -> Tensor {
    x + Tensor.eye(x.size(-1), dtype: x.dtype) * 3
  }

  private static let triangles: [OpCase] = [
    OpCase("solveTriangular", "lower", [.real([3, 3], in: 0.5...2), .real([3, 2])]) {
      $0[0].solveTriangular($0[1], upper: false)
    },
    OpCase("solveTriangular", "upper, right", [.real([3, 3], in: 0.5...2), .real([2, 3])]) {
      $0[0].solveTriangular($0[1], upper: true, left: false)
    },
    OpCase("solveTriangular", "unit diagonal, broadcast", [.real([3, 3]), .real([2, 3, 2])]) {
      $0[0].solveTriangular($0[1], upper: true, unitriangular: true)
    },
    OpCase("choleskyFactors", "lower", [.real([3, 3])]) { positive($0[0]).cholesky() },
    OpCase("choleskyFactors", "upper, batch", [.real([2, 2, 3])]) {
      positive($0[0]).choleskyEx(upper: true).factor
    },
    OpCase("choleskySolution", [.real([3, 2]), .real([3, 3], in: 0.5...2)]) {
      $0[0].choleskySolve($0[1].tril())
    },
    OpCase(
      "choleskySolution", "upper, broadcast", [.real([2, 3, 1]), .real([3, 3], in: 0.5...2)]
    ) { $0[0].choleskySolve($0[1].triu(), upper: true) },
    OpCase("choleskySolution", "inverse", [.real([2, 2], in: 0.5...2)]) {
      $0[0].tril().choleskyInverse()
    },
  ]

  private static let factors: [OpCase] = [
    OpCase("luDecomposition", [.real([3, 3])], limits: .distinctRows) { x in
      let (_, l, u) = x[0].lu()
      return l + u * 2
    },
    OpCase("luDecomposition", "wide", [.real([2, 4])], limits: .distinctRows) {
      $0[0].luFactor().lu
    },
    OpCase("luDecomposition", "tall, batch", [.real([2, 4, 2])], limits: .distinctRows) {
      $0[0].luFactor().lu
    },
    OpCase("luDecomposition", "without pivoting", [.real([3, 3])], limits: .distinctRows) {
      regular($0[0]).luFactor(pivot: false).lu
    },
    OpCase("qr", [.real([3, 3])], limits: .distinctRows) { x in
      let (q, r) = x[0].qr()
      return q + r * 2
    },
    OpCase("qrDecomposition", "tall", [.real([4, 2])], limits: .distinctRows) { x in
      let (q, r) = x[0].qr()
      return cat([q, r], dim: -2)
    },
    OpCase("qr", "wide, batch", [.real([2, 2, 3])], limits: .distinctRows) { x in
      let (q, r) = x[0].qr(mode: .complete)
      return cat([q, r], dim: -1)
    },
    OpCase("qr", "R alone", [.real([4, 2])], limits: .distinctRows) { $0[0].qr(mode: .r).r },
  ]

  private static let systems: [OpCase] = [
    OpCase("solution", "matrices", [.real([3, 3]), .real([3, 2])]) { regular($0[0]).solve($0[1]) },
    OpCase("solution", "vectors", [.real([2, 3, 3]), .real([2, 3])]) {
      regular($0[0]).solve($0[1])
    },
    OpCase("solution", "right, broadcast", [.real([3, 3]), .real([2, 1, 3])]) {
      regular($0[0]).solve($0[1], left: false)
    },
    OpCase("solution", "packed factors", [.real([3, 3]), .real([3, 2])]) { x in
      let (lu, pivots) = regular(x[0]).luFactor()
      return lu.luSolve(pivots: pivots, x[1], adjoint: true)
    },
    OpCase("inverse", [.real([2, 3, 3])]) { regular($0[0]).inv() },
    OpCase("inverse", "with info", [.real([3, 3])]) { regular($0[0]).invEx().inverse },
    OpCase("inverse", "of a map", [.real([2, 3, 6], in: -1...1)]) { x in
      (x[0] + Tensor.eye(6, dtype: x[0].dtype).reshape([2, 3, 6]) * 3).tensorinv(ind: 2)
    },
    OpCase("det", [.real([2, 3, 3])], limits: .finiteElements) { $0[0].det() },
    OpCase("det", "singular", [.values([2, 2], [1, 2, 2, 4])], limits: .finiteElements) {
      $0[0].det()
    },
    OpCase("cofactors", [.values([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])], limits: .finiteElements) {
      $0[0].det()
    },
    OpCase(
      "cofactorSlope", "of rank 1, and 0",
      [.values([2, 3, 3], [1] + Array(repeating: 0, count: 17))],
      limits: .finiteElements
    ) { $0[0].det() },
    OpCase("signedLogarithm", [.real([3, 3])]) { regular($0[0]).slogdet().logabsdet },
    OpCase("signedLogarithm", "logdet", [.real([2, 2, 2])]) { positive($0[0]).logdet() },
    OpCase("lstsq", "tall", [.real([4, 2]), .real([4, 1])], limits: .finiteElements) { x in
      let (solution, residuals, _, _) = x[0].lstsq(x[1], driver: .gelsd)
      return solution.sum() + residuals
    },
    OpCase("lstsq", "wide, vectors", [.real([2, 2, 3]), .real([2, 2])], limits: .finiteElements) {
      $0[0].lstsq($0[1]).solution
    },
  ]

  private static let spectra: [OpCase] = [
    OpCase("eigenpairs", "vectors", [.real([3, 3])], limits: .distinctRows) { x in
      // Signs that do not depend on the algorithm.
      let v = (x[0] + x[0].mT).eigh().eigenvectors
      return v * v.narrow(dim: -2, start: 0, length: 1)
    },
    OpCase("eigenvalues", [.real([2, 3, 3])]) { ($0[0] + $0[0].mT).eigvalsh(upper: true) },
    OpCase("eigenvalues", "with vectors", [.real([3, 3])]) {
      ($0[0] + $0[0].mT).eigh().eigenvalues
    },
    OpCase("singularTriplets", "square", [.real([3, 3])], limits: .distinctRows) { x in
      let (u, s, vh) = x[0].svd()
      return (u * s.sqrt().unsqueeze(-2)).matmul(vh)
    },
    OpCase("singularTriplets", "tall", [.real([4, 2])], limits: .distinctRows) { x in
      let (u, s, vh) = x[0].svd(fullMatrices: false)
      return (u * s.sqrt().unsqueeze(-2)).matmul(vh)
    },
    OpCase("singularTriplets", "wide, batch", [.real([2, 2, 3])], limits: .distinctRows) { x in
      let (u, s, vh) = x[0].svd(fullMatrices: false)
      return (u * s.square().unsqueeze(-2)).matmul(vh)
    },
    OpCase("singularValues", [.real([2, 3, 4])]) { $0[0].svdvals() },
    OpCase("singularValues", "nuclear norm", [.real([3, 2])]) { $0[0].matrixNorm(.nuclear) },
    OpCase("singularValues", "spectral norm", [.real([2, 3, 2])]) {
      $0[0].matrixNorm(.p(2), dims: (0, 2), keepdim: true)
    },
    OpCase("pinv", "full rank", [.real([2, 2, 3])]) { $0[0].pinv() },
    OpCase("pinv", "singular", [.real([3, 1]), .real([2, 1])]) {
      $0[0].matmul($0[1].mT).pinv()
    },
    OpCase("pinv", "symmetric", [.real([3, 3])]) { ($0[0] + $0[0].mT).pinv(hermitian: true) },
  ]

  private static let functions: [OpCase] = [
    OpCase("matrixExp", [.real([2, 2, 2])]) { $0[0].matrixExp() },
    OpCase("matrixPower", "inverse", [.real([3, 3])]) { regular($0[0]).matrixPower(-2) },
  ]
}
