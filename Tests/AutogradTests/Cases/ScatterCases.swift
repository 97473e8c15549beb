import Autograd
import TestSupport

extension OpCase {
  static let scatters: [OpCase] = indexWrites + scatterReductions

  private static let indexWrites: [OpCase] = [
    OpCase("indexAdd", "scaled", [.real([2, 3]), .real([2, 4]), .indices([4], below: 3)]) {
      $0[0].indexAdd(dim: 1, index: $0[2], source: $0[1], alpha: -2).squared
    },
    OpCase("indexCopy", [.real([3, 2]), .real([2, 2])]) {
      $0[0].indexCopy(dim: 0, index: Tensor([2, 0]), source: $0[1]).squared
    },
    OpCase("indexCopy", "0-d", [.real([]), .real([])]) {
      $0[0].indexCopy(dim: 0, index: Tensor([0]), source: $0[1]).squared
    },
    OpCase("indexFill", "number", [.real([3, 2])]) {
      $0[0].indexFill(dim: 0, index: Tensor([-1, 0]), value: 0.5).squared
    },
    OpCase("indexFill", "0-d tensor, an index twice", [.real([2, 3]), .real([])]) {
      $0[0].indexFill(dim: 1, index: Tensor([2, 0, 2]), value: $0[1]).squared
    },
    OpCase("put", [.real([2, 3]), .real([2])]) {
      $0[0].put(Tensor([-1, 1]), $0[1]).squared
    },
    OpCase("put", "accumulated", [.real([2, 3]), .real([2, 2]), .indices([4], below: 6)]) {
      $0[0].put($0[2], $0[1], accumulate: true).squared
    },
    OpCase("indexPut", [.real([3, 4]), .real([2])]) {
      $0[0].indexPut([1..., [0, 2]], $0[1]).squared
    },
    OpCase("indexPut", "accumulated", [.real([3, 2, 4]), .real([3, 2])]) {
      $0[0].indexPut([[0, 2, 0], .all, [3, 1, 3]], $0[1], accumulate: true).squared
    },
    OpCase("added", "range", [.real([4]), .real([])]) {
      $0[0].indexPut([1..<3], $0[1], accumulate: true).squared
    },
  ]

  private static let scatterReductions: [OpCase] =
    ScatterReduction.allCases.flatMap { reduction in
      [true, false].map { includeSelf in
        OpCase(
          "scatterReduce", "\(reduction), \(includeSelf ? "with" : "without") self",
          [.real([2, 4], in: 0.5...2), .real([2, 3], in: 0.5...2), .indices([2, 3], below: 4)]
        ) {
          $0[0].scatterReduce(
            dim: 1, index: $0[2], src: $0[1], reduce: reduction, includeSelf: includeSelf
          ).squared
        }
      }
    } + [
      OpCase("extreme", "slices", [.real([3, 2]), .real([4, 2]), .indices([4], below: 3)]) {
        $0[0].indexReduce(dim: 0, index: $0[2], source: $0[1], reduce: .amax).squared
      },
      OpCase("multiplied", "zeros", [.values([3], [0, 2, 3]), .values([5], [4, 0, 0, 5, 6])]) {
        $0[0].indexReduce(dim: 0, index: Tensor([0, 1, 1, 1, 0]), source: $0[1], reduce: .prod)
      },
      OpCase("indexReduce", "mean", [.real([2, 3]), .real([2, 4]), .indices([4], below: 3)]) {
        $0[0].indexReduce(dim: 1, index: $0[2], source: $0[1], reduce: .mean).squared
      },
    ]
}
