import CKernels

// One layer of a recurrent network, in one direction: a walk over the steps of sequences.

/// What a recurrent layer computes in each step.
package enum RecurrentKind: Sendable {
  case rnnTanh, rnnRelu, lstm, gru

  /// The number of gates, of each of which the weights have `hidden` rows.
  package var gates: Int {
    switch self {
    case .rnnTanh, .rnnRelu: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  var c: ck_recurrent_kind {
    switch self {
    case .rnnTanh: CK_RECURRENT_rnn_tanh
    case .rnnRelu: CK_RECURRENT_rnn_relu
    case .lstm: CK_RECURRENT_lstm
    case .gru: CK_RECURRENT_gru
    }
  }
}

/// The rows of the steps of sequences, sorted by their length, the longest first: step t has a row
/// for each sequence that is so long.
package struct RecurrentSteps: Sendable {
  /// The first row of each step, and the number of all rows.
  package let offsets: [Int]
  /// The sizes of the steps, which do not increase.
  package init(sizes: [Int]) { offsets = sizes.reduce(into: [0]) { $0.append($0.last! + $1) } }

  package var count: Int { offsets.count - 1 }
  /// The number of sequences.
  package var sequences: Int { offsets[1] }
  package var rows: Int { offsets[count] }
  /// The number of rows of step `t`.
  package func size(_ t: Int) -> Int { offsets[t + 1] - offsets[t] }
}

/// The parameters of a layer in one direction, of one floating-point type.
package struct RecurrentWeights {
  /// W_ih [gates · hidden, inputs] and W_hh [gates · hidden, state].
  package let input, hidden: Tensor
  /// b_ih and b_hh [gates · hidden]: both or none.
  package let inputBias, hiddenBias: Tensor?
  /// W_hr [state, hidden].
  package let projection: Tensor?

  package init(
    input: Tensor, hidden: Tensor, inputBias: Tensor?, hiddenBias: Tensor?, projection: Tensor?
  ) {
    (self.input, self.hidden) = (input, hidden)
    (self.inputBias, self.hiddenBias) = (inputBias, hiddenBias)
    self.projection = projection
  }
}

extension RecurrentKind {
  /// The name of the layer.
  package var name: StaticString {
    switch self {
    case .rnnTanh, .rnnRelu: "RNN"
    case .lstm: "LSTM"
    case .gru: "GRU"
    }
  }
}

/// A matrix, packed for the products with the states of one step after another.
final class PackedMatrix {
  private let memory: UnsafeMutableRawPointer
  private let bytes: Int

  init(_ matrix: Tensor, op: StaticString) {
    let table = Kernels.table(matrix.dtype).pointee
    let (k, n) = (Int64(matrix.shape[0]), Int64(matrix.shape[1]))
    bytes = Int(table.panels_bytes(k, n))
    guard let memory = Memory.allocate(bytes) else {
      fail("\(opName(op)): out of memory for weights of \(bytes) bytes")
    }
    self.memory = memory
    table.pack_panels(
      k, n, matrix.base, Int64(matrix.layout.stride(0)), Int64(matrix.layout.stride(1)), memory)
    withExtendedLifetime(matrix) {}
  }

  deinit { Memory.release(memory, bytes) }

  var base: UnsafeRawPointer { UnsafeRawPointer(memory) }
}
