import Synchronization

/// The type of a tensor's elements.
public enum DType: UInt8, Sendable, CaseIterable, CustomStringConvertible {
  /// 32-bit floating point, the default.
  case float32
  /// 64-bit floating point; gradient checks need it.
  case float64
  /// 64-bit integer, for indices and counts.
  case int64
  /// 32-bit integer.
  case int32
  /// 8-bit unsigned integer.
  case uint8
  /// Boolean, one byte.
  case bool

  /// Whether this is a floating-point type; only these can have gradients.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  /// The size of an element in bytes.
  public var itemSize: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .uint8, .bool: 1
    }
  }

  /// The distance from 1 to the next larger number, or 0 if the type is not floating-point:
  /// PyTorch's `torch.finfo(dtype).eps`.
  public var epsilon: Double {
    switch self {
    case .float32: Double(Float.ulpOfOne)
    case .float64: Double.ulpOfOne
    case .int64, .int32, .uint8, .bool: 0
    }
  }

  /// The greatest finite number of this type as a `Double`: PyTorch's `torch.finfo(dtype).max` and
  /// `torch.iinfo(dtype).max`.
  public var greatestFiniteMagnitude: Double {
    switch self {
    case .float32: Double(Float.greatestFiniteMagnitude)
    case .float64: Double.greatestFiniteMagnitude
    case .int64: Double(Int64.max)
    case .int32: Double(Int32.max)
    case .uint8: Double(UInt8.max)
    case .bool: 1
    }
  }

  /// The exponents of 2 in the finite numbers of a floating-point type, subnormal ones included.
  var exponents: ClosedRange<Int> { self == .float32 ? -149...127 : -1074...1023 }

  /// The largest power of 10 of a floating-point type, as its exponent.
  var greatestDecimalExponent: Int { self == .float32 ? 38 : 308 }

  /// Beyond these positive numbers fourth powers may leave the range of a floating-point type.
  var extreme: (least: Double, greatest: Double) {
    self == .float32 ? (0x1p-31, 0x1p31) : (0x1p-255, 0x1p255)
  }

  /// The least positive number of a floating-point type that has all digits.
  var leastNormalMagnitude: Double {
    self == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude
  }

  /// The type that functions such as `exp` compute in: this type, or ``default`` for integers and
  /// bool.
  var computeType: DType { isFloatingPoint ? self : .default }

  /// The type of sums and products: this type, or int64 for integers and bool.
  var sumType: DType { isFloatingPoint ? self : .int64 }

  /// The name, as in `float32`.
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    case .int32: "int32"
    case .uint8: "uint8"
    case .bool: "bool"
    }
  }

  /// The type of new floating-point tensors when none is given; float32 unless changed.
  ///
  /// Set it once, at the start of a program, as with `torch.set_default_dtype`.
  public static var `default`: DType {
    get { DType(rawValue: defaultRaw.load(ordering: .relaxed))! }
    set {
      require(
        newValue.isFloatingPoint,
        "DType.default: \(newValue) is not a floating-point type; choose float32 or float64")
      defaultRaw.store(newValue.rawValue, ordering: .relaxed)
    }
  }
  private static let defaultRaw = Atomic<UInt8>(DType.float32.rawValue)
}

// MARK: - Promotion

extension DType {
  /// The category of a type in promotion: a result has the highest category among its operands.
  enum Category: Int, Comparable {
    case bool, integer, floating
    static func < (a: Category, b: Category) -> Bool { a.rawValue < b.rawValue }
  }

  var category: Category {
    switch self {
    case .bool: .bool
    case .uint8, .int32, .int64: .integer
    case .float32, .float64: .floating
    }
  }

  /// The order within a category: a type of higher rank holds the values of a type of lower rank.
  private var rank: Int {
    switch self {
    case .bool, .uint8, .float32: 0
    case .int32, .float64: 1
    case .int64: 2
    }
  }

  /// The type of a result whose operands have the types `a` and `b`: PyTorch's
  /// `torch.promote_types`.
  public static func promote(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    if a.category != b.category { return a.category > b.category ? a : b }
    return a.rank > b.rank ? a : b
  }
}

