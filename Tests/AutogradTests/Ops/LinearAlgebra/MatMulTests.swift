import TestSupport
import Testing

@testable import Autograd

/// The matrix product: accuracy, shapes, types, errors.
@Suite struct MatMulTests {
  private func matrix(_ rows: Int, _ columns: Int, _ dtype: DType, seed: UInt64) -> Tensor {
    var random = SplitMix(seed: seed)
    let numbers = (0..<rows * columns).map { _ in random.uniform() * 2 - 1 }
    return Tensor(numbers, shape: [rows, columns], dtype: dtype)
  }

  private static let sizes = [0, 1, 2, 3, 7, 31, 63, 64, 65]

  /// The bound of the BLAS test suite, |error| ≤ 16·ε·(|A|·|B|) for each element, for sizes around
  /// those of tiles and both factors transposed or not. The memory of the result holds NaN before.
  @Test(arguments: [DType.float32, .float64])
  func productsKeepTheBoundOfBLAS(_ dtype: DType) {
    let epsilon = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    for m in Self.sizes {
      for n in Self.sizes {
        for k in [0, 1, 2, 31, 65] {
          let (a, b) = (matrix(m, k, dtype, seed: 1), matrix(k, n, dtype, seed: 2))
          let (exact, bound) = Self.reference(a, b, epsilon)
          for layout in 0..<4 {
            let left = layout & 1 == 0 ? a : a.mT.clone().mT
            let right = layout & 2 == 0 ? b : b.mT.clone().mT
            Self.litter(m * n, dtype)
            let c = left.matmul(right)
            #expect(c.shape == [m, n])
            let isClose = zip(c.values, zip(exact, bound)).allSatisfy { abs($0 - $1.0) <= $1.1 }
            #expect(isClose, "[\(m), \(k)] · [\(k), \(n)], layout \(layout)")
          }
        }
      }
    }
  }

  /// A · B in float64 and the bound on the error of each element.
  private static func reference(
    _ a: Tensor, _ b: Tensor, _ epsilon: Double
  ) -> (exact: [Double], bound: [Double]) {
    let (m, n, k) = (a.size(0), b.size(1), a.size(1))
    let (x, y) = (a.values, b.values)
    var exact = [Double](repeating: 0, count: m * n)
    var bound = exact
    for i in 0..<m {
      for j in 0..<n {
        for p in 0..<k {
          exact[i * n + j] += x[i * k + p] * y[p * n + j]
          bound[i * n + j] += abs(x[i * k + p] * y[p * n + j])
        }
        // float64 is compared with float64: both sides have the error.
        bound[i * n + j] *= 16 * epsilon
      }
    }
    return (exact, bound)
  }

  /// Leaves NaN in the memory that the next tensor of this size will use.
  private static func litter(_ count: Int, _ dtype: DType) {
    _ = Tensor.full([count], Double.nan, dtype: dtype)
  }

  // MARK: - Shapes

  @Test func shapes() {
    let expected: [([Int], [Int], [Int])] = [
      ([3], [3], []), ([2, 3], [3], [2]), ([3], [3, 4], [4]), ([2, 3], [3, 4], [2, 4]),
      ([5, 2, 3], [3, 4], [5, 2, 4]), ([2, 3], [5, 3, 4], [5, 2, 4]), ([3], [5, 3, 4], [5, 4]),
      ([5, 2, 3], [3], [5, 2]), ([3, 1, 2, 2], [4, 2, 3], [3, 4, 2, 3]),
      ([0, 2], [2, 3], [0, 3]),
      ([2, 0], [0, 3], [2, 3]), ([0, 2, 3], [3, 4], [0, 2, 4]), ([0], [0], []),
    ]
    for (a, b, c) in expected {
      let y = Tensor.ones(a).matmul(Tensor.ones(b))
      #expect(y.shape == c, "\(a) · \(b)")
      #expect(y.values.allSatisfy { $0 == Double(a.last!) }, "\(a) · \(b)")
    }
  }

