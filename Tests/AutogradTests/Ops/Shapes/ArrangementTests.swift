import Autograd
import TestSupport
import Testing

/// The expected numbers are PyTorch's.
@Suite struct ArrangementTests {
  let x = Tensor.arange(6.0).reshape([2, 3])

  @Test func parts() {
    #expect(Tensor.arange(7).tensorSplit(3).map(\.values) == [[0, 1, 2], [3, 4], [5, 6]])
    #expect(
      Tensor.arange(4).tensorSplit([3, 1, -1]).map(\.values) == [[0, 1, 2], [], [1, 2], [3]])
    #expect(Tensor.arange(2).tensorSplit(3).map(\.shape) == [[1], [1], [0]])
    #expect(x.hsplit([1]).map(\.shape) == [[2, 1], [2, 2]] && x.vsplit(2).count == 2)
    #expect(Tensor.arange(4).hsplit(2).map(\.values) == [[0, 1], [2, 3]])
    #expect(x.unsqueeze(0).dsplit(3).map(\.shape) == [[1, 2, 1], [1, 2, 1], [1, 2, 1]])
    #expect(x.tensorSplit(2)[1].sharesStorage(with: x))
    #expect(x.narrow(dim: 1, start: Tensor(-2), length: 1).values == [1, 4])
  }

  @Test func windows() {
    let windows = x.unfold(dim: 1, size: 2, step: 1)
    #expect(windows.shape == [2, 2, 2] && windows.values == [0, 1, 1, 2, 3, 4, 4, 5])
    #expect(windows.sharesStorage(with: x))
    #expect(x.unfold(dim: 0, size: 0, step: 4).shape == [1, 3, 0])
    #expect(Tensor(3).unfold(dim: 0, size: 1, step: 1).values == [3])
    #expect(Tensor.zeros([0]).unfold(dim: 0, size: 0, step: 1).shape == [1, 0])
    #expect(x[1].asStrided([3], [2], storageOffset: 0).values == [0, 2, 4])
    #expect(x.T.asStrided([2, 2], [1, 1]).values == [0, 1, 1, 2])
    #expect(x[1].asStrided([], []).item() == 3)
  }

  @Test func gradientsOfOverlappingPositionsAddUp() {
    let y = Tensor.ones([4], requiresGrad: true)
    y.unfold(dim: 0, size: 3, step: 1).sum().backward()
    #expect(y.grad!.values == [1, 2, 2, 1])
    y.grad = nil
    y.asStrided([2, 3], [0, 1]).sum().backward()
    #expect(y.grad!.values == [2, 2, 2, 0])
    // Elements of the storage outside the input have no gradient.
    y.grad = nil
    y.clone()[1..<3].asStrided([4], [1], storageOffset: 0).sum().backward()
    #expect(y.grad!.values == [0, 1, 1, 0])
    // An element that the input contains three times divides its gradient among them.
    let point = Tensor.ones([1], requiresGrad: true)
    let wide = point.expand([3])
    wide.retainGrad()
    wide.asStrided([1], [1]).sum().backward()
    #expect(wide.grad!.values.map { ($0 * 3).rounded() } == [1, 1, 1] && point.grad!.item() == 1)
  }

  @Test func stacks() {
    let row = Tensor([7.0, 8, 9])
    #expect(
      vstack([x, row]).shape == [3, 3] && hstack([row, Tensor(1.0)]).values == [7, 8, 9, 1])
    #expect(dstack([row, row]).values == [7, 7, 8, 8, 9, 9])
    #expect(columnStack([Tensor([1.0, 2]), x]).values == [1, 0, 1, 2, 2, 3, 4, 5])
    #expect(blockDiag([Tensor([[1, 2]]), Tensor([3]), Tensor(4)]).shape == [3, 4])
    #expect(blockDiag([Tensor.zeros([0]), Tensor([[1.0]])]).values == [0, 1])
    #expect(blockDiag([]).shape == [1, 0])
    #expect(cat([Tensor.zeros([0], dtype: .float64), x], dim: 1).dtype == .float64)
    #expect(cat([Tensor.zeros([0]), x, Tensor.zeros([0])], dim: 1).values == x.values)
    #expect(cat([Tensor.zeros([0]), Tensor.zeros([0])]).shape == [0])
  }

  @Test func flipsAndRotations() {
    #expect(x.fliplr().values == [2, 1, 0, 5, 4, 3] && x.flipud().values == [3, 4, 5, 0, 1, 2])
    #expect(x.rot90().values == [2, 5, 1, 4, 0, 3] && x.rot90(k: -1).values == [3, 0, 4, 1, 5, 2])
    #expect(x.rot90(k: 6).values == [5, 4, 3, 2, 1, 0])
    #expect(x.roll(1).values == [5, 0, 1, 2, 3, 4])
    #expect(x.roll(-1, dims: 1).values == [1, 2, 0, 4, 5, 3])
    #expect(x.roll([1, 100, 1], dims: [0, -1, 1]).values == [4, 5, 3, 1, 2, 0])
    #expect(
      Tensor.zeros([0, 2]).roll(1, dims: 0).shape == [0, 2] && Tensor(2.0).roll(5).item() == 2)
  }

  @Test func repeats() {
    #expect(x.tile([2]).shape == [2, 6] && x.tile([2, 1, 1]).shape == [2, 2, 3])
    let y = Tensor([1, 2])
    #expect(y.repeatInterleave(2).values == [1, 1, 2, 2])
    #expect(y.repeatInterleave(Tensor([0, 3])).values == [2, 2, 2])
    #expect(y.repeatInterleave(Tensor(2)).values == [1, 1, 2, 2])
    #expect(!y.repeatInterleave(1, dim: 0).sharesStorage(with: y))
  }

  @Test func diagonals() {
    #expect(Tensor([1, 2]).diag(diagonal: 1).values == [0, 1, 0, 0, 0, 2, 0, 0, 0])
    #expect(x.diag().values == [0, 4] && !x.diag().sharesStorage(with: x))
    #expect(Tensor([[1], [2]]).diagEmbed(dim1: 0, dim2: -1).shape == [1, 2, 1])
    #expect(x.diagonalScatter(Tensor([8.0, 9])).values == [8, 1, 2, 3, 9, 5])
    #expect(Tensor.arange(3).selectScatter(Tensor(7.5), dim: 0, index: -1).values == [0, 1, 7])
    #expect(x.sliceScatter(Tensor([[8.0], [9]]), dim: 1, start: -1).values == [0, 1, 8, 3, 4, 9])
    #expect(Tensor.trilIndices(2, 3, offset: 1).values == [0, 0, 1, 1, 1, 0, 1, 0, 1, 2])
    #expect(Tensor.triuIndices(2, 2, dtype: .int32).values == [0, 0, 1, 0, 1, 1])
    #expect(Tensor.trilIndices(2, 0, offset: .max).shape == [2, 0])
    #expect(x.tril(diagonal: .max).values == x.values)
    #expect(x.triu(diagonal: .min).values == x.values && x.T.triu().values == [0, 3, 0, 4, 0, 0])
  }

  @Test func grids() {
    let (a, b) = (Tensor([1, 2]), Tensor([3, 4, 5]))
    #expect(meshgrid([a, b])[0].values == [1, 1, 1, 2, 2, 2])
    #expect(meshgrid([a, b], indexing: .xy)[0].values == [1, 2, 1, 2, 1, 2])
    #expect(meshgrid([a, b])[1].sharesStorage(with: b))
    #expect(cartesianProd([a, b])[3].values == [2, 3] && cartesianProd([a]).values == [1, 2])
    #expect(b.combinations().values == [3, 4, 3, 5, 4, 5])
    #expect(
      a.combinations(r: 3, withReplacement: true).values == [1, 1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 2])
    #expect(a.combinations(r: 3).shape == [0, 3] && a.combinations(r: 0).shape == [0])
    #expect(broadcastTensors([a.unsqueeze(1), b]).map(\.shape) == [[2, 3], [2, 3]])
  }

  // MARK: - Errors

  @Test func stridesBeyondTheStorage() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4]).asStrided([2, 2], [.max, 1])
    }
    expectMessage(stop, "asStrided: the shape [2, 2] with strides", "which has 4 elements")
  }

  @Test func aWindowThatDoesNotFitStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).unfold(dim: 1, size: 4, step: 1)
    }
    expectMessage(
      stop, "unfold: a window of 4 elements does not fit into dimension 1 of the shape [2, 3]")
  }

  @Test func unequalPartsStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 5]).hsplit(2)
    }
    expectMessage(
      stop, "hsplit: dimension 1 of the shape [2, 5] is not divisible into 2 equal parts",
      "use tensorSplit")
  }

  @Test func tooFewDimensionsStop() async {
    let flip = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).fliplr()
    }
    expectMessage(flip, "fliplr: expected a tensor of 2 or more dimensions, got shape [3]")
    let search = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = searchsorted(Tensor(1.0), Tensor(2.0))
    }
    expectMessage(search, "searchsorted: expected a tensor of 1 or more dimensions, got shape []")
  }

  @Test func shiftsWithoutDimensionsStop() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3]).roll([1, 2], dims: [0])
    }
    expectMessage(stop, "roll: give as many shifts as dims, not [1, 2] and [0]")
  }

  @Test func aSliceOfAnotherShapeStops() async {
    let stop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 3]).selectScatter(Tensor([1.0]), dim: 0, index: 0)
    }
    expectMessage(stop, "selectScatter: src has shape [1], but the slice has [3]")
  }
}

