import TestSupport
import Testing

@testable import Autograd

/// Sorting, order statistics and cumulative extremes: NaN, equal elements, no elements. The numbers
/// are PyTorch's, except for indices of equal elements that PyTorch leaves unspecified.
@Suite struct SortingTests {
  private func gradient(_ values: [Double], _ f: (Tensor) -> Tensor) -> [Double] {
    let x = Tensor(values, dtype: .float64, requiresGrad: true)
    return grad(of: f(x).sum(), wrt: x).values
  }

  // MARK: - Sorts

  @Test func sorted() {
    let x = Tensor([[3.0, 1, 2], [0, 5, 4]])
    let (values, indices) = x.sort()
    #expect(values.values == [1, 2, 3, 0, 4, 5] && indices.values == [1, 2, 0, 0, 2, 1])
    #expect(indices.dtype == .int64)
    let columns = x.sort(dim: 0, descending: true)
    #expect(columns.values.values == [3, 5, 4, 0, 1, 2])
    #expect(columns.indices.values == [0, 1, 1, 1, 0, 0])
    #expect(x.T.argsort(dim: 0).T.values == [1, 2, 0, 0, 2, 1])
    #expect(x.msort().values == [0, 1, 2, 3, 5, 4])
    #expect(Tensor(3.0).sort().values.shape == [] && Tensor(3.0).argsort().item() == 0)
    #expect(Tensor.zeros([2, 0]).sort().values.shape == [2, 0])
  }

  @Test func equalElementsStayInOrder() {
    let x = Tensor([2, 1, 2, 1, 3])
    #expect(x.argsort().values == [1, 3, 0, 2, 4])
    #expect(x.argsort(descending: true).values == [4, 0, 2, 1, 3])
    let zeros = Tensor([0.0, -0.0, 0.0, -1]).sort()
    #expect(zeros.indices.values == [3, 0, 1, 2])
    #expect(zeros.values.values.map(\.sign) == [.minus, .plus, .minus, .plus])
    #expect(Tensor([true, false, true]).sort().indices.values == [1, 0, 2])
    #expect(Tensor([Int.min, .max, 0]).sort().values.array(of: Int.self) == [.min, 0, .max])
  }

  @Test func nanIsSortedLast() {
    let x = Tensor([1, .nan, 2, .nan, 0])
    #expect(x.argsort().values == [4, 0, 2, 1, 3])
    #expect(x.argsort(descending: true).values == [1, 3, 2, 0, 4])
    #expect(x.topk(3).indices.values == [1, 3, 2])
    #expect(x.topk(3, largest: false).values.values == [0, 1, 2])
    #expect(x.kthvalue(4).indices.item() == 1)
    #expect(x.mode().values.item() == 0)
  }

  @Test func sortsDoNotDependOnTheNumberOfThreads() {
    let x = Sample.real([300, 70]).tensor(.float32)
    func sort(threads: Int) -> [Double] {
      withThreads(threads) { x.argsort(dim: 0).values + x.topk(5).values.values }
    }
    #expect(sort(threads: 1) == sort(threads: 3))
  }

  // MARK: - Order statistics

  @Test func medians() {
    let x = Tensor([3, .nan, 1, 2])
    #expect(x.median().item().isNaN && x.nanmedian().item() == 2)
    #expect(x.median(dim: 0).indices.item() == 1 && x.nanmedian(dim: 0).indices.item() == 3)
    #expect(Tensor([4, 1, 3, 2]).median().item() == 2)
    #expect(Tensor([Double.nan, .nan]).nanmedian(dim: 0).indices.item() == 0)
    #expect(Tensor.zeros([0]).median().item().isNaN)
    #expect(Tensor.zeros([2, 0]).median(dim: 0).values.shape == [0])
    #expect(gradient([1, 1, 2]) { $0.median() } == [0.5, 0.5, 0])
    #expect(gradient([1, 1, .nan, .nan]) { $0.median() } == [0, 0, 0.5, 0.5])
    #expect(gradient([1, 1, .nan, 2]) { $0.nanmedian() } == [0.5, 0.5, 0, 0])
    let (ties, found) = Tensor([2.0, 1, 1, 2]).mode()
    #expect(ties.item() == 1 && found.item() == 2)
  }

