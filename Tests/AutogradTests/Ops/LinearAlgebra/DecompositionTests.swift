import TestSupport
import Testing

@testable import Autograd

/// Decompositions rebuild what they decompose: sizes around those of blocks, both types, batches,
/// ranges.
@Suite struct DecompositionTests {
  static let types = [DType.float32, .float64]
  static let sizes = [0, 1, 2, 3, 15, 16, 17, 31, 33, 64, 70]

  private func matrix(_ shape: [Int], _ dtype: DType, seed: UInt64 = 1) -> Tensor {
    var random = SplitMix(seed: seed)
    let numbers = (0..<shape.reduce(1, *)).map { _ in random.uniform() * 2 - 1 }
    return Tensor(numbers, shape: shape, dtype: dtype)
  }

  /// The largest difference of elements, in units of the rounding of the dtype times `size`.
  private func error(_ a: Tensor, _ b: Tensor, size: Int) -> Double {
    if a.numel == 0 { return a.shape == b.shape ? 0 : .infinity }
    let epsilon = a.dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let worst = (a - b).abs().max().item() / Swift.max(1, b.abs().max().item())
    return worst / (epsilon * Double(Swift.max(size, 1)))
  }

  private func eye(_ n: Int, _ dtype: DType) -> Tensor { .eye(n, dtype: dtype) }

  // A backward stable algorithm errs by a small multiple of n units in the last place.
  private static let bound = 10.0

  @Test(arguments: types) func choleskyFactors(_ dtype: DType) {
    for n in Self.sizes {
      let x = matrix([2, n, n], dtype)
      let a = x.matmul(x.mT) + eye(n, dtype)
      let l = a.cholesky()
      #expect(error(l.matmul(l.mT), a, size: n) < Self.bound, "\(n)")
      #expect(l.equal(l.tril()))
      // Only one triangle is read.
      #expect(a.triu().cholesky(upper: true).equal(a.cholesky(upper: true)))
      #expect(error(a.cholesky(upper: true).mT, l, size: n) < Self.bound)
    }
  }

  @Test(arguments: types) func factorsOfRectangles(_ dtype: DType) {
    for m in Self.sizes {
      for n in [0, 1, 16, 17, 40, 70] {
        let a = matrix([m, n], dtype, seed: UInt64(m * 100 + n))
        let (p, l, u) = a.lu()
        #expect(error(p.matmul(l).matmul(u), a, size: m + n) < Self.bound, "lu [\(m), \(n)]")
        #expect(l.numel == 0 || l.abs().max().item() <= 1, "partial pivoting")
        for mode in [QRMode.reduced, .complete] {
          let (q, r) = a.qr(mode: mode)
          #expect(error(q.matmul(r), a, size: m + n) < Self.bound, "qr [\(m), \(n)]")
          #expect(error(q.mT.matmul(q), eye(q.size(-1), dtype), size: m + n) < Self.bound)
          #expect(r.equal(r.triu()))
        }
        for full in [false, true] {
          let (u, s, vh) = a.svd(fullMatrices: full)
          let k = Swift.min(m, n)
          let (left, right) = (
            u.narrow(dim: -1, start: 0, length: k), vh.narrow(dim: -2, start: 0, length: k)
          )
          let product = (left * s.unsqueeze(-2)).matmul(right)
          #expect(error(product, a, size: m + n) < Self.bound, "svd [\(m), \(n)]")
          #expect(error(u.mT.matmul(u), eye(u.size(-1), dtype), size: m + n) < Self.bound)
          #expect(error(vh.matmul(vh.mT), eye(vh.size(-2), dtype), size: m + n) < Self.bound)
          #expect(s.values == s.values.sorted(by: >) && s.values.allSatisfy { $0 >= 0 })
          #expect(error(a.svdvals(), s, size: m + n) < Self.bound)
        }
      }
    }
  }

  @Test(arguments: types) func eigenpairs(_ dtype: DType) {
    for n in Self.sizes {
      let x = matrix([2, n, n], dtype)
      let a = x + x.mT
      let (values, v) = a.eigh()
      #expect(error((v * values.unsqueeze(-2)).matmul(v.mT), a, size: n) < Self.bound, "\(n)")
      #expect(error(v.mT.matmul(v), eye(n, dtype).expand([2, n, n]), size: n) < Self.bound)
      #expect(error(a.eigvalsh(upper: true), values, size: n) < Self.bound)
    }
  }

