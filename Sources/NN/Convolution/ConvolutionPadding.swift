import Autograd

/// What a convolution adds around its input: sizes, `.same` or `.valid`.
public protocol ConvolutionPadding: Sendable {
  /// The padding in the form that convolutions work with.
  var paddingRule: PaddingRule { get }
}

/// How the padding of a convolution is determined.
public struct PaddingRule: ConvolutionPadding, Equatable {
  enum Kind: Equatable {
    case sizes([Int])
    case same
  }

  let kind: Kind
  /// This rule.
  public var paddingRule: PaddingRule { self }
}

extension ConvolutionPadding where Self == PaddingRule {
  /// As much as keeps the size of the input, with stride 1. Where the total is odd, the end gets
  /// one element more than the start.
  public static var same: PaddingRule { PaddingRule(kind: .same) }
  /// No padding.
  public static var valid: PaddingRule { PaddingRule(kind: .sizes([0])) }
}

extension Int: ConvolutionPadding {
  /// This number on both sides of every dimension.
  public var paddingRule: PaddingRule { PaddingRule(kind: .sizes([self])) }
}

extension Array: ConvolutionPadding where Element == Int {
  /// For each dimension its number on both sides.
  public var paddingRule: PaddingRule { PaddingRule(kind: .sizes(self)) }
}

extension PaddingRule {
  /// The number of elements to add before and after each dimension.
  func amounts(
    kernel: [Int], stride: [Int], dilation: [Int], op: StaticString
  ) -> (before: [Int], after: [Int]) {
    switch kind {
    case .sizes(let sizes):
      let sizes = sizes.expanded(to: kernel.count, "padding", op: op)
      return (sizes, sizes)
    case .same:
      require(
        stride.allSatisfy { $0 == 1 },
        """
        \(opName(op)): padding .same needs stride 1, but the stride is \(stride); give the padding \
        as sizes
        """)
      let total = zip(kernel, dilation).map { size, step in
        spanOfKernel(size, step, op: op) - 1
      }
      return (total.map { $0 / 2 }, total.map { $0 - $0 / 2 })
    }
  }
}
