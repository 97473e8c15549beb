// The layers of padding.

import Autograd

/// What the layers of padding share.
public class PaddingLayer: Module {
  let padding: [Int]
  let mode: PadMode
  let value: Double

  init(_ dims: Int, _ padding: [Int], _ mode: PadMode, value: Double = 0, op: StaticString) {
    require(
      padding.count == 1 || padding.count == 2 * dims,
      """
      \(opName(op)): the padding \(padding) must be 1 number or \(2 * dims), before and after each \
      dimension, the last dimension first
      """)
    self.padding = padding.count == 1 ? Array(repeating: padding[0], count: 2 * dims) : padding
    self.mode = mode
    self.value = value
  }

  public override var extraRepr: String {
    value == 0 ? "\(padding)" : "\(padding), value: \(value)"
  }

  public override func forward(_ x: Tensor) -> Tensor {
    mode == .constant ? pad(x, padding, value: value) : pad(x, padding, mode: mode)
  }
}

// MARK: - ConstantPad

/// Adds a number around signals: ``pad(_:_:mode:value:)``.
public final class ConstantPad1d: PaddingLayer {
  /// A layer that adds `padding` elements, filled with `value`: one number for all ends, or 2,
  /// before and after each dimension, the last dimension first.
  public init(_ padding: some IntList, _ value: Double) {
    super.init(1, padding.ints, .constant, value: value, op: "ConstantPad1d")
  }
}

/// Adds a number around images: ``pad(_:_:mode:value:)``.
public final class ConstantPad2d: PaddingLayer {
  /// A layer that adds `padding` elements, filled with `value`: one number for all ends, or 4,
  /// before and after each dimension, the last dimension first.
  public init(_ padding: some IntList, _ value: Double) {
    super.init(2, padding.ints, .constant, value: value, op: "ConstantPad2d")
  }
}

/// Adds a number around volumes: ``pad(_:_:mode:value:)``.
public final class ConstantPad3d: PaddingLayer {
  /// A layer that adds `padding` elements, filled with `value`: one number for all ends, or 6,
  /// before and after each dimension, the last dimension first.
  public init(_ padding: some IntList, _ value: Double) {
    super.init(3, padding.ints, .constant, value: value, op: "ConstantPad3d")
  }
}

// MARK: - ZeroPad

/// Adds zeros around signals: ``pad(_:_:mode:value:)``.
public final class ZeroPad1d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 2, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(1, padding.ints, .constant, op: "ZeroPad1d")
  }
}

/// Adds zeros around images: ``pad(_:_:mode:value:)``.
public final class ZeroPad2d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 4, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(2, padding.ints, .constant, op: "ZeroPad2d")
  }
}

/// Adds zeros around volumes: ``pad(_:_:mode:value:)``.
public final class ZeroPad3d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 6, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(3, padding.ints, .constant, op: "ZeroPad3d")
  }
}

// MARK: - ReflectionPad

/// Adds the elements next to the border, in reverse order around signals: ``pad(_:_:mode:value:)``
/// with the mode `.reflect`.
public final class ReflectionPad1d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 2, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(1, padding.ints, .reflect, op: "ReflectionPad1d")
  }
}

/// Adds the elements next to the border, in reverse order around images: ``pad(_:_:mode:value:)``
/// with the mode `.reflect`.
public final class ReflectionPad2d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 4, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(2, padding.ints, .reflect, op: "ReflectionPad2d")
  }
}

/// Adds the elements next to the border, in reverse order around volumes: ``pad(_:_:mode:value:)``
/// with the mode `.reflect`.
public final class ReflectionPad3d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 6, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(3, padding.ints, .reflect, op: "ReflectionPad3d")
  }
}

// MARK: - ReplicationPad

/// Adds the elements at the border around signals: ``pad(_:_:mode:value:)`` with the mode `.replicate`.
public final class ReplicationPad1d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 2, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(1, padding.ints, .replicate, op: "ReplicationPad1d")
  }
}

/// Adds the elements at the border around images: ``pad(_:_:mode:value:)`` with the mode `.replicate`.
public final class ReplicationPad2d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 4, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(2, padding.ints, .replicate, op: "ReplicationPad2d")
  }
}

/// Adds the elements at the border around volumes: ``pad(_:_:mode:value:)`` with the mode `.replicate`.
public final class ReplicationPad3d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 6, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(3, padding.ints, .replicate, op: "ReplicationPad3d")
  }
}

// MARK: - CircularPad

/// Adds the elements from the opposite end around signals: ``pad(_:_:mode:value:)`` with the mode
/// `.circular`.
public final class CircularPad1d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 2, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(1, padding.ints, .circular, op: "CircularPad1d")
  }
}

/// Adds the elements from the opposite end around images: ``pad(_:_:mode:value:)`` with the mode
/// `.circular`.
public final class CircularPad2d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 4, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(2, padding.ints, .circular, op: "CircularPad2d")
  }
}

/// Adds the elements from the opposite end around volumes: ``pad(_:_:mode:value:)`` with the mode
/// `.circular`.
public final class CircularPad3d: PaddingLayer {
  /// A layer that adds `padding` elements: one number for all ends, or 6, before and after each
  /// dimension, the last dimension first.
  public init(_ padding: some IntList) {
    super.init(3, padding.ints, .circular, op: "CircularPad3d")
  }
}
