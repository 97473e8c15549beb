import Autograd
import NN

extension MisuseCase {
  static let recurrent = [
    MisuseCase("RNN(inputSize)") { RNN($0, 2) },
    MisuseCase("RNN(hiddenSize)") { RNN(2, $0) },
    MisuseCase("RNN(numLayers)") { RNN(2, 2, numLayers: $0) },
    MisuseCase("GRU(inputSize)") { GRU($0, 2) },
    MisuseCase("GRU(hiddenSize)") { GRU(2, $0) },
    MisuseCase("GRU(numLayers)") { GRU(2, 2, numLayers: $0) },
    MisuseCase("LSTM(inputSize)") { LSTM($0, 2) },
    MisuseCase("LSTM(hiddenSize)") { LSTM(2, $0) },
    MisuseCase("LSTM(numLayers)") { LSTM(2, 2, numLayers: $0) },
    MisuseCase("LSTM(projSize)") { LSTM(2, 3, projSize: $0) },
    MisuseCase("LSTM(projSize)") { LSTM(2, $0, bidirectional: true, projSize: $0 &- 1) },
    MisuseCase("RNNCell(inputSize)") { RNNCell($0, 2) },
    MisuseCase("RNNCell(hiddenSize)") { RNNCell(2, $0) },
    MisuseCase("GRUCell(inputSize)") { GRUCell($0, 2) },
    MisuseCase("GRUCell(hiddenSize)") { GRUCell(2, $0) },
    MisuseCase("LSTMCell(inputSize)") { LSTMCell($0, 2) },
    MisuseCase("LSTMCell(hiddenSize)") { LSTMCell(2, $0) },
    MisuseCase("PackedSequence(batchSizes)") {
      PackedSequence(.ones([2, 3]), batchSizes: [$0, 1]).lengths
    },
    MisuseCase("PackedSequence(sortedIndices)") {
      PackedSequence(.ones([2, 3]), batchSizes: [2], sortedIndices: [$0, 1])
    },
    MisuseCase("packPaddedSequence(lengths)") {
      packPaddedSequence(.ones([3, 2, 1]), lengths: [2, $0], enforceSorted: false)
    },
    MisuseCase("padPackedSequence(totalLength)") {
      padPackedSequence(packSequence([.ones([3, 2])]), totalLength: $0)
    },
    MisuseCase("unpadSequence(lengths)") { unpadSequence(.ones([3, 2, 1]), lengths: [2, $0]) },
  ]
}
