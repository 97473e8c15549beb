import Autograd
import TestSupport
import Testing

/// Writing at indices. The expected numbers are PyTorch's.
@Suite struct ScatterTests {
  let x = Tensor.arange(6.0).reshape([2, 3])

  @Test func slices() {
    let twice = x.indexAdd(dim: 1, index: Tensor([0, 0]), source: Tensor.ones([2, 2]), alpha: -2)
    #expect(twice.values == [-4, 1, 2, -1, 4, 5])
    let source = Tensor([[10.0, 20], [30, 40]])
    let copy = x.indexCopy(dim: 1, index: Tensor([2, 0], dtype: .int32), source: source.T.T)
    #expect(copy.values == [20, 1, 10, 40, 4, 30])
    #expect(x.indexFill(dim: 1, index: Tensor([-1]), value: 7).values == [0, 1, 7, 3, 4, 7])
    #expect(x.indexFill(dim: 0, index: Tensor(1), value: Tensor(2)).values == [0, 1, 2, 2, 2, 2])
    #expect(Tensor([1, 2]).indexFill(dim: 0, index: Tensor([0]), value: 1.5).values == [1, 2])
    #expect(Tensor(3.0).indexCopy(dim: 0, index: Tensor([0]), source: Tensor([4.0])).item() == 4)
    #expect(x.values == [0, 1, 2, 3, 4, 5])
  }

  @Test func places() {
    #expect(x.put(Tensor([-1, 0]), Tensor([8.0, 9])).values == [9, 1, 2, 3, 4, 8])
    let twice = Tensor([[1], [1]])
    #expect(x.put(twice, Tensor([8.0, 9]), accumulate: true).values == [0, 18, 2, 3, 4, 5])
    let columns: [any TensorIndexing] = [TensorIndex.all, [0, 0]]
    #expect(x.indexPut(columns, Tensor([1.0, 2])).values == [2, 1, 2, 2, 4, 5])
    #expect(x.indexPut(columns, Tensor([1.0, 2]), accumulate: true).values == [3, 1, 2, 6, 4, 5])
    #expect(x.T.indexPut([1], Tensor(9.0)).values == [0, 3, 9, 9, 2, 5])
    let truth = Tensor([true, false]).indexPut([0...1], Tensor([false, true]), accumulate: true)
    #expect(truth.values == [1, 1])
  }

  @Test func reductions() {
    let old = Tensor([3.0, 5, 7])
    let (index, src) = (Tensor([0, 2, 0, 2]), Tensor([4.0, -1, 2, 8]))
    func reduced(_ reduction: ScatterReduction, includeSelf: Bool) -> [Double] {
      let y = old.scatterReduce(
        dim: 0, index: index, src: src, reduce: reduction, includeSelf: includeSelf)
      let slices = old.indexReduce(
        dim: 0, index: index, source: src, reduce: reduction, includeSelf: includeSelf)
      #expect(slices.values == y.values)
      return y.values
    }
    #expect(reduced(.sum, includeSelf: true) == [9, 5, 14])
    #expect(reduced(.sum, includeSelf: false) == [6, 5, 7])
    #expect(reduced(.prod, includeSelf: true) == [24, 5, -56])
    #expect(reduced(.prod, includeSelf: false) == [8, 5, -8])
    #expect(reduced(.mean, includeSelf: false) == [3, 5, 3.5])
    #expect(reduced(.amin, includeSelf: true) == [2, 5, -1])
    #expect(reduced(.amax, includeSelf: true) == [4, 5, 8])
    #expect(reduced(.amax, includeSelf: false) == [4, 5, 8])
  }

  @Test func meansOfIntegersAreRoundedDown() {
    let (index, src) = (Tensor([0, 2, 0, 2]), Tensor([4, -1, 2, -9]))
    let mean = Tensor([3, 5, 6]).scatterReduce(dim: 0, index: index, src: src, reduce: .mean)
    #expect(mean.values == [3, 5, -2] && mean.dtype == .int64)
  }

