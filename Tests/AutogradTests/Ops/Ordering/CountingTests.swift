import TestSupport
import Testing

@testable import Autograd

/// Unique elements, histograms and search. The numbers are PyTorch's.
@Suite struct CountingTests {
  @Test func uniqueElements() {
    let x = Tensor([[2, 1], [2, 5]])
    let (values, inverse, counts) = x.unique()
    #expect(values.values == [1, 2, 5] && counts.values == [1, 2, 1])
    #expect(inverse.values == [1, 0, 1, 2] && inverse.shape == [2, 2])
    let specials = Tensor([.nan, 1, .nan, 0.0, -0.0]).unique()
    #expect(specials.counts.values == [2, 1, 1, 1] && specials.inverse.values == [2, 1, 3, 0, 0])
    #expect(Tensor(3.0).unique().inverse.shape == [] && Tensor(3.0).unique().values.shape == [1])
    #expect(Tensor.zeros([2, 0]).unique().inverse.shape == [2, 0])
    #expect(Tensor([true, false, true]).unique().values.dtype == .bool)
    let parameter = Tensor([1.0, 2], requiresGrad: true)
    #expect(!parameter.unique().values.requiresGrad)
  }

  @Test func uniqueSlices() {
    let x = Tensor([[1, 2], [0, 5], [1, 2], [0, 4]])
    let rows = x.unique(dim: 0)
    #expect(rows.values.values == [0, 4, 0, 5, 1, 2])
    #expect(rows.inverse.values == [2, 1, 2, 0] && rows.counts.values == [1, 1, 2])
    let columns = x.T.unique(dim: 1)
    #expect(columns.values.T.values == rows.values.values && columns.values.shape == [2, 3])
    #expect(Tensor.zeros([0, 5]).unique(dim: 0).values.shape == [0, 5])
  }

  @Test func withoutRepetitions() {
    let x = Tensor([1, 1, 2, 2, 3, 1, 1, 2])
    let (values, inverse, counts) = x.uniqueConsecutive()
    #expect(values.values == [1, 2, 3, 1, 2] && counts.values == [2, 2, 1, 2, 1])
    #expect(inverse.values == [0, 0, 1, 1, 2, 3, 3, 4])
    let rows = Tensor([[1, 2], [1, 2], [0, 0]]).uniqueConsecutive(dim: 0)
    #expect(rows.values.values == [1, 2, 0, 0] && rows.counts.values == [2, 1])
    #expect(Tensor([Double.nan, .nan, 1, 1]).uniqueConsecutive().counts.values == [1, 1, 2])
  }

  @Test func counts() {
    let x = Tensor([1, 3, 1])
    #expect(x.bincount().values == [0, 2, 0, 1] && x.bincount().dtype == .int64)
    #expect(x.bincount(weights: Tensor([1, 2, 3])).dtype == .float64)
    let weighted = x.bincount(weights: Tensor([0.5, 2, 3]), minlength: 6)
    #expect(weighted.values == [0, 3.5, 0, 2, 0, 0] && weighted.dtype == .float32)
    #expect(Tensor([Int]()).bincount(minlength: 3).values == [0, 0, 0])
    #expect(Tensor([3, 3], dtype: .uint8).bincount().values == [0, 0, 0, 2])
  }

  /// As in PyTorch.
  @Test func dtypesOfNothing() {
    let nothing = Tensor([Int]())
    for dtype in [DType.float32, .float64, .int32] {
      let counts = nothing.bincount(weights: .zeros([0], dtype: dtype), minlength: 2)
      #expect(counts.values == [0, 0] && counts.dtype == .int64)
    }
    #expect(Tensor.zeros([0], dtype: .float64).histc(bins: 2).dtype == .float64)
    let (values, inverse, found) = Tensor.zeros([0], dtype: .float64).unique()
    #expect(values.dtype == .float64 && inverse.dtype == .int64 && found.dtype == .int64)
    #expect(bucketize(.zeros([0]), .zeros([2])).dtype == .int64)
    #expect(searchsorted(.zeros([0]), .zeros([2]), outInt32: true).dtype == .int32)
  }

  @Test func histogramsOfWideRanges() {
    let x = Tensor([0.0, 0.5e38, 1.5e38, 2.5e38, 3e38])
    #expect(x.histc(bins: 3).values == [2, 1, 2])
    #expect(Tensor([-3e38, 1e38, 3e38]).histc(bins: 3).values == [1, 1, 1])
  }

  @Test func histograms() {
    let x = Tensor([1, 2, .nan, 3, 2.5])
    #expect(x.histc(bins: 3, min: 0, max: 3).values == [0, 1, 3])
    #expect(Tensor([1.0, 1]).histc(bins: 3).values == [0, 2, 0])
    #expect(Tensor([1.0, 4]).histc(bins: 3).values == [1, 0, 1])
    #expect(Tensor([Double]()).histc(bins: 2).values == [0, 0])
    #expect(x.histc(min: 5, max: 6).sum().item() == 0)
  }

  @Test func searches() {
    let sorted = Tensor([1.0, 2, 2, 3])
    let x = Tensor([[2, 0], [9, .nan]])
    #expect(searchsorted(sorted, x).values == [1, 0, 4, 4])
    #expect(searchsorted(sorted, x, right: true).values == [3, 0, 4, 4])
    #expect(
      searchsorted(sorted, 2).item() == 1 && searchsorted(Tensor([1, 2, 3]), 2.5).item() == 2)
    #expect(searchsorted(sorted, x, outInt32: true).dtype == .int32)
    let rows = searchsorted(Tensor([[1, 2], [3, 4]]), Tensor([[3, 2, 1], [3, 4, 5]]))
    #expect(rows.values == [2, 1, 0, 0, 1, 2])
    let unsorted = Tensor([3.0, 1, 2])
    #expect(searchsorted(unsorted, Tensor([2.5]), sorter: unsorted.argsort()).item() == 2)
    #expect(bucketize(x, sorted, right: true).values == [3, 0, 4, 4])
    #expect(searchsorted(Tensor([Double]()), 1.0).item() == 0)
  }
}
