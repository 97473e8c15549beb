import Autograd

/// A long short-term memory (Hochreiter and Schmidhuber 1997): c = f·c + i·g and h = o·tanh c, with
///
/// - i, f, o = σ(W_i·x + b_i + W_h·h + b_h) and g = tanh(W_i·x + b_i + W_h·h + b_h), each with weights
///   of its own.
///
/// With a projection (Sak et al. 2014) h = W_hr·(o·tanh c), of size projSize.
///
/// ```swift
/// let lstm = LSTM(10, 20, numLayers: 2)
/// let (output, (h, c)) = lstm(x)     // x [steps, batch, 10]; output [steps, batch, 20],
///                                    // h and c [2, batch, 20]
/// let (next, state) = lstm(x2, (h, c))  // goes on from the last states
/// ```
///
/// Inputs are [steps, batch, inputSize], with `batchFirst` [batch, steps, inputSize], of one sequence
/// [steps, inputSize], or a ``PackedSequence``; outputs are alike, with directions · size of h. States
/// are [layers · directions, batch, size], without a batch [layers · directions, size], in the order
/// layer 0 forward, layer 0 reverse, layer 1 forward, …; the size of c is hiddenSize, and so is that of
/// h without a projection.
///
/// The rows of the weights are those of i, f, g and o. The parameters start uniform in
/// ±1/√hiddenSize, as in PyTorch; see ``RecurrentLayer``.
public final class LSTM: RecurrentLayer {
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
  ///   - projSize: the size of h, less than hiddenSize; 0 for no projection.
  ///   - dtype: the element type of the parameters.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false,
    projSize: Int = 0, dtype: DType = .default
  ) {
    super.init(
      .lstm, inputSize, hiddenSize, numLayers: numLayers, bias: bias,
      batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional,
      projSize: projSize, dtype: dtype)
  }

  /// The outputs of the last layer at each step, and the last states of all layers, for an input and
  /// the first states, which are zeros if nil.
  public func callAsFunction(
    _ input: Tensor, _ hx: (h: Tensor, c: Tensor)? = nil
  ) -> (output: Tensor, state: (h: Tensor, c: Tensor)) {
    call(input, hx) {
      let (output, h, c) = run($0, ($1?.h, $1?.c))
      return (output, (h, c!))
    }
  }

  /// The same for packed sequences.
  public func callAsFunction(
    _ input: PackedSequence, _ hx: (h: Tensor, c: Tensor)? = nil
  ) -> (output: PackedSequence, state: (h: Tensor, c: Tensor)) {
    call(input, hx) {
      let (output, h, c) = run($0, ($1?.h, $1?.c))
      return (output, (h, c!))
    }
  }
}
