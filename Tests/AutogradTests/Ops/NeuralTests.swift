// Convolution, pooling and normalisation against PyTorch 2.13 in float64: what the Python lines above
// each test print, with
//   def seq(*shape, k=7, m=11): n = math.prod(shape)
//     return torch.tensor([((i*k + 3) % m)/m - 0.4 for i in range(n)]).reshape(shape)

import Autograd
import NN
import TestSupport
import Testing

private func seq(_ shape: [Int], k: Int = 7) -> Tensor {
  let numbers = (0..<shape.reduce(1, *)).map { Double(($0 * k + 3) % 11) / 11 - 0.4 }
  return Tensor(numbers, shape: shape, dtype: .float64, requiresGrad: true)
}

private func close(_ x: Tensor?, _ want: [Double]) -> Bool {
  guard let got = x?.array(of: Double.self), got.count == want.count else { return false }
  return zip(got, want).allSatisfy { abs($0 - $1) < 1e-10 }
}

@Suite struct NeuralTests {
  /// F.conv2d(x, w, b, stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2)
  @Test func images() {
    let (x, w, b) = (seq([1, 2, 5, 4]), seq([4, 1, 2, 3], k: 5), seq([4]))
    let y = conv2d(x, w, b, stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2)
    #expect(y.shape == [1, 4, 3, 4])
    y.square().sum().backward()
    let value: [Double] = [
      -0.066776859504, -0.316363636364, -0.202314049587, 0.060495867769, 0.122644628099,
      -0.075702479339, -0.363305785124, -0.082314049587, 0.117685950413, -0.080661157025,
      -0.35173553719, -0.070743801653, 0.437355371901, 0.749752066116, 0.574545454545,
      0.399338842975, 0.329256198347, 0.527603305785, 0.425123966942, 0.466446280992,
      0.40694214876, 0.605289256198, 0.428429752066, 0.469752066116, 0.138181818182,
      -0.023801652893, 0.250578512397, 0.146446280992, 0.182148760331, 0.413553719008,
      0.192066115702, -0.097190082645, 0.160661157025, 0.392066115702, 0.187107438017,
      -0.102148760331, -0.208925619835, -0.081652892562, -0.369256198347, -0.184132231405,
      -0.131900826446, -0.503801652893, -0.121983471074, -0.014545454545, -0.070743801653,
      -0.442644628099, -0.044297520661, 0.063140495868,
    ]
    #expect(close(y, value))
    let xGrad: [Double] = [
      0.269643876784, 0.822190833959, 0.474842975207, 0.013716003005, -0.131425995492,
      -0.344198347107, 0.09030202855, 0.567236664162, -0.003101427498, 0.415230653644,
      0.532015026296, 0.284682193839, -0.131786626597, -0.344558978212, 0.179498121713,
      0.656432757325, 0.070166791886, 0.488498873028, 0.506410217881, 0.259077385424,
      -0.370356123216, -0.230671675432, -0.080408715252, 0.055068369647, -0.101373403456,
      -0.758623591285, -0.112312546957, 0.259738542449, -0.134190833959, 0.296462809917,
      -0.145129977461, -0.685175056349, -0.024498873028, -0.681749060856, -0.045655897821,
      0.326395191585, -0.087969947408, 0.342683696469, -0.109126972201, -0.649172051089,
    ]
    #expect(close(x.grad, xGrad))
    let wGrad: [Double] = [
      -0.69154620586, 0.455705484598, -0.244183320811, 0.210728775357, -0.651900826446,
      0.278767843727, 0.979317806161, 1.17179864763, 0.470467317806, -0.387377911345,
      0.197625845229, 0.043756574005, 0.212736288505, 0.159507137491, 0.47509541698,
      -0.480661157025, 0.526761833208, -0.62833959429, -0.06615176559, 0.130356123216,
      -0.36607663411, 0.346386175808, -0.575867768595, 0.648595041322,
    ]
    #expect(close(w.grad, wGrad))
  }

