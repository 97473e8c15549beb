import Autograd
import TestSupport

extension OpCase {
  static let products: [OpCase] = matrices + maps + sumsOfProducts

  private static let matrices: [OpCase] = [
    OpCase("product", "matrices", [.real([2, 3]), .real([3, 2])]) { $0[0].matmul($0[1]) },
    OpCase("product", "transposed", [.real([3, 2]), .real([4, 3])]) { $0[0].mT.matmul($0[1].mT) },
    OpCase("product", "vectors", [.real([3]), .real([3])]) { $0[0].matmul($0[1]) },
    OpCase("product", "row", [.real([3]), .real([3, 2])]) { $0[0].matmul($0[1]) },
    OpCase("product", "column", [.real([2, 3]), .real([3])]) { $0[0].matmul($0[1]) },
    OpCase("product", "row and batch", [.real([3]), .real([2, 3, 2])]) { $0[0].matmul($0[1]) },
    OpCase("product", "batch and column", [.real([2, 2, 3]), .real([3])]) { $0[0].matmul($0[1]) },
    OpCase("product", "batches", [.real([2, 2, 3]), .real([2, 3, 2])]) { $0[0].matmul($0[1]) },
    OpCase("product", "batch and matrix", [.real([2, 2, 3]), .real([3, 2])]) {
      $0[0].matmul($0[1])
    },
    OpCase("product", "matrix and batch", [.real([2, 3]), .real([2, 3, 2])]) {
      $0[0].matmul($0[1])
    },
    OpCase("product", "broadcast batches", [.real([2, 1, 2, 3]), .real([2, 3, 1])]) {
      $0[0].matmul($0[1])
    },
    OpCase("product", "sum of no elements", [.real([2, 0]), .real([0, 3])]) { $0[0].matmul($0[1]) },
    OpCase("mm", [.real([2, 3]), .real([3, 2])]) { $0[0].mm($0[1]) },
    OpCase("bmm", [.real([2, 2, 3]), .real([2, 3, 1])]) { $0[0].bmm($0[1]) },
    OpCase("mv", [.real([2, 3]), .real([3])]) { $0[0].mv($0[1]) },
    OpCase("dotted", [.real([3]), .real([3])]) { $0[0].dot($0[1]) },
    OpCase("outer", [.real([3]), .real([2])]) { $0[0].outer($0[1]) },
    OpCase("addmm", [.real([2]), .real([2, 3]), .real([3, 2])]) { $0[0].addmm($0[1], $0[2]) },
    OpCase("addmm", "scaled", [.real([2, 1]), .real([2, 3]), .real([3, 2])]) {
      $0[0].addmm($0[1], $0[2], beta: 0.5, alpha: -2)
    },
  ]

  private static let maps: [OpCase] = [
    OpCase("linear", [.real([2, 3]), .real([4, 3]), .real([4])]) { linear($0[0], $0[1], $0[2]) },
    OpCase("linear", "without bias", [.real([2, 3]), .real([4, 3])]) { linear($0[0], $0[1]) },
    OpCase("linear", "vector", [.real([3]), .real([2, 3]), .real([2])]) {
      linear($0[0], $0[1], $0[2])
    },
    OpCase("linear", "batch", [.real([2, 2, 3]), .real([2, 3]), .real([2])]) {
      linear($0[0], $0[1], $0[2])
    },
  ]

  private static let sumsOfProducts: [OpCase] = [
    OpCase("einsum", "matrix product", [.real([2, 3]), .real([3, 2])]) {
      einsum("ij,jk->ki", $0[0], $0[1])
    },
    OpCase("einsum", "bilinear", [.real([2, 3]), .real([2, 3, 2]), .real([2, 2])]) {
      einsum("bi,oij,bj->bo", $0[0], $0[1].permute([2, 1, 0]), $0[2])
    },
    OpCase("einsum", "trace", [.real([3, 3])]) { einsum("ii", $0[0]) },
    OpCase("einsum", "outer", [.real([2]), .real([3])]) { einsum("i,j->ij", $0[0], $0[1]) },
    OpCase("einsum", "ellipsis", [.real([2, 2, 3]), .real([3, 2])]) {
      einsum("...ij,jk->...k", $0[0], $0[1])
    },
    OpCase("einsum", "broadcast size", [.real([2, 3]), .real([1])]) {
      einsum("ij,j->i", $0[0], $0[1])
    },
  ]
}
