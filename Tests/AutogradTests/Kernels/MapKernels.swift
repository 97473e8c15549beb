import CKernels
import TestSupport

@testable import Autograd

/// How to test an element-wise kernel.
struct MapKernel: Sendable, CustomStringConvertible {
  let kernel: ck_map
  var inputs = 1
  var givesTruth = false
  /// For floating point; integers have their own ranges.
  var parameters = ck_params()
  /// By how much an instruction set with fused multiply-add may differ from the baseline.
  var agreement = Agreement.exact

  enum Agreement: Sendable {
    /// The same bits; all NaN are equal.
    case exact
    /// Units in the last place.
    case ulps(Double)
    /// Units in the last place of the largest intermediate result.
    case scaled(Double)
  }

  var description: String { String(cString: ck_map_name(kernel)) }

  static let all: [MapKernel] = (0..<UInt8(CK_MAP_COUNT)).map { make(ck_map(rawValue: $0)!) }

  /// An exhaustive switch, so that a new kernel does not compile before it is described here.
  private static func make(_ kernel: ck_map) -> MapKernel {
    func unary(_ agreement: Agreement = .exact, truth: Bool = false, _ p: ck_params = ck_params())
      -> MapKernel
    {
      MapKernel(kernel: kernel, givesTruth: truth, parameters: p, agreement: agreement)
    }
    func binary(_ agreement: Agreement = .exact, truth: Bool = false, _ p: ck_params = ck_params())
      -> MapKernel
    {
      MapKernel(kernel: kernel, inputs: 2, givesTruth: truth, parameters: p, agreement: agreement)
    }
    return switch kernel {
    case .copy, .neg, .abs, .sign, .square, .reciprocal, .sqrt, .rsqrt, .floor, .ceil, .round,
      .trunc, .relu:
      unary()
    case .leakyRelu: unary(.exact, ck_params(p0: 0.01, p1: 0))
    case .threshold: unary(.exact, ck_params(p0: 0.25, p1: 7))
    case .hardshrink, .softshrink: unary(.exact, ck_params(p0: 0.5, p1: 0))
    case .hardsigmoid, .hardswish: unary()
    case .elu: unary(.scaled(16), ck_params(p0: 1.5, p1: 0.75))
    case .selu, .mish: unary(.scaled(16))
    case .prelu, .preluWeightGrad, .hardsigmoidGrad, .ties: binary()
    case .leakyReluGrad: binary(.exact, ck_params(p0: 0.01, p1: 0))
    case .hardswishGrad: binary(.scaled(2))
    case .eluGrad: binary(.scaled(16), ck_params(p0: 1.5, p1: 0.75))
    case .softplusGrad: binary(.scaled(32), ck_params(p0: 1, p1: 20))
    case .seluGrad, .logSigmoidGrad, .mishGrad: binary(.scaled(32))
    case .preluGrad: MapKernel(kernel: kernel, inputs: 3)
    case .clamp: unary(.exact, ck_params(p0: -0.5, p1: 0.75))
    case .isnan, .isinf, .isfinite, .logicalNot, .signbit: unary(truth: true)
    case .bitNot: unary()
    // Each instruction set is within the bound of the exact value, so two are within twice the
    // bound.
    case .exp, .log: unary(.ulps(4))
    case .expm1: unary(.ulps(13))
    case .log1p: unary(.ulps(6))
    case .sin, .cos, .tan: unary(.ulps(5))
    case .asin, .acos, .atan: unary(.ulps(4))
    case .sinh, .cosh: unary(.ulps(4))
    case .asinh, .acosh, .atanh: unary(.ulps(5))
    case .exp2, .log2, .log10: unary(.ulps(4))
    case .tanh: unary(.ulps(14))
    case .tanhshrink: unary(.ulps(14))
    case .sigmoid: unary(.ulps(7))
    case .erf: unary(.ulps(14))
    case .erfc: unary(.ulps(10))
    case .softplus: unary(.scaled(16), ck_params(p0: 1, p1: 20))
    case .logSigmoid, .gelu, .geluTanh, .silu: unary(.scaled(16))
    case .erfinv, .ndtri: unary(.ulps(8))
    case .erfcx: unary(.ulps(16))
    case .ndtr: unary(.ulps(16))
    case .logNdtr: unary(.scaled(16))
    case .lgamma, .digamma, .trigamma, .i0, .i0e, .i1, .i1e, .entr: unary()
    case .in, .ine: unary(.exact, ck_params(p0: 2, p1: 0))
    case .zeta, .igamma, .igammac, .xlog1py: binary()
    case .inside, .outside: binary(.exact, ck_params(p0: -0.5, p1: 0.75))
    case .add, .sub, .mul, .div, .maximum, .minimum, .reluGrad: binary()
    case .fmax, .fmin, .copysign, .nextafter, .fmod, .remainder, .divTrunc,
      .divFloor, .bitAnd, .bitOr, .bitXor:
      binary()
    case .atan2, .hypot: binary(.ulps(4))
    case .pow: binary(.ulps(2))
    case .eq, .ne, .lt, .le, .gt, .ge, .logicalAnd, .logicalOr, .logicalXor: binary(truth: true)
    // In a + p·b, fused multiply-add does not round p·b.
    case .axpy: binary(.scaled(2), ck_params(p0: 1.5, p1: 0))
    case .geluGrad, .geluTanhGrad, .siluGrad: binary(.scaled(32))
    case .squaredError, .absoluteError, .weighted: binary()
    case .huberError, .smoothError: binary(.scaled(2), ck_params(p0: 0.75, p1: 0))
    case .logisticError: binary(.scaled(16))
    case .squaredErrorGrad, .absoluteErrorGrad, .where: MapKernel(kernel: kernel, inputs: 3)
    case .huberErrorGrad, .smoothErrorGrad:
      MapKernel(kernel: kernel, inputs: 3, parameters: ck_params(p0: 0.75, p1: 0))
    case .logisticErrorGrad, .sigmoidGrad, .tanhGrad, .weightedLogisticError,
      .weightedLogisticSlope:
      MapKernel(kernel: kernel, inputs: 3, agreement: .scaled(16))
    case .addcmul, .addcdiv, .lerp:
      MapKernel(
        kernel: kernel, inputs: 3, parameters: ck_params(p0: 1.5, p1: 0), agreement: .scaled(4))
    }
  }

