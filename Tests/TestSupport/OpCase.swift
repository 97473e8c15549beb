import Autograd

/// A call of a differentiable function on sample inputs: a row of the table of op cases.
///
/// Each module's tests have a table, in their folder `Cases`. Every ``OpCheck`` runs on every row.
/// Every function of the module that calls `wrt` has at least one row under its name.
public struct OpCase: Sendable, CustomStringConvertible {
  /// The function's name as in the source, without labels: `exp`, `+`, `logSoftmax`.
  public let op: String
  /// What is special about this row.
  public let note: String
  public let inputs: [Sample]
  /// The highest order of derivative to check.
  public let orders: Int
  /// What the function does not support.
  public let limits: Limits
  /// Calls the function; several outputs are summed or concatenated into one.
  public let call: @Sendable ([Tensor]) -> Tensor

  public init(
    _ op: String, _ note: String, _ inputs: [Sample], orders: Int = 2, limits: Limits = [],
    _ call: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.op = op
    self.note = note
    self.inputs = inputs
    self.orders = orders
    self.limits = limits
    self.call = call
  }

  /// A row without a note.
  public init(
    _ op: String, _ inputs: [Sample], orders: Int = 2, limits: Limits = [],
    _ call: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.init(op, "", inputs, orders: orders, limits: limits, call)
  }

  public var description: String { note.isEmpty ? op : "\(op) (\(note))" }

  /// Inputs that a function is not made for; the checks leave them out.
  public struct Limits: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The function reads the memory behind a tensor, and stops if the strides do not fit.
    public static let fixedStrides = Limits(rawValue: 1)
    /// The function has no derivative where two rows of an input are equal.
    public static let distinctRows = Limits(rawValue: 2)
    /// The derivative decomposes a matrix, whose elements must be finite.
    public static let finiteElements = Limits(rawValue: 4)
    /// The call names the dtype of the result.
    public static let fixedDType = Limits(rawValue: 8)
  }
}
