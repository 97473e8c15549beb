import Autograd
import TestSupport

extension OpCase {
  static let reductions: [OpCase] = sums + extremes + moments + norms + softmaxes

  private static let sums: [OpCase] = [
    OpCase("sum", [.real([2, 3])]) { $0[0].sum() },
    OpCase("sum", "a dimension", [.real([2, 3])]) { $0[0].sum(dim: 0) },
    OpCase("sum", "outer dimensions", [.real([2, 3, 2])]) {
      $0[0].sum(dim: [0, -1], keepdim: true)
    },
    OpCase("sum", "0-d", [.real([])]) { $0[0].sum(dim: 0) },
    OpCase("sum", "nothing", [.real([2, 0])]) { $0[0].sum(dim: 1) },
    OpCase("mean", [.real([2, 3])]) { $0[0].mean() },
    OpCase("mean", "a dimension", [.real([2, 3])]) { $0[0].mean(dim: -1, keepdim: true) },
    OpCase("prod", [.real([5])]) { $0[0].prod() },
    OpCase("prod", "a dimension", [.real([2, 3])]) { $0[0].prod(dim: 0, keepdim: true) },
    OpCase("prod", "several dimensions", [.real([2, 3, 2])]) { $0[0].prod(dim: [0, 2]) },
    OpCase("prod", "a zero", [.values([3], [2, 0, 3])]) { $0[0].prod() },
    OpCase("prod", "two zeros", [.values([3], [0, 0, 3])]) { $0[0].prod() },
    OpCase("prod", "one element", [.real([2, 1])]) { $0[0].prod(dim: 1) },
    OpCase("nansum", [.real([2, 3])]) { $0[0].nansum(dim: 1) },
    OpCase("nanmean", [.real([2, 3])]) { $0[0].nanmean(dim: 0, keepdim: true) },
    OpCase("sumToSize", [.real([2, 3, 2])]) { $0[0].sumToSize([3, 1]) },
  ]

  private static let extremes: [OpCase] = [
    OpCase("recordTies", "max", [.real([2, 3])]) { $0[0].max() },
    OpCase("recordTies", "min", [.real([2, 3])]) { $0[0].min() },
    OpCase("recordTies", "amax", [.real([2, 3])]) { $0[0].amax(dim: 1) },
    OpCase("recordTies", "amax over several", [.real([2, 3, 2])]) {
      $0[0].amax(dim: [0, 2], keepdim: true)
    },
    OpCase("recordTies", "amin", [.real([2, 3])]) { $0[0].amin(dim: -2, keepdim: true) },
    OpCase("recordTies", "0-d", [.real([])]) { $0[0].amax(dim: 0) },
  ]

  private static let moments: [OpCase] = [
    OpCase("var", [.real([5])]) { $0[0].var() },
    OpCase("var", "a dimension", [.real([3, 2])]) { $0[0].var(dim: 0, keepdim: true) },
    OpCase("var", "biased", [.real([2, 3])]) { $0[0].var(dim: [0, 1], correction: 0) },
    OpCase("deviation", [.real([3, 2])]) { $0[0].deviation([0]) },
    OpCase("std", [.real([5])]) { $0[0].std() },
    OpCase("std", "a real correction", [.real([5])]) { $0[0].std(correction: 1.5) },
    OpCase("std", "a dimension", [.real([3, 2])]) { $0[0].std(dim: -1, correction: 0) },
    OpCase("varMean", [.real([2, 3])]) { x in
      let (variance, mean) = x[0].varMean(dim: 1)
      return variance + mean
    },
    OpCase("stdMean", [.real([2, 3])]) { x in
      let (deviation, mean) = x[0].stdMean(dim: 1, keepdim: true)
      return deviation + mean
    },
  ]

  private static let norms: [OpCase] = [
    OpCase("euclideanNorm", [.real([2, 3])]) { $0[0].norm() },
    OpCase("euclideanNorm", "a dimension", [.real([2, 3])]) { $0[0].norm(dim: 1, keepdim: true) },
    OpCase("euclideanNorm", "an element 0", [.values([3], [3, -4, 0])]) { $0[0].norm() },
    OpCase("norm", "p = 1", [.real([2, 3])]) { $0[0].norm(1, dim: 0) },
    OpCase("norm", "p = ∞", [.real([2, 3])]) { $0[0].norm(.infinity) },
    OpCase("norm", "p = -∞", [.real([2, 3])]) { $0[0].norm(-.infinity, dim: 1) },
    OpCase("powerNorm", "p = 3", [.real([2, 3])]) { $0[0].norm(3) },
    OpCase("powerNorm", "p = 3, an element 0", [.values([3], [3, -4, 0])]) { $0[0].norm(3) },
    OpCase("powerNorm", "p = 1.5", [.real([2, 3])]) { $0[0].norm(1.5, dim: 1) },
    OpCase("powerNorm", "p = 0.5", [.real([2, 3])]) { $0[0].norm(0.5, dim: 0, keepdim: true) },
    OpCase("powerNorm", "p = -1", [.real([4], in: 0.5...2)]) { $0[0].norm(-1) },
  ]

  private static let softmaxes: [OpCase] = [
    OpCase("softmax", [.real([2, 3])]) { $0[0].softmax(dim: 1) },
    OpCase("softmax", "outer dimension", [.real([2, 3, 2])]) { $0[0].softmax(dim: 0) },
    OpCase("softmax", "0-d", [.real([])]) { $0[0].softmax(dim: 0) },
    OpCase("logSoftmax", [.real([2, 3])]) { $0[0].logSoftmax(dim: -1) },
    OpCase("logSoftmax", "middle dimension", [.real([2, 3, 2])]) { $0[0].logSoftmax(dim: 1) },
    OpCase("logsumexp", [.real([2, 3])]) { $0[0].logsumexp() },
    OpCase("logsumexp", "a dimension", [.real([2, 3])]) { $0[0].logsumexp(dim: 0) },
    OpCase("logsumexp", "outer dimensions", [.real([2, 3, 2])]) {
      $0[0].logsumexp(dim: [0, 2], keepdim: true)
    },
  ]
}
