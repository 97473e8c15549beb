import CKernels
import TestSupport
import Testing

@testable import Autograd

/// Kernels that read and write at indices along a dimension, and the check of indices.
@Suite struct PlacesKernelTests {
  /// Runs `kernel` of `column`. The list and the index have their own strides; neighbours along the
  /// indexed dimension of the whole are `step` elements apart.
  private func run(
    _ kernel: ck_at, _ column: Column, list: [Float], index: [Int64], whole: [Float],
    strides: [Int64], step: Int, count: Int
  ) -> (list: [Float], whole: [Float]) {
    var (list, index, whole) = (list, index, whole)
    list.withUnsafeMutableBytes { list in
      index.withUnsafeMutableBytes { index in
        whole.withUnsafeMutableBytes { whole in
          let p = [list.baseAddress, index.baseAddress, whole.baseAddress]
          column.at(kernel, .float32)!(Int64(count), p, strides, Parameters(Double(step)))
        }
      }
    }
    return (list, whole)
  }

  @Test(arguments: Column.all)
  func writesInOrder(_ column: Column) {
    let list: [Float] = [2, 3, 5, 7]
    let whole: [Float] = [10, 20, 30]
    func written(_ kernel: ck_at) -> [Float] {
      run(
        kernel, column, list: list, index: [2, 0, 2, 2], whole: whole, strides: [1, 1, 0], step: 1,
        count: 4
      ).whole
    }
    #expect(written(.put) == [3, 20, 7])
    #expect(written(.add) == [13, 20, 44])
    #expect(written(.mul) == [30, 20, 2100])
    #expect(written(.max) == [10, 20, 30])
    #expect(written(.min) == [3, 20, 2])
    #expect(written(.take) == whole)
  }

  @Test(arguments: Column.all)
  func strides(_ column: Column) {
    // Every other element of the list and the index; two elements of the whole between neighbours.
    let (list, _) = run(
      .take, column, list: [0, 0, 0, 0, 0], index: [1, 9, 0, 9, 2], whole: [1, 2, 3, 4, 5, 6],
      strides: [2, 2, 0], step: 2, count: 3)
    #expect(list == [3, 0, 1, 0, 5])
    // One index for all elements of a row.
    let row = run(
      .add, column, list: [10, 20], index: [1], whole: [1, 2, 3, 4], strides: [1, 0, 1], step: 2,
      count: 2)
    #expect(row.whole == [1, 2, 13, 24])
    let apart = run(
      .put, column, list: [10, 20], index: [1], whole: [1, 2, 3, 4], strides: [1, 0, 2], step: 1,
      count: 2)
    #expect(apart.whole == [1, 10, 3, 20])
  }

  @Test(arguments: Column.all)
  func nanWinsOverExtremes(_ column: Column) {
    for kernel in [ck_at.max, .min] {
      let written = run(
        kernel, column, list: [.nan, 0], index: [0, 0], whole: [1], strides: [1, 1, 0], step: 1,
        count: 2
      ).whole
      #expect(written[0].isNaN)
    }
  }

  @Test func integerReductionsWrapAndBoolReductionsAreOr() {
    let full = Tensor([Int.max]).indexAdd(dim: 0, index: Tensor([0]), source: Tensor([1]))
    #expect(full.array(of: Int.self) == [.min])
    let truth = Tensor([false, false]).indexAdd(
      dim: 0, index: Tensor([1, 1]), source: Tensor([true, false]))
    #expect(truth.values == [0, 1])
  }

  @Test(arguments: Column.all)
  func indicesAreChecked(_ column: Column) {
    func check(_ index: [Int64], _ size: Int64) -> Int32 {
      column.kernels.check_indices(Int64(index.count), index, size)
    }
    #expect(check([0, 4, 2], 5) == 0)
    #expect(check([-5, 4], 5) == CK_NEGATIVE)
    #expect(check([5, 0], 5) == CK_OUTSIDE)
    #expect(check([-6], 5) & CK_OUTSIDE != 0)
    #expect(check([.max], 5) == CK_OUTSIDE && check([.min], 5) & CK_OUTSIDE != 0)
    #expect(check([0], 0) == CK_OUTSIDE && check([-1], 0) & CK_OUTSIDE != 0 && check([], 0) == 0)
    // At every position, also after the last full register.
    for i in 0..<70 {
      var index = [Int64](repeating: 3, count: 70)
      index[i] = 4
      #expect(check(index, 4) == CK_OUTSIDE)
      index[i] = -4
      #expect(check(index, 4) == CK_NEGATIVE)
    }
  }

  @Test(arguments: Column.all)
  func placesOfTruth(_ column: Column) {
    var random = SplitMix(seed: 3)
    for (count, share) in [(0, 0.5), (1, 1), (7, 0), (511, 0.5), (2000, 0.5), (1025, 1)] {
      let flags = (0..<count).map { _ -> UInt8 in random.uniform() < share ? 1 : 0 }
      let expected = flags.indices.filter { flags[$0] == 1 }.map { Int64($0 + 100) }
      #expect(column.kernels.count_true(Int64(count), flags) == expected.count)
      // One more element, which must be unchanged.
      var places = [Int64](repeating: -1, count: expected.count + 1)
      column.kernels.places_of_true(Int64(count), flags, 100, &places)
      #expect(places == expected + [-1])
    }
  }

  @Test func nonzeroOnAnyNumberOfThreads() {
    var random = SplitMix(seed: 4)
    let truth = (0..<150_000).map { _ in random.uniform() < 0.3 }
    let expected = truth.indices.filter { truth[$0] }
    for threads in [1, 2, 3] {
      withThreads(threads) {
        #expect(Tensor(truth).positionsOfTrue().array(of: Int.self) == expected)
      }
    }
    #expect(Tensor([Bool]()).positionsOfTrue().shape == [0])
  }

  /// Every layout of list, index and whole, and every number of threads, gives what a loop over
  /// single elements gives.
  @Test func everyLayoutAndNumberOfThreadsAgree() {
    var random = SplitMix(seed: 7)
    func numbers(_ shape: [Int]) -> Tensor {
      let count = shape.reduce(1, *)
      return Tensor((0..<count).map { _ in random.uniform() }, shape: shape, dtype: .float32)
    }
    for (shape, dim) in [
      ([40, 3], 0), ([3, 40], 1), ([4, 5, 300], 1), ([200_000], 0), ([900, 80], 0),
    ] {
      var wide = shape
      wide[dim] += 2
      let x = numbers(wide)
      let source = numbers(shape)
      let index = Tensor(
        (0..<shape.reduce(1, *)).map { _ in Int(random.next() % UInt64(wide[dim])) }, shape: shape)
      var expected = x.array(of: Float.self)
      let strides = Layout.rowMajorStrides(wide)
      let (picks, values) = (index.array(of: Int.self), source.array(of: Float.self))
      for i in values.indices {
        var place = coordinates(i, in: shape)
        place[dim] = picks[i]
        expected[zip(place, strides).map { $0 * $1 }.reduce(0, +)] += values[i]
      }
      for threads in [1, 2, 3] {
        for arrangement in Arrangement.allCases {
          withThreads(threads) {
            let index = arrangement.arranged(index)
            let sums = arrangement.arranged(x).scatterAdd(
              dim: dim, index: index, src: arrangement.arranged(source))
            #expect(sums.array(of: Float.self) == expected, "\(shape), \(threads) threads")
            let back = arrangement.arranged(sums).gather(dim: dim, index: index)
            #expect(back.array(of: Float.self) == sums.gather(dim: dim, index: index).array())
          }
        }
      }
    }
  }
}
