import Autograd
import NN
import TestSupport
import Testing

/// Convolutions of many geometries against sums written out.
@Suite(.ownGenerator) struct ConvolutionGeometryTests {
  struct Geometry: Sendable, CustomStringConvertible {
    let batch: Int, channels: Int, filters: Int, groups: Int
    let size, kernel, stride, padding, dilation: [Int]

    var description: String {
      """
      \(batch)x\(channels)x\(size) -> \(filters), \(groups) groups, kernel \(kernel), stride \
      \(stride), padding \(padding), dilation \(dilation)
      """
    }

    var output: [Int] {
      size.indices.map {
        (size[$0] + 2 * padding[$0] - dilation[$0] * (kernel[$0] - 1) - 1) / stride[$0] + 1
      }
    }

    func convolved(_ x: Tensor, _ w: Tensor) -> Tensor {
      switch size.count {
      case 1:
        conv1d(x, w, stride: stride, padding: padding, dilation: dilation, groups: groups)
      case 2:
        conv2d(x, w, stride: stride, padding: padding, dilation: dilation, groups: groups)
      default:
        conv3d(x, w, stride: stride, padding: padding, dilation: dilation, groups: groups)
      }
    }

    /// Calls `body` with the positions in y, x and w of the three factors of each term.
    func forEachTerm(_ body: (_ y: Int, _ x: Int, _ w: Int) -> Void) {
      let (inside, outputs) = (channels / groups, output)
      func positions(_ sizes: [Int]) -> [[Int]] {
        sizes.reduce([[]]) { all, n in all.flatMap { a in (0..<n).map { a + [$0] } } }
      }
      func place(_ coordinates: [Int], _ sizes: [Int]) -> Int {
        zip(coordinates, sizes).reduce(0) { $0 * $1.1 + $1.0 }
      }
      let (places, taps) = (positions(outputs), positions(kernel))
      for n in 0..<batch {
        for f in 0..<filters {
          for (o, place0) in places.enumerated() {
            for c in 0..<inside {
              for (k, tap) in taps.enumerated() {
                let at = tap.indices.map {
                  place0[$0] * stride[$0] + tap[$0] * dilation[$0] - padding[$0]
                }
                guard zip(at, size).allSatisfy({ $0 >= 0 && $0 < $1 }) else { continue }
                let channel = f / (filters / groups) * inside + c
                body(
                  (n * filters + f) * places.count + o,
                  (n * channels + channel) * size.reduce(1, *) + place(at, size),
                  (f * inside + c) * taps.count + k)
              }
            }
          }
        }
      }
    }
  }

  static let geometries: [Geometry] = [
    // Few and many filters, around the heights of the register tiles.
    .init(
      batch: 2, channels: 3, filters: 1, groups: 1, size: [9], kernel: [3], stride: [1],
      padding: [1], dilation: [1]),
    .init(
      batch: 1, channels: 2, filters: 2, groups: 1, size: [40], kernel: [5], stride: [3],
      padding: [4], dilation: [2]),
    .init(
      batch: 3, channels: 1, filters: 3, groups: 1, size: [6, 70], kernel: [3, 3], stride: [1, 1],
      padding: [1, 1], dilation: [1, 1]),
    .init(
      batch: 2, channels: 5, filters: 17, groups: 1, size: [11, 13], kernel: [3, 2],
      stride: [2, 1], padding: [1, 1], dilation: [1, 2]),
    .init(
      batch: 3, channels: 4, filters: 40, groups: 1, size: [7, 7], kernel: [3, 3], stride: [1, 1],
      padding: [1, 1], dilation: [1, 1]),
    // Rows shorter than a register, and kernels that cover all of the input.
    .init(
      batch: 2, channels: 3, filters: 33, groups: 1, size: [3, 2], kernel: [3, 2], stride: [1, 1],
      padding: [0, 0], dilation: [1, 1]),
    .init(
      batch: 5, channels: 2, filters: 9, groups: 1, size: [2, 3], kernel: [4, 5], stride: [2, 2],
      padding: [3, 4], dilation: [1, 1]),
    // Groups, also one for each channel.
    .init(
      batch: 2, channels: 6, filters: 4, groups: 2, size: [9, 8], kernel: [2, 3], stride: [1, 2],
      padding: [0, 2], dilation: [2, 1]),
    .init(
      batch: 1, channels: 3, filters: 6, groups: 3, size: [12, 35], kernel: [3, 3],
      stride: [2, 2], padding: [1, 1], dilation: [1, 1]),
    // One channel in each group: rows of several parts, chains of taps, all strides and heights.
    .init(
      batch: 2, channels: 2, filters: 2, groups: 2, size: [9, 75], kernel: [5, 3], stride: [1, 1],
      padding: [2, 1], dilation: [1, 1]),
    .init(
      batch: 1, channels: 2, filters: 2, groups: 2, size: [31, 70], kernel: [7, 4],
      stride: [2, 2], padding: [3, 1], dilation: [1, 1]),
    .init(
      batch: 2, channels: 3, filters: 3, groups: 3, size: [15, 20], kernel: [3, 3],
      stride: [1, 2], padding: [4, 2], dilation: [4, 2]),
    .init(
      batch: 1, channels: 2, filters: 2, groups: 2, size: [10, 37], kernel: [4, 2],
      stride: [3, 3], padding: [2, 0], dilation: [2, 3]),
    .init(
      batch: 2, channels: 2, filters: 4, groups: 2, size: [300], kernel: [70], stride: [2],
      padding: [40], dilation: [1]),
    .init(
      batch: 1, channels: 2, filters: 2, groups: 2, size: [5, 8, 19], kernel: [3, 2, 3],
      stride: [2, 1, 1], padding: [1, 1, 1], dilation: [1, 1, 1]),
    .init(
      batch: 1, channels: 2, filters: 2, groups: 2, size: [3, 2], kernel: [5, 5],
      stride: [1, 1], padding: [4, 4], dilation: [1, 1]),
    // Products with each position alone, and strides beyond the kernel.
    .init(
      batch: 2, channels: 7, filters: 5, groups: 1, size: [4, 5], kernel: [1, 1], stride: [1, 1],
      padding: [0, 0], dilation: [1, 1]),
    .init(
      batch: 2, channels: 3, filters: 4, groups: 1, size: [7, 8], kernel: [1, 1], stride: [2, 3],
      padding: [0, 0], dilation: [1, 1]),
    .init(
      batch: 1, channels: 2, filters: 3, groups: 1, size: [11], kernel: [2], stride: [5],
      padding: [2], dilation: [3]),
    // More terms than a block of the product, and more channels than a unit of the weights.
    .init(
      batch: 1, channels: 70, filters: 20, groups: 1, size: [4, 5], kernel: [3, 3], stride: [1, 1],
      padding: [1, 1], dilation: [1, 1]),
    .init(
      batch: 2, channels: 2, filters: 66, groups: 1, size: [5, 6], kernel: [2, 2], stride: [1, 1],
      padding: [0, 1], dilation: [1, 1]),
    // Volumes.
    .init(
      batch: 2, channels: 2, filters: 3, groups: 1, size: [4, 5, 6], kernel: [2, 3, 2],
      stride: [1, 2, 1], padding: [1, 0, 1], dilation: [2, 1, 1]),
    .init(
      batch: 1, channels: 4, filters: 4, groups: 2, size: [5, 4, 3], kernel: [3, 3, 3],
      stride: [2, 1, 1], padding: [1, 1, 1], dilation: [1, 1, 1]),
  ]

