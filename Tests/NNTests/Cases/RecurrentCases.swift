import Autograd
import NN
import TestSupport

extension OpCase {
  /// Recurrent layers and packed sequences.
  static let recurrent: [OpCase] = [
    layer("RNN", [3, 2, 2], [[1, 2, 3]], names, [[3, 2], [3, 3], [3], [3]]) {
      RNN(2, 3, dtype: $0)
    },
    layer("RNN, relu, two layers, without biases, one sequence", [3, 2], [[2, 3]]) {
      RNN(2, 3, numLayers: 2, nonlinearity: .relu, bias: false, dtype: $0)
    },
    layer(
      "RNN, bidirectional, batch first", [2, 3, 2], [[2, 2, 3]], ["weight_hh_l0_reverse"], [[3, 3]]
    ) { RNN(2, 3, batchFirst: true, bidirectional: true, dtype: $0) },
    layer("GRU", [3, 2, 2], [[1, 2, 3]], names, [[9, 2], [9, 3], [9], [9]]) {
      GRU(2, 3, dtype: $0)
    },
    layer("GRU, one step", [1, 2, 2], [], names, [[9, 2], [9, 3], [9], [9]]) {
      GRU(2, 3, dtype: $0)
    },
    layer(
      "GRU, two layers, bidirectional, without biases", [2, 2, 2], [[4, 2, 2]], ["weight_ih_l1"],
      [[6, 4]]
    ) { GRU(2, 2, numLayers: 2, bias: false, bidirectional: true, dtype: $0) },
    layer(
      "GRU, packed", [6, 2], [[2, 3, 2]], ["weight_hh_l0_reverse"], [[6, 2]],
      batchSizes: [3, 2, 1], sortedIndices: [1, 2, 0]
    ) { GRU(2, 2, bidirectional: true, dtype: $0) },
    layer(
      "LSTM", [3, 2, 2], [[1, 2, 3], [1, 2, 3]], names, [[12, 2], [12, 3], [12], [12]]
    ) { LSTM(2, 3, dtype: $0) },
    layer(
      "LSTM, projection, bidirectional", [2, 2, 2], [[2, 2, 2], [2, 2, 3]],
      ["weight_hh_l0", "weight_hr_l0_reverse"], [[12, 2], [2, 3]]
    ) { LSTM(2, 3, bidirectional: true, projSize: 2, dtype: $0) },
    layer("LSTM, projection, one step", [1, 2, 2], [], ["weight_hr_l0"], [[2, 3]]) {
      LSTM(2, 3, projSize: 2, dtype: $0)
    },
    layer(
      "LSTM, packed", [5, 2], [[2, 3, 2], [2, 3, 2]], ["weight_hh_l0_reverse"], [[8, 2]],
      batchSizes: [3, 1, 1]
    ) { LSTM(2, 2, bidirectional: true, dtype: $0) },
    cell("RNNCell", [2, 2], [[2, 3]], gates: 1) { RNNCell(2, 3, dtype: $0) },
    cell("RNNCell, relu, one sample", [2], [[3]], gates: 1) {
      RNNCell(2, 3, nonlinearity: .relu, dtype: $0)
    },
    cell("GRUCell", [2, 2], [[2, 3]], gates: 3) { GRUCell(2, 3, dtype: $0) },
    cell("LSTMCell", [2, 2], [[2, 3], [2, 3]], gates: 4) { LSTMCell(2, 3, dtype: $0) },
    OpCase("packPaddedSequence", [.real([3, 2, 2])]) {
      packPaddedSequence($0[0], lengths: [1, 3], enforceSorted: false).data.square()
    },
    OpCase("padPackedSequence", [.real([4, 2])]) {
      padPackedSequence(
        PackedSequence($0[0], batchSizes: [2, 1, 1], sortedIndices: [1, 0]), batchFirst: true,
        paddingValue: 2, totalLength: 4
      ).padded.square()
    },
    OpCase("padSequence", [.real([3, 2]), .real([1, 2])]) {
      padSequence($0, paddingValue: -1, paddingSide: .left).square()
    },
    OpCase("unpadSequence", [.real([2, 3])]) {
      cat(unpadSequence($0[0], lengths: [2, 1], batchFirst: true)).square()
    },
  ]

  private static let names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]

  /// A row for a recurrent layer of an input and states of the given shapes, of which some parameters
  /// are inputs too.
  private static func layer(
    _ note: String, _ input: [Int], _ states: [[Int]], _ names: [String] = [],
    _ shapes: [[Int]] = [], batchSizes: [Int]? = nil, sortedIndices: [Int]? = nil,
    _ make: @escaping @Sendable (DType) -> RecurrentLayer
  ) -> OpCase {
    let inputs = ([input] + states + shapes).map { Sample.real($0) }
    return OpCase("recurrence", note, inputs) { x in
      with(make, x, names) { layer, x in
        if let batchSizes {
          let packed = PackedSequence(
            x[0], batchSizes: batchSizes, sortedIndices: sortedIndices)
          switch layer {
          case let layer as LSTM:
            let (output, (h, c)) = layer(packed, statesAmong(x))
            return flat([output.data, h, c])
          case let layer as GRU:
            let (output, h) = layer(packed, x.count > 1 ? x[1] : nil)
            return flat([output.data, h])
          default: fatalError()
          }
        }
        switch layer {
        case let layer as LSTM:
          let (output, (h, c)) = layer(x[0], statesAmong(x))
          return flat([output, h, c])
        case let layer as GRU:
          let (output, h) = layer(x[0], x.count > 1 ? x[1] : nil)
          return flat([output, h])
        case let layer as RNN:
          let (output, h) = layer(x[0], x.count > 1 ? x[1] : nil)
          return flat([output, h])
        default: fatalError()
        }
      }
    }
  }

  /// A row for a cell.
  private static func cell(
    _ note: String, _ input: [Int], _ states: [[Int]], gates: Int,
    _ make: @escaping @Sendable (DType) -> RecurrentCell
  ) -> OpCase {
    let rows = gates * 3
    let inputs = ([input] + states + [[rows, 2], [rows, 3], [rows], [rows]]).map { Sample.real($0) }
    let names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    return OpCase("recurrence", note, inputs) { x in
      with(make, x, names) { cell, x in
        switch cell {
        case let cell as LSTMCell:
          let (h, c) = cell(x[0], (x[1], x[2]))
          return flat([h, c])
        case let cell as GRUCell: return cell(x[0], x[1])
        case let cell as RNNCell: return cell(x[0], x[1])
        default: fatalError()
        }
      }
    }
  }

  /// Calls `body` with a module of fixed weights, in which the last of the inputs `x` stand for the
  /// parameters `names`, and the other inputs.
  private static func with<M: Module>(
    _ make: (DType) -> M, _ x: [Tensor], _ names: [String], _ body: (M, [Tensor]) -> Tensor
  ) -> Tensor {
    // Drawn as doubles, so that the weights are the same for each dtype.
    let module = Generator.withDefault(Generator(seed: 0)) { make(.float64) }
      .to(x[0].dtype).requiresGrad(false)
    let parameters = Dictionary(uniqueKeysWithValues: zip(names, x.suffix(names.count)))
    return functionalCall(module, parameters) { body(module, Array(x.dropLast(names.count))) }
  }

  private static func statesAmong(_ x: [Tensor]) -> (h: Tensor, c: Tensor)? {
    x.count > 2 ? (x[1], x[2]) : nil
  }

  /// The elements of all tensors in a list.
  private static func flat(_ tensors: [Tensor]) -> Tensor { cat(tensors.map { $0.flatten() }) }
}
