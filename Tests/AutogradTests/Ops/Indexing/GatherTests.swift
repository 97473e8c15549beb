import Autograd
import TestSupport
import Testing

/// The expected numbers are PyTorch's.
@Suite struct GatherTests {
  let x = Tensor.arange(6.0).reshape([2, 3])

  @Test func gathered() {
    #expect(x.gather(dim: 1, index: Tensor([[2, 0], [1, 1]])).values == [2, 0, 4, 4])
    #expect(x.gather(dim: 0, index: Tensor([[1, 0]], dtype: .int32)).values == [3, 1])
    #expect(x.T.gather(dim: 0, index: Tensor([[2, 0], [0, 1]])).values == [2, 3, 0, 4])
    #expect(x.gather(dim: 0, index: Tensor([Int]())).shape == [0])
    #expect(Tensor(3.0).gather(dim: 0, index: Tensor(0)).item() == 3)
  }

  @Test func scattered() {
    let index = Tensor([[2, 0], [1, 2]])
    let src = Tensor([[10.0, 20], [30, 40]])
    #expect(x.scatter(dim: 1, index: index, src: src).values == [20, 1, 10, 3, 30, 40])
    #expect(x.scatter(dim: 0, index: Tensor([[1, 0]]), value: -1).values == [0, -1, 2, -1, 4, 5])
    #expect(x.scatter(dim: 0, index: Tensor([Int]()), src: x).values == x.values)
    let wide = Tensor([[1.0, 2, 99], [3, 4, 99]])
    let sum = x.scatterAdd(dim: 1, index: Tensor([[0, 0], [2, 2]]), src: wide)
    #expect(sum.values == [3, 1, 2, 3, 4, 12])
    #expect(x.values == [0, 1, 2, 3, 4, 5])
  }

  @Test func alongADimension() {
    #expect(x.takeAlongDim(Tensor([[-1], [0]]), dim: 1).values == [2, 3])
    #expect(x.takeAlongDim(Tensor([[0, 2]]), dim: 1).values == [0, 2, 3, 5])
    #expect(x.takeAlongDim(Tensor([5, 0])).values == [5, 0])
    #expect(x.indexSelect(dim: 1, index: Tensor([2, 2, 0])).values == [2, 2, 0, 5, 5, 3])
    #expect(Tensor(3.0).indexSelect(dim: 0, index: Tensor([0])).shape == [])
    let added = x.indexAdd(dim: 1, index: Tensor([0, 0]), source: Tensor.ones([2, 2]))
    #expect(added.values == [2, 1, 2, 5, 4, 5])
    #expect(x.take(Tensor([[0, -1], [2, 3]])).values == [0, 5, 2, 3])
    #expect(x.T.take(Tensor([1])).values == [3])
    #expect(x.take(Tensor(3)).shape == [])
  }

  @Test func sumsDoNotDependOnTheNumberOfThreads() {
    let index = Tensor((0..<100_000).map { $0 * 7919 % 101 })
    let source = Tensor((0..<100_000).map { 1 / Double($0 + 1) }, dtype: .float32)
    func sums(threads: Int) -> [Double] {
      withThreads(threads) {
        Tensor.zeros([101]).indexAdd(dim: 0, index: index, source: source).values
      }
    }
    #expect(sums(threads: 1) == sums(threads: 3))
    let picked = source.take(index)
    #expect(picked[99_999].item() == source[index[99_999]].item())
  }

  @Test func indices() {
    #expect(x.nonzero().values == [0, 1, 0, 2, 1, 0, 1, 1, 1, 2])
    #expect(x.nonzero().dtype == .int64 && x.nonzero().shape == [5, 2])
    #expect(Tensor(3.0).nonzero().shape == [1, 0] && Tensor(0.0).nonzero().shape == [0, 0])
    #expect(Tensor([1, Double.nan, 0]).nonzero().values == [0, 1])
  }

  @Test func whereSelectsElements() {
    let mask = Tensor([true, false, true])
    #expect(`where`(mask, x, -x).values == [0, -1, 2, 3, -4, 5])
    #expect(`where`(mask, 1.0, 2).dtype == .float32 && `where`(mask, 1, 2).dtype == .int64)
    #expect(`where`(mask, x.to(.float64), 2.5).dtype == .float64)
    #expect(`where`(mask, Tensor.arange(3), 2.5).values == [0, 2.5, 2])
    #expect(x.maskedFill(mask, -1).values == [-1, 1, -1, -1, 4, -1])
    #expect(Tensor([1, 2, 3]).maskedFill(mask, 1.5).values == [1, 2, 1])
    #expect(x.maskedFill(Tensor.ones([4, 1, 1], dtype: .bool), 1).shape == [4, 2, 3])
    #expect(x.maskedSelect(mask).values == [0, 2, 3, 5])
    #expect(x.maskedSelect(Tensor([[true], [false]])).values == [0, 1, 2])
    let nan = Tensor([Double.nan, 1], requiresGrad: true)
    let safe = `where`(Tensor([false, true]), nan, 0)
    safe.sum().backward()
    #expect(safe.values == [0, 1] && nan.grad!.values == [0, 1])
  }

  @Test func anIndexOutOfRangeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).gather(dim: 1, index: Tensor([[0, 1], [2, -1]]))
    }
    expectMessage(
      stop, "gather: index -1, at [1, 1] of the index tensor", "dimension 1, of size 3", "0 … 2")
  }

  @Test func anIndexOfAnEmptyDimensionStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([0, 3]).indexSelect(dim: 0, index: Tensor([0]))
    }
    expectMessage(stop, "indexSelect: index 0, at [0] of the index tensor", "of size 0", "no index")
  }

  @Test func anIndexThatDoesNotFitStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).gather(dim: 1, index: Tensor([[0], [1], [2]]))
    }
    expectMessage(
      stop, "gather: the index, of shape [3, 1], does not fit the shape [2, 3] along dimension 1")
  }

  @Test func aSourceOfAnotherDTypeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).scatterAdd(dim: 0, index: Tensor([0]), src: Tensor([1]))
    }
    expectMessage(
      stop, "scatterAdd: src is int64, but the tensor is float32; cast it with to(.float32)")
  }

  @Test func aConditionThatIsNotBoolStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = `where`(Tensor([1, 0]), 1, 2)
    }
    expectMessage(stop, "where: the condition is int64, not bool")
  }
}
