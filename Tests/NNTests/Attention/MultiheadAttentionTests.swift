import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, of the Python above each test, with
//
//   def filled(m):
//     for i, p in enumerate(m.parameters()): p.data = seq(*p.shape, k=5 + 2 * i)
//     return m.double()
//   x, memory = seq(3, 2, 4), seq(2, 2, 4, k=3)

/// The parameters replaced by those of `filled`.
func filled<M: Module>(_ module: M) -> M {
  for (i, parameter) in module.parameters.enumerated() {
    noGrad { _ = parameter.copy_(seq(parameter.shape, k: 5 + 2 * i)) }
  }
  return module
}

@Suite(.ownGenerator) struct MultiheadAttentionTests {
  private let x = seq([3, 2, 4])
  private let memory = seq([2, 2, 4], k: 3)

  /// filled(nn.MultiheadAttention(4, 2))(x, memory, memory)
  @Test func valuesAndWeights() {
    let layer = filled(MultiheadAttention(4, 2, dtype: .float64))
    let (y, weights) = layer(x, memory, memory)
    expectClose(
      y,
      [
        0.107791902712931, -0.140595203821874, -0.210417099324889, -0.243377651149781,
        0.162819010147381, -0.161118359686851, -0.199966112591488, -0.238557616913438,
        0.104417600440491, -0.138322345449821, -0.208887242383334, -0.244621503618798,
        0.163240947230941, -0.161533258640463, -0.199740207931844, -0.23817394437478,
        0.104841298880415, -0.138738702391417, -0.208661269345934, -0.24423670773413,
        0.165388753639129, -0.162719775081243, -0.201544626636017, -0.23783641792661,
      ])
    #expect(weights!.shape == [2, 3, 2])
    expectClose(
      weights,
      [
        0.473327869614575, 0.526672130385425, 0.484171455423356, 0.515828544576644,
        0.483531054158098, 0.516468945841902, 0.473009139494996, 0.526990860505004,
        0.472372902970042, 0.527627097029958, 0.464037883241336, 0.535962116758664,
      ])
    let (z, none) = layer(x, memory, memory, needWeights: false)
    #expect(none == nil)
    expectClose(z, y.values)
    // A key that is not the value, and a batch first.
    expectClose(layer(x, memory, memory.clone()).output, y.values)
    let other = filled(MultiheadAttention(4, 2, batchFirst: true, dtype: .float64))
    let (xt, memoryT) = (x.transpose(0, 1), memory.transpose(0, 1))
    expectClose(other(xt, memoryT, memoryT).output.transpose(0, 1), y.values)
    // Without a batch.
    let (one, weight) = layer(x[0..., 0], memory[0..., 0], memory[0..., 0])
    #expect(one.shape == [3, 4] && weight!.shape == [3, 2])
    expectClose(one, y[0..., 0].values)
  }

