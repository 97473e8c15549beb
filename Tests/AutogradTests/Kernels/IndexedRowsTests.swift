import TestSupport
import Testing

@testable import Autograd

/// Gather and scatter of rows, against loops in plain Swift.
@Suite struct IndexedRowsTests {
  private static func numbers(_ shape: [Int], seed: UInt64) -> Tensor {
    var random = SplitMix(seed: seed)
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { _ in Double(random.next() % 9) }, shape: shape, dtype: .float32)
  }

  /// The position in row-major order of the row `at` along `dim`, for element `i` of `list`.
  private func target(_ i: Int, _ list: [Int], _ whole: [Int], _ index: [Int]) -> Int {
    var at = coordinates(i, in: list)
    at[1] = index[at[1]]
    return zip(at, Layout.rowMajorStrides(whole)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// [blocks, rows, columns]: few and many blocks; rows from one element to more than a register,
  /// and enough of them for several threads.
  @Test func rowsAddTakeAndReplace() {
    let shapes =
      [(1, 5, 1), (2, 3, 4), (1, 40, 33), (5, 7, 9), (2, 90, 500)]
      + [2, 3, 5, 7, 8, 15, 16, 17, 31, 32].map { (2, 40, $0) }
    for (blocks, rows, columns) in shapes {
      var random = SplitMix(seed: 1)
      let index = (0..<2 * rows).map { _ in Int(random.next() % UInt64(rows)) }
      let (shape, listShape) = ([blocks, rows, columns], [blocks, 2 * rows, columns])
      let (x, list) = (Self.numbers(shape, seed: 2), Self.numbers(listShape, seed: 3))
      var (added, replaced) = (x.values, x.values)
      for (i, value) in list.values.enumerated() {
        added[target(i, listShape, shape, index)] += value
        replaced[target(i, listShape, shape, index)] = value
      }
      let taken = (0..<list.numel).map { x.values[target($0, listShape, shape, index)] }
      let places = Tensor(index)
      // The same with rows that lie across.
      func across(_ x: Tensor) -> Tensor { x.transpose(0, 2).copied().transpose(0, 2) }
      for (x, list) in [(x, list), (across(x), across(list))] {
        for threads in [1, 3] {
          withThreads(threads) {
            let name: Comment = "\(shape) \(threads)"
            #expect(x.indexAdd(dim: 1, index: places, source: list).values == added, name)
            #expect(x.indexCopy(dim: 1, index: places, source: list).values == replaced, name)
            #expect(x.indexSelect(dim: 1, index: places).values == taken, name)
          }
        }
      }
    }
  }

  /// An index that is the same in every column names rows; the result is that of its copy.
  @Test func expandedIndicesAreRows() {
    let index = Self.numbers([11, 1], seed: 4).to(.int64).expand([11, 5])
    let x = Self.numbers([9, 6], seed: 5).requiresGrad_()
    let (y, z) = (x.gather(dim: 0, index: index), x.gather(dim: 0, index: index.copied()))
    #expect(y.values == z.values && y.shape == [11, 5])
    let g = Self.numbers([11, 5], seed: 6)
    #expect(
      grad(of: y, wrt: x, gradient: g).values == grad(of: z, wrt: x, gradient: g).values)
    let added = x.detach().scatterAdd(dim: 0, index: index, src: g)
    #expect(added.values == x.detach().scatterAdd(dim: 0, index: index.copied(), src: g).values)
  }
}
