import Autograd
import TestSupport

extension OpCase {
  static let tensorProducts: [OpCase] = sums + tensors + matrixFunctions + distances

  private static let sums: [OpCase] = [
    OpCase("addmv", [.real([]), .real([2, 3]), .real([3])]) {
      $0[0].addmv($0[1], $0[2], beta: 0.5, alpha: 3)
    },
    OpCase("addr", [.real([3]), .real([2]), .real([3])]) {
      $0[0].addr($0[1], $0[2], beta: -2, alpha: 0.5)
    },
    OpCase("addbmm", [.real([2, 1]), .real([3, 2, 2]), .real([3, 2, 3])]) {
      $0[0].addbmm($0[1], $0[2], beta: 2)
    },
    OpCase("baddbmm", [.real([2]), .real([3, 2, 2]), .real([3, 2, 2])]) {
      $0[0].baddbmm($0[1], $0[2], alpha: -1)
    },
  ]

  private static let tensors: [OpCase] = [
    OpCase("inner", [.real([2, 3]), .real([2, 2, 3])]) { $0[0].inner($0[1]) },
    OpCase("inner", "0-d", [.real([]), .real([2])]) { $0[0].inner($0[1]) },
    OpCase("vecdot", [.real([2, 1, 3]), .real([2, 3])]) { $0[0].vecdot($0[1], dim: 1) },
    OpCase("cross", [.real([3, 2]), .real([3, 1])]) { $0[0].cross($0[1], dim: 0) },
    OpCase("tensordot", [.real([2, 3, 2]), .real([2, 2, 3])]) {
      $0[0].tensordot($0[1], dims: [0, 1], [1, -1])
    },
    OpCase("tensordot", "size 1", [.real([2, 1]), .real([3, 2])]) {
      $0[0].tensordot($0[1], dims: 1)
    },
    OpCase("kron", [.real([2]), .real([2, 3])]) { $0[0].kron($0[1]) },
    OpCase("multiDot", [.real([2]), .real([2, 3]), .real([3, 1]), .real([1, 2]), .real([2])]) {
      multiDot($0)
    },
  ]

  private static let matrixFunctions: [OpCase] = [
    OpCase("trace", [.real([2, 3])]) { $0[0].trace().squared },
    OpCase("vander", "with a zero", [.values([3], [0, -1.5, 2])]) { $0[0].vander(n: 4) },
    OpCase("matrixPower", "0", [.real([2, 2])]) { $0[0].matrixPower(0) * $0[0] },
    OpCase("matrixPower", "5", [.real([2, 2, 2])]) { $0[0].matrixPower(5) },
    OpCase("matrixNorm", "Frobenius", [.real([2, 3])]) { $0[0].matrixNorm() },
    OpCase("matrixNorm", "1", [.real([2, 3, 2])]) { $0[0].matrixNorm(.p(1), dims: (2, 1)) },
    OpCase("matrixNorm", "-∞", [.real([3, 2])]) {
      $0[0].matrixNorm(.p(-.infinity), keepdim: true).squared
    },
  ]

  private static let distances: [OpCase] =
    [0, 1, 1.5, 2, 3, .infinity].map { p in
      OpCase("cdist", "p = \(p)", [.real([2, 1, 3]), .real([2, 3])], orders: p == 0 ? 1 : 2) {
        $0[0].cdist($0[1], p: p) + $0[0].sum() * $0[1].sum()
      }
    } + [
      OpCase("euclidean", [.real([2, 2, 3]), .real([3, 3])]) {
        $0[0].cdist($0[1], mode: .product)
      }
    ]
}