  @Test(arguments: types) func solutions(_ dtype: DType) {
    for n in Self.sizes {
      let a = matrix([2, n, n], dtype) + eye(n, dtype) * Double(n + 1)
      let b = matrix([2, n, 3], dtype, seed: 2)
      #expect(error(a.matmul(a.solve(b)), b, size: n) < Self.bound, "\(n)")
      #expect(error(a.solve(b.mT, left: false).matmul(a), b.mT, size: n) < Self.bound)
      #expect(error(a.inv().matmul(a), eye(n, dtype).expand(a.shape), size: n) < Self.bound)
      let (lu, pivots) = a.luFactor()
      #expect(error(lu.luSolve(pivots: pivots, b), a.solve(b), size: n) < Self.bound)
      for upper in [false, true] {
        let t = upper ? a.triu() : a.tril()
        let x = a.solveTriangular(b, upper: upper)
        #expect(error(t.matmul(x), b, size: n) < Self.bound)
        let y = a.solveTriangular(b.mT, upper: upper, left: false)
        #expect(error(y.matmul(t), b.mT, size: n) < Self.bound)
        let unit = t.tril(diagonal: -1) + t.triu(diagonal: 1) + eye(n, dtype) * 1
        let scaled = t * (1.0 / Double(n + 1))
        let z = scaled.solveTriangular(b, upper: upper, unitriangular: true)
        let ones = (unit - eye(n, dtype)) * (1.0 / Double(n + 1)) + eye(n, dtype)
        #expect(error(ones.matmul(z), b, size: n) < Self.bound)
      }
    }
  }

  // MARK: - Ranges

  /// Matrices whose squares would overflow or underflow.
  @Test(arguments: types) func veryLargeAndSmallMatrices(_ dtype: DType) {
    let x = matrix([20, 20], dtype)
    let exponents = dtype == .float32 ? [-120, 110] : [-1000, 1000]
    for exponent in exponents {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let back = Double(sign: .plus, exponent: -exponent, significand: 1)
      let a = x * factor
      #expect(error(a.svdvals() * back, x.svdvals(), size: 20) < Self.bound)
      let symmetric = x + x.mT
      #expect(
        error((symmetric * factor).eigvalsh() * back, symmetric.eigvalsh(), size: 20) < Self.bound)
      #expect(error(a.qr().r * back, x.qr().r, size: 20) < Self.bound)
    }
  }

  /// A bidiagonal matrix determines its small singular values to high relative accuracy.
  @Test func smallSingularValuesKeepTheirDigits() {
    let n = 12
    let diagonal = (0..<n).map { Double(sign: .plus, exponent: -8 * $0, significand: 1) }
    var numbers = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      numbers[i * n + i] = diagonal[i]
      if i + 1 < n { numbers[i * n + i + 1] = diagonal[i] }
    }
    let s = Tensor(numbers, shape: [n, n], dtype: .float64).svdvals().values
    // Their product is the determinant, the product of the diagonal.
    let expected = diagonal.reduce(0.0) { $0 + Double($1.exponent) }
    let found = s.reduce(0.0) { $0 + Double($1.exponent) }
    #expect(Swift.abs(expected - found) <= Double(n))
    let product = s.reversed().reduce(1.0) { $0 * $1 * 0x1p44 }
    #expect(Swift.abs(product - diagonal.reduce(1.0) { $0 * $1 * 0x1p44 }) <= 1e-12 * product)
  }

  @Test func zerosAndRepeatedValues() {
    let zero = Tensor.zeros([5, 3], dtype: .float64)
    let (u, s, vh) = zero.svd()
    #expect(s.values == [0, 0, 0])
    #expect(u.equal(eye(5, .float64)) && vh.equal(eye(3, .float64)))
    #expect(eye(4, .float64).eigvalsh().values == [1, 1, 1, 1])
    let one = Tensor.ones([40, 40], dtype: .float64)
    #expect(one.matrixRank().item() == 1 && one.matrixRank(hermitian: true).item() == 1)
    #expect(Swift.abs(one.svdvals()[0].item() - 40) < 1e-12)
    #expect(Swift.abs(one.eigvalsh()[-1].item() - 40) < 1e-12)
    #expect((one.pinv() - one / 1600).abs().max().item() < 1e-15)
  }

  @Test func threadsDoNotChangeABit() {
    let a = matrix([8, 40, 40], .float64)
    let symmetric = a + a.mT
    let results = [1, 4].map { threads in
      withThreads(threads) {
        [
          a.svd().u, a.qr().q, a.lu().l, symmetric.eigh().eigenvectors, a.inv(),
          a.matmul(a.mT).cholesky(),
        ]
      }
    }
    for (x, y) in zip(results[0], results[1]) { #expect(x.equal(y)) }
  }
}
