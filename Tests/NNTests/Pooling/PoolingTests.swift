import Autograd
import NN
import TestSupport
import Testing

// Expected numbers are those of PyTorch 2.13 in float64, printed by the Python above each test.

@Suite struct PoolingTests {
  /// F.max_pool2d(x, 3, 2, 1, ceil_mode=True)
  @Test func maxPool2dInCeilMode() {
    let x = seq([1, 5, 6])
    let y = maxPool2d(x, 3, stride: 2, padding: 1, ceilMode: true)
    #expect(y.shape == [1, 3, 4])
    y.square().sum().backward()
    let value: [Double] = [
      0.509090909091, 0.509090909091, 0.418181818182, 0.054545454545, 0.509090909091,
      0.418181818182, 0.509090909091, 0.509090909091, 0.327272727273, 0.418181818182,
      0.509090909091, 0.509090909091,
    ]
    expectClose(y, value, tolerance: 1e-11)
    let xGrad: [Double] = [
      0, 2.03636363636, 0, 0, 0.836363636364, 0.109090909091, 0, 0, 0, 0, 0, 0, 1.01818181818, 0,
      0, 0.836363636364, 0, 0, 0.654545454545, 0, 0, 0, 0, 4.07272727273, 0, 0, 0.836363636364,
      0, 0, 0,
    ]
    expectClose(x.grad, xGrad, tolerance: 1e-11)
  }

  /// F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=False)
  @Test func avgPool2dWithoutPadding() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(
      x, 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
    #expect(y.shape == [1, 3, 4])
    let value: [Double] = [
      0.1, 0.054545454545, -0.006060606061, -0.036363636364, 0.160606060606, 0.00404040404,
      0.054545454545, 0.024242424242, 0.054545454545, 0.009090909091, 0.115151515152,
      0.418181818182,
    ]
    expectClose(y, value, tolerance: 1e-11)
  }

  /// F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)
  @Test func avgPool2dWithPadding() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(x, 3, stride: 2, padding: 1, ceilMode: true)
    #expect(y.shape == [1, 3, 4])
    let value: [Double] = [
      0.044444444444, 0.036363636364, -0.00404040404, -0.012121212121, 0.107070707071,
      0.00404040404, 0.054545454545, 0.012121212121, 0.024242424242, 0.006060606061,
      0.076767676768, 0.139393939394,
    ]
    expectClose(y, value, tolerance: 1e-11)
  }

  /// F.avg_pool2d(x, (2, 3), divisor_override=4)
  @Test func avgPool2dWithADivisor() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(x, [2, 3], divisorOverride: 4)
    #expect(y.shape == [1, 2, 2])
    let value: [Double] = [
      0.127272727273, -0.009090909091, 0.081818181818, 0.195454545455,
    ]
    expectClose(y, value, tolerance: 1e-11)
  }

  @Test func paddingBeyondHalfTheKernelStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxPool2d(Tensor.ones([1, 4, 4]), 2, padding: 2)
    }
    expectMessage(result, "maxPool2d: the padding [2, 2] is more than half of the kernel")
    let large = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxPool2d(Tensor.ones([1, 1, 1]).expand([1, 1 << 16, 1 << 15]), 2)
    }
    expectMessage(
      large,
      """
      maxPool2d: expected images of at most 2147483647 elements, got 2147483648; split them with \
      narrow
      """)
  }
}
