import TestSupport
import Testing

@testable import Autograd

/// Reductions of mapped elements against those of the stored results, and reductions whose columns
/// or rows are divided among threads.
@Suite struct MappedReductionTests {
  private static let shapes = [
    [20_000], [7, 1009, 17], [301, 7, 33], [3, 50_000], [40, 3000], [2000, 2, 3, 5], [5, 4, 6000],
    [70, 2048], [1, 9000, 1], [300, 0, 40], [9, 1100],
  ]

  private static func numbers(_ shape: [Int], seed: UInt64 = 7) -> Tensor {
    var random = SplitMix(seed: seed)
    let values = (0..<shape.reduce(1, *)).map { _ in Double(random.next() % 2001) / 1000 - 1 }
    return Tensor(values, shape: shape, dtype: .float32)
  }

  private static func subsets(_ ndim: Int) -> [[Int]] {
    (0..<1 << ndim).map { bits in (0..<ndim).filter { bits >> $0 & 1 == 1 } }
  }

  @Test(arguments: shapes)
  func theBitsAreThoseOfStoredResults(_ shape: [Int]) {
    let x = Self.numbers(shape)
    for (map, kernel) in [(ElementwiseKernel.square, ReductionKernel.sum), (.abs, .max)] {
      let stored = elementwise(map, x)
      for dims in Self.subsets(shape.count) {
        for keepdim in [false, true] {
          let expected = stored.reduced(kernel, dims, keepdim: keepdim, op: "test")
          for threads in [1, 3] {
            let found = withThreads(threads) {
              x.reduced(kernel, of: map, dims, keepdim: keepdim, op: "test")
            }
            #expect(found.equal(expected), "\(shape) \(dims) \(threads)")
          }
        }
      }
    }
    let transposed = x.permute(Array(x.shape.indices.reversed()))
    let found = transposed.reduced(.sum, of: .square, [0], keepdim: false, op: "test")
    let expected = elementwise(.square, transposed).reduced(.sum, [0], keepdim: false, op: "test")
    #expect(found.equal(expected))
  }

  @Test(arguments: shapes)
  func theBitsDoNotDependOnTheNumberOfThreads(_ shape: [Int]) {
    let x = Self.numbers(shape, seed: 8)
    for dims in Self.subsets(shape.count) {
      let alone = withThreads(1) { x.reduced(.sum, dims, keepdim: false, op: "test") }
      let together = withThreads(3) { x.reduced(.sum, dims, keepdim: false, op: "test") }
      #expect(alone.equal(together), "\(shape) \(dims)")
      let exact = x.to(.float64).reduced(.sum, dims, keepdim: false, op: "test")
      #expect(alone.to(.float64).allclose(exact, rtol: 0, atol: 1e-3), "\(shape) \(dims)")
    }
  }
}
