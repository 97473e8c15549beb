import Autograd
import NN
import TestSupport
import Testing

/// Maxima of windows, against loops in plain Swift.
@Suite struct MaxPoolTests {
  private struct Setting: CustomStringConvertible {
    let size: (Int, Int), kernel: [Int], stride: [Int], padding: [Int], dilation: [Int]
    var description: String { "\(size) \(kernel) \(stride) \(padding) \(dilation)" }
  }

  private static let settings = [
    Setting(size: (5, 6), kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1]),
    Setting(size: (7, 9), kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1]),
    Setting(size: (7, 9), kernel: [3, 2], stride: [2, 3], padding: [1, 1], dilation: [2, 3]),
    Setting(size: (4, 300), kernel: [2, 3], stride: [1, 2], padding: [0, 1], dilation: [1, 2]),
    Setting(size: (6, 150), kernel: [1, 5], stride: [4, 1], padding: [0, 2], dilation: [1, 1]),
  ]

  @Test(arguments: [DType.float32, .float64]) func maximaOfWindows(_ dtype: DType) {
    for setting in Self.settings {
      let (height, width) = setting.size
      // Few values, so that there are ties; some NaN, and windows of −∞ alone.
      var random = SplitMix(seed: 3)
      let numbers = (0..<3 * height * width).map { i -> Double in
        let kind = random.next() % 40
        return i < width * 2 ? -.infinity : kind == 0 ? .nan : Double(kind % 7)
      }
      let x = Tensor(numbers, shape: [3, height, width], dtype: dtype)
      let found = maxPool2dWithIndices(
        x, setting.kernel, stride: setting.stride, padding: setting.padding,
        dilation: setting.dilation)
      // Without a gradient no positions are computed; the maxima are the same.
      let alone = maxPool2d(
        x, setting.kernel, stride: setting.stride, padding: setting.padding,
        dilation: setting.dilation)
      #expect(alone.isnan().equal(found.values.isnan()), "\(setting)")
      #expect(alone.nanToNum().equal(found.values.nanToNum()), "\(setting)")
      let (values, indices) = (found.values.values, found.indices.array(of: Int.self))
      let (rows, columns) = (found.values.size(1), found.values.size(2))
      for k in values.indices {
        let (image, i, j) = (k / (rows * columns), k / columns % rows, k % columns)
        let (top, left) = (
          i * setting.stride[0] - setting.padding[0], j * setting.stride[1] - setting.padding[1]
        )
        var (best, at) = (-Double.infinity, -1)
        for a in 0..<setting.kernel[0] {
          for b in 0..<setting.kernel[1] {
            let (row, column) = (top + a * setting.dilation[0], left + b * setting.dilation[1])
            guard row >= 0, row < height, column >= 0, column < width else { continue }
            let value = numbers[(image * height + row) * width + column]
            if at < 0 || value > best || (value.isNaN && !best.isNaN) {
              (best, at) = (value, row * width + column)
            }
          }
        }
        #expect(indices[k] == at, "\(setting) \(k)")
        #expect(values[k] == best || (values[k].isNaN && best.isNaN), "\(setting) \(k)")
      }
    }
  }
}
