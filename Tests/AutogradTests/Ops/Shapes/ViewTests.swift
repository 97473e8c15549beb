import Autograd
import TestSupport
import Testing

@Suite struct ViewTests {
  let x = Tensor.arange(6.0).reshape([2, 3])

  @Test func shapes() {
    let y = Tensor.zeros([2, 1, 3, 4])
    #expect(y.reshape([-1, 6]).shape == [4, 6])
    #expect(y.flatten().shape == [24])
    #expect(y.flatten(startDim: 1, endDim: -2).shape == [2, 3, 4])
    #expect(y.unflatten(dim: -1, sizes: [2, -1, 1]).shape == [2, 1, 3, 2, 2, 1])
    #expect(y.squeeze().shape == [2, 3, 4])
    #expect(y.squeeze(1).shape == [2, 3, 4] && y.squeeze(0).shape == y.shape)
    #expect(y.squeeze([0, -3]).shape == [2, 3, 4] && y.squeeze([]).shape == y.shape)
    #expect(y.unsqueeze(-1).shape == [2, 1, 3, 4, 1] && y.unsqueeze(4).shape == [2, 1, 3, 4, 1])
    #expect(y.permute([3, 0, -2, 1]).shape == [4, 2, 3, 1])
    #expect(y.transpose(0, -1).shape == [4, 1, 3, 2] && y.mT.shape == [2, 1, 4, 3])
    #expect(y.movedim(0, -1).shape == [1, 3, 4, 2])
    #expect(y.movedim([0, 3], [-1, 0]).shape == [4, 1, 3, 2])
    #expect(y.expand([5, -1, 6, -1, -1]).shape == [5, 2, 6, 3, 4])
    #expect(y.diagonal(offset: -1, dim1: 2, dim2: 3).shape == [2, 1, 2])
  }

  @Test func zeroDimensionalAndEmptyTensors() {
    let point = Tensor(2.0)
    #expect(point.flatten().shape == [1] && point.squeeze(0).shape == [])
    #expect(point.unsqueeze(0).shape == [1] && point.transpose(0, -1).shape == [])
    #expect(point.expand([2, 1]).shape == [2, 1] && point.reshape([]).item() == 2)
    #expect(point.repeat([3]).values == [2, 2, 2] && point.flip([0]).item() == 2)
    let none = Tensor.zeros([0, 3])
    #expect(none.reshape([-1, 3]).shape == [0, 3] && none.flatten().shape == [0])
    #expect(none.T.shape == [3, 0] && none.T.isContiguous)
    #expect(Tensor.zeros([1]).expand([0]).shape == [0])
    #expect(x.diagonal(offset: 9).shape == [0] && x.diagonal(offset: .min).shape == [0])
    #expect(x.repeat([2, 0]).shape == [4, 0] && none.flip([0]).shape == [0, 3])
  }

  @Test func viewsShareStorageAndVersion() {
    let views = [
      x.reshape([3, 2]), x.view([6]), x.flatten(), x.unsqueeze(0), x.squeeze(), x.T, x.mT,
      x.permute([1, 0]), x.expand([2, 2, 3]), x.select(dim: 0, index: 1), x.diagonal(),
      x.narrow(dim: 1, start: 1, length: 2), x.split(2, dim: 1)[1], x.chunk(2)[1], x.unbind()[1],
      x.expand([1, 2, 3]), x.expandAs(x), x.movedim(0, 1), x.detach(), x.contiguous(),
    ]
    x[1] = 7
    for view in views {
      #expect(view.sharesStorage(with: x) && view.version == 1)
      #expect(view.values.contains(7))
    }
    for copy in [x.clone(), x.T.contiguous(), x.repeat([1, 1]), x.flip([]), x.tril()] {
      #expect(!copy.sharesStorage(with: x) && copy.isContiguous)
    }
  }

  @Test func slices() {
    #expect(x.select(dim: 1, index: -1).values == [2, 5])
    #expect(x.narrow(dim: 1, start: -2, length: 2).values == [1, 2, 4, 5])
    #expect(x.narrow(dim: 0, start: 2, length: 0).shape == [0, 3])
    #expect(x.diagonal().values == [0, 4] && x.diagonal(offset: 1).values == [1, 5])
    #expect(x.diagonal(offset: -1).values == [3])
    let y = Tensor.arange(5)
    #expect(y.split(2).map(\.values) == [[0, 1], [2, 3], [4]])
    #expect(y.split([1, 0, 4]).map(\.values) == [[0], [], [1, 2, 3, 4]])
    #expect(y.chunk(3).map(\.values) == [[0, 1], [2, 3], [4]])
    #expect(y.chunk(4).map(\.values) == [[0, 1], [2, 3], [4]])
    #expect(y.split(.max).map(\.values) == [[0, 1, 2, 3, 4]])
    #expect(x.unbind(dim: -1).map(\.values) == [[0, 3], [1, 4], [2, 5]])
    #expect(Tensor.zeros([0, 2]).chunk(3).map(\.shape) == [[0, 2], [0, 2], [0, 2]])
    #expect(Tensor.zeros([0]).split(0).map(\.shape) == [[0]])
  }

