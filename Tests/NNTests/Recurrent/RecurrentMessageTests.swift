import Autograd
import NN
import TestSupport
import Testing

@Suite struct RecurrentMessageTests {
  @Test func senselessSettingsStop() async {
    let hidden = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(2, 0)
    }
    expectMessage(hidden, "GRU: hiddenSize must be positive, but it is 0")
    let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(0, 2)
    }
    expectMessage(input, "RNN: inputSize must be positive, but it is 0")
    let layers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(2, 3, numLayers: 0)
    }
    expectMessage(layers, "LSTM: numLayers must be positive, but it is 0")
    let projection = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LSTM(2, 3, projSize: 3) }
    expectMessage(projection, "LSTM: projSize must be less than hiddenSize, 3", "but it is 3")
    let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(2, 3, numLayers: 2, dropout: 1.5)
    }
    expectMessage(dropout, "GRU: dropout must be a probability in [0, 1], but it is 1.5")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTMCell(2, -1)
    }
    expectMessage(cell, "LSTMCell: hiddenSize must be positive, but it is -1")
  }

  @Test func dropoutInOneLayerIsSaidOnce() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      _ = GRU(2, 3, dropout: 0.5)
      _ = LSTM(2, 3, dropout: 0.5)
    }
    expectMessage(
      result, "warning: dropout acts on the outputs of all recurrent layers but the last")
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.split(separator: "warning", omittingEmptySubsequences: false).count == 2)
  }

  @Test func wrongInputsStop() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(2, 3)(.ones([2])).output
    }
    expectMessage(rank, "GRU: expected an input [steps, batch, 2] or, of one sequence, [steps, 2]")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(2, 3)(.ones([4, 1, 3])).output
    }
    expectMessage(size, "GRU: the last dimension of the input must be inputSize, 2", "[4, 1, 3]")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(2, 3, batchFirst: true)(.ones([4, 0, 2])).output
    }
    expectMessage(steps, "RNN: a sequence must have a step", "[4, 0, 2]")
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(2, 3)(.ones([4, 1, 2], dtype: .float64)).output
    }
    expectMessage(
      type, "RNN: inputs and states must have the type of the weights, float32", "float64")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRUCell(2, 3)(.ones([1, 4, 2]))
    }
    expectMessage(cell, "GRUCell: expected an input [batch, 2] or [2], got the shape [1, 4, 2]")
    let plain = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(2, 3).forward(.ones([4, 1, 2]))
    }
    expectMessage(plain, "LSTM: this module does not compute one tensor from one tensor")
  }

  @Test func wrongStatesStop() async {
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(2, 3, numLayers: 2)(.ones([4, 5, 2]), .ones([2, 4, 3])).output
    }
    expectMessage(
      batch, "GRU: the state h must have the shape [2, 5, 3], [layers · directions, batch, size]",
      "[2, 4, 3]")
    let one = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(2, 3)(.ones([4, 2]), (.ones([1, 3]), .ones([1, 1, 3]))).output
    }
    expectMessage(one, "LSTM: the state c must have the shape [1, 3], [layers · directions, size]")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTMCell(2, 3)(.ones([4, 2]), (.ones([4, 3]), .ones([3, 3])))
    }
    expectMessage(cell, "LSTMCell: the state c must have the shape [4, 3], but it has [3, 3]")
  }

  @Test func aChangedOutputStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.ones([4, 1, 2], requiresGrad: true)
      let (y, _) = GRU(2, 3)(x)
      y.detach().zero_()
      y.sum().backward()
    }
    expectMessage(result, "GRU: a tensor", "modified in place")
  }
}