/// Copies use tiles, threads and an order of dimensions that depends on the strides. Every element
/// must be copied.
@Suite struct CopyTests {
  @Test(arguments: [DType.uint8, .float32, .int64], [[67, 45], [5, 33, 2, 70], [130, 300]])
  func permutedCopies(_ dtype: DType, _ shape: [Int]) {
    let count = shape.reduce(1, *)
    let x = Tensor((0..<count).map { $0 % 251 }, shape: shape, dtype: dtype)
    let values = x.array(of: Int.self)
    let strides = x.strides
    var order = Array(shape.indices)
    for turn in 0..<4 {
      order = turn == 2 ? order.reversed() : Array(order.dropFirst()) + [order[0]]
      for flipped in [[], [0], Array(shape.indices)] {
        let y = flipped.isEmpty ? x.permute(order).contiguous() : x.permute(order).flip(flipped)
        let found = y.array(of: Int.self)
        #expect(y.shape == order.map { shape[$0] })
        let sizes = y.shape
        let isRight = found.indices.allSatisfy { i in
          var (rest, place) = (i, 0)
          for d in sizes.indices.reversed() {
            let at = rest % sizes[d]
            rest /= sizes[d]
            let turned = flipped.contains(d) ? sizes[d] - 1 - at : at
            place += turned * strides[order[d]]
          }
          return found[i] == values[place]
        }
        #expect(isRight, "\(order) \(flipped)")
        // The other direction, into a permuted view.
        let z = Tensor.zeros(shape, dtype: dtype)
        z.permute(order).copy_(x.permute(order).contiguous())
        #expect(z.array(of: Int.self) == values)
      }
    }
  }

  @Test func repeatedCopies() {
    let x = Tensor.arange(500.0).reshape([500, 1])
    let y = x.expand([500, 300]).contiguous()
    #expect(y[499].values == Array(repeating: 499, count: 300) && y[.all, 7].values == x.values)
    #expect(x.T.repeat([300, 1]).values == y.T.values)
    #expect(Tensor.full([300, 200], 2.5)[299].values == Array(repeating: 2.5, count: 200))
    let window = Tensor.zeros([300, 300])
    window[1..<299, .slice(by: 2)] = 1.0
    #expect(window.sum().item() == 298 * 150)
  }
}
