import Autograd

/// A call of a differentiable op on sample inputs: a row of the table that the generic tests run over
/// (gradients of orders 1 and 2, float32 against float64, non-contiguous and broadcast inputs, nothing
/// recorded under `noGrad`, no leaked storage, in-place change after saving).
///
/// Every function of the library that calls `wrt` has at least one row under its name.
public struct OpCase: Sendable, CustomStringConvertible {
  /// The function's name as in the source, without labels: `exp`, `+`, `logSoftmax`.
  public let op: String
  /// What is special about this row.
  public let note: String
  public let inputs: [Sample]
  /// The highest order of derivative to check.
  public let orders: Int
  /// The op; its outputs, if several, summed or concatenated into one.
  public let call: @Sendable ([Tensor]) -> Tensor

  public init(
    _ op: String, _ note: String, _ inputs: [Sample], orders: Int = 2,
    _ call: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.op = op
    self.note = note
    self.inputs = inputs
    self.orders = orders
    self.call = call
  }

  /// A row without a note.
  public init(
    _ op: String, _ inputs: [Sample], orders: Int = 2,
    _ call: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.init(op, "", inputs, orders: orders, call)
  }

  public var description: String { note.isEmpty ? op : "\(op) (\(note))" }
}

/// A sample input: the recipe for a tensor, so that each test makes its own.
///
/// (Not an enum with payloads: the leak checker cannot follow the pointers that those pack.)
public struct Sample: Sendable {
  private enum Kind { case real, constant, indices, mask }

  private let kind: Kind
  private let shape: [Int]
  private var range = 0.0...0.0
  private var numbers: [Double] = []
  private var bound = 0

  /// Real numbers from a range, no two alike, so that a maximum has no ties. They need a gradient.
  public static func real(_ shape: [Int], in range: ClosedRange<Double> = -1.5...1.5) -> Sample {
    Sample(kind: .real, shape: shape, range: range)
  }

  /// Given real numbers, for points of interest. They need a gradient.
  public static func values(_ shape: [Int], _ numbers: [Double]) -> Sample {
    Sample(kind: .real, shape: shape, numbers: numbers)
  }

  /// Real numbers that need no gradient, such as a weight.
  public static func constant(_ shape: [Int], in range: ClosedRange<Double> = -1.5...1.5)
    -> Sample
  {
    Sample(kind: .constant, shape: shape, range: range)
  }

  /// int64 indices below a bound.
  public static func indices(_ shape: [Int], below bound: Int) -> Sample {
    Sample(kind: .indices, shape: shape, bound: bound)
  }

  /// Truth values, both kinds among them.
  public static func mask(_ shape: [Int]) -> Sample { Sample(kind: .mask, shape: shape) }

  /// Whether the op is to be differentiated with respect to this input.
  public var isDifferentiable: Bool { kind == .real }

  /// The tensor; real numbers as `dtype`.
  public func tensor(_ dtype: DType = .float64, seed: UInt64 = 0) -> Tensor {
    var random = SplitMix(seed: seed &* 0x9E37_79B9 &+ 12345)
    let count = shape.reduce(1, *)
    switch kind {
    case .real where !numbers.isEmpty:
      return Tensor(numbers, shape: shape, dtype: dtype)
    case .real, .constant:
      // One number from each of as many equal parts of the range, shuffled: spread out, never alike.
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

/// Vigna's SplitMix64: a generator of the tests' own, the same on every platform.
public struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
