// Which numbers an element type holds. PyTorch checks a number that becomes an element, and the
// factors and bounds of an op; arithmetic with a number wraps around instead: a uint8 255 + 1 is 0.

extension Scalar {
  /// Whether the number can be converted to `dtype`: truncated towards zero, without overflow.
  ///
  /// As in PyTorch, an unsigned type also takes the negatives of its numbers, which wrap around: −1
  /// is 255. Every number converts to bool, and NaN and the infinities to floating point.
  func fits(_ dtype: DType) -> Bool {
    switch (self, dtype) {
    case (_, .bool), (_, .float64), (.bool, _), (.int, .float32), (.int, .int64): true
    case (.int(let i), .int32): Int32(exactly: i) != nil
    case (.int(let i), .uint8): i.magnitude <= 255
    case (.float(let x), .float32): !x.isFinite || x.magnitude <= dtype.greatestFiniteMagnitude
    case (.float(let x), .int64): Int64(exactly: x.rounded(.towardZero)) != nil
    case (.float(let x), .int32): x >= Double(Int32.min) && x <= Double(Int32.max)
    case (.float(let x), .uint8): x >= 0 && x <= 255
    }
  }

  /// The number as it is printed.
  var text: String {
    switch self {
    case .bool(let b): "\(b)"
    case .int(let i): "\(i)"
    case .float(let x): "\(x)"
    }
  }

  /// Whether the value is 1, or true.
  var isOne: Bool {
    switch self {
    case .bool(let b): b
    case .int(let i): i == 1
    case .float(let x): x == 1
    }
  }
}

extension DType {
  /// The numbers that the type holds, for messages.
  var limits: String {
    switch self {
    case .float32: "finite numbers up to 3.4028235e38"
    case .float64: "finite numbers up to 1.8e308"
    case .int64: "integers from \(Int64.min) to \(Int64.max)"
    case .int32: "integers from \(Int32.min) to \(Int32.max)"
    case .uint8: "integers from 0 to 255"
    case .bool: "true and false"
    }
  }
}

/// Stops if `number`, which messages call `name`, cannot be converted to `dtype`.
package func requireFit(
  _ number: Scalar, in dtype: DType, _ name: String = "value", op: StaticString
) {
  require(
    number.fits(dtype),
    """
    \(opName(op)): the \(name) \(number.text) does not fit \(dtype), which holds \(dtype.limits); \
    give another \(name), or choose another dtype
    """)
}

extension Tensor {
  /// A number as a 0-d tensor, converted as arithmetic does it: integers wrap around.
  convenience init(_ number: Scalar, as dtype: DType) {
    self.init(uninitialized: [], dtype)
    assign(number)
  }

  /// A parameter of a module that `op` creates, of uninitialised elements.
  package static func uninitialized(
    _ shape: [Int], _ dtype: DType, op: StaticString
  ) -> Tensor { Tensor(uninitialized: shape, dtype, op: op) }

  /// A tensor whose elements all equal `value`; stops if `dtype` cannot hold it.
  package static func filled(
    _ shape: [Int], _ value: Scalar, _ dtype: DType, name: String = "value", op: StaticString
  ) -> Tensor {
    requireFit(value, in: dtype, name, op: op)
    let y = Tensor(uninitialized: shape, dtype, op: op)
    y.assign(value)
    return y
  }
}