  @Test(arguments: geometries) func sumsAreThoseOfTheDefinition(_ c: Geometry) {
    let x = Tensor.randn([c.batch, c.channels] + c.size, dtype: .float64, requiresGrad: true)
    let w = Tensor.randn(
      [c.filters, c.channels / c.groups] + c.kernel, dtype: .float64, requiresGrad: true)
    let g = Tensor.randn([c.batch, c.filters] + c.output, dtype: .float64)
    let y = c.convolved(x, w)
    #expect(y.shape == g.shape)
    y.backward(gradient: g)
    let (xs, ws, gs) = (
      x.array(of: Double.self), w.array(of: Double.self), g.array(of: Double.self)
    )
    var ys = gs.map { _ in 0.0 }
    var (xGrad, wGrad) = (xs.map { _ in 0.0 }, ws.map { _ in 0.0 })
    c.forEachTerm { i, j, k in
      ys[i] += xs[j] * ws[k]
      xGrad[j] += gs[i] * ws[k]
      wGrad[k] += gs[i] * xs[j]
    }
    expectClose(y.detach(), ys, tolerance: 1e-12)
    expectClose(x.grad, xGrad, tolerance: 1e-12)
    expectClose(w.grad, wGrad, tolerance: 1e-12)
  }

  @Test(arguments: geometries) func bitsDoNotDependOnThreads(_ c: Geometry) {
    let x = Tensor.randn([c.batch, c.channels] + c.size, requiresGrad: true)
    let w = Tensor.randn([c.filters, c.channels / c.groups] + c.kernel, requiresGrad: true)
    func results() -> [[Float]] {
      let y = c.convolved(x, w)
      let grads = grad(of: y.square().sum(), wrt: [x, w])
      return [y.detach(), grads[0]!, grads[1]!].map { $0.array(of: Float.self) }
    }
    let expected = withThreads(1, results)
    for count in [2, 3, 7] { #expect(withThreads(count, results) == expected) }
  }

  /// The kernels also read what lies between the rows; it must not reach the results.
  @Test func infinitiesStayWhereTheyAre() {
    let x = Tensor.randn([1, 2, 6, 5])
    x[0, 0, 5, 4] = Tensor(Float.infinity)
    let w = Tensor.randn([3, 2, 3, 3], requiresGrad: true)
    let y = conv2d(x, w)
    // The last element belongs to the last window of each filter, and to its last tap.
    #expect(y.isfinite().sum().item(as: Int.self) == y.numel - 3)
    y.sum().backward()
    #expect(w.grad!.isfinite().sum().item(as: Int.self) == w.numel - 3)
    #expect(w.grad![.all, 0, 2, 2].isinf().all().item(as: Bool.self))
  }

  @Test func emptyBatchesHaveEmptyOutputs() {
    let x = Tensor.zeros([0, 2, 5, 4], requiresGrad: true)
    let w = Tensor.ones([3, 2, 2, 3], requiresGrad: true)
    let y = conv2d(x, w, padding: 1)
    #expect(y.shape == [0, 3, 6, 4])
    y.sum().backward()
    #expect(x.grad!.shape == x.shape && w.grad!.abs().sum().item() == Float(0))
    #expect(convTranspose2d(y.detach(), w).shape == [0, 2, 7, 6])
  }
}