  /// F.conv1d(x, w, stride=2, padding=1)
  @Test func signals() {
    let (x, w) = (seq([2, 3, 6]), seq([2, 3, 3], k: 5))
    let y = conv1d(x, w, stride: 2, padding: 1)
    #expect(y.shape == [2, 2, 3])
    y.square().sum().backward()
    let value: [Double] = [
      0.092231404959, 0.203636363636, -0.355041322314, 0.042644628099, -0.153388429752,
      -0.034380165289, -0.167272727273, -0.242644628099, 0.125950413223, 0.212892561983,
      -0.136859504132, 0.091239669421,
    ]
    #expect(close(y, value))
    let xGrad: [Double] = [
      0.09603606311, -0.091780616078, 0.005000751315, 0.043059353869, -0.261145003757,
      0.163678437265, -0.0756243426, 0.042854996243, -0.058951164538, -0.203612321563,
      0.234482344102, -0.119537190083, 0.022467317806, -0.008294515402, -0.022407212622,
      0.635335837716, -0.048733283246, -0.333992486852, 0.068567993989, 0.090518407213,
      -0.273286250939, 0.102022539444, 0.158749812171, -0.078184823441, 0.010506386176,
      -0.152306536439, 0.209719008264, -0.016024042074, -0.117673929376, 0.079771600301,
      0.043684447784, -0.061908339594, -0.066283996995, -0.294731780616, 0.040282494365,
      0.055248685199,
    ]
    #expect(close(x.grad, xGrad))
  }

  /// F.max_pool2d(x, 3, 2, 1, ceil_mode=True)
  @Test func maxima() {
    let x = seq([1, 5, 6])
    let y = maxPool2d(x, 3, stride: 2, padding: 1, ceilMode: true)
    #expect(y.shape == [1, 3, 4])
    y.square().sum().backward()
    let value: [Double] = [
      0.509090909091, 0.509090909091, 0.418181818182, 0.054545454545, 0.509090909091,
      0.418181818182, 0.509090909091, 0.509090909091, 0.327272727273, 0.418181818182,
      0.509090909091, 0.509090909091,
    ]
    #expect(close(y, value))
    let xGrad: [Double] = [
      0, 2.03636363636, 0, 0, 0.836363636364, 0.109090909091, 0, 0, 0, 0, 0, 0, 1.01818181818, 0,
      0, 0.836363636364, 0, 0, 0.654545454545, 0, 0, 0, 0, 4.07272727273, 0, 0, 0.836363636364,
      0, 0, 0,
    ]
    #expect(close(x.grad, xGrad))
  }

  /// F.avg_pool2d(x, 3, 2, 1, ceil_mode=True, count_include_pad=False)
  @Test func meansOfWhatIsThere() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(
      x, 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
    #expect(y.shape == [1, 3, 4])
    let value: [Double] = [
      0.1, 0.054545454545, -0.006060606061, -0.036363636364, 0.160606060606, 0.00404040404,
      0.054545454545, 0.024242424242, 0.054545454545, 0.009090909091, 0.115151515152,
      0.418181818182,
    ]
    #expect(close(y, value))
  }