  func parameters(for dtype: DType) -> ck_params {
    kernel == .clamp && !dtype.isFloatingPoint ? ck_params(p0: 2, p1: 100) : parameters
  }

  func output(_ dtype: DType) -> DType { givesTruth ? .bool : dtype }

  /// The types of the inputs; the condition of `where` is bool.
  func inputTypes(_ dtype: DType) -> [DType] {
    kernel == .where ? [.bool, dtype, dtype] : Array(repeating: dtype, count: inputs)
  }
}

/// Special values, then random numbers.
func sampleNumbers(_ dtype: DType, count: Int, seed: UInt64) -> [Double] {
  var random = SplitMix(seed: seed)
  let special: [Double] =
    switch dtype {
    case .float32:
      [
        .nan, .infinity, -.infinity, 0, -0.0, 1e-45, -1e-45, 1e-39, -1e-39, 0x1p-126, 3.4028235e38,
        -3.4028235e38, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0x1p24, 88.7, -87.4, -103.9,
      ]
    case .float64:
      [
        .nan, .infinity, -.infinity, 0, -0.0, 0x1p-1074, -0x1p-1074, 0x1.8p-1030, -0x1.8p-1030,
        0x1p-1022,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5,
        0x1p53, 709.7, -708.4, -745.1,
      ]
    case .int64: [0, 1, -1, 2, -2, -0x1p63, 0x1p62, 0x1p63 - 1024, 3, 100]
    case .int32: [0, 1, -1, 2, -2, -2_147_483_648, 2_147_483_647, 3, 100]
    case .uint8: [0, 1, 2, 254, 255, 100]
    case .bool: [0, 1]
    }
  let shuffled = (0..<special.count * 2).map { special[$0 % special.count] }
    .shuffled(using: &random)
  let rest = (0..<max(0, count - shuffled.count)).map { _ -> Double in
    switch dtype {
    case .float32, .float64: (random.uniform() - 0.5) * 16
    case .int64, .int32: Double(Int(random.next() % 41) - 20)
    case .uint8: Double(random.next() % 256)
    case .bool: Double(random.next() % 2)
    }
  }
  return Array((shuffled + rest).prefix(count))
}
