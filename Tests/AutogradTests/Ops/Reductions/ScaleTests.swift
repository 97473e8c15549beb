import TestSupport
import Testing

@testable import Autograd

/// Reductions whose sums of squares or powers leave the range of the dtype, although their results
/// do not. A result of numbers times a factor is that of the numbers, times a power of the factor.
@Suite struct ScaleTests {
  private static let numbers: [Double] = [1, 2, 4, 8, 3, -5]
  private static let factors: [(DType, Double)] = [
    (.float32, 1e30), (.float32, 1e-30), (.float32, 1e36), (.float32, 1e-35), (.float64, 1e200),
    (.float64, 1e-200), (.float64, 1e306),
  ]

  /// The value of `f`, of degree `degree`, and its first and second derivatives along a direction,
  /// against those of unscaled float64 numbers.
  private func expectHomogeneous(
    _ degree: Double, numbers: [Double] = numbers, roundings: Double = 64,
    factors: [(DType, Double)] = factors, _ note: Comment,
    at location: SourceLocation = #_sourceLocation, _ f: (Tensor) -> Tensor
  ) {
    func results(_ factor: Double, _ dtype: DType) -> [Tensor] {
      let x = Tensor(numbers.map { $0 * factor }, dtype: dtype, requiresGrad: true)
      let y = f(x)
      let direction = Tensor.arange(1, numbers.count + 1, dtype: dtype)
      let g = grad(of: y.sum(), wrt: x, createGraph: true)
      return [y, g, grad(of: (g * direction).sum(), wrt: x)].map { $0.detach() }
    }
    let expected = results(1, .float64)
    for (dtype, factor) in factors {
      let found = results(factor, dtype)
      for order in 0...2 {
        // Scaled in two steps: the factor of the second derivative may not be a float64.
        let power = degree - Double(order)
        let scale = Tensor([powerOf(factor, power / 2)], dtype: .float64)
        let right = (expected[order] * scale * scale).to(dtype)
        // The unit of the results, or their size if that is larger.
        let size = (expected[order].abs().amax().clampMin(1) * scale * scale).to(dtype).item()
        if !size.isFinite || size < (dtype == .float32 ? 1e-36 : 1e-300) { continue }
        #expect(
          found[order].allclose(
            right, rtol: 0, atol: size * roundings * dtype.epsilon, equalNan: true),
          "\(note), factor \(factor), order \(order): \(found[order]), expected \(right)",
          sourceLocation: location)
      }
    }
  }

  private func powerOf(_ x: Double, _ p: Double) -> Double {
    Tensor([x], dtype: .float64).pow(p).item()
  }

  @Test func standardDeviations() {
    expectHomogeneous(1, "std") { $0.std() }
    expectHomogeneous(1, "std of rows") { $0.reshape([2, 3]).std(dim: 1, correction: 0) }
    expectHomogeneous(1, "std of columns") { $0.reshape([2, 3]).std(dim: 0, keepdim: true) }
    expectHomogeneous(1, "stdMean") { $0.stdMean(dim: 0).std }
    let mask = Tensor([true, true, false, true, true, true])
    expectHomogeneous(1, "masked") { $0.masked(mask).std() }
  }

  @Test func variances() {
    expectHomogeneous(2, "var") { $0.var() }
    expectHomogeneous(2, "var of rows") { $0.reshape([2, 3]).var(dim: -1, correction: 0) }
    expectHomogeneous(2, "varMean") { $0.varMean(dim: 0, keepdim: true).var }
    expectHomogeneous(2, "cov") { $0.reshape([2, 3]).cov() }
    expectHomogeneous(0, "corrcoef") { $0.reshape([2, 3]).corrcoef() }
  }

  /// Each row has its own scale.
  @Test func rowsOfDifferentSizes() {
    let x = Tensor([[1e30, 3e30], [1, 3], [1e-30, 3e-30], [0, 0], [2, .nan], [2, .infinity]])
    let root = 10.0.squareRoot()
    expectClose(
      x.norm(dim: 1)[0..<4] / Tensor([1e30, 1, 1e-30, 1]), [root, root, root, 0], tolerance: 1e-6)
    let std = x.std(dim: 1, correction: 0)
    expectClose(std[0..<4] / Tensor([1e30, 1, 1e-30, 1]), [1, 1, 1, 0], tolerance: 1e-6)
    #expect(std.values[4].isNaN && std.values[5].isNaN)
    #expect(x.norm(dim: 1).values[4].isNaN && x.norm(dim: 1).values[5] == .infinity)
  }

  /// These numbers are exact in float32; their spread is in the last digits.
  @Test(arguments: [1, 0x1p60, 0x1p-60]) func spreadsFarFromZero(_ factor: Double) {
    let spread: [Double] = [0, 1, 3, 2, 5]
    let x = Tensor(spread.map { (8192 + $0 / 1024) * factor }, requiresGrad: true)
    let exact = Tensor(spread, dtype: .float64, requiresGrad: true)
    expectClose(
      grad(of: x.std(), wrt: x), grad(of: exact.std(), wrt: exact).values, tolerance: 1e-6)
    expectClose(
      grad(of: x.var(), wrt: x) * (1024 / factor), grad(of: exact.var(), wrt: exact).values,
      tolerance: 1e-6)
    let mask = Tensor([true, true, false, true, true])
    expectClose(
      grad(of: x.masked(mask).std(), wrt: x), grad(of: exact.masked(mask).std(), wrt: exact).values,
      tolerance: 1e-6)
    let rows = [0, 1, 3, 2, 5, 1, 4, 2, 2, 0].map { (8192 + $0 / 1024) * factor }
    let correlations = Tensor([0, 1, 3, 2, 5, 1, 4, 2, 2, 0], shape: [2, 5], dtype: .float64)
    expectClose(
      Tensor(rows, shape: [2, 5]).corrcoef(), correlations.corrcoef().values, tolerance: 1e-6)
  }

  // MARK: - Norms

  @Test(arguments: [2, 3, 1.5, 0.5, -1, -2, 1, .infinity]) func norms(_ p: Double) {
    // The error of a power grows with the logarithm of its base.
    let roundings: Double = 2000
    expectHomogeneous(1, numbers: [1, 2, -2], roundings: roundings, "p = \(p)") { $0.norm(p) }
    expectHomogeneous(1, numbers: [1, 2, -2, 4, 4, 7], roundings: roundings, "p = \(p), rows") {
      $0.reshape([2, 3]).norm(p, dim: 1)
    }
  }

  @Test func largeAndSmallOrders() {
    let orders: [(p: Double, value: Double)] = [(100, 3), (1000, 3), (-100, 1), (-1000, 1)]
    for (p, value) in orders {
      let x = Tensor([3.0, 1, -2], requiresGrad: true)
      let y = x.norm(p)
      expectClose(y, [value], tolerance: 1e-6, "p = \(p)")
      let slope: [Double] = p > 0 ? [1, 0, 0] : [0, 1, 0]
      expectClose(grad(of: y, wrt: x), slope, tolerance: 1e-6, "p = \(p)")
    }
  }

  /// The elements of a norm of negative order may be far larger than the norm.
  @Test(arguments: [DType.float32, .float64]) func negativeOrdersOfMixedSizes(_ dtype: DType) {
    let tiny = dtype == .float32 ? 0x1p-120 : 0x1p-1000
    let x = Tensor([tiny, 1, 1 / tiny], dtype: dtype, requiresGrad: true)
    let slope = grad(of: x.norm(-1), wrt: x, createGraph: true)
    expectClose(slope.detach(), [1, 0, 0])
    expectClose(grad(of: slope.sum(), wrt: x) * tiny, [0, 0, 0])
  }

  @Test func distances() {
    let numbers: [Double] = (1...54).map { Double($0 * $0 % 17) }
    expectHomogeneous(1, numbers: numbers, roundings: 5000, "cdist by products") {
      let x = $0.reshape([2, 27])
      return x.cdist(x.flip(0) * 2, mode: .product)
    }
    expectHomogeneous(1, numbers: numbers, "cdist by differences") {
      let x = $0.reshape([2, 27])
      return x.cdist(x.flip(0) * 2)
    }
    expectHomogeneous(1, "dist") { ($0 * 2).dist($0.flip(0)) }
    expectHomogeneous(1, "matrix norms") {
      let x = $0.reshape([2, 3])
      return stack([x.matrixNorm(), x.matrixNorm(.p(.infinity))])
    }
  }

  /// The power of an element 0 must not become infinite times zero.
  @Test func aZeroAmongSmallNumbers() {
    let x = Tensor([0, 3e-30, 4e-30], requiresGrad: true)
    for p in [2.0, 3, 10] {
      let slope = grad(of: x.norm(p), wrt: x).values
      #expect(slope[0] == 0 && slope[1] > 0 && slope[2] > slope[1], "p = \(p): \(slope)")
    }
  }

  // MARK: - Matrices

  /// Factors at which cubes leave the range of the dtype and squares do not.
  private static let middle: [(DType, Double)] = [
    (.float32, 1e-15), (.float32, 1e15), (.float64, 1e-140), (.float64, 1e140),
  ]

  @Test func singularVectors() {
    expectHomogeneous(0, roundings: 2000, factors: Self.factors + Self.middle, "svd") {
      let (u, _, vh) = $0.reshape([2, 3]).svd(fullMatrices: false)
      return u[..., 0..<1].matmul(vh[0..<1])
    }
  }

  @Test func decompositions() {
    let numbers: [Double] = [5, 2, 1, 2, 7, -1, 1, -1, 4]
    let square = { (x: Tensor) in x.reshape([3, 3]) }
    let factors = Self.factors + Self.middle
    let functions: [(name: String, degree: Double, call: (Tensor) -> Tensor)] = [
      ("qr", 1, { square($0).qr().r }), ("qr, Q", 0, { square($0).qr().q }),
      ("lu", 1, { square($0).lu().u }), ("cholesky", 0.5, { square($0).cholesky() }),
      ("svdvals", 1, { square($0).svdvals() }), ("eigvalsh", 1, { square($0).eigvalsh() }),
      ("eigh", 0, { square($0).eigh().eigenvectors.square() }), ("inv", -1, { square($0).inv() }),
      ("solve", 0, { square($0).solve($0.reshape([3, 3]).mT) }),
      ("lstsq", 0, { x in square(x).lstsq(square(x).mT).solution }),
      ("nuclear norm", 1, { square($0).matrixNorm(.nuclear) }),
    ]
    for (name, degree, call) in functions {
      expectHomogeneous(
        degree, numbers: numbers, roundings: 2000, factors: factors, "\(name)", call)
    }
  }

  @Test func determinantsAndPseudoInverses() {
    let numbers: [Double] = [1, 2, 4, 8, 3, -5, 2, 7, 1]
    expectHomogeneous(3, numbers: numbers, roundings: 2000, factors: Self.middle, "det") {
      $0.reshape([3, 3]).det()
    }
    for shape in [[2, 3], [3, 2]] {
      expectHomogeneous(-1, roundings: 20000, factors: Self.middle, "pinv of \(shape)") {
        $0.reshape(shape).pinv()
      }
    }
  }
}