  @Test func arrangements() {
    #expect(x.flip([0, 1]).values == [5, 4, 3, 2, 1, 0])
    #expect(x.T.flip([-1]).values == [3, 0, 4, 1, 5, 2])
    #expect(x[0].repeat([2, 2]).values == [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
    #expect(x.tril().values == [0, 0, 0, 3, 4, 0] && x.triu().values == [0, 1, 2, 0, 4, 5])
    #expect(
      x.tril(diagonal: 9).values == x.values
        && x.triu(diagonal: 9).values == x.values.map { _ in 0 })
    let infinite = Tensor.full([2, 2], Double.infinity)
    #expect(infinite.tril().values == [.infinity, 0, .infinity, .infinity])
  }

  @Test func gradientOfAWindowIsAddedInPlace() {
    let w = Tensor.arange(6.0).reshape([2, 3])
    w.requiresGrad = true
    let rows = w.unbind()
    let parts = w.split([1, 2], dim: 1)
    (rows[0] * rows[1]).sum().backward()
    #expect(w.grad!.values == [3, 4, 5, 0, 1, 2])
    (parts[1] * 2).sum().backward()
    #expect(w.grad!.values == [3, 6, 7, 0, 3, 4])
    (w.diagonal().sum() + w.sum()).backward()
    #expect(w.grad!.values == [5, 7, 8, 1, 5, 5])
  }

  @Test func aViewThatNeedsACopyStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).T.view([6])
    }
    expectMessage(
      stop, "view: the shape [3, 2] with strides [1, 3] cannot be viewed as [6]", "reshape([6])")
  }

  @Test func reshapeToAnotherCountStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).reshape([4, -1])
    }
    expectMessage(
      stop, "reshape: the -1 in [4, -1] cannot be inferred from the shape [2, 3], of 6 elements")
  }

  @Test func narrowBeyondTheEndStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).narrow(dim: 1, start: 2, length: .max)
    }
    expectMessage(stop, "exceed dimension 1, of size 3")
  }

  @Test func splitOfAZeroDimensionalTensorStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1.0).split(1)
    }
    expectMessage(stop, "split: a 0-d tensor has no dimensions")
  }

  @Test func sizesThatDoNotAddUpStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([5]).split([2, 2])
    }
    expectMessage(stop, "split: the sizes [2, 2] do not add up to the size of dimension 0")
  }

  @Test func expandOfASizeAboveOneStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).expand([4, 3])
    }
    expectMessage(
      stop, "expand: the shape [2, 3] does not broadcast to [4, 3]; only sizes of 1 can grow")
  }
}

@Suite struct JoiningTests {
  let x = Tensor.arange(6.0).reshape([2, 3])

  @Test func cats() {
    #expect(cat([x, x[..<1]]).values == [0, 1, 2, 3, 4, 5, 0, 1, 2])
    #expect(cat([x, x.T.T[.all, ..<1]], dim: -1).values == [0, 1, 2, 0, 3, 4, 5, 3])
    #expect(cat([x[..<0], x]).values == x.values)
    #expect(cat([Tensor([1]), Tensor([0.5]), Tensor([true])]).values == [1, 0.5, 1])
    #expect(cat([Tensor([1]), Tensor([true])]).dtype == .int64)
    #expect(cat([Tensor([1], dtype: .int32), Tensor([0.5])]).dtype == .float32)
  }

  @Test func stacks() {
    #expect(stack([x, x + 10], dim: 0).shape == [2, 2, 3])
    #expect(stack([x[0], x[1]], dim: 1).values == [0, 3, 1, 4, 2, 5])
    #expect(stack([x, x], dim: -1).shape == [2, 3, 2])
    #expect(stack([Tensor(1), Tensor(2)]).values == [1, 2])
  }

  @Test func gradientsArePromotedBack() {
    let a = Tensor([1.0], dtype: .float32, requiresGrad: true)
    let b = Tensor([2.0], dtype: .float64, requiresGrad: true)
    cat([a, b, a]).sum().backward()
    #expect(a.grad!.dtype == .float32 && a.grad!.values == [2])
    #expect(b.grad!.dtype == .float64 && b.grad!.values == [1])
  }

  @Test func shapesThatDoNotFitStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = cat([Tensor.zeros([2, 3]), Tensor.zeros([2, 2]), Tensor.zeros([1, 2])], dim: 1)
    }
    expectMessage(
      stop, "cat: tensor 2 has shape [1, 2], which does not fit [2, 3]",
      "all sizes but that of dimension 1 must agree")
  }

  @Test func zeroDimensionalTensorsHaveNoSecondDimensionToMove() async {
    #expect(Tensor(1.0).movedim(0, -1).shape == [])
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1.0).movedim([0, -2], [-3, 0])
    }
    expectMessage(stop, "movedim: dimension -2 is out of range for the shape []")
  }

  @Test func zeroDimensionalTensorsDoNotConcatenate() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = cat([Tensor([1]), Tensor(2)])
    }
    expectMessage(stop, "cat: tensor 1 is 0-d; use stack")
  }

  @Test func stackOfUnequalShapesStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = stack([Tensor.zeros([2]), Tensor.zeros([3])])
    }
    expectMessage(stop, "stack: tensor 1 has shape [3], but tensor 0 has [2]")
  }
}
