import Autograd
import TestSupport
import Testing

/// Values from mpmath for every branch of the kernels; PyTorch's results where the function is not
/// defined.
@Suite struct SpecialFunctionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let points, values: [Double]
    let call: @Sendable (Tensor) -> Tensor

    init(
      _ name: String, _ points: [Double], _ values: [Double],
      _ call: @escaping @Sendable (Tensor) -> Tensor
    ) {
      testDescription = name
      self.points = points
      self.values = values
      self.call = call
    }
  }

  private static let gammaFunctions = [
    Row(
      "lgamma", [-2.5, 0.5, 170, -1, .infinity],
      [-0.056243716497674051, 0.57236494292470009, 701.43726380873709, .infinity, .infinity]
    ) { $0.lgamma() },
    Row(
      "digamma", [-2.5, 1e-5, 170, 0, -0.0, -1, .infinity],
      [
        1.1031566406452432, -100000.57719921567, 5.1328543770833072, -.infinity, .infinity, .nan,
        .infinity,
      ]
    ) { $0.digamma() },
    Row(
      "polygamma 1", [-2.5, 0.5, 3.7, 170, -1, .infinity],
      // At -1 it is large, since sin π in floating point is not 0.
      [
        9.5392466449891238, 4.9348022005446793, 0.3100378576700383, 0.0058996879026080384,
        6.580790147320947e32, 0,
      ]
    ) { $0.polygamma(1) },
    Row(
      "polygamma 4", [-2.5, -30.25, 0.5, 170, -1],
      [
        -0.067995999506731363, 24481.574776117677, -771.47424982666723, -7.268751868002939e-9,
        -.infinity,
      ]
    ) { $0.polygamma(4) },
    Row(
      "zeta(1.5, q)", [0.25, 1, 40, 0, -0.5],
      [
        10.213055360466601, 2.6123753486854883, 0.31821654107607524, .infinity, .nan,
      ]
    ) { zeta(1.5, $0) },
    Row("zeta(3, q)", [-2.3, -60.25, -2], [-34.356896264635083, -62.012417889073211, .infinity]) {
      zeta(3, $0)
    },
    Row("zeta(x, 2)", [1, 0.5], [.infinity, .nan]) { $0.zeta(2) },
  ]

  private static let normalFunctions = [
    Row(
      "erfinv", [1e-300, 0.3, -0.95, 1 - 0x1p-53, -1, 1.5],
      [
        8.8622692545275804e-301, 0.27246271472675435, -1.3859038243496777, 5.8635847487551679,
        -.infinity, .nan,
      ]
    ) { $0.erfinv() },
    Row(
      "erfcx", [-5, 0.5, 20, 28, 60, 1e9, -30, .infinity],
      [
        144009798674.66104, 0.61569034419292587, 0.028174348741051319, 0.020136801964214277,
        0.0094018542751763886, 5.6418958354775629e-10, .infinity, 0,
      ]
    ) { $0.erfcx() },
    Row(
      "ndtr", [-30, -1, 2, .infinity],
      [4.9067139271481871e-198, 0.15865525393145705, 0.97724986805182079, 1]
    ) { $0.ndtr() },
    Row(
      "logNdtr", [-100, -1, 2, 9, -.infinity],
      [
        -5005.5242086942051, -1.8410216450092635, -0.023012909328963488, -1.1285884059538406e-19,
        -.infinity,
      ]
    ) { $0.logNdtr() },
    Row(
      "ndtri", [1e-300, 0.02, 0.3, 0.999, 0, 1, -0.1],
      [
        -37.047096299361199, -2.053748910631823, -0.52440051270804082, 3.0902323061678133,
        -.infinity, .infinity, .nan,
      ]
    ) { $0.ndtri() },
    Row("entr", [0, 1, -1, .infinity], [0, 0, -.infinity, -.infinity]) { $0.entr() },
  ]

  private static let besselFunctions = [
    Row(
      "i0", [0.5, 8, 30, .infinity],
      [1.0634833707413235, 427.56411572180479, 781672297823.97749, .nan]
    ) { $0.i0() },
    Row("i0e", [0.5, -800], [0.64503527044915007, 0.014106945005869184]) { $0.i0e() },
    Row("i1", [-0.5, 8, 30], [-0.25789430539089632, 399.8731367825601, 768532038938.957]) {
      $0.i1()
    },
    Row("i1e", [-0.5, 800], [-0.1564208031848717, 0.014098125406526997]) { $0.i1e() },
  ]

  @Test(arguments: gammaFunctions + normalFunctions + besselFunctions)
  func values(_ row: Row) {
    let y = row.call(Tensor(row.points, dtype: .float64)).values
    for (point, (got, want)) in zip(row.points, zip(y, row.values)) {
      let isRight =
        want.isFinite
        ? abs(got - want) <= 1e-12 * abs(want) : got == want || got.isNaN && want.isNaN
      #expect(isRight, "at \(point): \(got), not \(want)")
    }
  }

  @Test func incompleteGammaFunctions() {
    let a = Tensor([0.5, 3, 90, 150, 1e6, 0, 2, 0, .infinity], dtype: .float64)
    let x = Tensor([0.3, 12, 75, 160, 1_000_500, 1, 0, 0, 1], dtype: .float64)
    let p = Tensor(
      [
        0.56142197391900014, 0.9994777419499671, 0.050192107075303647, 0.79562618823432246,
        0.69155047577149718, 1, 0, .nan, 0,
      ], dtype: .float64)
    #expect(a.igamma(x).allclose(p, rtol: 1e-12, atol: 0, equalNan: true))
    #expect(a.igammac(x).allclose(1 - p, rtol: 1e-12, atol: 1e-15, equalNan: true))
    // Not computed as 1 - P, with P = 0.99988.
    let small = Tensor([1e-4], dtype: .float64).igammac(Tensor([0.2], dtype: .float64))
    #expect(abs(small.values[0] - 0.00012226403386829705) < 1e-16)
  }

  @Test func integersAreRealNumbers() {
    #expect(Tensor([1, 4]).lgamma().dtype == .float32)
    #expect(Tensor([1, 4]).zeta(2).dtype == .float32)
    #expect(Tensor([1, 4]).mvlgamma(2).dtype == .float32)
    #expect(Tensor([1, 4]).xlog1py(Tensor([1.0], dtype: .float64)).dtype == .float64)
    #expect(xlog1py(0, Tensor([-1, 2])).values == [0, 0])
  }

  @Test func derivativesOfBesselFunctionsNearZero() {
    let x = Tensor([0, 1e-20, 1e-3], dtype: .float32, requiresGrad: true)
    let slope = grad(of: x.i1e().sum(), wrt: x, createGraph: true)
    #expect(abs(slope.values[2] - 0.499001) < 1e-6)
    #expect(slope.values.prefix(2).allSatisfy { $0 == 0.5 })
    // In float32 the digits would cancel, with an error of 2e-4.
    #expect(abs(grad(of: slope.sum(), wrt: x).values[2] + 0.998127) < 1e-5)
  }

  /// The density xᵃ⁻¹·e⁻ˣ/Γ(a), whose exponent is a difference of large numbers.
  @Test(arguments: [DType.float32, .float64])
  func derivativesOfIncompleteGammaFunctions(_ dtype: DType) {
    let a = Tensor([1000.0, 10000, 1, 1], dtype: dtype)
    let x = Tensor([1000.0, 10050, 0, 2], dtype: dtype, requiresGrad: true)
    let slope = grad(of: a.igamma(x).sum(), wrt: x, createGraph: true)
    let exact = [0.0126146113487215, 0.0035045628656077902, 1, 0.1353352832366127]
    expectClose(slope.detach(), exact, tolerance: 1e-7)
    expectClose(
      grad(of: slope.sum(), wrt: x),
      [-1.26146113487215e-5, -1.7784348870248488e-5, -1, -0.1353352832366127], tolerance: 1e-7)
    expectClose(grad(of: a.igammac(x).sum(), wrt: x), exact.map { -$0 }, tolerance: 1e-7)
  }

  // MARK: - Errors

  @Test func missingDerivativesStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let a = Tensor([1.5], requiresGrad: true)
        a.igamma(Tensor([2.0])).sum().backward()
      }, "igamma: the derivative with respect to a is not implemented")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor([1.5], requiresGrad: true)
        x.zeta(2).sum().backward()
      }, "zeta: the derivative with respect to x is not implemented")
  }

  @Test func ordersOutOfRangeStop() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).polygamma(-1)
      }, "polygamma: expected an order n of at least 0, got -1")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1.0]).mvlgamma(0)
      }, "mvlgamma: expected p of at least 1, got 0")
  }
}
