import TestSupport
import Testing

@testable import Autograd

/// Reductions of tensors that are not row-major, against those of row-major copies.
@Suite struct MemoryAxesTests {
  /// Integers, so that sums are exact; few values, so that extremes tie.
  private static func numbers(_ shape: [Int]) -> Tensor {
    var random = SplitMix(seed: 5)
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in Double(random.next() % 9) }, shape: shape, dtype: .float32)
  }

  /// Permuted, with gaps, with repeated elements, with steps, and with dimensions of size 1.
  private static func layouts() -> [Tensor] {
    let x = numbers([3, 5, 4, 7])
    return [
      x, x.permute([1, 0, 2, 3]), x.permute([3, 2, 1, 0]), x.permute([2, 0, 3, 1]),
      x.narrow(dim: 3, start: 1, length: 5), x.narrow(dim: 1, start: 2, length: 3),
      x.permute([0, 3, 1, 2]).narrow(dim: 1, start: 0, length: 6), x[.all, .slice(by: 2)],
      x[.all, .all, .all, .slice(by: 2)], x.flip([1]), x.flip([3]),
      numbers([3, 1, 4, 1]).expand([3, 5, 4, 7]), numbers([1, 5, 1, 7]).expand([3, 5, 4, 7]),
      numbers([1, 1, 1, 1]).expand([3, 5, 4, 7]), numbers([3, 1, 1, 7]).permute([3, 1, 0, 2]),
      numbers([40, 3, 1, 300]).permute([3, 2, 1, 0]),
    ]
  }

  private static let subsets: [[Int]] = (0..<16).map { bits in
    (0..<4).filter { bits >> $0 & 1 == 1 }
  }

  @Test func sumsAndExtremes() {
    for (i, x) in Self.layouts().enumerated() {
      let flat = x.copied()
      for dims in Self.subsets {
        for threads in [1, 3] {
          withThreads(threads) {
            for kernel in [ReductionKernel.sum, .max, .min] {
              let found = x.reduced(kernel, dims, keepdim: false, op: "test")
              let expected = flat.reduced(kernel, dims, keepdim: false, op: "test")
              #expect(found.equal(expected) && found.isContiguous, "\(i) \(dims)")
            }
          }
        }
      }
    }
  }

  /// Row-major copies themselves, against sums in plain Swift.
  @Test func sumsOfRowMajorTensors() {
    let x = Self.numbers([3, 5, 4, 7])
    let values = x.values
    for dims in Self.subsets {
      var expected: [[Int]: Double] = [:]
      for i in values.indices {
        let at = coordinates(i, in: x.shape)
        expected[(0..<4).filter { !dims.contains($0) }.map { at[$0] }, default: 0] += values[i]
      }
      let y = x.reduced(.sum, dims, keepdim: true, op: "test")
      #expect(y.shape == (0..<4).map { dims.contains($0) ? 1 : x.shape[$0] })
      let kept = (0..<4).filter { !dims.contains($0) }
      for (i, sum) in y.values.enumerated() {
        let at = coordinates(i, in: y.shape)
        #expect(sum == expected[kept.map { at[$0] }], "\(dims)")
      }
    }
  }

  @Test func indicesOfExtremes() {
    for (i, x) in Self.layouts().enumerated() {
      let flat = x.copied()
      for d in 0..<4 {
        for threads in [1, 3] {
          withThreads(threads) {
            let (found, expected) = (x.max(dim: d), flat.max(dim: d))
            #expect(found.values.equal(expected.values), "\(i) \(d)")
            #expect(found.indices.equal(expected.indices), "\(i) \(d)")
            #expect(x.argmin(dim: d).equal(flat.argmin(dim: d)), "\(i) \(d)")
          }
        }
      }
      #expect(x.argmax().equal(flat.argmax()), "\(i)")
    }
  }

  @Test func threadsDoNotChangeABit() {
    let x = Tensor.randn([301, 2, 499], generator: Generator(seed: 1))
    let permuted = [
      x.permute([2, 0, 1]), x.permute([1, 2, 0]), x.narrow(dim: 2, start: 3, length: 400),
    ]
    for x in permuted {
      for dims in [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2]] {
        let single = withThreads(1) { x.sum(dim: dims) }
        for threads in [2, 3] {
          #expect(withThreads(threads) { x.sum(dim: dims) }.equal(single), "\(dims)")
        }
      }
    }
  }
}
