import Autograd
import NN
import TestSupport
import Testing

/// Means, shares and maxima of windows with given bounds, and weighted sums along a dimension, against
/// loops in plain Swift.
@Suite struct WindowTests {
  private struct Setting: CustomStringConvertible {
    let size: [Int], first: [[Int]], last: [[Int]], divisor: Int?
    var description: String { "\(size) \(first) \(last)" }

    /// Windows of `length` elements, `step` apart, from `start` on, clipped.
    init(_ size: [Int], length: [Int], step: [Int], start: Int = 0, divisor: Int? = nil) {
      self.size = size
      self.divisor = divisor
      let starts = size.indices.map { d in
        stride(from: start, to: size[d] - length[d] - start + 1, by: step[d]).map { $0 }
      }
      first = starts.map { $0.map { max($0, 0) } }
      last = starts.indices.map { d in starts[d].map { min($0 + length[d], size[d]) } }
    }

    var windows: BoundedWindows {
      BoundedWindows(
        size: size, windows: first.map(\.count), first: first, last: last, divisor: divisor)
    }

    /// For each window the positions of its elements.
    var elements: [[Int]] {
      var lists = [[0]]
      for d in size.indices {
        lists = lists.flatMap { rows in
          zip(first[d], last[d]).map { low, high in
            rows.flatMap { row in (low..<high).map { row * size[d] + $0 } }
          }
        }
      }
      return lists
    }
  }

  private static let settings = [
    Setting([9], length: [3], step: [2]),
    Setting([300], length: [200], step: [7], start: -3),
    Setting([5, 7], length: [2, 3], step: [2, 1], start: -1),
    Setting([4, 290], length: [3, 2], step: [1, 2], divisor: -3),
    Setting([3, 4, 5], length: [2, 2, 3], step: [1, 2, 1], start: -1),
    // More lines, and more windows, than a group has.
    Setting([70, 4], length: [1, 2], step: [1, 1]),
    Setting([2, 150], length: [1, 2], step: [1, 1]),
    // Each column is a window.
    Setting([6, 37], length: [2, 1], step: [1, 1]),
    Setting([6, 5], length: [3, 1], step: [1, 1], divisor: 7),
    // Rows and columns in no window.
    Setting([12, 40], length: [2, 3], step: [5, 8], start: 1),
    Setting([7, 6, 5], length: [2, 1, 2], step: [3, 2, 3], start: 1),
  ]

  @Test(arguments: [DType.float32, .float64]) func windows(_ dtype: DType) {
    for setting in Self.settings {
      let (count, lists) = (setting.size.reduce(1, *), setting.elements)
      var random = SplitMix(seed: 5)
      // Whole numbers, which add up exactly.
      let x = Tensor(
        (0..<3 * count).map { _ in Double(random.next() % 9) }, shape: [3, count], dtype: dtype)
      let g = Tensor(
        (0..<3 * lists.count).map { _ in Double(random.next() % 9) }, shape: [3, lists.count],
        dtype: dtype)
      let divisors = lists.map { Double(setting.divisor ?? $0.count) }
      var (means, maxima, places) = ([Double](), [Double](), [Int]())
      var shares = Array(repeating: 0.0, count: 3 * count)
      for image in 0..<3 {
        for (k, list) in lists.enumerated() {
          let values = list.map { x.values[image * count + $0] }
          means.append(values.reduce(0, +) / divisors[k])
          maxima.append(values.max()!)
          places.append(list[values.firstIndex(of: values.max()!)!])
          for i in list {
            shares[image * count + i] += g.values[image * lists.count + k] / divisors[k]
          }
        }
      }
      for threads in [1, 3] {
        withThreads(threads) {
          let tolerance = dtype == .float32 ? 1e-6 : 1e-14
          expectClose(x.windowMeans(setting.windows, op: "test"), means, tolerance: tolerance)
          expectClose(g.windowShares(setting.windows, op: "test"), shares, tolerance: tolerance)
          let found = x.maxima(of: setting.windows, op: "test")
          #expect(found.values.values == maxima, "\(setting)")
          #expect(found.indices.array(of: Int.self) == places, "\(setting)")
        }
      }
    }
  }

