import Autograd

/// What ``RNNCell``, ``LSTMCell`` and ``GRUCell`` share: the parameters.
public class RecurrentCell: Module {
  /// W_ih, [gates · hiddenSize, inputSize].
  @Parameter public var weightIh: Tensor
  /// W_hh, [gates · hiddenSize, hiddenSize].
  @Parameter public var weightHh: Tensor
  /// b_ih, [gates · hiddenSize]; nil in a cell without biases.
  @Parameter public var biasIh: Tensor?
  /// b_hh, [gates · hiddenSize]; nil in a cell without biases.
  @Parameter public var biasHh: Tensor?

  /// The size of the input.
  public let inputSize: Int
  /// The size of the state.
  public let hiddenSize: Int

  let kind: RecurrentKind

  init(_ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, dtype: DType) {
    let op = kind.cellName
    require(inputSize >= 0, "\(op): inputSize must be 0 or more, but it is \(inputSize)")
    require(hiddenSize > 0, "\(op): hiddenSize must be positive, but it is \(hiddenSize)")
    let (rows, overflow) = kind.gates.multipliedReportingOverflow(by: hiddenSize)
    require(!overflow, "\(op): hiddenSize \(hiddenSize) is too large; use a smaller one")
    self.kind = kind
    (self.inputSize, self.hiddenSize) = (inputSize, hiddenSize)
    weightIh = .uninitialized([rows, inputSize], dtype, op: op)
    weightHh = .uninitialized([rows, hiddenSize], dtype, op: op)
    biasIh = bias ? .uninitialized([rows], dtype, op: op) : nil
    biasHh = bias ? .uninitialized([rows], dtype, op: op) : nil
    super.init()
    resetParameters()
  }

  /// Draws all parameters again, uniform in ±1/√hiddenSize.
  public func resetParameters() {
    let bound = 1 / Double(hiddenSize).squareRoot()
    for tensor in [weightIh, weightHh, biasIh, biasHh].compactMap({ $0 }) {
      uniform_(tensor, a: -bound, b: bound)
    }
  }

  public override var extraRepr: String {
    "\(inputSize), \(hiddenSize)" + (biasIh == nil ? ", bias: false" : "")
  }

  /// The states after a step.
  func step(_ input: Tensor, h: Tensor?, c: Tensor? = nil) -> (h: Tensor, c: Tensor?) {
    let op = kind.cellName
    require(
      (input.ndim == 1 || input.ndim == 2) && input.shape.last == inputSize,
      """
      \(op): expected an input [batch, \(inputSize)] or [\(inputSize)], got the shape \(input.shape)
      """)
    let shape = Array(input.shape.dropLast()) + [hiddenSize]
    let (weight, hiddenWeight) = (weightIh, weightHh)
    for (name, state) in [("h", h), ("c", c)] {
      require(
        state == nil || state!.shape == shape,
        "\(op): the state \(name) must have the shape \(shape), but it has \(state?.shape ?? [])")
    }
    for tensor in [input, h, c].compactMap({ $0 }) {
      require(
        tensor.dtype == weight.dtype,
        """
        \(op): inputs and states must have the type of the weights, \(weight.dtype), but one is \
        \(tensor.dtype); cast it, or convert the cell with to(.\(tensor.dtype))
        """)
    }
    let batch = input.ndim == 1 ? 1 : input.shape[0]
    func batched(_ x: Tensor?) -> Tensor? { input.ndim == 1 ? x?.unsqueeze(0) : x }
    let result = recurrence(
      kind,
      RecurrentOperands(
        x: batched(input)!, inputWeight: weight, hiddenWeight: hiddenWeight, inputBias: biasIh,
        hiddenBias: biasHh, h: batched(h), c: batched(c)),
      RecurrentSteps(sizes: [batch]), wantsOutput: false)
    let count = batch * hiddenSize
    guard kind == .lstm else { return (result.reshape(shape), nil) }
    return (
      result.narrow(dim: 0, start: 0, length: count).reshape(shape),
      result.narrow(dim: 0, start: count, length: count).reshape(shape)
    )
  }
}

extension RecurrentKind {
  fileprivate var cellName: StaticString {
    switch self {
    case .rnnTanh, .rnnRelu: "RNNCell"
    case .lstm: "LSTMCell"
    case .gru: "GRUCell"
    }
  }
}

/// One step of an ``RNN``: h = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or relu of that.
///
/// ```swift
/// let cell = RNNCell(10, 20)
/// h = cell(x, h)  // x [batch, 10] or [10], h [batch, 20] or [20]
/// ```
///
/// The parameters start uniform in ±1/√hiddenSize, as in PyTorch.
public final class RNNCell: RecurrentCell {
  private let nonlinearity: RNNNonlinearity

  /// A cell from inputs of size `inputSize` to states of size `hiddenSize`.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, nonlinearity: RNNNonlinearity = .tanh,
    dtype: DType = .default
  ) {
    self.nonlinearity = nonlinearity
    super.init(nonlinearity.kind, inputSize, hiddenSize, bias: bias, dtype: dtype)
  }

  public override var extraRepr: String {
    super.extraRepr + (nonlinearity == .tanh ? "" : ", nonlinearity: \(nonlinearity)")
  }

  public override func forward(_ x: Tensor) -> Tensor { step(x, h: nil).h }

  /// The state after a step from the state `hx`, which is zeros if nil.
  public func callAsFunction(_ input: Tensor, _ hx: Tensor?) -> Tensor {
    call(input, hx) { step($0, h: $1).h }
  }
}

/// One step of a ``GRU``.
///
/// ```swift
/// let cell = GRUCell(10, 20)
/// h = cell(x, h)  // x [batch, 10] or [10], h [batch, 20] or [20]
/// ```
///
/// The parameters start uniform in ±1/√hiddenSize, as in PyTorch.
public final class GRUCell: RecurrentCell {
  /// A cell from inputs of size `inputSize` to states of size `hiddenSize`.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(.gru, inputSize, hiddenSize, bias: bias, dtype: dtype)
  }

  public override func forward(_ x: Tensor) -> Tensor { step(x, h: nil).h }

  /// The state after a step from the state `hx`, which is zeros if nil.
  public func callAsFunction(_ input: Tensor, _ hx: Tensor?) -> Tensor {
    call(input, hx) { step($0, h: $1).h }
  }
}

/// One step of an ``LSTM``.
///
/// ```swift
/// let cell = LSTMCell(10, 20)
/// var state = cell(x)    // x [batch, 10] or [10], h and c [batch, 20] or [20]
/// state = cell(x2, state)
/// ```
///
/// The parameters start uniform in ±1/√hiddenSize, as in PyTorch.
public final class LSTMCell: RecurrentCell {
  /// A cell from inputs of size `inputSize` to states of size `hiddenSize`.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .default
  ) {
    super.init(.lstm, inputSize, hiddenSize, bias: bias, dtype: dtype)
  }

  public override var mapsTensorToTensor: Bool { false }

  /// The states after a step from the states `hx`, which are zeros if nil.
  public func callAsFunction(
    _ input: Tensor, _ hx: (h: Tensor, c: Tensor)? = nil
  ) -> (h: Tensor, c: Tensor) {
    call(input, hx) {
      let (h, c) = step($0, h: $1?.h, c: $1?.c)
      return (h, c!)
    }
  }
}
