import Autograd
import TestSupport

extension OpCase {
  static let indexing: [OpCase] = [
    OpCase("subscript", "integers", [.real([2, 3])]) { $0[0][1, -1].squared },
    OpCase("subscript", "ranges", [.real([4, 5])]) { $0[0][1..<3, .slice(by: 2)].squared },
    OpCase("subscript", "new axis", [.real([2, 3])]) { $0[0][.ellipsis, .newAxis, 1].squared },
    OpCase("subscript", "indices", [.real([3, 2]), .indices([2, 2], below: 3)]) {
      $0[0][$0[1]].squared
    },
    OpCase("subscript", "list", [.real([3, 4])]) { $0[0][.all, [0, 2, 0]].squared },
    OpCase("taken", "separated indices", [.real([2, 3, 4])]) {
      $0[0][[0, 1, 1], .all, [[3], [0]]].squared
    },
    OpCase("subscript", "mask", [.real([2, 3]), .mask([2, 3])]) { $0[0][$0[1]].squared },
    OpCase("subscript", "mixture", [.real([3, 4, 2]), .mask([3])]) {
      $0[0][$0[1], 1..<3, .newAxis, -1].squared
    },

    OpCase("assign", "range", [.real([4]), .real([2])]) {
      let y = $0[0] * 2
      y[1..<3] = $0[1]
      return y.squared
    },
    OpCase("assign", "to a constant", [.real([3]), .real([])]) {
      let y = Tensor.zerosLike($0[0])
      y[0] = $0[1]
      y[1...] = $0[0][..<2] * $0[1]
      return y.squared
    },
    OpCase("recordReplacement", "indices, broadcast", [.real([3, 2]), .real([2])]) {
      let y = $0[0] * $0[0]
      y[[0, 2]] = $0[1]
      return y.squared
    },
    OpCase("replaced", "mask", [.real([2, 3]), .mask([2, 3])]) {
      let y = $0[0] * $0[0]
      y[$0[1]] = 0.5
      y[.all, 0] *= 3
      return y.squared
    },

    OpCase("gather", [.real([3, 4]), .indices([2, 3], below: 3)]) {
      $0[0].gather(dim: 0, index: $0[1]).squared
    },
    OpCase("scatter", [.real([2, 3]), .real([2, 2])]) {
      let y = $0[0].scatter(dim: 1, index: Tensor([[2, 0], [1, 2]]), src: $0[1])
      return y.squared
    },
    OpCase("scatter", "number", [.real([2, 3]), .indices([2, 2], below: 3)]) {
      $0[0].scatter(dim: 1, index: $0[1], value: 0.5).squared
    },
    OpCase("scatterAdd", [.real([2, 3]), .real([3, 3]), .indices([3, 3], below: 2)]) {
      $0[0].scatterAdd(dim: 0, index: $0[2], src: $0[1]).squared
    },
    OpCase("cropped", [.real([2, 3]), .real([3, 4]), .indices([2, 3], below: 2)]) {
      $0[0].scatterAdd(dim: 0, index: $0[2], src: $0[1]).squared
    },
    OpCase("takeAlongDim", [.real([3, 4])]) {
      $0[0].takeAlongDim(Tensor([[-1], [0], [2]]), dim: 1).squared
    },
    OpCase("takeAlongDim", "flat", [.real([2, 3]), .indices([2, 2], below: 6)]) {
      $0[0].takeAlongDim($0[1]).squared
    },
    OpCase("indexSelect", [.real([2, 3, 2]), .indices([4], below: 3)]) {
      $0[0].indexSelect(dim: 1, index: $0[1]).squared
    },
    OpCase("indexAdd", [.real([2, 3]), .real([2, 4]), .indices([4], below: 3)]) {
      $0[0].indexAdd(dim: 1, index: $0[2], source: $0[1]).squared
    },
    OpCase("take", [.real([2, 3]), .indices([2, 2], below: 6)]) { $0[0].take($0[1]).squared },
    OpCase("take", "in two dimensions", [.real([2, 3])]) {
      $0[0].take(Tensor([[0, 5], [2, 2], [1, 3]])).squared
    },
    OpCase("taken", [.real([2, 3])]) { $0[0].T.take(Tensor([-1, 0, -1])).squared },
    OpCase("scattered", "adjoint of take", [.real([3])]) { $0[0].take(Tensor([0, 0, 2])).squared },
    OpCase("added", [.real([3]), .real([4])]) {
      $0[0].squared.indexAdd(dim: 0, index: Tensor([2, 0, 2, 1]), source: $0[1].squared)
    },

    OpCase("where", [.mask([2, 3]), .real([2, 3]), .real([3])]) {
      `where`($0[0], $0[1], $0[2]).squared
    },
    OpCase("where", "numbers", [.mask([3]), .real([2, 3])]) {
      `where`($0[0], $0[1], 2).squared * `where`($0[0], 0.5, $0[1])
    },
    OpCase("maskedFill", [.real([2, 3]), .mask([3])]) { $0[0].maskedFill($0[1], 0.5).squared },
    OpCase("maskedFill", "0-d tensor", [.real([3]), .mask([2, 3]), .real([])]) {
      $0[0].maskedFill($0[1], $0[2]).squared
    },
    OpCase("maskedSelect", [.real([3]), .mask([2, 3])]) { $0[0].maskedSelect($0[1]).squared },
  ]
}
