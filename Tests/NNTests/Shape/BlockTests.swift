import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct BlockTests {
  /// F.fold(seq(1, 4, 6), (3, 4), 2)
  @Test func foldAddsBlocks() {
    let y = fold(seq([1, 4, 6]), [3, 4], 2)
    expectClose(
      y,
      [
        -0.127272727273, 0.2, 0.472727272727, -0.0363636363636, 0.290909090909, 0.490909090909,
        0.0363636363636, -0.527272727273, 0.418181818182, 0.290909090909, -0.436363636364,
        0.509090909091,
      ], tolerance: 1e-11)
    #expect(Fold([3, 4], 2)(seq([1, 4, 6])).equal(y))
  }

  @Test func unfoldListsBlocks() {
    let x = Tensor.arange(6.0).reshape(1, 2, 3)
    #expect(unfold(x, 2).values == [0, 1, 1, 2, 3, 4, 4, 5])
    #expect(Unfold(2, padding: 1)(x).shape == [4, 12])
    // Blocks that do not overlap fold to what they were.
    #expect(fold(unfold(x, [1, 3]), [2, 3], [1, 3]).equal(x))
  }

  @Test func shufflesMoveElements() {
    let x = Tensor.arange(8.0).reshape(1, 4, 2, 1)
    #expect(pixelShuffle(x, 2).values == [0, 2, 4, 6, 1, 3, 5, 7])
    #expect(PixelUnshuffle(2)(PixelShuffle(2)(x)).equal(x))
    #expect(ChannelShuffle(2)(x).values == [0, 1, 4, 5, 2, 3, 6, 7])
  }

  /// Factors for which rows are woven together in different ways, of every element size.
  @Test(arguments: [2, 3, 4, 5, 9], [DType.float32, .float64, .uint8])
  func shufflesOfAnyFactor(r: Int, dtype: DType) {
    let (channels, height, width) = (2, 3, 17)
    let count = channels * r * r * height * width
    let x = Tensor((0..<count).map { $0 % 253 }, shape: [channels * r * r, height, width])
      .to(dtype)
    let y = withThreads(2) { pixelShuffle(x, r) }
    let from = x.values
    var expected: [Double] = []
    for c in 0..<channels {
      for row in 0..<height * r {
        for column in 0..<width * r {
          let channel = (c * r + row % r) * r + column % r
          expected.append(from[(channel * height + row / r) * width + column / r])
        }
      }
    }
    #expect(y.values == expected)
    #expect(pixelUnshuffle(y, r).values == from)
  }

  @Test func paddingLayersPad() {
    let x = Tensor([[[1, 2, 3]]])
    #expect(ConstantPad1d([1, 2], 7)(x).values == [7, 1, 2, 3, 7, 7])
    #expect(ZeroPad1d(1)(x).values == [0, 1, 2, 3, 0])
    #expect(ReflectionPad1d(2)(x).values == [3, 2, 1, 2, 3, 2, 1])
    #expect(ReplicationPad1d([0, 2])(x).values == [1, 2, 3, 3, 3])
    #expect(CircularPad1d([1, 0])(x).values == [3, 1, 2, 3])
    #expect(ZeroPad2d([1, 0, 2, 0])(x).shape == [1, 3, 4])
    #expect(ReplicationPad3d(1)(Tensor.ones(1, 1, 1, 1, 1)).shape == [1, 1, 3, 3, 3])
    #expect("\(ConstantPad1d([1, 2], 7))" == "ConstantPad1d([1, 2], value: 7.0)")
  }

  @Test func wrongShapesStop() async {
    let blocks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = fold(.ones(1, 4, 5), [3, 4], 2)
    }
    expectMessage(blocks, "fold: expected [batch, channels · 4, 6] or the same without the batch")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = pixelShuffle(.ones(1, 3, 2, 2), 2)
    }
    expectMessage(
      channels, "pixelShuffle: the 3 channels of the shape [1, 3, 2, 2] cannot be divided")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ZeroPad2d([1, 2])
    }
    expectMessage(padding, "ZeroPad2d: the padding [1, 2] must be 1 number or 4")
  }
}
