// Porting aids: recurrent layers and packed sequences. See Modules.swift.

import Autograd

extension RNN {
  @available(*, unavailable, message: "drop the first labels: RNN(10, 20, numLayers: 2)")
  public convenience init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, nonlinearity: RNNNonlinearity = .tanh,
    bias: Bool = true, batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "write RNN(10, 20, numLayers: 2)")
  public convenience init(
    input_size: Int, hidden_size: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "label the number of layers: RNN(10, 20, numLayers: 2)")
  public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int) { fatalError() }

  @available(*, unavailable, message: "write RNN(10, 20, numLayers: 2, batchFirst: true)")
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }
}

extension GRU {
  @available(*, unavailable, message: "drop the first labels: GRU(10, 20, numLayers: 2)")
  public convenience init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "write GRU(10, 20, numLayers: 2)")
  public convenience init(
    input_size: Int, hidden_size: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "label the number of layers: GRU(10, 20, numLayers: 2)")
  public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int) { fatalError() }

  @available(*, unavailable, message: "write GRU(10, 20, numLayers: 2, batchFirst: true)")
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }
}

extension LSTM {
  @available(*, unavailable, message: "drop the first labels: LSTM(10, 20, numLayers: 2)")
  public convenience init(
    inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0
  ) { fatalError() }

  @available(*, unavailable, message: "write LSTM(10, 20, numLayers: 2)")
  public convenience init(
    input_size: Int, hidden_size: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "label the number of layers: LSTM(10, 20, numLayers: 2)")
  public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int) { fatalError() }

  @available(*, unavailable, message: "write LSTM(10, 20, numLayers: 2, batchFirst: true)")
  public convenience init(
    _ inputSize: Int, _ hiddenSize: Int, num_layers: Int = 1, batch_first: Bool = false
  ) { fatalError() }

  @available(*, unavailable, message: "the states are one tuple: lstm(x, (h, c))")
  public func callAsFunction(_ input: Tensor, _ h: Tensor, _ c: Tensor) -> Tensor { fatalError() }
}

extension RecurrentLayer {
  @available(*, unavailable, message: "weights need no flattening: leave it out")
  public func flattenParameters() { fatalError() }

  @available(*, unavailable, message: "weights need no flattening: leave it out")
  public func flatten_parameters() { fatalError() }

  @available(*, unavailable, renamed: "hiddenSize")
  public var hidden_size: Int { fatalError() }

  @available(*, unavailable, renamed: "numLayers")
  public var num_layers: Int { fatalError() }

  @available(*, unavailable, message: "use getParameter(\"weight_ih_l0\")")
  public var weight_ih_l0: Tensor { fatalError() }

  @available(*, unavailable, message: "use getParameter(\"weight_hh_l0\")")
  public var weight_hh_l0: Tensor { fatalError() }

  @available(*, unavailable, message: "use getParameter(\"bias_ih_l0\")")
  public var bias_ih_l0: Tensor { fatalError() }

  @available(*, unavailable, message: "use getParameter(\"bias_hh_l0\")")
  public var bias_hh_l0: Tensor { fatalError() }
}

@available(*, unavailable, message: "a nonlinearity is a case: .tanh or .relu")
extension RNNNonlinearity: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { fatalError() }
}

// MARK: - Packed sequences

@available(*, unavailable, message: "use packPaddedSequence(x, lengths:)")
public func pack_padded_sequence(
  _ x: Tensor, _ lengths: [Int], batch_first: Bool = false, enforce_sorted: Bool = true
) -> PackedSequence { fatalError() }

@available(*, unavailable, message: "label the lengths: packPaddedSequence(x, lengths: [3, 2])")
public func packPaddedSequence(
  _ x: Tensor, _ lengths: [Int], batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence { fatalError() }

@available(
  *, unavailable, message: "lengths are an array: lengths: lengths.array(of: Int.self)"
)
public func packPaddedSequence(
  _ x: Tensor, lengths: Tensor, batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence { fatalError() }

@available(*, unavailable, message: "use padPackedSequence(packed)")
public func pad_packed_sequence(
  _ sequence: PackedSequence, batch_first: Bool = false, padding_value: Double = 0
) -> (Tensor, [Int]) { fatalError() }

@available(*, unavailable, message: "use padSequence(sequences)")
public func pad_sequence(
  _ sequences: [Tensor], batch_first: Bool = false, padding_value: Double = 0
) -> Tensor { fatalError() }

@available(*, unavailable, message: "use unpadSequence(x, lengths:)")
public func unpad_sequence(
  _ x: Tensor, _ lengths: [Int], batch_first: Bool = false
) -> [Tensor] { fatalError() }

@available(*, unavailable, message: "use packSequence(sequences)")
public func pack_sequence(
  _ sequences: [Tensor], enforce_sorted: Bool = true
) -> PackedSequence { fatalError() }

@available(*, unavailable, message: "use unpackSequence(packed)")
public func unpack_sequence(_ sequence: PackedSequence) -> [Tensor] { fatalError() }
