import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Loop nests over operands that are not row-major, and the transpositions that they use.
@Suite struct NestTests {
  // MARK: - Transposition

  @Test(arguments: Column.all)
  func transposes(_ column: Column) {
    let sizes = [1, 2, 3, 7, 8, 15, 16, 17, 33, 520]
    for (n0, n1) in sizes.flatMap({ n0 in sizes.map { (n0, $0) } }) {
      for gap in [0, 2] {
        check(column.kernels.transpose.1!, UInt8.self, n0, n1, gap)
        check(column.kernels.transpose.4!, UInt32.self, n0, n1, gap)
        check(column.kernels.transpose.8!, UInt64.self, n0, n1, gap)
      }
    }
  }

  /// The rows of x and y have `gap` and 3 more elements than are copied; the additional ones of y are
  /// unchanged.
  private func check<T: FixedWidthInteger>(
    _ transpose: ck_transpose_fn, _: T.Type, _ n0: Int, _ n1: Int, _ gap: Int
  ) {
    let (x0, y1) = (n1 + gap, n0 + 3)
    let x = (0..<n0 * x0).map { T(truncatingIfNeeded: $0 &* 0x1E37_79B9_7F4A_7C15) }
    let unwritten = T(truncatingIfNeeded: 0x5A5A_5A5A_5A5A_5A5A)
    var y = [T](repeating: unwritten, count: n1 * y1)
    transpose(Int64(n0), Int64(n1), x, Int64(x0), &y, Int64(y1))
    var isRight = true
    for j in 0..<n1 {
      for i in 0..<n0 { isRight = isRight && y[j * y1 + i] == x[i * x0 + j] }
      for i in n0..<y1 { isRight = isRight && y[j * y1 + i] == unwritten }
    }
    #expect(isRight, "\(T.self), \(n0) × \(n1)")
  }

  // MARK: - Loop nests

  /// Permuted shapes: large enough for several threads, with rows shorter and longer than a buffer,
  /// and with partial tiles.
  private static let permutations: [(shape: [Int], order: [Int])] = [
    ([1, 1], [1, 0]), ([3, 5], [1, 0]), ([17, 33], [1, 0]), ([300, 700], [1, 0]),
    ([2, 70_000], [1, 0]), ([70_000, 3], [1, 0]), ([40, 41, 42], [2, 0, 1]),
    ([40, 41, 42], [2, 1, 0]), ([5, 6, 7, 300], [0, 3, 1, 2]), ([0, 4], [1, 0]),
  ]

  private func onThreads(_ counts: [Int], _ body: () -> Void) {
    for count in counts { withThreads(count, body) }
  }

  /// On permuted inputs, every kernel gives the bits that it gives on row-major copies.
  @Test func mapsOfPermutedInputs() {
    for (shape, order) in Self.permutations {
      for dtype in [DType.float32, .float64, .uint8] {
        let generator = Generator(seed: 1)
        func numbers() -> Tensor {
          (Tensor.rand(shape, generator: generator) * 100 - (dtype == .uint8 ? 0 : 50)).to(dtype)
        }
        let (a, b) = (numbers().permute(order), numbers().permute(order))
        let c = numbers().permute(order).copied()
        let (flatA, flatB) = (a.copied(), b.copied())
        let column = a.narrow(dim: 1, start: 0, length: Swift.min(1, a.shape[1]))
        onThreads([1, 3]) {
          func same(_ x: Tensor, _ y: Tensor, _ what: String) {
            #expect(x.bits == y.bits, "\(what), \(dtype), \(shape), \(order)")
          }
          same(a + c, flatA + c, "a + c")
          same(c * b, c * flatB, "c * b")
          same(a - b, flatA - flatB, "a - b")
          same(a .< c, flatA .< c, "a < c")
          same(`where`(a .> c, b, a), `where`(flatA .> c, flatB, flatA), "where")
          same(a.to(.float64), flatA.to(.float64), "to float64")
          same(a + column, flatA + column.copied(), "a + column")
          same(a * 3, flatA * 3, "a * 3")
          if dtype.isFloatingPoint {
            same(a.exp(), flatA.exp(), "exp")
            same(a.gelu(), flatA.gelu(), "gelu")
            same(a.atan2(c), flatA.atan2(c), "atan2")
          }
        }
      }
    }
  }

  /// The output may be permuted too, and be one of the inputs.
  @Test func inPlaceOnPermutedOutputs() {
    for (shape, order) in Self.permutations {
      let generator = Generator(seed: 2)
      let start = Tensor.randn(shape, generator: generator)
      let c = Tensor.randn(order.map { shape[$0] }, generator: generator)
      onThreads([1, 3]) {
        let y = start.clone()
        y.permute(order).add_(c)
        #expect(y.permute(order).bits == (start.permute(order).copied() + c).bits)
        let z = start.clone()
        z.permute(order).mul_(z.permute(order))
        #expect(z.bits == (start * start).bits)
      }
    }
  }

  /// Short rows are joined; what repeats along them, or from row to row, is copied into a buffer.
  @Test func mapsOfShortRows() {
    let generator = Generator(seed: 4)
    for columns in [2, 3, 7, 31, 33] {
      let x = Tensor.randn([5, 3001, columns], generator: generator)
      let others = [[5, 3001, 1], [columns], [3001, 1], [5, 1, columns], [5, 1, 1]]
      for other in others.map({ Tensor.rand($0, generator: generator) }) {
        let flat = other.expand(x.shape).copied()
        onThreads([1, 3]) {
          #expect((x + other).bits == (x + flat).bits, "\(columns) \(other.shape)")
          #expect((other / x).bits == (flat / x).bits, "\(columns) \(other.shape)")
          #expect((x .< other).bits == (x .< flat).bits, "\(columns) \(other.shape)")
          #expect(x.atan2(other).bits == x.atan2(flat).bits, "\(columns) \(other.shape)")
          let (y, z) = (x.clone(), x.clone())
          #expect(y.mul_(other).bits == z.mul_(flat).bits, "\(columns) \(other.shape)")
        }
      }
    }
  }

  /// A gradient that was expanded from one number has strides of 0.
  @Test func mapsOfExpandedInputs() {
    let x = Tensor.randn([37, 19], generator: Generator(seed: 3))
    let random = Tensor.rand([19], generator: Generator(seed: 1))
    for g in [Tensor(0.5, dtype: .float32).expand([37, 19]), random.expand([37, 19])] {
      #expect(
        elementwise(.geluGrad, g, x).bits == elementwise(.geluGrad, g.copied(), x).bits)
      #expect(elementwise(.atan2, x, g).bits == elementwise(.atan2, x, g.copied()).bits)
    }
  }
}

extension Tensor {
  /// The bytes of the elements in row-major order.
  fileprivate var bits: [UInt8] {
    let x = compacted()
    return withExtendedLifetime(x) {
      Array(UnsafeRawBufferPointer(start: x.base, count: numel * dtype.itemSize))
    }
  }
}
