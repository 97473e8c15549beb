import Autograd
import TestSupport

extension OpCase {
  /// Functions that select elements: the gradient goes to the element at the index, or is shared by
  /// all elements equal to it.
  static let ordering: [OpCase] = selections + sharings + quantiles

  private static let selections: [OpCase] = [
    OpCase("selecting", "max", [.real([2, 3])]) { $0[0].max(dim: 1).values },
    OpCase("selecting", "max of columns", [.real([2, 3, 2])]) { $0[0].max(dim: 1).values },
    OpCase("selecting", "min", [.real([2, 3])]) { $0[0].min(dim: 0, keepdim: true).values },
    OpCase("selecting", "0-d", [.real([])]) { $0[0].max(dim: 0).values },
    OpCase("selecting", "sort", [.real([2, 4])]) { $0[0].sort().values },
    OpCase("selecting", "sort of columns", [.real([3, 2])]) {
      $0[0].sort(dim: 0, descending: true).values
    },
    OpCase("selecting", "sort, 0-d", [.real([])]) { $0[0].sort().values },
    OpCase("selecting", "msort", [.real([3, 2])]) { $0[0].msort() },
    OpCase("selecting", "topk", [.real([2, 4])]) { $0[0].topk(2).values },
    OpCase("selecting", "topk, smallest of columns", [.real([3, 2])]) {
      $0[0].topk(2, dim: 0, largest: false).values
    },
    OpCase("selecting", "kthvalue", [.real([2, 4])]) { $0[0].kthvalue(3).values },
    OpCase("selecting", "kthvalue of columns", [.real([3, 2])]) {
      $0[0].kthvalue(2, dim: 0, keepdim: true).values
    },
    OpCase("selecting", "mode", [.real([2, 3])]) { $0[0].mode().values },
    OpCase("selecting", "median", [.real([2, 4])]) { $0[0].median(dim: 1).values },
    OpCase("selecting", "nanmedian", [.real([3, 2])]) {
      $0[0].nanmedian(dim: 0, keepdim: true).values
    },
    OpCase("selecting", "cummax", [.real([2, 4])]) { $0[0].cummax(dim: 1).values },
    OpCase("selecting", "cummin of columns", [.real([4, 2])]) { $0[0].cummin(dim: 0).values },
  ]

  private static let sharings: [OpCase] = [
    OpCase("recordTies", "median", [.real([2, 3])]) { $0[0].median() },
    OpCase("recordTies", "nanmedian", [.real([2, 3])]) { $0[0].nanmedian() },
    OpCase("recordTies", "aminmax", [.real([2, 3])]) { x in
      let (min, max) = x[0].aminmax(dim: 1)
      return cat([min, max])
    },
  ]

  // The values of q are not multiples of 1 / (n − 1), where the quantile is not differentiable.
  private static let quantiles: [OpCase] = [
    OpCase("quantile", [.real([2, 3])]) { $0[0].quantile(0.3) },
    OpCase("quantile", "along a dimension, with q", [.real([2, 4]), .values([2], [0.2, 0.9])]) {
      $0[0].quantile($0[1], dim: 1)
    },
    OpCase("quantile", "midpoint", [.real([4, 2])]) {
      $0[0].quantile(0.4, dim: 0, keepdim: true, interpolation: .midpoint)
    },
    OpCase("quantile", "nearest", [.real([4])]) { $0[0].quantile(0.4, interpolation: .nearest) },
    OpCase("nanquantile", [.real([2, 4]), .values([], [0.7])]) {
      $0[0].nanquantile($0[1], dim: -1)
    },
  ]
}
