import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, of the Python above each test; `filled`, `x` and
// `memory` are those of MultiheadAttentionTests. Dropout is 0 unless it is given.

@Suite(.ownGenerator) struct TransformerTests {
  private let x = seq([3, 2, 4])
  private let memory = seq([2, 2, 4], k: 3)

  private func encoderLayer(_ dropout: Double = 0) -> TransformerEncoderLayer {
    filled(
      TransformerEncoderLayer(4, 2, dimFeedforward: 6, dropout: dropout, dtype: .float64))
  }

  /// filled(nn.TransformerEncoderLayer(4, 2, 6))(x)
  private let encoded = [
    -0.113941892395599, 0.115354829767868, -0.129459535292711, -0.180759441009057,
    -0.0283837846561186, 0.17737550083195, 0.4072232770157, 0.139929109465249,
    -0.0623429024203487, 0.251612484231387, -0.509595784492781, -0.297494029218993,
    -0.0283728019885537, 0.177391513375789, 0.407242274872024, 0.139950505822055,
    -0.0622678004014207, 0.25178051695467, -0.509815636024807, -0.297481849257866,
    -0.13017185243045, 0.163945940718381, 0.443735232100016, 0.385577984626382,
  ]

  @Test func encoderLayerValues() {
    let layer = encoderLayer()
    expectClose(layer(x), encoded)
    expectClose(layer.eval()(x), encoded)
    expectClose(layer(x[0..., 1]), encoderLayer()(x)[0..., 1].values)
    #expect(
      layer.namedParameters.map(\.name) == [
        "self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
        "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight",
        "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias",
      ])
  }

  /// filled(nn.TransformerEncoderLayer(4, 2, 6, norm_first=True, activation="gelu",
  ///   batch_first=True, bias=False))(x)
  @Test func encoderLayerThatNormalisesFirst() {
    let layer = filled(
      TransformerEncoderLayer(
        4, 2, dimFeedforward: 6, dropout: 0, activation: .gelu, batchFirst: true, normFirst: true,
        bias: false, dtype: .float64))
    expectClose(
      layer(x),
      [
        -0.142455652666795, 0.492739560127159, 0.135297448614378, -0.236870014284934,
        0.39442330631198, 0.0284478446979042, -0.319193944023457, 0.296496921469753,
        -0.0603403654023954, -0.426263338114325, 0.255453348445997, -0.158722762670274,
        0.473356055133762, 0.106013882790692, -0.206071888190259, 0.37219585341369,
        0.0319924526974327, -0.329030069356166, 0.360889491081928, -0.0500396365359446,
        -0.429956257912544, 0.209315689990089, -0.0948748614253245, 0.487709771764948,
      ])
    #expect(layer.parameters.count == 6)
  }

  /// layer = filled(nn.TransformerEncoderLayer(4, 2, 6, dropout=0.3))
  /// torch.manual_seed(7); layer(x)
  @Test func dropoutDrawsAsPyTorch() {
    let layer = encoderLayer(0.3)
    manualSeed(7)
    expectClose(
      layer(x),
      [
        -0.0850199626839978, 0.196065742240267, -0.410015142719879, -0.286854912260295,
        -0.0547165333566235, 0.157433613017048, 0.409900466887084, 0.163482351502012,
        -0.135272051140279, 0.222189354422751, -0.613865254820661, -0.259973272109082,
        -0.0714809708800596, 0.133440089640908, 0.353483295672214, 0.111510100023949,
        -0.00145366646242109, 0.567259312761246, -0.440389960127063, 0.276533753704912,
        -0.257466362053937, 0.183350963447128, 0.19014827900616, 0.548523632115124,
      ])
    expectClose(layer.eval()(x), encoded)
  }

  /// filled(nn.TransformerDecoderLayer(4, 2, 6))(x, memory, tgt_mask=mask, tgt_is_causal=True) for
  /// mask = nn.Transformer.generate_square_subsequent_mask(3)
  @Test func decoderLayerValues() {
    let layer = filled(
      TransformerDecoderLayer(4, 2, dimFeedforward: 6, dropout: 0, dtype: .float64))
    let mask = Transformer.generateSquareSubsequentMask(3, dtype: .float64)
    let expected = [
      0.0550940756110262, 0.54087004998991, 0.0982213446573327, 0.463626222578206,
      0.0595105597268974, 0.601085621118549, 0.108586726818411, 0.470685996524273,
      0.0614164060216725, 0.611445702126015, 0.100743992463023, 0.472448303478503,
      0.0596367417045148, 0.601518397246803, 0.108025717557254, 0.4707675263154,
      0.0610800586479469, 0.610976194207255, 0.102574177153005, 0.472305790314276,
      0.0530041985309459, 0.600013057721466, 0.142985316499354, 0.469252802596127,
    ]
    for (mask, isCausal) in [(mask, true), (mask, false), (nil, true)] {
      expectClose(layer(x, memory, tgtMask: mask, tgtIsCausal: isCausal), expected)
    }
    let stack = TransformerDecoder(layer, numLayers: 1)
    expectClose(stack(x, memory, tgtMask: mask), expected)
    #expect(
      layer.namedParameters.map(\.name) == [
        "self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
        "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias",
        "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight",
        "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias",
        "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias",
      ])
  }

  /// torch.manual_seed(5); nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6), 2);
  /// torch.rand(2)
  @Test func aStackCopiesTheLayer() {
    manualSeed(5)
    let layer = TransformerEncoderLayer(4, 2, dimFeedforward: 6)
    layer.eval()
    let stack = TransformerEncoder(layer, numLayers: 2)
    // Copies draw nothing.
    expectClose(Tensor.rand(2), [0.632451891899109, 0.496548354625702], tolerance: 1e-6)
    #expect(
      stack.namedParameters.map(\.name).prefix(1) == ["layers.0.self_attn.in_proj_weight"])
    #expect(stack.parameters.count == 24 && stack.norm == nil)
    for (a, b) in zip(stack.layers[0].parameters, stack.layers[1].parameters) {
      #expect(a !== b && !a.sharesStorage(with: b) && a.values == b.values)
    }
    #expect(stack.layers.allSatisfy { !$0.isTraining && !$0.dropout.isTraining })
    #expect(stack.layers[0].linear1.weight.values == layer.linear1.weight.values)
    // All masks of one meaning.
    let x = x.to(.float32)
    let expected = stack(x, isCausal: true).values
    let causal = Tensor.ones([3, 3], dtype: .bool).triu(diagonal: 1)
    for mask in [causal, Transformer.generateSquareSubsequentMask(3)] {
      expectClose(stack(x, mask: mask), expected, tolerance: 1e-6)
      expectClose(stack(x, mask: mask, isCausal: false), expected, tolerance: 1e-6)
    }
    #expect(stack(x, mask: .zeros(3, 3)).values != expected)
    let padding = Tensor([[false, false, true], [false, true, true]])
    expectClose(
      stack(x, srcKeyPaddingMask: padding)[0..., 0][0..<2], stack(x[0..<2, 0]).values,
      tolerance: 1e-6)
  }

  /// torch.manual_seed(1); nn.Transformer(4, 2, 2, 1, 6)
  @Test func theSameSeedGivesTheSameWeights() {
    manualSeed(1)
    let net = Transformer(
      dModel: 4, nhead: 2, numEncoderLayers: 2, numDecoderLayers: 1, dimFeedforward: 6)
    let names = net.namedParameters.map(\.name)
    #expect(names.count == 46 && names[24] == "encoder.norm.weight")
    #expect(names.last == "decoder.norm.bias")
    let expected = [
      "encoder.layers.0.self_attn.in_proj_weight":
        [-0.121216140687466, -0.0463661849498749, -0.116293713450432],
      "encoder.layers.0.linear1.bias": [0.10044914484024, 0.120098292827606, -0.334779322147369],
      "encoder.layers.1.linear1.bias": [0.10044914484024, 0.120098292827606, -0.334779322147369],
      "encoder.layers.1.linear2.weight":
        [-0.765965223312378, -0.574260294437408, 0.353746742010117],
      "decoder.layers.0.multihead_attn.out_proj.weight":
        [-0.404276728630066, 0.851318895816803, -0.0707353502511978],
      "decoder.layers.0.linear2.bias": [-0.142791137099266, 0.248729050159454, 0.235292002558708],
    ]
    for (name, values) in expected {
      let parameter = net.namedParameters.first { $0.name == name }!.tensor
      expectClose(parameter.detach().flatten()[0..<3], values, tolerance: 1e-6, "\(name)")
    }
  }

  /// filled(nn.Transformer(4, 2, 1, 1, 6))(memory, x)
  @Test func transformerValues() {
    let net = filled(
      Transformer(
        dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 6,
        dropout: 0,
        dtype: .float64))
    let expected = [
      -0.117442395159302, 0.287059917619544, -0.7247847894339, -0.247407922257124,
      -0.18462722197217, 0.434526474992349, -0.938453548790433, 0.071192579988682,
      -0.178603306591147, 0.521604170709843, -0.798864065986473, 0.344778009721845,
      -0.184626749745188, 0.434524791747096, -0.938453927258417, 0.0711875765183595,
      -0.178604003470236, 0.521596840231111, -0.798896651851679, 0.344740039670465,
      -0.190451296300103, 0.467494311610263, -0.915460776987705, 0.172388070731851,
    ]
    expectClose(net(memory, x), expected)
    let custom = Transformer(
      dModel: 4, nhead: 2, customEncoder: net.encoder, customDecoder: net.decoder, dtype: .float64)
    #expect(custom.encoder === net.encoder && custom.decoder === net.decoder)
  }

  @Test func squareSubsequentMask() {
    let mask = Transformer.generateSquareSubsequentMask(2)
    #expect(mask.values == [0, -Double.infinity, 0, 0] && mask.dtype == .float32)
  }

  @Test func misuseStops() async {
    let results = await [
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = TransformerEncoderLayer(5, 2)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = TransformerEncoder(TransformerEncoderLayer(4, 2), numLayers: -1)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let net = Transformer(
          dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 2)
        _ = net(.zeros(3, 2, 4), .zeros(3, 1, 4))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Transformer.generateSquareSubsequentMask(2, dtype: .int64)
      },
    ]
    let messages = [
      "TransformerEncoderLayer: embedDim and numHeads must be positive",
      "TransformerEncoder: the number of layers", "4 features and one batch size, got the shapes",
      "generateSquareSubsequentMask: the dtype must be floating-point",
    ]
    for (result, message) in zip(results, messages) { expectMessage(result, message) }
  }
}
