import Autograd
import TestSupport
import Testing

@testable import NN

@Suite(.ownGenerator) struct RecurrentCellTests {
  /// torch.manual_seed(0); nn.LSTMCell(1, 1)
  @Test func parametersStartWherePyTorchsDo() {
    manualSeed(0)
    let cell = LSTMCell(1, 1)
    #expect(cell.namedParameters.map(\.name) == ["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
    expectClose(
      cell.weightHh.detach(),
      [-0.385154366493225, 0.268157362937927, -0.019813179969788, 0.792889475822449],
      tolerance: 1e-6)
    expectClose(
      cell.biasHh!.detach(),
      [-0.955348491668701, -0.662282109260559, -0.412223100662231, 0.037043571472168],
      tolerance: 1e-6)
    #expect(GRUCell(2, 3, bias: false).namedParameters.map(\.name) == ["weight_ih", "weight_hh"])
  }

  @Test func statesDefaultToZeros() {
    let x = seq([4, 2])
    let lstm = numbered(LSTMCell(2, 3, dtype: .float64))
    let zeros = Tensor.zeros([4, 3], dtype: .float64)
    #expect(lstm(x).h.values == lstm(x, (zeros, zeros)).h.values)
    #expect(lstm(x).c.values == lstm(x, (zeros, zeros)).c.values)
    let gru = numbered(GRUCell(2, 3, dtype: .float64))
    #expect(gru(x).values == gru(x, zeros).values)
    let rnn = numbered(RNNCell(2, 3, nonlinearity: .relu, dtype: .float64))
    #expect(rnn(x).values == rnn(x, zeros).values)
    #expect(rnn(x[0]).values == rnn(x)[0].values)
  }

  @Test func aCellIsOneNode() {
    let gru = GRUCell(2, 3)
    #expect(gru(.ones([1, 2])).gradFn == "reshape")
    let flat = recurrence(
      .gru,
      RecurrentOperands(
        x: .ones([6, 2]), inputWeight: gru.weightIh, hiddenWeight: gru.weightHh,
        inputBias: gru.biasIh, hiddenBias: gru.biasHh),
      RecurrentSteps(sizes: [3, 2, 1]))
    // All steps are one node, whose sources are leaves.
    #expect(flat.gradFn == "GRU" && flat.shape == [6 * 3 + 3 * 3])
    #expect(
      noGrad {
        recurrence(
          .gru,
          RecurrentOperands(
            x: .ones([1, 2]), inputWeight: gru.weightIh, hiddenWeight: gru.weightHh),
          RecurrentSteps(sizes: [1]))
      }.gradFn == nil)
  }

  @Test func kernelsAgreeWithTheirMeaning() {
    for kind in [RecurrentKind.rnnTanh, .rnnRelu, .lstm, .gru] {
      for isReverse in [false, true] {
        let a = RecurrentOperands(
          x: seq([9, 3]), inputWeight: seq([kind.gates * 20, 3], k: 2),
          hiddenWeight: seq([kind.gates * 20, 20], k: 3), inputBias: seq([kind.gates * 20], k: 4),
          hiddenBias: seq([kind.gates * 20], k: 5), h: seq([4, 20], k: 6),
          c: kind == .lstm ? seq([4, 20], k: 8) : nil)
        let steps = RecurrentSteps(sizes: [4, 3, 1, 1])
        expectClose(
          recurrence(kind, a, steps, isReverse: isReverse),
          composedRecurrence(kind, a, steps, isReverse: isReverse, wantsOutput: true).values)
      }
    }
  }

  @Test func descriptions() {
    #expect("\(GRUCell(2, 3, bias: false))" == "GRUCell(2, 3, bias: false)")
    #expect("\(RNNCell(2, 3, nonlinearity: .relu))" == "RNNCell(2, 3, nonlinearity: relu)")
  }
}
