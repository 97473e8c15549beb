// What a gradient check reports.

/// How well analytic and numeric derivatives agree where a gradient check has passed.
public struct GradcheckReport: Sendable, CustomStringConvertible {
  /// The number of derivatives that were compared.
  public internal(set) var comparisons = 0
  /// The largest |analytic − numeric|.
  public internal(set) var maxAbsoluteError = 0.0
  /// The largest |analytic − numeric| / max(|analytic|, |numeric|), among derivatives that are not
  /// tiny.
  public internal(set) var maxRelativeError = 0.0

  /// One line.
  public var description: String {
    """
    \(comparisons) derivatives agree: largest absolute error \(maxAbsoluteError), relative \
    \(maxRelativeError)
    """
  }
}

/// Why a gradient check has failed; ``description`` says it in a sentence or two.
public struct GradcheckError: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: Sendable {
    /// The inputs cannot be checked: none requires a gradient, one is not float64, or one is
    /// expanded.
    case unsupportedInput
    /// The analytic derivative is not the numeric one.
    case mismatch
    /// An output moves with an input, but no gradient comes back.
    case notRecorded
    /// The function is not finite around the inputs, so there is no numeric derivative.
    case notFinite
    /// A gradient has not the shape of its input.
    case gradientShape
    /// A gradient has not the dtype of its input.
    case gradientDType
    /// Two runs of the function, or of its backward pass, differ.
    case nondeterministic
    /// A gradient of zeros goes in, but something else comes out.
    case notProportional
  }

  /// What is wrong.
  public let kind: Kind
  /// 1 for gradients, 2 for gradients of gradients.
  public let order: Int
  /// The position of the input among those of the function; in order 2 the gradients of the outputs
  /// follow them. Nil if the failure is of no single input.
  public internal(set) var input: Int?
  /// The position of the output; in order 2 that of the gradient, among the gradients of the inputs
  /// that require one. Nil if the failure is of no single output.
  public internal(set) var output: Int?
  /// The worst element of the input; nil for a direction.
  public internal(set) var inputElement: [Int]?
  /// The worst element of the output; nil for a direction.
  public internal(set) var outputElement: [Int]?
  /// The derivative that the backward pass gives.
  public internal(set) var analytic: Double?
  /// The derivative that differences give.
  public internal(set) var numeric: Double?

  let names: GradcheckNames
  /// What the kind and the numbers do not say.
  var detail: String
  /// What may be the cause.
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

  /// The failure in words: where, the two numbers, and what may be the cause.
  public var description: String {
    var text = "\(order == 1 ? "gradcheck" : "gradgradcheck"): "
    if let analytic, let numeric {
      text += """
        the derivative of \(place(output.map(names.output), outputElement)) with respect to \
        \(place(input.map(names.input), inputElement)) is \(analytic) by the backward pass, but \
        \(numeric) by differences
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

/// What inputs and outputs are called in messages.
enum GradcheckNames: Sendable {
  case first
  /// In the check of second derivatives `checked` inputs have gradients, and `outputs` are given
  /// some.
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
