import Autograd

/// A network of gated recurrent units (Cho et al. 2014): h = (1 − z)·n + z·h, with
///
/// - r = σ(W_ir·x + b_ir + W_hr·h + b_hr), z = σ(W_iz·x + b_iz + W_hz·h + b_hz),
/// - n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)).
///
/// The reset gate r acts on the product W_hn·h + b_hn, as in PyTorch; in the paper it acts on h.
///
/// ```swift
/// let gru = GRU(10, 20, numLayers: 2)
/// let (output, h) = gru(x)        // x [steps, batch, 10]; output [steps, batch, 20], h [2, batch, 20]
/// let (next, h2) = gru(x2, h)     // goes on from the last states
/// ```
///
/// Inputs are [steps, batch, inputSize], with `batchFirst` [batch, steps, inputSize], of one sequence
/// [steps, inputSize], or a ``PackedSequence``; outputs are alike, with directions · hiddenSize. States
/// are [layers · directions, batch, hiddenSize], without a batch [layers · directions, hiddenSize], in
/// the order layer 0 forward, layer 0 reverse, layer 1 forward, …
///
/// The rows of the weights are those of r, z and n. The parameters start uniform in ±1/√hiddenSize,
/// as in PyTorch; see ``RecurrentLayer``.
public final class GRU: RecurrentLayer {
  /// Layers with states of size `hiddenSize`.
  ///
  /// - Parameters:
  ///   - inputSize: the size of a step of the input.
  ///   - hiddenSize: the size of a state.
  ///   - numLayers: the number of layers; each one's output is the input of the next.
  ///   - bias: whether there are biases.
  ///   - batchFirst: whether inputs and outputs are [batch, steps, size]; states are not concerned.
  ///   - dropout: the probability with which elements of the outputs of all layers but the last are
  ///     dropped in training.
  ///   - bidirectional: whether each layer also goes through the steps backwards, with weights of its
  ///     own, and has both outputs, one after the other.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false,
    dtype: DType = .default
  ) {
    super.init(
      .gru, inputSize, hiddenSize, numLayers: numLayers, bias: bias,
      batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional, dtype: dtype)
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