  /// filled(nn.MultiheadAttention(4, 2))(x, x, x, average_attn_weights=False,
  ///   key_padding_mask=torch.tensor([[False, True, False], [False, False, True]]),
  ///   attn_mask=torch.ones(3, 3).triu(1).bool())
  @Test func masksExcludeWhereTheyAreTrue() {
    let layer = filled(MultiheadAttention(4, 2, dtype: .float64))
    let padding = Tensor([[false, true, false], [false, false, true]])
    let causal = Tensor.ones([3, 3], dtype: .bool).triu(diagonal: 1)
    let (y, weights) = layer(
      x, x, x, keyPaddingMask: padding, attnMask: causal, averageAttnWeights: false)
    let expected = [
      0.21882494365139, -0.192895567242675, -0.240318557475582, -0.228567993989482,
      0.246232907588279, -0.203053343350864, -0.235149511645379, -0.226253944402705,
      0.21882494365139, -0.192895567242675, -0.240318557475582, -0.228567993989482,
      0.273604461684876, -0.21315196924067, -0.229945930047892, -0.224094541873019,
      0.042970944139117, -0.0922464213115832, -0.166257980713551, -0.272557882034122,
      0.27363736888595, -0.213141404683984, -0.229919083974674, -0.224167325314927,
    ]
    expectClose(y, expected)
    #expect(weights!.shape == [2, 2, 3, 3])
    expectClose(weights![0, 0], [1, 0, 0, 1, 0, 0, 0.542690521811945, 0, 0.457309478188055])
    // The same masks in other forms.
    let added = Transformer.generateSquareSubsequentMask(3)
    for mask in [causal, added, causal.expand(4, 3, 3), nil] {
      let (z, _) = layer(
        x, x, x, keyPaddingMask: padding, needWeights: false, attnMask: mask,
        isCausal: mask == nil)
      expectClose(z, expected)
    }
    let (a, _) = layer(x, x, x, needWeights: false, attnMask: causal)
    for (mask, needWeights) in [(causal, false), (nil, false), (nil, true)] {
      let b = layer(x, x, x, needWeights: needWeights, attnMask: mask, isCausal: true).output
      expectClose(b, a.values)
    }
  }

  /// filled(nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True, batch_first=True))(x,
  ///   x, x), of which [0]
  @Test func addedKeys() {
    let layer = filled(
      MultiheadAttention(
        4, 2, addBiasKV: true, addZeroAttn: true, batchFirst: true, dtype: .float64))
    let (y, weights) = layer(x, x, x)
    expectClose(
      y[0],
      [
        -0.114580890558954, 0.308330813765271, -0.610095878571866, -0.0195311990780491,
        -0.115094147168871, 0.308318713237577, -0.609448768177278, -0.0200416614062634,
      ])
    expectClose(
      weights![0],
      [
        0.248113755483157, 0.259416219108812, 0.238804363556287, 0.253665661851745,
        0.247060161203411, 0.258624656056869, 0.240793781871806, 0.253521400867914,
      ])
    expectClose(layer(x, x, x, needWeights: false).output, y.values)
    // No mask excludes them.
    let none = Tensor.ones([3, 2], dtype: .bool)
    #expect(layer(x, x, x, keyPaddingMask: none).output.values.allSatisfy { $0.isFinite })
  }

  /// filled(nn.MultiheadAttention(4, 2))(x, x, x, need_weights=False,
  ///   key_padding_mask=torch.tensor([[True] * 3, [False] * 3]))[0][0]; with weights NaN
  @Test func aSequenceWithoutKeys() {
    let layer = filled(MultiheadAttention(4, 2, dtype: .float64))
    let padding = Tensor([[true, true, true], [false, false, false]])
    let y = layer(x, x, x, keyPaddingMask: padding, needWeights: false).output[0]
    let rest = [0.348039467398062, -0.253248587448484, -0.31008609183236, -0.219390681652436]
    expectClose(y, Array(repeating: -0.127272727272727, count: 4) + rest)
    let z = layer(x, x, x, keyPaddingMask: padding).output[0]
    expectClose(z, Array(repeating: .nan, count: 4) + rest)
  }

