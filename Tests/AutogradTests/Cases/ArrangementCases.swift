import Autograd
import TestSupport

extension OpCase {
  /// Joining, and copies with the elements in another order. As in the table of views, the results
  /// of linear functions are squared.
  static let arrangements: [OpCase] = [
    OpCase("cat", [.real([2, 2]), .real([2, 3])]) { cat([$0[0], $0[1], $0[0]], dim: 1).squared },
    OpCase("cat", "with nothing", [.real([0]), .real([2, 3])]) {
      cat([$0[0], $0[1], $0[0]], dim: 1).squared
    },
    OpCase("hstack", [.real([2, 2]), .real([2, 1])]) { hstack([$0[0], $0[1]]).squared },
    OpCase("vstack", [.real([2]), .real([1, 2])]) { vstack([$0[0], $0[1]]).squared },
    OpCase("dstack", [.real([2]), .real([1, 2])]) { dstack([$0[0], $0[1]]).squared },
    OpCase("columnStack", [.real([2]), .real([2, 3])]) { columnStack([$0[0], $0[1]]).squared },
    OpCase("stack", [.real([2, 3]), .real([2, 3])]) { stack([$0[0], $0[1]], dim: -1).squared },
    OpCase("join", [.real([2]), .real([2])]) {
      cat([stack([$0[0], $0[1]]), $0[0].unsqueeze(0)]).squared
    },
    OpCase("blockDiag", [.real([2, 3]), .real([2]), .real([])]) { blockDiag($0).squared },

    OpCase("repeat", [.real([2, 3])]) { $0[0].repeat([2, 1, 2]).squared },
    OpCase("tile", [.real([2, 3])]) { $0[0].tile([2]).squared },
    OpCase("repeatInterleave", [.real([2, 3])]) { $0[0].repeatInterleave(2, dim: 1).squared },
    OpCase("repeatInterleave", "each its own", [.real([3, 2])]) {
      $0[0].repeatInterleave(Tensor([2, 0, 1]), dim: 0).squared
    },
    OpCase("flip", [.real([2, 3])]) { $0[0].flip([0, 1]) * $0[0] },
    OpCase("flipped", [.real([2, 3])]) { $0[0].fliplr() * $0[0].flipud() },
    OpCase("rot90", [.real([2, 3])]) { $0[0].rot90().squared },
    OpCase("rot90", "the other way", [.real([2, 3])]) { $0[0].rot90(k: -1).squared },
    OpCase("roll", [.real([2, 3])]) { $0[0].roll(2) * $0[0] },
    OpCase("rolled", "two dimensions", [.real([2, 3])]) {
      $0[0].roll([1, -2], dims: [0, -1]) * $0[0]
    },

    OpCase("tril", [.real([3, 4])]) { $0[0].tril(diagonal: 1).squared },
    OpCase("triu", [.real([2, 3, 3])]) { $0[0].triu().squared },
    OpCase("diag", [.real([3])]) { $0[0].diag(diagonal: -1).squared },
    OpCase("diag", "of a matrix", [.real([3, 2])]) { $0[0].diag().squared },
    OpCase("diagflat", [.real([2, 2])]) { $0[0].diagflat(offset: 1).squared },
    OpCase("diagEmbed", [.real([2, 3])]) { $0[0].diagEmbed(offset: 1, dim1: 0, dim2: 2).squared },
    OpCase("diagonalScatter", [.real([3, 3]), .real([2])]) {
      $0[0].diagonalScatter($0[1], offset: 1).squared
    },
    OpCase("selectScatter", [.real([2, 3]), .real([2])]) {
      $0[0].selectScatter($0[1], dim: 1, index: -1).squared
    },
    OpCase("sliceScatter", [.real([5, 2]), .real([2, 2])]) {
      $0[0].sliceScatter($0[1], start: 1, end: -1, step: 2).squared
    },
    OpCase("fill", [.real([2, 3])]) { $0[0].fill(2).squared },
    OpCase("fill", "a tensor", [.real([2, 3]), .real([])]) { $0[0].fill($0[1]).squared },

    OpCase("broadcastTensors", [.real([2, 1]), .real([3])]) {
      let x = broadcastTensors($0)
      return x[0] * x[1]
    },
    OpCase("meshgrid", [.real([2]), .real([3])]) {
      let x = meshgrid($0, indexing: .xy)
      return x[0] * x[1]
    },
    OpCase("cartesianProd", [.real([2]), .real([3])]) { cartesianProd($0).squared },
    OpCase("combinations", [.real([4])]) { $0[0].combinations(r: 3).squared },
  ]
}