// MARK: - Swift's scalar types

/// A Swift type that a tensor can be made from or read into.
public protocol TensorScalar: Sendable {
  /// The dtype with the same representation.
  static var dtype: DType { get }
  /// The dtype of a tensor created from such values if none is given.
  ///
  /// A `Double` corresponds to Python's float: it becomes ``DType/default``.
  static var defaultDType: DType { get }
  /// The value as ops take it.
  var scalar: Scalar { get }
  /// The value nearest to `scalar`.
  init(_ scalar: Scalar)
}

/// A Swift number as operand of an op. It keeps its category, so that `x + 1` leaves an integer
/// tensor an integer tensor.
public enum Scalar: Sendable {
  /// A Boolean.
  case bool(Bool)
  /// An integer.
  case int(Int64)
  /// A real number.
  case float(Double)

  var category: DType.Category {
    switch self {
    case .bool: .bool
    case .int: .integer
    case .float: .floating
    }
  }

  /// The value as a real number.
  public var double: Double {
    switch self {
    case .bool(let b): b ? 1 : 0
    case .int(let i): Double(i)
    case .float(let x): x
    }
  }

  /// The value as an integer, truncated towards zero; `Int64.min` for NaN and values out of range.
  public var int64: Int64 {
    switch self {
    case .bool(let b): b ? 1 : 0
    case .int(let i): i
    case .float(let x): Int64(exactly: x.rounded(.towardZero)) ?? .min
    }
  }

  /// Whether the value is not zero.
  public var isTrue: Bool {
    switch self {
    case .bool(let b): b
    case .int(let i): i != 0
    case .float(let x): x != 0
    }
  }

  /// The dtype of `x op scalar`: that of the tensor `x`, unless the scalar has a higher category.
  func promoted(with dtype: DType) -> DType {
    if category <= dtype.category { return dtype }
    switch self {
    case .bool: return .bool
    case .int: return .int64
    case .float: return .default
    }
  }
}

extension Float: TensorScalar {
  public static var dtype: DType { .float32 }
  public static var defaultDType: DType { .float32 }
  public var scalar: Scalar { .float(Double(self)) }
  public init(_ scalar: Scalar) {
    // Through a Double an integer would be rounded twice.
    self = if case .int(let i) = scalar { Float(i) } else { Float(scalar.double) }
  }
}

extension Double: TensorScalar {
  public static var dtype: DType { .float64 }
  public static var defaultDType: DType { .default }
  public var scalar: Scalar { .float(self) }
  public init(_ scalar: Scalar) { self = scalar.double }
}

extension Int: TensorScalar {
  public static var dtype: DType { .int64 }
  public static var defaultDType: DType { .int64 }
  public var scalar: Scalar { .int(Int64(self)) }
  public init(_ scalar: Scalar) { self = Int(scalar.int64) }
}

extension Int64: TensorScalar {
  public static var dtype: DType { .int64 }
  public static var defaultDType: DType { .int64 }
  public var scalar: Scalar { .int(self) }
  public init(_ scalar: Scalar) { self = scalar.int64 }
}

extension Int32: TensorScalar {
  public static var dtype: DType { .int32 }
  public static var defaultDType: DType { .int32 }
  public var scalar: Scalar { .int(Int64(self)) }
  public init(_ scalar: Scalar) { self = Int32(truncatingIfNeeded: scalar.int64) }
}

extension UInt8: TensorScalar {
  public static var dtype: DType { .uint8 }
  public static var defaultDType: DType { .uint8 }
  public var scalar: Scalar { .int(Int64(self)) }
  public init(_ scalar: Scalar) { self = UInt8(truncatingIfNeeded: scalar.int64) }
}

extension Bool: TensorScalar {
  public static var dtype: DType { .bool }
  public static var defaultDType: DType { .bool }
  public var scalar: Scalar { .bool(self) }
  public init(_ scalar: Scalar) { self = scalar.isTrue }
}
