import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13, printed by the Python above each test.

@Suite struct MaxPoolIndicesTests {
  /// F.max_pool2d(seq(1, 4, 5), 3, 2, 1, return_indices=True, ceil_mode=True)
  @Test func positionsOfMaxima() {
    let (values, indices) = maxPool2dWithIndices(
      seq([1, 4, 5]), 3, stride: 2, padding: 1, ceilMode: true)
    #expect(values.shape == [1, 3, 3] && indices.shape == [1, 3, 3] && indices.dtype == .int64)
    expectClose(
      values,
      [
        0.509090909090909, 0.509090909090909, 0.418181818181818, 0.418181818181818,
        0.509090909090909, 0.327272727272727, 0.418181818181818, 0.327272727272727,
        0.327272727272727,
      ])
    #expect(indices.array(of: Int.self) == [1, 1, 4, 15, 12, 18, 15, 18, 18])
  }

  /// F.max_pool2d(torch.full((1, 3, 3), -math.inf), 2, 2, 1, return_indices=True)
  @Test func positionsAreNotInThePadding() {
    let x = Tensor.full([1, 3, 3], -Double.infinity)
    let (_, indices) = maxPool2dWithIndices(x, 2, stride: 2, padding: 1)
    #expect(indices.array(of: Int.self) == [0, 1, 3, 4])
  }
}
