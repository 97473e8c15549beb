import Autograd
import TestSupport

extension OpCase {
  static let masked: [OpCase] = [
    row("sum") { $0.sum(dim: 1) },
    row("prod") { $0.prod(dim: 0, keepdim: true) },
    row("cumsum") { $0.cumsum(dim: 1) },
    row("cumprod") { $0.cumprod(dim: 1) },
    row("amax") { $0.amax(dim: 1) },
    row("amin") { $0.amin() },
    row("mean") { $0.mean(dim: 1) },
    row("var") { $0.var(dim: 1, correction: 0) },
    row("std") { $0.std() },
    row("median") { $0.median() },
    row("norm") { $0.norm(3, dim: 1) },
    row("normalize") { $0.normalize(dim: 1) },
    row("logsumexp") { $0.logsumexp(dim: 1) },
    row("softmax") { $0.softmax(dim: 1) },
    row("softmin") { $0.softmin(dim: 1) },
    row("logSoftmax") { masked in
      // Masked elements are −∞, of which gradcheck can take no differences.
      masked.logSoftmax(dim: 1).maskedFill(masked.mask.logicalNot(), 0)
    },
    OpCase("maskedScatter", [.real([2, 3]), .mask([3]), .real([6])]) {
      $0[0].maskedScatter($0[1], source: $0[2])
    },
  ]

  /// A row with an input of shape [2, 3], of which one element in each row is masked out.
  private static func row(
    _ op: String, _ call: @escaping @Sendable (MaskedTensor) -> Tensor
  ) -> OpCase {
    OpCase(op, "masked", [.real([2, 3]), .mask([3])]) { call($0[0].masked($0[1])) }
  }
}
