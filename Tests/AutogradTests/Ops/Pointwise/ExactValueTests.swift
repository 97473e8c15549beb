import CKernels
import Testing

@testable import Autograd

/// Results that are numbers of the type are exact in every instruction set.
@Suite struct ExactValueTests {
  struct Row: Sendable, CustomStringConvertible {
    let kernel: ck_map
    let points: [(x: Double, y: Double)]
    var description: String { String(cString: ck_map_name(kernel)) }

    init(_ kernel: ck_map, _ points: [(x: Double, y: Double)]) {
      self.kernel = kernel
      self.points = points
    }
  }

  private static let powers = (-100...100).map { (x: Double($0), y: scaled(1, by: $0)) }

  private static func scaled(_ x: Double, by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: x)
  }

  private static let rows = [
    Row(.exp, [(0, 1), (-.infinity, 0)]),
    Row(.exp2, powers),
    Row(.expm1, [(0, 0), (-.infinity, -1), (-100, -1)]),
    Row(.log, [(1, 0)]),
    Row(.log2, powers.map { ($0.y, $0.x) }),
    Row(.log10, (0...10).map { n in (x: (0..<n).reduce(1) { y, _ in y * 10 }, y: Double(n)) }),
    Row(.log1p, [(0, 0)]),
    Row(.sin, [(0, 0)]), Row(.cos, [(0, 1)]), Row(.tan, [(0, 0)]),
    Row(.asin, [(0, 0)]), Row(.acos, [(1, 0)]), Row(.atan, [(0, 0)]),
    Row(.sinh, [(0, 0)]), Row(.cosh, [(0, 1)]),
    Row(.tanh, [(0, 0), (30, 1), (-30, -1), (.infinity, 1)]),
    Row(.asinh, [(0, 0)]), Row(.acosh, [(1, 0)]), Row(.atanh, [(0, 0), (1, .infinity)]),
    Row(.sigmoid, [(0, 0.5), (.infinity, 1), (-.infinity, 0)]),
    Row(.silu, [(0, 0)]), Row(.gelu, [(0, 0)]), Row(.geluTanh, [(0, 0)]),
    Row(.erf, [(0, 0), (10, 1), (-10, -1)]),
    Row(.erfc, [(0, 1), (-0.0, 1), (-10, 2), (.infinity, 0)]),
    Row(.erfcx, [(0, 1), (.infinity, 0)]),
    Row(.erfinv, [(0, 0), (1, .infinity)]),
    Row(.ndtr, [(0, 0.5), (-0.0, 0.5), (.infinity, 1), (-.infinity, 0), (20, 1)]),
    Row(.ndtri, [(0.5, 0), (1, .infinity), (0, -.infinity)]),
    Row(.logNdtr, [(.infinity, 0)]),
    Row(.i0, [(0, 1)]), Row(.i0e, [(0, 1)]), Row(.i1, [(0, 0)]), Row(.i1e, [(0, 0)]),
    Row(.lgamma, [(1, 0), (2, 0)]),
    Row(.entr, [(0, 0), (1, 0)]),
    Row(.sqrt, [(0, 0), (4, 2), (2.25, 1.5)]), Row(.rsqrt, [(4, 0.5), (1, 1)]),
  ]

  @Test(arguments: rows, Column.all)
  func unary(_ row: Row, _ column: Column) {
    expectExact(column.apply(row.kernel, .float32, row.points.map { Float($0.x) }), row)
    expectExact(column.apply(row.kernel, .float64, row.points.map(\.x)), row)
  }

  private func expectExact<T: BinaryFloatingPoint>(_ y: [T], _ row: Row) {
    for (y, point) in zip(y, row.points) {
      #expect(Double(y) == point.y, "\(row) of \(point.x) in \(T.self)")
    }
  }

  @Test(arguments: [DType.float32, .float64])
  func compositions(_ dtype: DType) {
    func value(_ x: Double, _ call: (Tensor) -> Tensor) -> Double {
      call(Tensor([x], dtype: dtype)).item(as: Double.self)
    }
    #expect(value(0) { $0.sinc() } == 1)
    #expect(value(0.5) { $0.logit() } == 0)
    #expect(value(0) { $0.mish() } == 0)
    #expect(value(0) { $0.softsign() } == 0)
    for x in [0.1, 3, 1e20, 1e-20] {
      let x = dtype == .float32 ? Double(Float(x)) : x
      #expect(value(x) { $0.pow(1) } == x)
      #expect(value(x) { $0.pow(Tensor([1], dtype: dtype)) } == x)
      #expect(value(x) { $0.pow(Tensor([0], dtype: dtype)) } == 1)
    }
    for n in 1...10 {
      #expect(value(3) { $0.pow(Tensor([Double(n)], dtype: dtype)) } == power(3, n))
      #expect(value(Double(n)) { pow(2, $0) } == power(2, n))
    }
  }

  private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { y, _ in y * x } }
}
