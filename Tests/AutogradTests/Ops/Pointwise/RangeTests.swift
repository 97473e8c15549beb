import Autograd
import TestSupport
import Testing

/// Results that are numbers of the type although an obvious way to them leaves its range.
@Suite struct RangeTests {
  private static let types = [DType.float32, .float64]

  private func scaled(_ x: Double, by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: x)
  }

  // MARK: - ldexp

  @Test func ldexpWhereThePowerOverflows() {
    let one = Tensor([1.0], dtype: .float64)
    #expect(one.ldexp(Tensor([128])).values == [scaled(1, by: 128)])
    #expect(one.ldexp(Tensor([-1074])).values == [scaled(1, by: -1074)])
    #expect(Tensor([1e-300], dtype: .float64).ldexp(Tensor([1500])).values[0].isFinite)
    let x = Tensor([0, 1e-20, 1e-20, -1.5], dtype: .float32)
    let y = x.ldexp(Tensor([200, 140, 250, -149]))
    let product = Double(Float(1e-20)) * scaled(1, by: 140)
    #expect(y.values == [0, product, .infinity, -scaled(1, by: -148)])
    // Of the smallest number to the largest, and back.
    let least = Tensor([Double(Float.leastNonzeroMagnitude)], dtype: .float32)
    #expect(least.ldexp(Tensor([276])).values == [scaled(1, by: 127)])
    #expect(least.ldexp(Tensor([276])).ldexp(Tensor([-276])).equal(least))
    #expect(x.ldexp(Tensor([Int.min, Int.max, Int.max, Int.min])).values[0] == 0)
  }

  @Test func ldexpRoundsSubnormalsOnce() {
    // 1 + 2⁻²³ moved below the normal numbers, where it lies just above half of the last place.
    let x = Tensor([1 + scaled(1, by: -23)], dtype: .float32)
    #expect(x.ldexp(Tensor([-150])).values == [scaled(1, by: -149)])
    #expect(x.ldexp(Tensor([-151])).values == [0])
  }

  @Test func ldexpOfFractionsAndInfinities() {
    let x = Tensor([2.0, 0, 3, -1], dtype: .float64)
    let e = Tensor([0.5, .infinity, -.infinity, .infinity], dtype: .float64)
    expectClose(x.ldexp(e), [2 * 2.0.squareRoot(), .nan, 0, -.infinity])
    expectClose(x.ldexp(Tensor([Double.nan], dtype: .float64)), [.nan, .nan, .nan, .nan])
  }

  @Test func ldexpDerivatives() {
    let x = Tensor([1e-20, 0], dtype: .float32, requiresGrad: true)
    let e = Tensor([140.0, 200], dtype: .float32, requiresGrad: true)
    let g = Tensor([1e-10, 0], dtype: .float32)
    let gradients = grad(of: [x.ldexp(e)], wrt: [x, e], gradients: [g])
    expectClose(gradients[0], [1e-10 * scaled(1, by: 140), 0], tolerance: 1e-5)
    expectClose(
      gradients[1]! / Float(scaled(1e-30, by: 140)), [0.6931471805599453, 0], tolerance: 1e-5)
    #expect(Tensor([1, 2]).ldexp(Tensor([3, 4])).dtype == .float32)
    #expect(Tensor([1, 2]).ldexp(Tensor([3.0], dtype: .float64)).dtype == .float64)
  }

  // MARK: - Products and quotients

  @Test(arguments: types)
  func interpolation(_ dtype: DType) {
    let most = dtype.greatestFiniteMagnitude
    let a = Tensor([most, -most, most], dtype: dtype)
    #expect(a.lerp(-a, 0.5).values == [0, 0, 0])
    #expect(a.lerp(-a, 0.25).values == (a / 2).values)
    #expect(a.lerp(-a, 1).equal(-a) && a.lerp(-a, 0).equal(a))
    let infinite = Tensor([Double.infinity], dtype: dtype)
    expectClose(infinite.lerp(Tensor([1], dtype: dtype), 0.25), [.nan])
  }

  @Test(arguments: types)
  func scaledQuotientsAndProducts(_ dtype: DType) {
    let huge = dtype.greatestFiniteMagnitude / 4
    let (zero, x) = (Tensor([0], dtype: dtype), Tensor([huge], dtype: dtype))
    #expect(zero.addcdiv(x, x, value: 8).values == [8])
    #expect(zero.addcmul(x, Tensor([0.125], dtype: dtype), value: 8).values == [huge])
    #expect(zero.addcmul(x, zero, value: 8).values == [0])
    #expect(zero.addcmul(x, x, value: 8).values == [.infinity])
    let b = Tensor([huge], dtype: dtype, requiresGrad: true)
    expectClose(grad(of: zero.addcdiv(x, b), wrt: b) * x, [-1], tolerance: 1e-6)
  }

  /// A few elements that overflow or vanish on the way change no others, and are found wherever
  /// they stand.
  @Test(arguments: types)
  func extremesAmongOrdinaryNumbers(_ dtype: DType) {
    let most = dtype.greatestFiniteMagnitude
    let least = 8 / most
    func mixed(_ ordinary: Double, _ extremes: [Double]) -> Tensor {
      var values = (0..<40).map { ordinary + Double($0) / 8 }
      for (i, extreme) in extremes.enumerated() { values[11 * i + 5] = extreme }
      return Tensor(values, dtype: dtype)
    }
    let a = mixed(-1, [most, -most, 1, 0]), b = mixed(2, [-most, most, most, least])
    let c = mixed(0.5, [0.25, 0.5, most, least])
    func eachAlone(_ op: (Tensor, Tensor, Tensor) -> Tensor) -> [Double] {
      (0..<40).map { op(a[$0], b[$0], c[$0]).item() }
    }
    let ops: [(Tensor, Tensor, Tensor) -> Tensor] = [
      { $0.lerp($1, $2) }, { $0.addcdiv($1, $2, value: 4) }, { $0.addcmul($1, $2, value: 0.25) },
      { $0.addcdiv($1, $2, value: 0.25) },
    ]
    for op in ops { expectClose(op(a, b, c), eachAlone(op), tolerance: 0) }
    #expect(a.lerp(b, c).values[5] == most / 2)
  }

  @Test(arguments: types)
  func derivativesOfScaledQuotientsAndProducts(_ dtype: DType) {
    let huge: Double = dtype == .float32 ? 0x1p122 : 0x1p1018, tiny = 16 / huge
    let zero = Tensor([0], dtype: dtype)
    #expect(zero.addcmul(zero + tiny, zero + huge, value: tiny / 8).values == [tiny * 2])
    #expect(zero.addcdiv(zero + tiny, zero + tiny, value: tiny / 8).values == [tiny / 8])
    for (value, other, g) in [(huge, huge, tiny), (huge, tiny, huge), (tiny, huge, huge)] {
      let a = Tensor([3], dtype: dtype, requiresGrad: true)
      let b = Tensor([other], dtype: dtype, requiresGrad: true)
      let product = grad(
        of: [zero.addcmul(a, b, value: value)], wrt: [a], gradients: [zero + g], createGraph: true)
      expectClose(product[0]!.detach() / huge, [16], "\(value)·\(other)·\(g)")
      if value * g > dtype.greatestFiniteMagnitude { continue }
      expectClose(grad(of: product[0]!, wrt: b) * b.detach() / huge, [16])
    }
    for (value, other, g) in [(huge, tiny, tiny), (huge, huge, huge), (tiny, tiny, huge)] {
      let a = Tensor([3], dtype: dtype, requiresGrad: true)
      let quotient = grad(
        of: [zero.addcdiv(a, zero + other, value: value)], wrt: [a], gradients: [zero + g])
      expectClose(quotient[0]! / huge, [1], "\(value)/\(other)·\(g)")
    }
  }

  /// b·aᵇ⁻¹ and its derivatives where aᵇ⁻² overflows.
  @Test(arguments: types) func powersOfTinyNumbers(_ dtype: DType) {
    let tiny: Double = dtype == .float32 ? 0x1p-90 : 0x1p-800
    let a = Tensor([tiny, tiny, 0, tiny], dtype: dtype, requiresGrad: true)
    let b = Tensor([tiny, 4 * tiny, 0, 2], dtype: dtype, requiresGrad: true)
    let slope = grad(of: a.pow(b).sum(), wrt: a, createGraph: true)
    expectClose(slope.detach(), [1, 4, 0, 2 * tiny], tolerance: 1e-6)
    // b·(b − 1)·aᵇ⁻² and (1 + b·ln a)·aᵇ⁻¹.
    let second = grad(of: [slope.sum()], wrt: [a, b])
    expectClose(second[0]![..<2] * tiny, [-1, -4], tolerance: 1e-6)
    expectClose(second[1]![..<2] * tiny, [1, 1], tolerance: 1e-6)
    #expect(second[0]![3].item() == 2)
  }

  @Test func secondDerivativeOfCopysign() {
    let x = Tensor([3.0, -0.7, 0, 1e-20], dtype: .float32, requiresGrad: true)
    let slope = grad(of: x.copysign(Tensor([-1.0, 1, 1, -1])).sum(), wrt: x, createGraph: true)
    #expect(slope.values == [-1, -1, 0, -1])
    #expect(grad(of: slope.sum(), wrt: x).values == [0, 0, 0, 0])
  }

  @Test(arguments: types) func hardswishOfTheLargestNumbers(_ dtype: DType) {
    let most = dtype.greatestFiniteMagnitude
    #expect(Tensor([most, -most, 3], dtype: dtype).hardswish().values == [most, 0, 3])
  }

  @Test func specialFunctions() {
    // 40!·ζ(41, 100): 40! overflows float32, and ζ is 0 there.
    let y = Tensor([100.0], dtype: .float32).polygamma(40)
    #expect(abs(y.values[0] / -2.4755394386e-34 - 1) < 1e-4)
    #expect(abs(Tensor([89.0], dtype: .float32).i1().values[0] / 1.8905305e37 - 1) < 1e-4)
  }

  // MARK: - Rounding

  @Test(arguments: types)
  func roundingToManyDecimals(_ dtype: DType) {
    let most = dtype.greatestFiniteMagnitude
    let x = Tensor([most, -most, 1e30, 0, 1.5, .infinity, -.infinity, .nan], dtype: dtype)
    for decimals in [7, 38, 39, 308, 309, 400, Int.max] {
      expectClose(x.round(decimals: decimals), x.values, tolerance: 0, "\(decimals)")
    }
    expectClose(Tensor([0.123456], dtype: dtype).round(decimals: 3), [0.123], tolerance: 1e-7)
    // The least number is far below half of the unit.
    let isSingle = dtype == .float32
    let least = isSingle ? Double(Float.leastNonzeroMagnitude) : .leastNonzeroMagnitude
    #expect(Tensor([least], dtype: dtype).round(decimals: isSingle ? 40 : 310).values == [0])
  }

  @Test(arguments: types)
  func roundingToNegativeDecimals(_ dtype: DType) {
    let most = dtype.greatestFiniteMagnitude, digits = dtype == .float32 ? 38 : 308
    let x = Tensor([most, -most, 1, .infinity, .nan], dtype: dtype)
    for decimals in [-digits - 1, -400, Int.min] {
      expectClose(x.round(decimals: decimals), [0, 0, 0, .infinity, .nan])
    }
    if dtype == .float32 {
      expectClose(x.round(decimals: -38), [3e38, -3e38, 0, .infinity, .nan], tolerance: 1e-6)
    }
    expectClose(Tensor([12345.0], dtype: dtype).round(decimals: -2), [12300])
  }
}
