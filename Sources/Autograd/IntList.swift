// Sizes and dimensions as PyTorch takes them: one integer, or several.

/// An `Int` or a list of them, for parameters that PyTorch documents as "int or tuple of ints".
///
/// ```swift
/// x.sum(dim: 1)
/// x.sum(dim: [0, 1])
/// x.reshape(2, -1)
/// x.reshape(x.shape.dropLast())
/// ```
///
/// `Int`, `[Int]` and `ArraySlice<Int>` conform, literals and variables alike.
public protocol IntList {
  /// The integers, in order.
  var ints: [Int] { get }
}

// Why this file and the functions that call it are inlinable: a call through the generic entry
// from another module costs 20 to 30 ns more than one with an array, 150 ns with a list of
// arguments. Inlined, `dim: 1` and `[2, 3]` cost what they did as `[Int]` (measured with -O).

extension Int: IntList {
  /// This integer alone.
  @inlinable public var ints: [Int] { [self] }
}

extension Array: IntList where Element == Int {
  /// The array itself.
  @inlinable public var ints: [Int] { self }
}

extension ArraySlice: IntList where Element == Int {
  /// The elements of the slice.
  @inlinable public var ints: [Int] { Array(self) }
}

extension IntList {
  /// The integers of this argument and of those that follow it: `2, 3` is the shape `[2, 3]`.
  @inlinable
  func followed(by more: [Self]) -> [Int] {
    if more.isEmpty { return ints }
    var all: [Int] = []
    all.reserveCapacity(1 + more.count)
    all += ints
    for list in more { all += list.ints }
    return all
  }
}