  /// torch.manual_seed(0); nn.MultiheadAttention(4, 2, add_bias_kv=True)
  @Test func theSameSeedGivesTheSameWeights() {
    manualSeed(0)
    let layer = MultiheadAttention(4, 2, addBiasKV: true)
    #expect(
      layer.namedParameters.map(\.name) == [
        "in_proj_weight", "in_proj_bias", "bias_k", "bias_v", "out_proj.weight", "out_proj.bias",
      ])
    func first(_ x: Tensor?) -> Tensor? { x?.detach().flatten()[0..<3] }
    expectClose(
      first(layer.inProjWeight), [0.222424164414406, 0.508506715297699, -0.12602636218071],
      tolerance: 1e-6)
    expectClose(
      first(layer.biasK), [-1.10938966274261, 0.12949226796627, -0.514851093292236],
      tolerance: 1e-6)
    expectClose(
      first(layer.biasV), [0.136683866381645, -0.459049999713898, -0.0202105436474085],
      tolerance: 1e-6)
    expectClose(
      first(layer.outProj.weight),
      [-0.00374341011047363, 0.268221795558929, -0.411522567272186], tolerance: 1e-6)
    #expect(layer.inProjBias!.values.allSatisfy { $0 == 0 })
    #expect(layer.outProj.bias!.values.allSatisfy { $0 == 0 })
  }

  /// torch.manual_seed(0); nn.MultiheadAttention(4, 2, kdim=3, vdim=2)
  @Test func keysOfOtherSizesHaveWeightsOfTheirOwn() {
    manualSeed(0)
    let layer = MultiheadAttention(4, 2, kdim: 3, vdim: 2)
    #expect(
      layer.namedParameters.map(\.name) == [
        "q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias", "out_proj.weight",
        "out_proj.bias",
      ])
    expectClose(
      layer.kProjWeight!.detach().flatten()[0..<3],
      [-0.540438652038574, 0.795833170413971, 0.413117945194244], tolerance: 1e-6)
    expectClose(
      layer.vProjWeight!.detach().flatten()[0..<3],
      [-0.443495035171509, -0.03608238697052, 0.639560699462891], tolerance: 1e-6)
    #expect(layer(.zeros(5, 4), .zeros(2, 3), .zeros(2, 2)).output.shape == [5, 4])
    #expect(
      "\(layer)".hasPrefix(
        "MultiheadAttention(\n  4, 2, dropout: 0.0, bias: true, addBiasKV: false, "
          + "addZeroAttn: false, kdim: 3, vdim: 2, batchFirst: false\n  (out_proj): Linear("))
  }

  @Test func hooksSeeTensorsAndMasks() {
    let layer = filled(MultiheadAttention(4, 2, dtype: .float64))
    var seen: [[Int]] = []
    layer.registerForwardHook { _, inputs, outputs in seen = (inputs + outputs).map(\.shape) }
    _ = layer(x, x, x, keyPaddingMask: .zeros([2, 3], dtype: .bool))
    #expect(seen == [[3, 2, 4], [3, 2, 4], [3, 2, 4], [2, 3], [3, 2, 4], [2, 3, 3]])
  }

  @Test func misuseStops() async {
    let results = await [
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MultiheadAttention(5, 2)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MultiheadAttention(4, 2)(.zeros(3, 4), .zeros(3, 1, 4), .zeros(3, 1, 4))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MultiheadAttention(4, 2)(.zeros(3, 4), .zeros(3, 5), .zeros(3, 4))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MultiheadAttention(4, 2)(.zeros(3, 2, 4), .zeros(3, 1, 4), .zeros(3, 1, 4))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(3, 2, 4)
        _ = MultiheadAttention(4, 2)(x, x, x, keyPaddingMask: .zeros([3, 2], dtype: .bool))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(3, 2, 4)
        _ = MultiheadAttention(4, 2)(x, x, x, attnMask: .zeros([2, 3, 3], dtype: .bool))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(3, 2, 4)
        _ = MultiheadAttention(4, 2)(x, x, x, attnMask: .zeros([3, 3], dtype: .int64))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = MultiheadAttention(4, 2)(Tensor.zeros(3, 4))
      },
    ]
    let messages = [
      "embedDim a multiple of numHeads, but they are 5 and 2", "their shapes are [3, 4], [3, 1, 4]",
      "must have 4, 4 and 4 features, but they have 4, 5 and 4", "must have one batch size",
      "[batch, S], [2, 3], or [S] without a batch, but it has [3, 2]",
      "[batch·numHeads, L, S], [4, 3, 3], but it has [2, 3, 3]", "must be bool",
      "does not compute one tensor from one tensor",
    ]
    for (result, message) in zip(results, messages) { expectMessage(result, message) }
  }
}