  /// F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)
  @Test func meansWithPadding() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(
      x, 3, stride: 2, padding: 1, ceilMode: true)
    #expect(y.shape == [1, 3, 4])
    let value: [Double] = [
      0.044444444444, 0.036363636364, -0.00404040404, -0.012121212121, 0.107070707071,
      0.00404040404, 0.054545454545, 0.012121212121, 0.024242424242, 0.006060606061,
      0.076767676768, 0.139393939394,
    ]
    #expect(close(y, value))
  }

  /// F.avg_pool2d(x, (2, 3), divisor_override=4)
  @Test func sumsOverANumber() {
    let x = seq([1, 5, 6])
    let y = avgPool2d(
      x, [2, 3], divisorOverride: 4)
    #expect(y.shape == [1, 2, 2])
    let value: [Double] = [
      0.127272727273, -0.009090909091, 0.081818181818, 0.195454545455,
    ]
    #expect(close(y, value))
  }

  /// F.batch_norm(x, mean, var, w, b, training=True, momentum=0.3), then without training
  @Test func channels() {
    let (x, w, b) = (seq([3, 2, 2]), seq([2]), seq([2], k: 3))
    let mean = Tensor.zeros([2], dtype: .float64)
    let variance = Tensor.ones([2], dtype: .float64)
    let y = batchNorm(
      x, runningMean: mean, runningVar: variance, weight: w, bias: b, training: true, momentum: 0.3)
    #expect(y.shape == [3, 2, 2])
    y.pow(3).sum().backward()
    let value: [Double] = [
      -0.04701959671, -0.306298941604, 0.435790080282, -0.338438012591, -0.269259035191,
      -0.121099409537, -0.53199503581, 0.822904126719, -0.084059503124, 0.06410012253,
      0.6293471035, -0.144880989373,
    ]
    #expect(close(y, value))
    let xGrad: [Double] = [
      0.010924625699, -0.017146476565, -1.11663394323, -0.159689883374, -0.003074538749,
      0.019673944683, 1.27604074336, 1.27648109508, 0.016976248583, -0.02735380365,
      -0.159375346431, -1.1168226654,
    ]
    #expect(close(x.grad, xGrad))
    let newMean: [Double] = [
      0.020909090909, 0.002727272727,
    ]
    #expect(close(mean, newMean))
    let newVariance: [Double] = [
      0.735123966942, 0.720578512397,
    ]
    #expect(close(variance, newVariance))
    let settled: [Double] = [
      -0.105276559434, -0.199738629907, 0.231051564794, 0.012969986859, -0.186244048411,
      -0.132265722426, -0.041550407625, 0.340092353762, -0.11877114093, -0.064792814945,
      0.285571959278, 0.067490381343,
    ]
    #expect(
      close(batchNorm(x, runningMean: mean, runningVar: variance, weight: w, bias: b), settled))
  }

  /// F.layer_norm(x, [3, 2], seq(3, 2), seq(3, 2, k=3))
  @Test func samples() {
    let x = seq([2, 3, 2])
    let y = layerNorm(x, [3, 2], weight: seq([3, 2]), bias: seq([3, 2], k: 3))
    #expect(y.shape == [2, 3, 2])
    y.pow(3).sum().backward()
    let value: [Double] = [
      -0.003392115463, 0.874164026687, 0.426509926539, -0.021771170776, 0.418559282635,
      0.220748433194, -0.003392115463, 0.874164026687, 0.426509926539, -0.021771170776,
      0.418559282635, 0.220748433194,
    ]
    #expect(close(y, value))
    let xGrad: [Double] = [
      0.244005516194, 1.7580000506, -0.697282661344, 0.656606166467, -1.40797104706,
      -0.553358024858, 0.244005516194, 1.7580000506, -0.697282661344, 0.656606166467,
      -1.40797104706, -0.553358024858,
    ]
    #expect(close(x.grad, xGrad))
  }

  /// F.embedding(torch.tensor([[0, 2], [2, 1]]), w, padding_idx=1)
  @Test func rowsOfATable() {
    let w = seq([3, 2])
    let y = embedding(Tensor([[0, 2], [2, 1]]), w, paddingIdx: 1)
    #expect(y.shape == [2, 2, 2])
    y.square().sum().backward()
    let value: [Double] = [
      -0.127272727273, 0.509090909091, 0.418181818182, 0.054545454545, 0.418181818182,
      0.054545454545, 0.145454545455, -0.218181818182,
    ]
    #expect(close(y, value))
    let wGrad: [Double] = [
      -0.254545454545, 1.01818181818, 0, 0, 1.67272727273, 0.218181818182,
    ]
    #expect(close(w.grad, wGrad))
  }

  @Test func whatDoesNotFitStops() async {
    let kernel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv2d(Tensor.ones([1, 1, 2, 2]), Tensor.ones([1, 1, 3, 3]))
    }
    expect(kernel, "conv2d: a kernel that spans 3 elements does not fit")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = conv1d(Tensor.ones([1, 3, 5]), Tensor.ones([2, 2, 3]))
    }
    expect(channels, "conv1d: 3 channels in 1 groups do not fit")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxPool2d(Tensor.ones([1, 4, 4]), 2, padding: 2)
    }
    expect(padding, "maxPool2d: the padding [2, 2] is more than half of the kernel")
    let single = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = batchNorm(Tensor.ones([1, 3]), training: true)
    }
    expect(single, "batchNorm: training needs more than one value per channel")
  }
}