  @Test func quantiles() {
    let x = Tensor([[1.0, 2, 4, 8], [0, 0, .nan, 1]])
    let y = x.quantile(Tensor([0, 0.5, 1]), dim: 1)
    #expect(y.shape == [3, 2])
    #expect(y.T[0].values == [1, 3, 8] && y.T[1].values.allSatisfy(\.isNaN))
    let z = x.nanquantile(0.75, dim: -1, keepdim: true)
    #expect(z.shape == [2, 1] && z.values == [5, 0.5])
    let row = x[0]
    let between = QuantileInterpolation.allCases.map {
      row.quantile(0.5, interpolation: $0).item()
    }
    #expect(between == [3, 2, 4, 3, 4])  // the rank 1.5 is rounded to the even 2
    #expect(x.quantile(Tensor([0.5]), keepdim: true).shape == [1, 1, 1])
    #expect(Tensor(2.0).quantile(0.3).item() == 2)
    #expect(row.quantile(Tensor([Double]())).shape == [0])
    #expect(Tensor([Double.nan]).nanquantile(0.5).item().isNaN)
  }

  // MARK: - Cumulative extremes

  @Test func cumulativeExtremes() {
    let x = Tensor([1, 3, 3, .nan, 2, .nan])
    let (values, indices) = x.cummax(dim: 0)
    #expect(values.values[..<3] == [1, 3, 3] && values.values[3...].allSatisfy(\.isNaN))
    #expect(indices.values == [0, 1, 2, 3, 3, 5])
    #expect(
      Tensor([[2, 1], [2, 3], [0, 3]]).cummin(dim: 0).indices.values == [0, 0, 1, 0, 2, 0])
    #expect(gradient([1, 3, 2]) { $0.cummax(dim: 0).values } == [1, 2, 0])
    #expect(Tensor.zeros([2, 0]).cummax(dim: 1).values.shape == [2, 0])
    let (min, max) = Tensor([[3, 1], [2, 5]]).aminmax(dim: 0, keepdim: true)
    #expect(min.values == [2, 1] && max.values == [3, 5] && max.shape == [1, 2])
  }
}

/// Messages for invalid arguments.
@Suite struct OrderingMessageTests {
  @Test func ranksOutOfRangeStop() async {
    let topk = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2, 3]).topk(4) }
    expectMessage(topk, "topk: k is 4, but dimension 1 of the shape [2, 3] has 3")
    let kth = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2, 3]).kthvalue(0) }
    expectMessage(kth, "kthvalue: k is 0")
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([2, 0]).median(dim: 1) }
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([2, 0]).mode() }
  }

  @Test func quantilesOfEmptyTensorsStop() async {
    let range = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor.zeros([2]).quantile(1.5) }
    expectMessage(range, "quantile: q must be in 0…1, but it contains 1.5")
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([0]).quantile(0.5) }
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2]).quantile(0.5) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.zeros([2]).nanquantile(Tensor([0.5], dtype: .float64))
    }
  }

  @Test func searchesThatDoNotFitStop() async {
    let shapes = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = searchsorted(Tensor.zeros([2, 3]), Tensor.zeros([3, 1])) }
    expectMessage(shapes, "searchsorted: sequences of shape [2, 3] do not fit values")
    await #expect(processExitsWith: .failure) {
      _ = searchsorted(Tensor.zeros([2]), Tensor.zeros([1]), sorter: Tensor([0, 2]))
    }
    let boundaries = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = bucketize(Tensor(1.0), Tensor.zeros([1, 2])) }
    expectMessage(boundaries, "bucketize: boundaries must be 1-d")
  }

  @Test func bincountAndHistcStopOnInvalidArguments() async {
    let negative = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, -3]).bincount() }
    expectMessage(negative, "bincount: the integers must not be negative, but one is -3")
    let range = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Tensor([1, .infinity]).histc(bins: 3) }
    expectMessage(range, "histc: the range must be finite")
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([3]).histc(bins: 0) }
    await #expect(processExitsWith: .failure) { _ = Tensor.zeros([5, 0]).unique(dim: 0) }
    await #expect(processExitsWith: .failure) { _ = Tensor(1.0).unique(dim: 0) }
  }
}
