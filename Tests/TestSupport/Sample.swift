import Autograd

/// A sample input: how to make a tensor, so that each test makes its own.
///
/// A struct, since the leak checker cannot follow the pointers in the payloads of an enum.
public struct Sample: Sendable {
  private enum Kind { case real, constant, indices, mask }

  private let kind: Kind
  private let shape: [Int]
  private var range = 0.0...0.0
  private var numbers: [Double] = []
  private var bound = 0

  /// Distinct real numbers from a range, so that a maximum has no ties. They require a gradient.
  public static func real(_ shape: [Int], in range: ClosedRange<Double> = -1.5...1.5) -> Sample {
    Sample(kind: .real, shape: shape, range: range)
  }

  /// The given real numbers. They require a gradient.
  public static func values(_ shape: [Int], _ numbers: [Double]) -> Sample {
    Sample(kind: .real, shape: shape, numbers: numbers)
  }

  /// Real numbers that do not require a gradient, such as a weight.
  public static func constant(_ shape: [Int], in range: ClosedRange<Double> = -1.5...1.5)
    -> Sample
  {
    Sample(kind: .constant, shape: shape, range: range)
  }

  /// int64 indices below a bound.
  public static func indices(_ shape: [Int], below bound: Int) -> Sample {
    Sample(kind: .indices, shape: shape, bound: bound)
  }

  /// Truth values, two thirds of them true.
  public static func mask(_ shape: [Int]) -> Sample { Sample(kind: .mask, shape: shape) }

  /// Whether the op is differentiated with respect to this input.
  public var isDifferentiable: Bool { kind == .real }

  /// The tensor; real numbers as `dtype`.
  public func tensor(_ dtype: DType = .float64, seed: UInt64 = 0) -> Tensor {
    var random = SplitMix(seed: seed &* 0x9E37_79B9 &+ 12345)
    let count = shape.reduce(1, *)
    switch kind {
    case .real where !numbers.isEmpty:
      return Tensor(numbers, shape: shape, dtype: dtype)
    case .real, .constant:
      // One number from each of `count` equal parts of the range, shuffled: evenly spread, all
      // distinct.
      let part = (range.upperBound - range.lowerBound) / Double(max(count, 1))
      let numbers = (0..<count).map { i in
        range.lowerBound + part * (Double(i) + 0.2 + 0.6 * random.uniform())
      }
      return Tensor(numbers.shuffled(using: &random), shape: shape, dtype: dtype)
    case .indices:
      return Tensor((0..<count).map { _ in Int(random.next() % UInt64(bound)) }, shape: shape)
    case .mask:
      return Tensor((0..<count).map { $0 % 3 != 1 }.shuffled(using: &random), shape: shape)
    }
  }
}
