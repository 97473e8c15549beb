import Autograd
import TestSupport

extension OpCase {
  static let specialFunctions: [OpCase] = gammaFunctions + normalFunctions + besselFunctions

  private static let gammaFunctions: [OpCase] = [
    OpCase("lgamma", [.real([2, 3], in: 0.3...4)]) { $0[0].lgamma() },
    OpCase("lgamma", "below 0", [.values([3], [-2.4, -1.7, -0.3])]) { $0[0].lgamma() },
    OpCase("digamma", [.values([4], [-2.4, -0.6, 0.4, 12])]) { $0[0].digamma() },
    OpCase("polygamma", "0", [.values([3], [-1.4, 0.4, 12])]) { $0[0].polygamma(0) },
    OpCase("polygamma", "1", [.values([3], [-1.4, 0.4, 12])]) { $0[0].polygamma(1) },
    OpCase("polygamma", "3", [.values([3], [-1.4, 0.6, 12])]) { $0[0].polygamma(3) },
    OpCase("mvlgamma", [.real([2, 3], in: 1.3...4)]) { $0[0].mvlgamma(3) },
    OpCase("igamma", [.constant([2, 1], in: 0.5...4), .real([3], in: 0.3...4)]) {
      $0[0].igamma($0[1])
    },
    OpCase("igammac", [.constant([2, 1], in: 0.5...4), .real([3], in: 0.3...4)]) {
      $0[0].igammac($0[1])
    },
    OpCase("zeta", [.constant([2, 1], in: 1.5...4), .real([3], in: 0.5...4)]) { $0[0].zeta($0[1]) },
    OpCase("zeta", "of a number", [.real([3], in: 0.5...4)]) { zeta(2, $0[0]) },
  ]

  private static let normalFunctions: [OpCase] = [
    OpCase("erfinv", [.real([2, 3], in: -0.9...0.9)]) { $0[0].erfinv() },
    OpCase("erfcx", [.real([2, 3])]) { $0[0].erfcx() },
    OpCase("ndtr", [.real([2, 3])]) { $0[0].ndtr() },
    OpCase("logNdtr", [.real([2, 3])]) { $0[0].logNdtr() },
    OpCase("logNdtr", "far below 0", [.real([3], in: -12...(-8))]) { $0[0].logNdtr() },
    OpCase("ndtri", [.real([2, 3], in: 0.05...0.95)]) { $0[0].ndtri() },
    OpCase("entr", [.real([2, 3], in: 0.3...2)]) { $0[0].entr() },
    OpCase("xlog1py", [.real([2, 1]), .real([3], in: -0.6...2)]) { $0[0].xlog1py($0[1]) },
    OpCase("xlog1py", "of a number", [.real([3], in: -0.6...2)]) { xlog1py(1.5, $0[0]) },
  ]

  private static let besselFunctions: [OpCase] = [
    OpCase("i0", [.real([2, 3], in: -3...3)]) { $0[0].i0() },
    OpCase("bessel", "i1'", [.values([4], [-9, -0.4, 0.5, 12])]) { $0[0].i1() },
    OpCase("bessel", "i1e'", [.values([4], [-9, -0.4, 0.5, 12])]) { $0[0].i1e() },
    OpCase("bell", "erf'", [.real([2, 3])]) { $0[0].erf() },
    OpCase("i0e", [.values([4], [-9, -0.4, 0.5, 12])]) { $0[0].i0e() },
    OpCase("i1", [.real([2, 3], in: -3...3)]) { $0[0].i1() },
    OpCase("i1e", [.values([4], [-9, -0.4, 0.5, 12])]) { $0[0].i1e() },
  ]
}
