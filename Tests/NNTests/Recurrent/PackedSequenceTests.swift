import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test; `fill` is that of
// RecurrentLayerTests.

@Suite(.ownGenerator) struct PackedSequenceTests {
  /// lstm = fill(nn.LSTM(2, 2, bidirectional=True))
  /// p = pack_padded_sequence(seq(3, 3, 2), [1, 3, 2], enforce_sorted=False)
  /// y, (h, c) = lstm(p); pad_packed_sequence(y)
  @Test func bidirectionalLSTM() {
    let lstm = numbered(LSTM(2, 2, bidirectional: true, dtype: .float64))
    let packed = packPaddedSequence(seq([3, 3, 2]), lengths: [1, 3, 2], enforceSorted: false)
    #expect(packed.batchSizes == [3, 2, 1] && packed.lengths == [1, 3, 2])
    #expect(packed.sortedIndices == [1, 2, 0] && packed.unsortedIndices == [2, 0, 1])
    expectClose(
      packed.data,
      [
        0.145454545454545, -0.218181818181818, 0.418181818181818, 0.054545454545455,
        -0.127272727272727, 0.509090909090909, -0.036363636363636, -0.4, 0.236363636363636,
        -0.127272727272727, -0.218181818181818, 0.418181818181818,
      ])
    let (y, (h, c)) = lstm(packed)
    let (padded, lengths) = padPackedSequence(y)
    #expect(lengths == [1, 3, 2] && padded.shape == [3, 3, 4])
    expectClose(
      padded,
      [
        0.045643208240837, -0.069827744058886, -0.050426300221246, 0.05223922297415,
        -0.007846124416726, -0.072305294201925, -0.034227383342146, 0.112497534164123,
        0.0324063030319, -0.124583219335284, -0.001302009421635, 0.120717145092582, 0.0,
        0.0, 0.0, 0.0, -0.038600820035897, -0.073554731432399, -0.039689743469719,
        0.080650136655217, 0.008657895155731, -0.15691793443054, 0.002408747773574,
        0.066974030091528, 0.0, 0.0, 0.0, 0.0, 0.010470433116732, -0.081231651849986,
        -0.049233444532549, 0.047066171449608, 0.0, 0.0, 0.0, 0.0,
      ])
    expectClose(
      h,
      [
        0.045643208240837, -0.069827744058886, 0.010470433116732, -0.081231651849986,
        0.008657895155731, -0.15691793443054, -0.050426300221246, 0.05223922297415,
        -0.034227383342146, 0.112497534164123, -0.001302009421635, 0.120717145092582,
      ])
    expectClose(
      c,
      [
        0.103577384052598, -0.126772659182483, 0.024536872138677, -0.146896651847283,
        0.021707558411013, -0.246456950384411, -0.104000076360164, 0.136955272486481,
        -0.065967224678841, 0.276070619299443, -0.002365834098913, 0.273776060704258,
      ])
  }

  @Test(arguments: [1, 2])
  func packedIsAsEachSequenceAlone(_ threads: Int) {
    let gru = numbered(GRU(2, 30, numLayers: 2, bidirectional: true, dtype: .float64))
    let rnn = numbered(RNN(2, 30, bidirectional: true, dtype: .float64))
    let lengths = (0..<9).map { ($0 * 5) % 7 + 1 }
    let sequences = lengths.enumerated().map { seq([$1, 2], k: $0 + 1) }
    let (h0, k0) = (seq([4, 9, 30]), seq([2, 9, 30]))
    withThreads(threads) {
      let packed = packSequence(sequences, enforceSorted: false)
      let (y, h) = gru(packed, h0)
      let (z, k) = rnn(packed, k0)
      var loss = y.data.sin().sum() + h.square().sum() + z.data.square().sum() + k.cos().sum()
      loss.backward()
      let leaves = gru.parameters + rnn.parameters + sequences + [h0, k0]
      let gradients = leaves.map { $0.grad! }
      for leaf in leaves { leaf.grad = nil }
      let (ys, zs) = (unpackSequence(y), unpackSequence(z))
      loss = Tensor(0, dtype: .float64)
      for (b, sequence) in sequences.enumerated() {
        let (one, hOne) = gru(sequence, h0.select(dim: 1, index: b))
        let (other, kOther) = rnn(sequence, k0.select(dim: 1, index: b))
        expectClose(ys[b], one.values, tolerance: 1e-12)
        expectClose(zs[b], other.values, tolerance: 1e-12)
        expectClose(h.select(dim: 1, index: b), hOne.values, tolerance: 1e-12)
        loss = loss + one.sin().sum() + hOne.square().sum() + other.square().sum()
        loss = loss + kOther.cos().sum()
      }
      loss.backward()
      for (a, b) in zip(gradients, leaves) {
        #expect(a.allclose(b.grad!, rtol: 1e-10, atol: 1e-11))
      }
    }
  }