  @Test func theFirstNaNIsTheMaximum() {
    let low = -Double.infinity
    let x = Tensor([1, Double.nan, 5, .nan, low, low], shape: [1, 6], dtype: .float32)
    let windows = BoundedWindows(size: [6], windows: [2], first: [[0, 4]], last: [[4, 6]])
    let found = x.maxima(of: windows, op: "test")
    #expect(found.values.values[0].isNaN && found.values.values[1] == -.infinity)
    #expect(found.indices.array(of: Int.self) == [1, 4])
  }

  @Test(arguments: [DType.float32, .float64]) func weightedSums(_ dtype: DType) {
    let rows: [[(index: Int, weight: Double)]] = [
      [(2, 3)], [], [(0, 1), (3, -2)], [(1, 0.5), (1, 2), (4, 1), (0, 4)],
    ]
    let taps = Taps(inputs: 5, rows: rows)
    for (shape, d) in [
      ([5], 0), ([2, 5], 1), ([5, 3], 0), ([2, 5, 70], 1), ([9, 5], 1), ([70, 5], 1),
      ([3, 5, 9], 1),
    ] {
      var random = SplitMix(seed: 2)
      let x = Tensor(
        (0..<shape.reduce(1, *)).map { _ in Double(random.next() % 9) }, shape: shape, dtype: dtype)
      let parts = rows.map { row in
        row.reduce(Tensor.zeros(x.select(dim: d, index: 0).shape, dtype: dtype)) {
          $0 + x.select(dim: d, index: $1.index) * $1.weight
        }
      }
      let want = stack(parts, dim: d)
      for threads in [1, 3] {
        let sums = withThreads(threads) { taps.sums(of: x, d, op: "test") }
        #expect(sums.equal(want), "\(shape)")
      }
      // The sums are linear, and the transposed ones are their gradient.
      let v = Tensor.onesLike(want)
      let back = taps.transposed.sums(of: v, d, op: "test")
      #expect((back * x).sum().item() == want.sum().item())
    }
  }
  /// Sums in several steps, of which the first are not stored, are those of one step at a time.
  @Test(arguments: [DType.float32, .float64]) func sumsInSteps(_ dtype: DType) {
    let twice = Taps(inputs: 5, rows: (0..<10).map { [($0 / 2, 1)] })
    let some = Taps(
      inputs: 6, rows: [[(0, 0.25), (1, 0.75)], [(5, 1)], [], [(2, 2), (3, 1), (4, 3)]])
    let x = Tensor.randn([13, 6, 5], dtype: dtype)
    let want = some.sums(of: twice.sums(of: x, 2, op: "test"), 1, op: "test")
    for threads in [1, 3] {
      let y = withThreads(threads) { x.sums([(twice, 2), (some, 1)], op: "test") }
      #expect(y.equal(want))
      let back = withThreads(threads) {
        want.sums([(some.transposed, 1), (twice.transposed, 2)], op: "test")
      }
      let rows = some.transposed.sums(of: want, 1, op: "test")
      #expect(back.equal(twice.transposed.sums(of: rows, 2, op: "test")))
      // Each element twice, and the sums of neighbours.
      #expect(twice.sums(of: x, 2, op: "test").equal(x.repeatInterleave(2, dim: 2)))
      let pairs = rows.reshape([13, 6, 5, 2])
      #expect(
        twice.transposed.sums(of: rows, 2, op: "test")
          .equal(pairs.select(dim: 3, index: 0) + pairs.select(dim: 3, index: 1)))
    }
  }

  /// A sum of more inputs than are transposed together.
  @Test(arguments: [1, 9, 70]) func longSums(_ rows: Int) {
    let taps = Taps(
      inputs: 400,
      rows: [(0..<3).map { ($0, 1) }, (50..<390).map { ($0, 1) }, [(399, 2)], [(0, 1), (399, 1)]])
    let x = Tensor.randint(9, [rows, 400]).to(.float32)
    let parts = [
      x.narrow(dim: 1, start: 0, length: 3).sum(dim: 1),
      x.narrow(dim: 1, start: 50, length: 340).sum(dim: 1), x.select(dim: 1, index: 399) * 2,
      x.select(dim: 1, index: 0) + x.select(dim: 1, index: 399),
    ]
    #expect(taps.sums(of: x, 1, op: "test").equal(stack(parts, dim: 1)))
  }
}
