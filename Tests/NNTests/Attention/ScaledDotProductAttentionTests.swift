import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, of the Python above each test, where S is
// torch.nn.functional.scaled_dot_product_attention and q, k and v are those of this suite.

@Suite struct ScaledDotProductAttentionTests {
  private let q = seq([2, 2, 4])
  private let k = seq([2, 3, 4], k: 5)
  private let v = seq([2, 3, 2], k: 3)

  /// S(q, k, v), S(q, k, v, is_causal=True), S(q, k, v, scale=2.0)
  @Test func values() {
    expectClose(
      scaledDotProductAttention(q, k, v),
      [
        0.0835982842435779, 0.0240630980655063, 0.0812848489119928, 0.0267447553669251,
        0.0847138971873072, -0.00200756441428848, 0.0358390675837153, 0.00324315308023192,
      ])
    expectClose(
      scaledDotProductAttention(q, k, v, isCausal: true),
      [
        -0.127272727272727, 0.145454545454545, 0.139369905415239, -0.0767476484520932,
        0.509090909090909, -0.218181818181818, 0.266907249893516, 0.072438572855053,
      ])
    expectClose(
      scaledDotProductAttention(q, k, v, scale: 2),
      [
        0.0794774611827382, 0.0238775393526986, 0.0705212558210158, 0.0342159192380509,
        0.164104920004416, 0.00490588791185586, -0.0142443211750752, 0.0285870043374257,
      ])
  }

  /// S(q, k, v, attn_mask=torch.tensor([[True, False, True], [False, False, False]]))
  @Test func aBoolMaskIsTrueWhereAKeyTakesPart() {
    let mask = Tensor([[true, false, true], [false, false, false]])
    let y = scaledDotProductAttention(q, k, v, attnMask: mask)
    expectClose(
      y,
      [
        -0.0828886074673683, 0.189838665259904, 0, 0, 0.100778710032936, -0.177350598276021, 0, 0,
      ])
    // A query without a key has no gradient, and gives none.
    for gradient in grad(of: y.sum(), wrt: [q, k, v]) {
      #expect(gradient!.values.allSatisfy { $0.isFinite })
    }
    let dq = grad(of: scaledDotProductAttention(q, k, v, attnMask: mask).sum(), wrt: q)
    #expect(dq[0, 1].values == [0, 0, 0, 0] && dq[1, 1].values == [0, 0, 0, 0])
  }

  /// S(q, k, v, attn_mask=seq(2, 1, 3))
  @Test func aFloatMaskIsAdded() {
    let expected = [
      0.145577267341884, -0.0308611482093849, 0.142865142552617, -0.0277803912569189,
      0.0462651142436428, 0.062427169440873, 0.00654322528965715, 0.0640104834280244,
    ]
    // With and without a gradient of the mask.
    expectClose(scaledDotProductAttention(q, k, v, attnMask: seq([2, 1, 3])), expected)
    expectClose(scaledDotProductAttention(q, k, v, attnMask: seq([2, 1, 3]).detach()), expected)
  }

  /// S(seq(1, 4, 2, 3), seq(1, 2, 3, 3, k=5), seq(1, 2, 3, 1, k=3), enable_gqa=True)
  @Test func headsOfKeysServeGroups() {
    let (q, k, v) = (seq([1, 4, 2, 3]), seq([1, 2, 3, 3], k: 5), seq([1, 2, 3, 1], k: 3))
    let y = scaledDotProductAttention(q, k, v, enableGQA: true)
    #expect(y.shape == [1, 4, 2, 1])
    expectClose(
      y,
      [
        0.145546440303242, 0.144627494624408, 0.143708570006138, 0.14278968984679,
        -0.042520744542897, -0.0386936139885409, -0.0347966227595964, -0.0444385149215789,
      ])
    // A mask for each head, and values of more heads than the keys.
    let mask = seq([1, 4, 1, 3], k: 4).detach()
    let repeated = [k, v].map { $0.unsqueeze(2).expand(1, 2, 2, 3, -1).reshape([1, 4, 3, -1]) }
    let expected = scaledDotProductAttention(q, repeated[0], repeated[1], attnMask: mask)
    expectClose(
      scaledDotProductAttention(q, k, v, attnMask: mask, enableGQA: true), expected.values)
    expectClose(
      scaledDotProductAttention(q, k, repeated[1], attnMask: mask, enableGQA: true),
      expected.values)
  }

  /// torch.manual_seed(3); S(q, k, v, dropout_p=0.4)
  @Test func dropoutDrawsAsPyTorch() {
    expectClose(
      scaledDotProductAttention(q, k, v, dropoutP: 0.4, generator: Generator(seed: 3)),
      [
        0.159088435754284, -0.0883215896549072, -0.0725886197972263, 0.0829584226254015,
        0.141189828645512, -0.00334594069048077, -0.199330318950207, 0.116431868672177,
      ])
    #expect(scaledDotProductAttention(q, k, v, dropoutP: 1).values.allSatisfy { $0 == 0 })
  }

