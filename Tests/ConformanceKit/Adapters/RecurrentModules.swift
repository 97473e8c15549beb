import Autograd
import NN

extension Adapter {
  /// The recurrent layers and cells.
  static let recurrentModules: [String: Make] = [
    "RNN": { c, dtype in
      RNN(
        try c[0, "input_size"], try c[1, "hidden_size"], numLayers: try c[2, "num_layers", or: 1],
        nonlinearity: try c[3, "nonlinearity", or: .tanh], bias: try c[4, "bias", or: true],
        batchFirst: try c[5, "batch_first", or: false], dropout: try c[6, "dropout", or: 0],
        bidirectional: try c[7, "bidirectional", or: false], dtype: dtype)
    },
    "GRU": { c, dtype in
      GRU(
        try c[0, "input_size"], try c[1, "hidden_size"], numLayers: try c[2, "num_layers", or: 1],
        bias: try c[3, "bias", or: true], batchFirst: try c[4, "batch_first", or: false],
        dropout: try c[5, "dropout", or: 0], bidirectional: try c[6, "bidirectional", or: false],
        dtype: dtype)
    },
    "LSTM": { c, dtype in
      LSTM(
        try c[0, "input_size"], try c[1, "hidden_size"], numLayers: try c[2, "num_layers", or: 1],
        bias: try c[3, "bias", or: true], batchFirst: try c[4, "batch_first", or: false],
        dropout: try c[5, "dropout", or: 0], bidirectional: try c[6, "bidirectional", or: false],
        projSize: try c[7, "proj_size", or: 0], dtype: dtype)
    },
    "RNNCell": { c, dtype in
      RNNCell(
        try c[0, "input_size"], try c[1, "hidden_size"], bias: try c[2, "bias", or: true],
        nonlinearity: try c[3, "nonlinearity", or: .tanh], dtype: dtype)
    },
    "GRUCell": { c, dtype in
      GRUCell(
        try c[0, "input_size"], try c[1, "hidden_size"], bias: try c[2, "bias", or: true],
        dtype: dtype)
    },
    "LSTMCell": { c, dtype in
      LSTMCell(
        try c[0, "input_size"], try c[1, "hidden_size"], bias: try c[2, "bias", or: true],
        dtype: dtype)
    },
  ]

  /// The outputs of a recurrent layer, flattened; nil for another layer.
  static func recurrentOutput(of module: Module, _ inputs: Call) throws -> [Tensor]? {
    switch module {
    case let module as RNN:
      let (output, h) = module(try inputs.x, try inputs[1, "hx", or: nil])
      return [output, h]
    case let module as GRU:
      let (output, h) = module(try inputs.x, try inputs[1, "hx", or: nil])
      return [output, h]
    case let module as LSTM:
      let states: [Tensor]? = try inputs[1, "hx", or: nil]
      let (output, (h, c)) = module(try inputs.x, states.map { ($0[0], $0[1]) })
      return [output, h, c]
    case let module as RNNCell: return [module(try inputs.x, try inputs[1, "hx", or: nil])]
    case let module as GRUCell: return [module(try inputs.x, try inputs[1, "hx", or: nil])]
    case let module as LSTMCell:
      let states: [Tensor]? = try inputs[1, "hx", or: nil]
      let (h, c) = module(try inputs.x, states.map { ($0[0], $0[1]) })
      return [h, c]
    default: return nil
    }
  }
}

extension RNNNonlinearity: Argument {
  init(_ value: Value, _ call: Call) throws {
    switch value.text {
    case "tanh": self = .tanh
    case "relu": self = .relu
    default: throw NoSuchCase(value: value)
    }
  }
}
