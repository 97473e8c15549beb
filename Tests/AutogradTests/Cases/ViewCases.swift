import Autograd
import TestSupport

extension OpCase {
  /// The results of linear functions are squared, so that the second derivative is not zero.
  static let views: [OpCase] = [
    OpCase("reshape", [.real([2, 6])]) { $0[0].reshape([3, -1]).squared },
    OpCase("reshape", "copy", [.real([2, 3])]) { $0[0].T.reshape([6]).squared },
    OpCase("view", [.real([2, 6])], limits: .fixedStrides) { $0[0].view([4, 3]).squared },
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
    OpCase("exchanged", "twice", [.real([2, 3, 2])]) { $0[0].mT.transpose(0, 1).squared },
    OpCase("expand", [.real([2, 1])]) { $0[0].expand([3, 2, 4]).squared },
    OpCase("reshapeAs", [.real([6]), .constant([2, 3])]) { $0[0].reshapeAs($0[1]) * $0[1] },
    OpCase("viewed", [.real([6]), .constant([2, 3])], limits: .fixedStrides) {
      $0[0].viewAs($0[1]).squared
    },
    OpCase("atleast1d", [.real([])]) { $0[0].atleast1d().squared },
    OpCase("atleast2d", [.real([3])]) { $0[0].atleast2d().squared },
    OpCase("atleast3d", [.real([2, 3])]) { $0[0].atleast3d().squared },
    OpCase("expandAs", [.real([3]), .constant([2, 3])]) { $0[0].expandAs($0[1]) * $0[1] },
    OpCase("clone", [.real([2, 3])]) { $0[0].clone().squared },
    OpCase("contiguous", [.real([2, 3])]) { $0[0].T.contiguous().squared },
    OpCase("to", [.real([3])], limits: .fixedDType) { $0[0].to(.float64).squared },

    OpCase("rewriteBase", [.real([2, 3]), .real([3])]) { x in
      let y = x[0] * 1
      y[0].mul_(x[1])
      return y.squared
    },
    OpCase("erased", [.real([2, 3]), .real([2])]) { x in
      let y = x[0] * 1
      y.T[1].copy_(x[1])
      return y.squared
    },

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
    OpCase("tensorSplit", [.real([5])]) {
      let parts = $0[0].tensorSplit(2)
      return parts[0][..<2] * parts[1]
    },
    OpCase("tensorSplit", "places", [.real([2, 5])]) {
      let parts = $0[0].tensorSplit([1, 0, 3], dim: 1)
      return parts[0] * parts[2] + parts[3].sum(dim: 1, keepdim: true)
    },
    OpCase("hsplit", [.real([2, 4])]) {
      let parts = $0[0].hsplit(2)
      return parts[0] * parts[1]
    },

    OpCase("unfold", "overlapping", [.real([2, 5])]) {
      $0[0].unfold(dim: 1, size: 3, step: 1).squared
    },
    OpCase("unfold", "with gaps, few windows", [.real([5, 2])]) {
      $0[0].unfold(dim: 0, size: 2, step: 3).squared
    },
    OpCase("unfold", "more elements than windows", [.real([5, 2])]) {
      $0[0].unfold(dim: 0, size: 4, step: 1).squared
    },
    OpCase("folded", "0-d", [.real([])]) { $0[0].unfold(dim: 0, size: 1, step: 1).squared },
    OpCase("asStrided", [.real([6])], limits: .fixedStrides) {
      $0[0].asStrided([2, 3], [2, 1], storageOffset: 1).squared
    },
    OpCase("asStrided", "of an expanded view", [.real([3])], limits: .fixedStrides) {
      $0[0].clone().expand([2, 3]).asStrided([2, 2], [1, 1]).squared
    },
  ]
}

extension Tensor {
  /// The element-wise square, which is not linear.
  var squared: Tensor { self * self }
}
