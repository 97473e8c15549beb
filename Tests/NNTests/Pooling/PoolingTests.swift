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

  /// xx = torch.arange(84.).mul(37).remainder(23).reshape(1, 2, 7, 6); torch.manual_seed(0)
  /// F.fractional_max_pool2d(xx, 2, output_size=(3, 4), return_indices=True)
  @Test func fractionalMaxPool2dDrawsPyTorchsWindows() {
    let x = (Tensor.arange(84.0, dtype: .float32) * 37).remainder(23).reshape(1, 2, 7, 6)
    let (values, indices) = fractionalMaxPool2dWithIndices(
      x, 2, outputSize: [3, 4], generator: Generator(seed: 0))
    #expect(
      values.values == [
        15, 20, 19, 16, 22, 19, 18, 15, 21, 20, 17, 22, 19, 19, 18, 15, 20, 17, 17, 22, 19, 16, 16,
        21,
      ])
    #expect(
      indices.array(of: Int.self) == [
        6, 8, 3, 11, 18, 26, 21, 29, 36, 31, 39, 41, 7, 7, 2, 10, 12, 20, 20, 22, 30, 38, 38, 40,
      ])
  }

  /// vv = torch.arange(120.).double().mul(37).remainder(53).reshape(1, 5, 4, 6); torch.manual_seed(0)
  /// F.fractional_max_pool3d(vv, (2, 1, 2), output_ratio=(0.5, 0.6, 0.7))
  @Test func fractionalMaxPool3dDrawsPyTorchsWindows() {
    let x = (Tensor.arange(120.0, dtype: .float64) * 37).remainder(53).reshape(1, 5, 4, 6)
    let y = fractionalMaxPool3d(
      x, [2, 1, 2], outputRatio: [0.5, 0.6, 0.7], generator: Generator(seed: 0))
    #expect(y.values == [40, 37, 45, 42, 30, 51, 35, 43, 51, 51, 43, 43, 44, 52, 49, 33])
  }

  @Test func layersGiveIndicesAndTheirInverses() {
    let x = seq([1, 2, 4, 6])
    let pool = MaxPool2d(2)
    let (values, indices) = pool.withIndices(x)
    #expect(values.equal(pool(x)))
    let y = MaxUnpool2d(2)(values, indices)
    #expect(y.shape == x.shape && y.sum().allclose(values.sum()))
    #expect(maxPool2d(y, 2).equal(values.relu()))
    let (best, places) = AdaptiveMaxPool1d(2).withIndices(seq([1, 7]))
    #expect(best.equal(adaptiveMaxPool1d(seq([1, 7]), 2)) && places.shape == [1, 2])
    #expect(AdaptiveAvgPool2d([nil, 3])(x).shape == [1, 2, 4, 3])
    #expect("\(AdaptiveAvgPool2d([nil, 3]))" == "AdaptiveAvgPool2d([nil, 3])")
    #expect(FractionalMaxPool2d(2, outputRatio: 0.5)(x).shape == [1, 2, 2, 3])
    #expect(LPPool1d(.infinity, 2)(Tensor([[1, -3, 2, 0]])).values == [3, 2])
  }

  @Test func wrongSettingsStop() async {
    let unpooled = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = maxUnpool1d(.ones(1, 2), Tensor([[0, 9]]), 2) }
    expectMessage(unpooled, "maxUnpool1d: an index is not in 0 ..< 4")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxUnpool1d(.ones(1, 2), Tensor([[0, 1]]), 2, outputSize: 6)
    }
    expectMessage(size, "maxUnpool1d: outputSize [6] does not fit")
    let adaptive = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = adaptiveAvgPool2d(.ones(1, 2, 2), [1, 2, 3]) }
    expectMessage(adaptive, "adaptiveAvgPool2d: outputSize has 3 sizes for 2 dimensions")
    let dilated = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = maxPool1d(.ones(1, 1), 2, stride: 1, padding: 2, dilation: 3) }
    expectMessage(
      dilated, "maxPool1d: a window of 2 elements, 3 apart, with a padding of 2, has no")
    let both = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FractionalMaxPool2d(2, outputSize: 2, outputRatio: 0.5)
    }
    expectMessage(both, "FractionalMaxPool2d: give either outputSize or outputRatio")
    let power = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = lpPool1d(.ones(1, 4), 0, 2)
    }
    expectMessage(power, "lpPool1d: normType must not be 0")
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
