import Autograd
import TestSupport

extension OpCase {
  /// Each row multiplies its result with itself where the op alone is linear, so that the second
  /// derivative is not zero.
  static let views: [OpCase] = [
    OpCase("reshape", [.real([2, 6])]) { $0[0].reshape([3, -1]).squared },
    OpCase("reshape", "copy", [.real([2, 3])]) { $0[0].T.reshape([6]).squared },
    OpCase("view", [.real([2, 6])]) { $0[0].view([4, 3]).squared },
    OpCase("flatten", [.real([2, 3, 2])]) { $0[0].flatten(startDim: 1).squared },
    OpCase("unflatten", [.real([2, 6])]) { $0[0].unflatten(dim: 1, sizes: [2, -1]).squared },
    OpCase("squeeze", [.real([1, 3, 1])]) { $0[0].squeeze().squared },
    OpCase("squeeze", "one", [.real([1, 3, 1])]) { $0[0].squeeze(-1).squared },
    OpCase("unsqueeze", [.real([2, 3])]) { $0[0].unsqueeze(1).squared },
    OpCase("reshaped", "of a permuted tensor", [.real([2, 3])]) { $0[0].T.unsqueeze(0).squared },
    OpCase("permute", [.real([2, 3, 4])]) { $0[0].permute([2, 0, 1]).squared },
    OpCase("transpose", [.real([2, 3, 2])]) { $0[0].transpose(0, -1).squared },
    OpCase("T", [.real([2, 3])]) { $0[0].T.squared },
    OpCase("mT", [.real([2, 3, 2])]) { $0[0].mT.squared },
    OpCase("movedim", [.real([2, 3, 2])]) { $0[0].movedim(0, 2).squared },
    OpCase("permuted", "twice", [.real([2, 3, 2])]) { $0[0].movedim([0, 1], [2, 0]).mT.squared },
    OpCase("expand", [.real([2, 1])]) { $0[0].expand([3, 2, 4]).squared },
    OpCase("broadcastTo", [.real([3])]) { $0[0].broadcastTo([2, 3]).squared },
    OpCase("expandAs", [.real([3]), .constant([2, 3])]) { $0[0].expandAs($0[1]) * $0[1] },
    OpCase("clone", [.real([2, 3])]) { $0[0].clone().squared },
    OpCase("contiguous", [.real([2, 3])]) { $0[0].T.contiguous().squared },
    OpCase("to", [.real([3])]) { $0[0].to(.float64).squared },

    OpCase("select", [.real([2, 3])]) { $0[0].select(dim: 1, index: -1).squared },
    OpCase("window", "of a window", [.real([3, 4])]) {
      $0[0].narrow(dim: 0, start: 1, length: 2).select(dim: 1, index: 2).squared
    },
    OpCase("embedded", "by a window", [.real([3])]) {
      $0[0].narrow(dim: 0, start: 0, length: 2).squared * $0[0].narrow(dim: 0, start: 1, length: 2)
    },
    OpCase("narrow", [.real([4, 2])]) { $0[0].narrow(dim: 0, start: 1, length: 2).squared },
    OpCase("diagonal", [.real([2, 3, 4])]) { $0[0].diagonal(offset: 1, dim1: 1, dim2: 2).squared },
    OpCase("split", [.real([5, 2])]) {
      let parts = $0[0].split(2)
      return parts[0] * parts[1] * parts[2]
    },
    OpCase("part", "sizes", [.real([2, 5])]) {
      let parts = $0[0].split([1, 0, 4], dim: 1)
      return parts[0] * parts[2]
    },
    OpCase("chunk", [.real([4])]) {
      let parts = $0[0].chunk(2)
      return parts[0] * parts[1]
    },
    OpCase("unbind", [.real([2, 3])]) {
      let parts = $0[0].unbind(dim: 1)
      return parts[0] * parts[1] + parts[2]
    },

    OpCase("cat", [.real([2, 2]), .real([2, 3])]) { cat([$0[0], $0[1], $0[0]], dim: 1).squared },
    OpCase("stack", [.real([2, 3]), .real([2, 3])]) { stack([$0[0], $0[1]], dim: -1).squared },
    OpCase("join", [.real([2]), .real([2])]) {
      cat([stack([$0[0], $0[1]]), $0[0].unsqueeze(0)]).squared
    },
    OpCase("repeat", [.real([2, 3])]) { $0[0].repeat([2, 1, 2]).squared },
    OpCase("flip", [.real([2, 3])]) { $0[0].flip([0, 1]) * $0[0] },
    OpCase("tril", [.real([3, 4])]) { $0[0].tril(diagonal: 1).squared },
    OpCase("triu", [.real([2, 3, 3])]) { $0[0].triu().squared },
  ]
}

extension Tensor {
  /// A result that is not linear in this one.
  var squared: Tensor { self * self }
}
