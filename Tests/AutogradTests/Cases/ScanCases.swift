import Autograd
import TestSupport

extension OpCase {
  static let scans: [OpCase] = runningReductions + differences + covariances

  private static let runningReductions: [OpCase] = [
    OpCase("runningSum", [.real([5])]) { $0[0].cumsum(dim: 0) },
    OpCase("runningSum", "outer dimension", [.real([3, 2])]) { $0[0].cumsum(dim: 0) },
    OpCase("runningSum", "0-d", [.real([])]) { $0[0].cumsum(dim: 0) },
    OpCase("cumprod", [.real([5])]) { $0[0].cumprod(dim: 0) },
    OpCase("cumprod", "outer dimension", [.real([3, 2])]) { $0[0].cumprod(dim: 0) },
    OpCase("cumprod", "zeros", [.values([2, 3], [2, 0, 3, 0, 0, -1])]) { $0[0].cumprod(dim: -1) },
    OpCase("cumprod", "0-d", [.real([])]) { $0[0].cumprod(dim: 0) },
    OpCase("logcumsumexp", [.real([5])]) { $0[0].logcumsumexp(dim: 0) },
    OpCase("logcumsumexp", "middle dimension", [.real([2, 3, 2])]) { $0[0].logcumsumexp(dim: 1) },
    OpCase("logcumsumexp", "0-d", [.real([])]) { $0[0].logcumsumexp(dim: 0) },
    OpCase("recurrence", "of a running product", [.real([4])]) { $0[0].cumprod(dim: 0) },
  ]

  private static let differences: [OpCase] = [
    OpCase("diff", [.real([5])]) { $0[0].diff() },
    OpCase("diff", "twice, with ends", [.real([3, 2]), .real([1, 2]), .real([2, 2])]) {
      $0[0].diff(n: 2, dim: 0, prepend: $0[1], append: $0[2])
    },
    OpCase("trapezoid", [.real([2, 4])]) { $0[0].trapezoid(dx: 0.5) },
    OpCase("trapezoid", "at points", [.real([2, 4]), .real([4])]) { $0[0].trapezoid($0[1]) },
    OpCase("cumulativeTrapezoid", [.real([3, 2])]) { $0[0].cumulativeTrapezoid(dim: 0) },
    OpCase("cumulativeTrapezoid", "at points", [.real([2, 4]), .real([2, 4])]) {
      $0[0].cumulativeTrapezoid($0[1])
    },
    OpCase("gradient", [.real([3, 4])]) { x in
      let slopes = x[0].gradient(spacing: 0.5)
      return slopes[0] + slopes[1]
    },
    OpCase("gradient", "at points, edges of order 2", [.real([4]), .values([4], [0, 1, 1.5, 3])]) {
      $0[0].gradient(spacing: [$0[1]], edgeOrder: 2)[0]
    },
  ]

  private static let covariances: [OpCase] = [
    OpCase("cov", [.real([3, 4])]) { $0[0].cov() },
    OpCase("cov", "weights", [.real([2, 4]), .real([4], in: 0.5...2)]) {
      $0[0].cov(correction: 0, fweights: Tensor([1, 2, 1, 3]), aweights: $0[1])
    },
    OpCase("corrcoef", [.real([2, 4])]) { $0[0].corrcoef()[0, 1] },
    OpCase("renorm", [.real([3, 4])]) { $0[0].renorm(p: 3, dim: 0, maxnorm: 1.5) },
    OpCase("dist", [.real([2, 3]), .real([3])]) { $0[0].dist($0[1], p: 1.5) },
  ]
}
