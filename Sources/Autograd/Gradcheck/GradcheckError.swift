// The results of a gradient check.

/// How well the derivatives agree in a gradient check that passed.
public struct GradcheckReport: Sendable, CustomStringConvertible {
  /// The number of derivatives that were compared.
  public internal(set) var comparisons = 0
  /// The largest |analytic − numeric|.
  public internal(set) var maxAbsoluteError = 0.0
  /// The largest |analytic − numeric| / max(|analytic|, |numeric|), among derivatives that are not
  /// tiny.
  public internal(set) var maxRelativeError = 0.0

  /// The report in one line.
  public var description: String {
    """
    \(comparisons) derivatives agree: largest absolute error \(maxAbsoluteError), relative \
    \(maxRelativeError)
    """
  }
}

/// Why a gradient check failed; ``description`` explains it.
public struct GradcheckError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Kind: Sendable {
    /// The inputs cannot be checked: none requires a gradient, one is not float64, or one is
    /// expanded.
    case unsupportedInput
    /// The analytic and the numeric derivative differ.
    case mismatch
    /// An output depends on an input, but records no derivative.
    case notRecorded
    /// The function is not finite around the inputs, so there is no numeric derivative.
    case notFinite
    /// A gradient does not have the shape of its input.
    case gradientShape
    /// A gradient does not have the dtype of its input.
    case gradientDType
    /// Two runs of the function, or of its backward pass, differ.
    case nondeterministic
    /// An output gradient of zeros gives an input gradient that is not zero.
    case notProportional
  }

  /// The kind of failure.
  public let kind: Kind
  /// 1 for gradients, 2 for gradients of gradients.
  public let order: Int
  /// The position of the input among those of the function; in order 2 the gradients of the outputs
  /// follow them. Nil if the failure concerns no single input.
  public internal(set) var input: Int?
  /// The position of the output; in order 2 that of the gradient among the gradients of the inputs
  /// that require one. Nil if the failure concerns no single output.
  public internal(set) var output: Int?
  /// The element of the input with the greatest difference; nil for a direction.
  public internal(set) var inputElement: [Int]?
  /// The element of the output with the greatest difference; nil for a direction.
  public internal(set) var outputElement: [Int]?
  /// The derivative by the backward pass.
  public internal(set) var analytic: Double?
  /// The derivative by finite differences.
  public internal(set) var numeric: Double?

  let names: GradcheckNames
  /// What the kind and the derivatives do not express.
  var detail: String
  /// A possible cause.
  var hint: String?

  init(
    _ kind: Kind, names: GradcheckNames, input: Int? = nil, output: Int? = nil, _ detail: String
  ) {
    self.kind = kind
    self.names = names
    self.detail = detail
    self.input = input
    self.output = output
    order = names.order
  }

  /// Where the failure is, the two derivatives, and a possible cause.
  public var description: String {
    var text = "\(order == 1 ? "gradcheck" : "gradgradcheck"): "
    if let analytic, let numeric {
      text += """
        the derivative of \(place(output.map(names.output), outputElement)) with respect to \
        \(place(input.map(names.input), inputElement)) is \(analytic) by the backward pass, but \
        \(numeric) by finite differences
        """
      if !detail.isEmpty { text += "; " }
    }
    text += detail
    if let hint { text += ". " + hint }
    return text
  }

  private func place(_ name: String?, _ element: [Int]?) -> String {
    (name ?? "the function")
      + (element.map { $0.isEmpty ? "" : " at \($0)" } ?? " along a direction")
  }
}

/// The names of inputs and outputs in messages.
enum GradcheckNames: Sendable {
  case first
  /// Second derivatives: `checked` are the inputs that require a gradient, `outputs` the outputs
  /// that are given one.
  case second(inputs: Int, checked: [Int], outputs: [Int])

  var order: Int {
    switch self {
    case .first: 1
    case .second: 2
    }
  }

  func input(_ i: Int) -> String {
    switch self {
    case .second(let inputs, _, let outputs) where i >= inputs:
      "the given gradient of output \(outputs[i - inputs])"
    default: "input \(i)"
    }
  }

  func output(_ k: Int) -> String {
    switch self {
    case .first: "output \(k)"
    case .second(_, let checked, _): "the gradient of input \(checked[k])"
    }
  }
}