  @Test func withoutKeysTheResultIsZero() {
    let y = scaledDotProductAttention(seq([2, 3]), seq([0, 3]), seq([0, 2]))
    #expect(y.shape == [2, 2] && y.values == [0, 0, 0, 0])
    #expect(scaledDotProductAttention(seq([0, 3]), seq([2, 3]), seq([2, 2])).shape == [0, 2])
    #expect(
      scaledDotProductAttention(seq([2, 0]), seq([2, 0]), leaf([[1], [3]])).values == [2, 2])
    let none = scaledDotProductAttention(seq([0, 2, 3]), seq([1, 2, 3]), seq([0, 2, 3]))
    #expect(none.shape == [0, 2, 3])
  }

  @Test func hugeScoresDoNotOverflow() {
    let x = Tensor([[1e4], [-1e4]], dtype: .float32)
    expectClose(scaledDotProductAttention(x, x, x), [1e4, -1e4])
    // As the softmax: NaN from ∞, and from NaN in the row of its query only.
    let q = Tensor([[Double.nan], [1]], dtype: .float64)
    let y = scaledDotProductAttention(q, leaf([[1], [2]]), leaf([[1], [1]])).values
    #expect(y[0].isNaN && y[1] == 1)
  }

  @Test func leadingDimensionsBroadcast() {
    let (q, k, v) = (seq([3, 2, 4]), seq([2, 1, 5, 4], k: 5), seq([5, 2], k: 3))
    let y = scaledDotProductAttention(q, k, v)
    #expect(y.shape == [2, 3, 2, 2])
    let written = scaledDotProductAttention(
      q.expand(2, 3, 2, 4).clone(), k.expand(2, 3, 5, 4).clone(), v.expand(2, 3, 5, 2).clone())
    expectClose(y, written.values)
    let found = grad(of: (y * y).sum(), wrt: [q, k, v])
    let expected = grad(of: (written * written).sum(), wrt: [q, k, v])
    for (a, b) in zip(found, expected) { expectClose(a, b!.values) }
  }

  /// The result of views of heads lies in memory as the heads do, so that joining them is a view.
  @Test func theResultLiesAsTheQuery() {
    let x = seq([2, 5, 3, 4]).transpose(1, 2)
    let y = scaledDotProductAttention(x, x, x)
    #expect(y.shape == [2, 3, 5, 4] && y.transpose(1, 2).isContiguous)
    let dense = x.detach().contiguous()
    expectClose(y, scaledDotProductAttention(dense, dense, dense).values)
  }
}

// MARK: - Messages

@Suite struct AttentionMessageTests {
  @Test func shapesThatDoNotFitStop() async {
    let results = await [
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(Tensor.zeros(3), Tensor.zeros(2, 3), Tensor.zeros(2, 3))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(
          Tensor.zeros(2, 4), Tensor.zeros(2, 3), Tensor.zeros(2, 3))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(
          Tensor.zeros(2, 3), Tensor.zeros(5, 3), Tensor.zeros(4, 3))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(
          Tensor.zeros(4, 2, 3), Tensor.zeros(2, 5, 3), Tensor.zeros(2, 5, 3))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(
          Tensor.zeros(4, 2, 3), Tensor.zeros(3, 5, 3), Tensor.zeros(3, 5, 3), enableGQA: true)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = scaledDotProductAttention(
          Tensor.zeros(2, 3), Tensor.zeros(5, 3), Tensor.zeros(5, 3), enableGQA: true)
      },
    ]
    let messages = [
      "expected a query [..., L, E]", "has 4 features, but the key, of shape [2, 3], has 3",
      "has 5 positions, but the value, of shape [4, 3], has 4", "scaledDotProductAttention: ",
      "must divide the 4 heads", "needs a dimension of heads",
    ]
    for (result, message) in zip(results, messages) { expectMessage(result, message) }
  }

  @Test func masksThatDoNotFitStop() async {
    let results = await [
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(2, 3)
        _ = scaledDotProductAttention(x, x, x, attnMask: .zeros(2, 2), isCausal: true)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(2, 3)
        _ = scaledDotProductAttention(x, x, x, attnMask: .zeros([2, 2], dtype: .int64))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(2, 3)
        _ = scaledDotProductAttention(x, x, x, attnMask: .zeros(4, 2, 2))
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros(2, 3)
        _ = scaledDotProductAttention(x, x, x, dropoutP: 1.5)
      },
      #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor.zeros([2, 3], dtype: .int64)
        _ = scaledDotProductAttention(x, x, x)
      },
    ]
    let messages = [
      "isCausal: true does not go with a mask", "the mask must be bool, or float32",
      "the mask of shape [4, 2, 2] does not broadcast to the shape of the scores, [2, 2]",
      "p must be a probability", "query, key and value of one floating-point dtype",
    ]
    for (result, message) in zip(results, messages) { expectMessage(result, message) }
  }
}
