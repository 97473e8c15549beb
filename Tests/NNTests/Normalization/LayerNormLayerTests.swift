import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite struct LayerNormLayerTests {
  /// nn.LayerNorm([3])(seq(2, 3))
  @Test func aNewLayerStandardises() {
    expectClose(
      LayerNorm(3, dtype: .float64)(seq([2, 3])),
      [
        -1.162390860608493, 1.278629946669343, -0.116239086060849, -1.162390860608493,
        1.278629946669342, -0.116239086060849,
      ])
  }

  @Test func parameters() {
    let layer = LayerNorm([2, 3])
    #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
    #expect(layer.weight!.shape == [2, 3] && layer.bias!.values == Array(repeating: 0, count: 6))
    #expect(LayerNorm(3, bias: false).namedParameters.map(\.name) == ["weight"])
    #expect(LayerNorm(3, elementwiseAffine: false).parameters.isEmpty)
    layer.weight = .zeros([2, 3])
    layer.resetParameters()
    #expect(layer.weight!.values == Array(repeating: 1, count: 6))
    #expect(
      "\(LayerNorm([2, 3], eps: 0.5, bias: false))"
        == "LayerNorm([2, 3], eps: 0.5, elementwiseAffine: true, bias: false)")
  }
}