  /// pad_sequence([seq(1, 2), seq(3, 2)], batch_first=True, padding_value=-1, padding_side="left")
  @Test func padding() {
    let (a, b) = (seq([1, 2]), seq([3, 2]))
    let right = padSequence([a, b], batchFirst: true, paddingValue: -1)
    #expect(right.shape == [2, 3, 2])
    #expect(right.values == a.values + [-1, -1, -1, -1] + b.values)
    let left = padSequence([a, b], batchFirst: true, paddingValue: -1, paddingSide: .left)
    #expect(left.values == [-1, -1, -1, -1] + a.values + b.values)
    #expect(
      padSequence([a, b]).transpose(0, 1).values == padSequence([a, b], batchFirst: true).values)
    let parts = unpadSequence(right, lengths: [1, 3], batchFirst: true)
    #expect(parts.map(\.shape) == [[1, 2], [3, 2]] && parts[1].values == b.values)
    #expect(
      padSequence([Tensor([1, 2, 3]), Tensor([4])], batchFirst: true, paddingValue: 9).array(
        of: Int.self) == [1, 2, 3, 4, 9, 9])
  }

  @Test func paddingAgain() {
    let packed = packSequence([seq([3, 2]), seq([1, 2])])
    #expect(packed.sortedIndices == nil && packed.batchSizes == [2, 1, 1])
    let (padded, lengths) = padPackedSequence(
      packed, batchFirst: true, paddingValue: 5, totalLength: 4)
    #expect(lengths == [3, 1] && padded.shape == [2, 4, 2])
    #expect(padded[0].values == seq([3, 2]).values + [5, 5])
    #expect(padded[1].values == seq([1, 2]).values + [5, 5, 5, 5, 5, 5])
    #expect(unpackSequence(packed).map(\.shape) == [[3, 2], [1, 2]])
    #expect(packed.to(.float32).data.dtype == .float32)
  }

  @Test func wrongLengthsStop() async {
    let unsorted = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packPaddedSequence(.ones([3, 2, 1]), lengths: [1, 2])
    }
    expectMessage(
      unsorted, "packPaddedSequence: with enforceSorted: true the lengths must not increase",
      "[1, 2]", "pass enforceSorted: false")
    let long = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packPaddedSequence(.ones([3, 2, 1]), lengths: [4, 2])
    }
    expectMessage(long, "packPaddedSequence: lengths must be from 1 to the number of steps, 3")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = packPaddedSequence(.ones([3, 2, 1]), lengths: [3])
    }
    expectMessage(few, "packPaddedSequence: there must be a length for each", "1 for 2")
    let short = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = padPackedSequence(packSequence([.ones([3, 2])]), totalLength: 2)
    }
    expectMessage(short, "padPackedSequence: totalLength must be at least", "3, but it is 2")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = padSequence([])
    }
    expectMessage(none, "padSequence: expected at least one sequence")
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = padSequence([.ones([3, 2]), .ones([3, 1])])
    }
    expectMessage(other, "padSequence: sequences must have one dtype", "[3, 2]", "[3, 1]")
  }

  @Test func wrongPackedSequencesStop() async {
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PackedSequence(.ones([3, 2]), batchSizes: [1, 2])
    }
    expectMessage(sizes, "PackedSequence: batchSizes must be positive and not increase", "[1, 2]")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PackedSequence(.ones([3, 2]), batchSizes: [2, 2])
    }
    expectMessage(rows, "PackedSequence: batchSizes [2, 2] need as many rows", "[3, 2]")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PackedSequence(.ones([3, 2]), batchSizes: [2, 1], sortedIndices: [0, 2])
    }
    expectMessage(order, "PackedSequence: sortedIndices must have each position of the 2 sequences")
    let width = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(3, 2)(packSequence([.ones([3, 2])]))
    }
    expectMessage(width, "GRU: the data of a packed sequence must have the shape [rows, 3]")
  }
}