  @Test func batchesAreProductsOfTheirMatrices() {
    let a = matrix(12, 5, .float64, seed: 3).reshape([3, 4, 5])
    let b = matrix(15, 2, .float64, seed: 4).reshape([3, 5, 2])
    let y = a.matmul(b)
    for i in 0..<3 { #expect(y[i].values == a[i].matmul(b[i]).values) }
    let turned = a.permute([1, 0, 2]).matmul(b.narrow(dim: 0, start: 1, length: 1))
    for i in 0..<4 { #expect(turned[i].values == a.permute([1, 0, 2])[i].matmul(b[1]).values) }
  }

  @Test func viewsAreNotCopied() {
    let x = matrix(8, 8, .float64, seed: 5)
    let part = x[1..<5, 2..<8]
    let wide = x[0].expand([3, 8])
    #expect(part.matmul(part.mT).values == part.clone().matmul(part.clone().mT.clone()).values)
    #expect(wide.matmul(x).values == wide.clone().matmul(x).values)
    #expect(x.flip([0, 1]).matmul(x).values == x.flip([0, 1]).clone().matmul(x).values)
  }

  // MARK: - Other products

  @Test func productsOfGivenDimensions() {
    let a = Tensor([[1.0, 2], [3, 4]])
    let v = Tensor([5.0, 6])
    #expect(a.mm(a).values == [7, 10, 15, 22])
    #expect(a.mv(v).values == [17, 39])
    #expect(v.dot(v).item() == 61)
    #expect(v.outer(Tensor([1.0, 2])).values == [5, 10, 6, 12])
    #expect(a.reshape([1, 2, 2]).bmm(a.reshape([1, 2, 2])).shape == [1, 2, 2])
    let ones = Tensor.ones([2, 2])
    #expect(Tensor.ones([2]).addmm(ones, ones, beta: 2, alpha: 3).values == [8, 8, 8, 8])
    #expect(Tensor(Double.nan).addmm(ones, ones, beta: 0).values == [2, 2, 2, 2])
  }

  @Test func affineMaps() {
    let weight = Tensor([[1.0, 2, 3], [4, 5, 6]])
    let bias = Tensor([10.0, 20])
    #expect(linear(Tensor([1.0, 1, 1]), weight, bias).values == [16, 35])
    #expect(linear(Tensor.ones([2, 2, 3]), weight).values == [6, 15, 6, 15, 6, 15, 6, 15])
    #expect(linear(Tensor.ones([0, 3]), weight, bias).shape == [0, 2])
    #expect(
      linear(Tensor.ones([3, 0]), Tensor.ones([2, 0]), bias).values == [10, 20, 10, 20, 10, 20])
    #expect(linear(Tensor.ones([3, 2]).mT.mT, Tensor.ones([4, 2])).shape == [3, 4])
  }

  @Test func aBroadcastMatrixGetsTheSumOfItsGradients() {
    let a = Tensor.ones([2, 3], dtype: .float64, requiresGrad: true)
    let b = matrix(12, 5, .float64, seed: 6).reshape([4, 3, 5])
    let g = grad(of: a.matmul(b).sum(), wrt: a)
    let expected = b.sum(dim: [0, 2]).values
    for (x, y) in zip(g.values, expected + expected) { #expect(abs(x - y) <= 1e-12) }
    let w = Tensor.ones([3, 2], dtype: .float64, requiresGrad: true)
    #expect(
      grad(of: Tensor.ones([4, 5, 3], dtype: .float64).matmul(w).sum(), wrt: w).values
        == [20, 20, 20, 20, 20, 20])
  }

  // MARK: - Types and errors

  @Test func integersWrapAround() {
    let a = Tensor([[1, 2], [3, 4]])
    #expect(a.matmul(a).array(of: Int.self) == [7, 10, 15, 22])
    let bytes = Tensor([[16, 16]], dtype: .uint8)
    #expect(bytes.matmul(bytes.mT).dtype == .uint8 && bytes.matmul(bytes.mT).values == [0])
    #expect(bytes[0].dot(bytes[0]).dtype == .uint8)
    #expect(a.reshape([2, 1, 2]).matmul(a).array(of: Int.self) == [7, 10, 15, 22])
  }

  @Test func shapesThatDoNotFitStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).matmul(Tensor.ones([4, 5])) }
    expectMessage(result, "matmul: shapes [2, 3] and [4, 5] do not fit: 3 columns against 4 rows")
    await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]).dot(Tensor.ones([3])) }
    await #expect(processExitsWith: .failure) { _ = Tensor(1.0).matmul(Tensor.ones([1])) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.ones([3, 2, 2]).matmul(Tensor.ones([2, 2, 2]))
    }
  }

  @Test func differentDTypesStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.ones([2, 3]).mm(Tensor.ones([3, 5], dtype: .float64)) }
    expectMessage(
      result,
      "mm: expected factors of one dtype, got float32 and float64; cast one with to(.float64)")
    await #expect(processExitsWith: .failure) { _ = Tensor([[true]]).matmul(Tensor([[true]])) }
  }

  @Test func linearNamesWhatDoesNotFit() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = linear(Tensor.ones([2, 4]), Tensor.ones([2, 3])) }
    expectMessage(
      result,
      """
      linear: expected an input of shape [..., in] and a weight of shape [out, in], got [2, 4] \
      and [2, 3]
      """)
    await #expect(processExitsWith: .failure) {
      _ = linear(Tensor.ones([2, 3]), Tensor.ones([2, 3]), Tensor.ones([3]))
    }
  }
}
