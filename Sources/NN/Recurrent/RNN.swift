import Autograd

/// The function of a gate of ``RNN`` and ``RNNCell``.
public enum RNNNonlinearity: Sendable {
  /// The hyperbolic tangent.
  case tanh
  /// The rectifier.
  case relu

  var kind: RecurrentKind { self == .tanh ? .rnnTanh : .rnnRelu }
}

/// A recurrent network (Elman 1990): h = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or relu of that.
///
/// ```swift
/// let rnn = RNN(10, 20, numLayers: 2)
/// let (output, h) = rnn(x)        // x [steps, batch, 10]; output [steps, batch, 20], h [2, batch, 20]
/// let (next, h2) = rnn(x2, h)     // goes on from the last states
/// ```
///
/// Inputs are [steps, batch, inputSize], with `batchFirst` [batch, steps, inputSize], of one sequence
/// [steps, inputSize], or a ``PackedSequence``; outputs are alike, with directions · hiddenSize. States
/// are [layers · directions, batch, hiddenSize], without a batch [layers · directions, hiddenSize], in
/// the order layer 0 forward, layer 0 reverse, layer 1 forward, …
///
/// The parameters start uniform in ±1/√hiddenSize, as in PyTorch; see ``RecurrentLayer``.
public final class RNN: RecurrentLayer {
  private let nonlinearity: RNNNonlinearity

  /// Layers with states of size `hiddenSize`.
  ///
  /// - Parameters:
  ///   - inputSize: the size of a step of the input.
  ///   - hiddenSize: the size of a state.
  ///   - numLayers: the number of layers; each one's output is the input of the next.
  ///   - nonlinearity: the function of the gate.
  ///   - bias: whether there are biases.
  ///   - batchFirst: whether inputs and outputs are [batch, steps, size]; states are not concerned.
  ///   - dropout: the probability with which elements of the outputs of all layers but the last are
  ///     dropped in training.
  ///   - bidirectional: whether each layer also goes through the steps backwards, with weights of its
  ///     own, and has both outputs, one after the other.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, nonlinearity: RNNNonlinearity = .tanh,
    bias: Bool = true, batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false,
    dtype: DType = .default
  ) {
    self.nonlinearity = nonlinearity
    super.init(
      nonlinearity.kind, inputSize, hiddenSize, numLayers: numLayers, bias: bias,
      batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional, dtype: dtype)
  }

  public override var extraRepr: String {
    super.extraRepr + (nonlinearity == .tanh ? "" : ", nonlinearity: \(nonlinearity)")
  }

  /// The outputs of the last layer at each step, and the last states of all layers, for an input and
  /// the first states, which are zeros if nil.
  public func callAsFunction(
    _ input: Tensor, _ hx: Tensor? = nil
  ) -> (output: Tensor, hidden: Tensor) {
    call(input, hx) {
      let (output, h, _) = run($0, ($1, nil))
      return (output, h)
    }
  }

  /// The same for packed sequences.
  public func callAsFunction(
    _ input: PackedSequence, _ hx: Tensor? = nil
  ) -> (output: PackedSequence, hidden: Tensor) {
    call(input, hx) {
      let (output, h, _) = run($0, ($1, nil))
      return (output, h)
    }
  }
}