  @Test func nanIsTheMaximumAndMinimum() {
    let src = Tensor([Double.nan, 1])
    for reduction in [ScatterReduction.amin, .amax] {
      let y = Tensor([2.0, 3]).scatterReduce(
        dim: 0, index: Tensor([0, 0]), src: src, reduce: reduction)
      #expect(y.values[0].isNaN && y.values[1] == 3)
    }
  }

  @Test func tiesShareTheGradient() {
    let old = Tensor([2.0, 3], requiresGrad: true)
    let src = Tensor([3.0, 3, 1], requiresGrad: true)
    let index = Tensor([1, 1, 0])
    old.scatterReduce(dim: 0, index: index, src: src, reduce: .amax).sum().backward()
    #expect(old.grad!.allclose([1, 1.0 / 3]) && src.grad!.allclose([1.0 / 3, 1.0 / 3, 0]))
    old.grad = nil
    src.grad = nil
    let alone = old.scatterReduce(
      dim: 0, index: index, src: src, reduce: .amax, includeSelf: false)
    alone.sum().backward()
    #expect(old.grad!.allclose([0, 0]) && src.grad!.allclose([0.5, 0.5, 1]))
  }

  /// An element is filled once, even if its index occurs several times.
  @Test func gradientOfAFillingValue() {
    let value = Tensor(2.0, requiresGrad: true)
    Tensor.zeros([2, 2]).indexFill(dim: 0, index: Tensor([1, 1]), value: value).sum().backward()
    #expect(value.grad!.item() == 2)
  }

  /// With two zeros in a product, only the mixed second derivative is not 0.
  @Test func productsWithZerosAreDifferentiatedExactly() {
    let src = Tensor([0.0, 0, 5, 0], requiresGrad: true)
    let y = Tensor([2.0, 3]).scatterReduce(
      dim: 0, index: Tensor([0, 0, 0, 1]), src: src, reduce: .prod)
    let first = grad(of: y.sum(), wrt: src, createGraph: true)
    #expect(first.values == [0, 0, 0, 3])
    #expect(grad(of: first[0], wrt: src).values == [0, 10, 0, 0])
  }

  // MARK: - Errors

  @Test func aChangedIndexStopsTheBackwardPass() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let index = Tensor([0, 1])
      let y = Tensor.ones([2], requiresGrad: true).gather(dim: 0, index: index)
      index.fill_(7)
      y.sum().backward()
    }
    expectMessage(
      stop, "gather: a tensor of shape [2] that its backward pass needs has been modified")
  }

  @Test func indicesOutOfRangeStop() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).indexCopy(dim: 0, index: Tensor([-1]), source: Tensor.ones([1]))
    }
    expectMessage(negative, "indexCopy: index -1, at [0] of the index tensor", "it takes 0 … 1")
    let beyond = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).put(Tensor([[0, -7]]), Tensor.ones([2]))
    }
    expectMessage(
      beyond, "put: index -7, at [0, 1] of the index tensor", "6 elements of dimensions [0, 1]")
  }

  @Test func sourcesThatDoNotFitStop() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexAdd(dim: 0, index: Tensor([0, 1]), source: Tensor.ones([2]))
    }
    expectMessage(shape, "indexAdd: the source has shape [2]", "[2, 2]")
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).indexPut([0], Tensor(1))
    }
    expectMessage(type, "indexPut: values is int64, but the tensor is float32")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).put(Tensor([0, 1]), Tensor([1.0]))
    }
    expectMessage(count, "put: the source, of shape [1], needs as many elements as the index")
    let value = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).indexFill(dim: 0, index: Tensor([0]), value: Tensor([1.0]))
    }
    expectMessage(value, "indexFill: the value must be 0-d, but it has shape [1]")
  }
}

extension Tensor {
  fileprivate func allclose(_ numbers: [Double]) -> Bool {
    numel == numbers.count && zip(values, numbers).allSatisfy { Swift.abs($0 - $1) < 1e-6 }
  }
}
