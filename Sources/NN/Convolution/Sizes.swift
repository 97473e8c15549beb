import Autograd

/// A size or a list of sizes: what PyTorch takes as an int or a tuple.
///
/// Where there is one size for each dimension, a single number stands for all of them: `stride: 2`
/// or `stride: [2, 1]`. Both may be variables.
public protocol Sizes: Sendable {
  /// The sizes as a list.
  var sizes: [Int] { get }
}

extension Int: Sizes {
  /// This number alone.
  public var sizes: [Int] { [self] }
}

extension Array: Sizes where Element == Int {
  /// This list.
  public var sizes: [Int] { self }
}

extension Sizes {
  /// One size for each of `count` dimensions.
  func expanded(to count: Int, _ label: String, op: StaticString) -> [Int] {
    let sizes = sizes
    if sizes.count == count { return sizes }
    require(
      sizes.count == 1,
      "\(opName(op)): \(label) has \(sizes.count) sizes for \(count) dimensions; give 1 or \(count)"
    )
    return Array(repeating: sizes[0], count: count)
  }
}
